using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
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
        var outputs = new LearnedOutputs(model.Usefulness, model.Acceptance);
        // One request of each person: whose several hang together would count several times.
        var said = new (double Chance, bool Kept)?[desk.People.Count];
        for (var person = 0; person < said.Length; person++)
        {
            var p = desk.People[person];
            if (!p.Reviewed || p.Last is null) continue;
            foreach (var (offer, outcome) in p.Came.OrderBy(c => c.Key))
            {
                if (!desk.Takes(offer) || Grades.Kept(outcome) is not { } kept || !desk.Catalogue.Snapshot.TryOffer(offer, out var index)) continue;
                var shown = p.Case(p.Lists.Length - 1, person, desk.Catalogue.Snapshot, rules(p.Last.Day), int.MaxValue);
                said[person] = (Math.Clamp(outputs.Of(shown, shown.Rules.JudgeAll(shown.Facts, shown.Catalogue)).Chance[index], 0, 1), kept > 0);
                break;
            }
        }
        bool Kept(int p) => said[p] is { Kept: true };
        bool Lost(int p) => said[p] is { Kept: false };
        var blocks = desk.Everybody?.Coarser(p => said[p] is not null, p => said[p] is null)?.Coarser(Kept, Lost);
        var answered = (blocks?.Within(desk.Filter) ?? []).Where(p => said[p] is not null).Select(p => said[p]!.Value).ToArray();
        var bins = new List<CalibrationBin>();
        for (var bin = 0; bin < Bins; bin++)
        {
            bool In(int p) => said[p] is { } s && Math.Min(Bins - 1, (int)(s.Chance * Bins)) == bin;
            var told = blocks?.Coarser(In, p => said[p] is not null && !In(p))?.Coarser(p => In(p) && Kept(p), p => In(p) && Lost(p));
            double[] stated = [.. (told?.Within(desk.Filter) ?? []).Where(In).Select(p => said[p]!.Value.Chance)];
            bins.Add(new CalibrationBin((double)bin / Bins, (bin + 1d) / Bins, stated.Length == 0 ? null : stated.Average(), desk.Share("chance.kept", told, In, Kept)));
        }
        return new CalibrationRows(
            answered.Length == 0 ? desk.Nothing("chance.error") : desk.Of("chance.error", Resamples.Statistic(answered.Length, times => Error(answered, times), FigureDesk.Seed)),
            desk.Mean("chance.brier", [.. answered.Select(a => Math.Pow(a.Chance - (a.Kept ? 1 : 0), 2))]), bins);
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
