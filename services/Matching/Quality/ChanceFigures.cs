using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Quality;

/// <summary>Whether a learned model's chance that a stand agrees, and the meeting is held, is one: of requests with a chance of about 0.7 about seven in ten came to it.</summary>
internal static class ChanceFigures
{
    private const int Bins = 5;

    /// <param name="model">null: the fixed rules rank, and they state no chance.</param>
    public static CalibrationRows Of(FigureDesk desk, LearnedModel? model, Func<DateOnly, RulesOfDay> rules)
    {
        if (model is null) return new CalibrationRows(desk.Nothing("chance.error") with { Missing = FigureDesk.NoModel }, desk.Nothing("chance.brier") with { Missing = FigureDesk.NoModel }, []);
        var said = new Statements(desk, model, rules);
        return new CalibrationRows(said.Error, said.Brier, [.. Enumerable.Range(0, Bins).Select(said.Bin)]);
    }

    /// <summary>Whom a figure of chances counts.</summary>
    /// <param name="from">Where the bin begins of which it is; null: it is of all.</param>
    public static CountedPeople Counted(FigureDesk desk, LearnedModel? model, Func<DateOnly, RulesOfDay> rules, string figure, double? from)
    {
        if (model is null) return new(desk.Nothing(figure) with { Missing = FigureDesk.NoModel }, [], _ => false);
        var said = new Statements(desk, model, rules);
        return from is { } bin ? said.People((int)Math.Round(bin * Bins)) : said.Answered with { Figure = figure == "chance.error" ? said.Error : said.Brier };
    }

    /// <summary>What a model says of one request of each person: whose several hang together would count several times.</summary>
    private sealed class Statements
    {
        private readonly (double Chance, bool Kept)?[] _said;
        private readonly FigureDesk _desk;
        private readonly LearnedModel _model;
        private readonly ToldSet? _answered, _kept;

        public Statements(FigureDesk desk, LearnedModel model, Func<DateOnly, RulesOfDay> rules)
        {
            (_desk, _model, _said) = (desk, model, new (double Chance, bool Kept)?[desk.People.Count]);
            var outputs = new LearnedOutputs(model.Usefulness, model.Acceptance);
            for (var person = 0; person < _said.Length; person++)
            {
                var p = desk.People[person];
                if (!p.Reviewed || p.Last is null || IsLearnedFrom(p)) continue;
                foreach (var (offer, outcome) in p.Came.OrderBy(c => c.Key))
                {
                    if (!desk.Takes(offer) || Grades.Kept(outcome) is not { } kept || !desk.Catalogue.Snapshot.TryOffer(offer, out var index)) continue;
                    var shown = p.Case(p.Lists.Length - 1, person, desk.Catalogue.Snapshot, rules(p.Last.Day), MeetingCaps.None);
                    _said[person] = (Math.Clamp(outputs.Of(shown, shown.Rules.JudgeAll(shown.Facts, shown.Catalogue)).Chance[index], 0, 1), kept > 0);
                    break;
                }
            }
            _answered = desk.Everybody?.Known(p => _said[p] is not null);
            _kept = _answered?.Part(p => _said[p]!.Value.Kept);
        }

        /// <summary>Everybody of whom it says anything.</summary>
        public CountedPeople Answered => _desk.Count("chance.error", _kept is null ? null : _answered!.In(_kept) with { Veiled = _kept.Veiled });

        public Figure Error => Said is { Length: > 0 } said ? _desk.Of("chance.error", Resamples.Statistic(said.Length, times => ChanceFigures.Error(said, times), FigureDesk.Seed)) : Nothing("chance.error");

        public Figure Brier => Said is { Length: > 0 } said ? _desk.Mean("chance.brier", [.. said.Select(a => Math.Pow(a.Chance - (a.Kept ? 1 : 0), 2))]) : Nothing("chance.brier");

        /// <summary>Of whose lists the model may have learned from one it would know what came of it.</summary>
        private bool IsLearnedFrom(Person person) => person.Lists.Any(list => _model.MayKnow(list.At));

        private Figure Nothing(string id) => _desk.People.Any(IsLearnedFrom) ? _desk.Nothing(id) with { Missing = FigureDesk.LearnedFrom } : _desk.Nothing(id);

        /// <summary>Those whose chance lies in the bin, and of them those whose meeting was held.</summary>
        public CountedPeople People(int bin)
        {
            var within = _kept is null ? null : _answered!.In(_kept).Known(p => Math.Min(Bins - 1, (int)(_said[p]!.Value.Chance * Bins)) == bin);
            return _desk.Share("chance.kept", within, within?.Part(p => _said[p]!.Value.Kept, _kept!));
        }

        public CalibrationBin Bin(int bin)
        {
            var told = People(bin);
            return new((double)bin / Bins, (bin + 1d) / Bins, told.People.Length == 0 ? null : told.People.Average(p => _said[p]!.Value.Chance), told.Figure);
        }

        private (double Chance, bool Kept)[] Said => [.. Answered.People.Select(p => (_said[p]!.Value.Chance, _kept!.Has[p]))];
    }

    /// <summary>Expected calibration error: over the bins, how far the mean chance is from the share that came to it, weighted by their size.</summary>
    public static double Error(IReadOnlyList<(double Chance, bool Kept)> answered, int[] times)
    {
        var (chance, kept) = (new double[Bins], new double[Bins]);
        for (var i = 0; i < times.Length; i++)
        {
            var bin = Math.Min(Bins - 1, (int)(answered[i].Chance * Bins));
            chance[bin] += times[i] * answered[i].Chance;
            kept[bin] += answered[i].Kept ? times[i] : 0;
        }
        return Enumerable.Range(0, Bins).Sum(bin => Math.Abs(chance[bin] - kept[bin])) / times.Sum();
    }
}
