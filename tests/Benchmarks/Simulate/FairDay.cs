using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>A fair as it went under one ranker. All lists are by number of the visitor.</summary>
/// <param name="Lists">The first places as shown.</param>
/// <param name="Cases">What may be learned from.</param>
/// <param name="Full">For each of the cases: the stands that had no seat left then.</param>
/// <param name="Use">What the visitor's held meetings were truly worth, summed.</param>
internal sealed record FairDay(
    string Ranker, IReadOnlyList<int[]> Lists, IReadOnlyList<ShownCase> Cases, IReadOnlyList<bool[]> Full, double[] Use, bool[] Met, int Opened, int Requested, int Held)
{
    /// <summary>The service looks at the whole fair anew every few seconds; here every so many visitors.</summary>
    private const int CountedEvery = 20;

    private const double Answers = .95, SaysHowUseful = .8;

    private static readonly OfferOutcome Seen = new(Opened: true), Refused = Seen with { Requested = true, Declined = true },
        Missed = Seen with { Requested = true, Accepted = true, NoShow = true }, Took = Seen with { Requested = true, Accepted = true, Held = true };

    /// <summary>Of one stand people here ask for as many as of all.</summary>
    private static readonly MeetingCaps Caps = new(new Matching.MatchingOptions().MeetingsAtOnce, AtStand: null);

    public static FairDay Run(FairSetting fair, IReadOnlyList<Person> people, IDayRanker ranker, DateTimeOffset begins)
    {
        var c = fair.Catalogue;
        int[] free = [.. c.Exhibitors.Select(_ => FairSetting.SeatsPerStand)];
        var (lists, cases, fulls) = (new List<int[]>(), new List<ShownCase>(), new List<bool[]>());
        var (shown, asked, balance) = (new List<IReadOnlyList<Guid>>(), new List<(int Turn, int Stand)>(), (FairBalance?)null);
        var (use, met, opened, requested, held) = (new double[people.Count], new bool[people.Count], 0, 0, 0);
        Span<float> pair = stackalloc float[Features.PairCount];
        for (var turn = 0; turn < people.Count; turn++)
        {
            if (turn % CountedEvery == 0) balance = Count(turn);
            var person = people[turn];
            var chance = Exploration.Of(FairSetting.Exploration, person.Id, 1, c.Version, fair.Rules.Day);
            var list = ranker.Rank(person, new Shaping(balance, chance));
            lists.Add(list.Offers);
            Guid[] ids = [.. list.Offers.Select(o => c.Offers[o].Id)];
            shown.Add(ids);
            bool[] full = [.. free.Select(seats => seats == 0)];
            var outcomes = new OfferOutcome[ids.Length];
            var judged = fair.Rules.JudgeAll(person.Facts, c);
            var patience = person.Luck.Of("patience").Share;
            var mine = 0;
            for (var place = 0; place < ids.Length && patience < FairSetting.Looks(place); place++)
            {
                var (offer, stand) = (list.Offers[place], c.Exhibitor[list.Offers[place]]);
                fair.Pair(person, judged, offer, pair);
                var truth = fair.Tastes.Happens(person, offer, pair);
                var luck = person.Luck.Of(offer);
                if (!luck.Of("open").Comes(truth.Open)) continue;
                opened++;
                outcomes[place] = Seen;
                if (free[stand] == 0 || mine == Caps.AtOnce || !luck.Of("request").Comes(truth.Request)) continue;
                requested++;
                mine++;
                asked.Add((turn, stand));
                outcomes[place] = Answer(luck, truth);
                if (outcomes[place].Accepted) free[stand]--;
                if (!outcomes[place].Held) continue;
                held++;
                use[turn] += truth.Useful;
                met[turn] = true;
            }
            if (!person.Agrees) continue;
            var needs = person.Needs;
            fulls.Add(full);
            cases.Add(new ShownCase(person.Id, person.Facts, c, fair.Rules, ids, list.Propensities, begins.AddSeconds(20 * turn), ranker.By,
                new CaseGroups(needs.Language, needs.German?.Speaking, needs.AgeBand), outcomes,
                ShownCase.CannotAsk(c, ids, [.. list.Offers.Select(offer => full[c.Exhibitor[offer]])], outcomes, Caps)));
        }
        return new FairDay(ranker.By.Kind, lists, cases, fulls, use, met, opened, requested, held);

        FairBalance Count(int turn)
        {
            var first = Math.Max(0, turn - FairBalance.Window);
            var requests = asked.Where(a => a.Turn >= first).GroupBy(a => a.Stand).ToDictionary(g => c.Exhibitors[g.Key].Id, g => g.Count());
            var seats = Enumerable.Range(0, free.Length).ToDictionary(stand => c.Exhibitors[stand].Id, stand => free[stand]);
            return FairBalance.Of(c, new FairCounts([.. shown.Skip(first).Reverse()], requests, seats));
        }
    }

    /// <summary>What <see cref="Grades.Use"/> of an offer that is looked at will be on average.</summary>
    public static double GradedUse(in PairTruth truth, bool free)
    {
        var (asks, accepts) = (free ? truth.Request : 0, Answers * truth.Accept);
        var praises = SaysHowUseful * Math.Pow(truth.Useful, 3) * (4 - 3 * truth.Useful); // three or four of the four draws
        var held = praises * Use(Took with { Useful = 5 }) + (1 - praises) * Use(Took);
        var accepted = truth.Held * held + (1 - truth.Held) * Use(Missed);
        return truth.Open * ((1 - asks) * Use(Seen) + asks * (accepts * accepted + (1 - accepts) * Use(Refused)));

        static double Use(OfferOutcome outcome) => Grades.Use(outcome);
    }

    private static OfferOutcome Answer(Luck luck, PairTruth truth)
    {
        if (!luck.Of("answer").Comes(Answers) || !luck.Of("accept").Comes(truth.Accept)) return Refused;
        if (!luck.Of("held").Comes(truth.Held)) return Missed;
        int? useful = luck.Of("says").Comes(SaysHowUseful) ? 1 + Enumerable.Range(0, 4).Count(step => luck.Of("useful").Of(step).Comes(truth.Useful)) : null;
        return Took with { Useful = useful };
    }
}
