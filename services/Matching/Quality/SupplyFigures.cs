using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Quality;

/// <summary>Needs without offers and offers without needs, what rules say, and how long people wait for a first answer: whom to invite, and what holds people up.</summary>
internal static class SupplyFigures
{
    /// <summary>Judging each offer's kind for each person costs; so many people are enough to see which rules matter.</summary>
    private const int MostJudged = 1000;

    private const int MostRules = 20;

    public static CountedPeople FirstAnswer(FigureDesk desk)
    {
        var counted = desk.Count("answer.minutes", desk.Asked?.Known(p => desk.People[p].FirstAnswer is not null));
        double[] minutes = [.. counted.People.Select(p => desk.People[p].FirstAnswer!.Value.TotalMinutes).Order()];
        if (minutes.Length == 0) return counted;
        // A median is somebody's own: told in whole five minutes.
        var median = Resamples.Statistic(minutes.Length, times => Median(minutes, times), FigureDesk.Seed);
        return counted with { Figure = new Figure("answer.minutes", Rounded(median.Mean), Rounded(median.Low), Rounded(median.High), minutes.Length, null) };

        static double? Rounded(double? minutes) => minutes is { } m ? Math.Round(m / 5) * 5 : null;
    }

    /// <param name="sorted">Values, ascending.</param>
    /// <param name="times">How often each counts.</param>
    public static double Median(double[] sorted, int[] times)
    {
        var (all, seen) = (times.Sum(), 0);
        for (var i = 0; i < sorted.Length; i++)
        {
            seen += times[i];
            if (2 * seen > all) return sorted[i];
            if (2 * seen == all) return (sorted[i] + sorted.Where((_, j) => j > i && times[j] > 0).First()) / 2;
        }
        return double.NaN;
    }

    /// <summary>Whoever has a need, and those of them for whom the rules leave no offer that serves it.</summary>
    /// <param name="bit">Of the need.</param>
    /// <param name="served">By person, the needs that some offer serves.</param>
    private static (CountedPeople People, CountedPeople Unserved) Need(FigureDesk desk, int bit, ushort[] served)
    {
        var have = Having(desk, bit);
        return (desk.Count("need.people", have), desk.Share("need.unserved", have, have?.Part(p => (served[p] >> bit & 1) == 0)));
    }

    private static ToldSet? Having(FigureDesk desk, int bit) => desk.Everybody?.Part(p => ((desk.People[p].Facts.Goals | desk.People[p].Facts.Topics) >> bit & 1) != 0);

    /// <summary>Whoever has it, without judging what serves them.</summary>
    public static Figure Need(FigureDesk desk, string need) => desk.Count("need.people", Having(desk, Vocabulary.WishBit(need))).Figure;

    /// <summary>Offers that serve a need, and the seats of their stands that can be booked now.</summary>
    public static (int Offers, int FreeSeats) Serving(CatalogueSnapshot c, string need, IReadOnlyDictionary<Guid, (int All, int Free)> seats)
    {
        int[] offers = [.. Enumerable.Range(0, c.Count).Where(o => (c.Wishes[o] >> Vocabulary.WishBit(need) & 1) != 0)];
        return (offers.Length, offers.Select(o => c.Exhibitor[o]).Distinct().Sum(s => seats.GetValueOrDefault(c.Exhibitors[s].Id).Free));
    }

    /// <summary>The same of one need by its code.</summary>
    public static (CountedPeople People, CountedPeople Unserved) Need(FigureDesk desk, RulesOfDay rules, string need) => Need(desk, Vocabulary.WishBit(need), Served(desk, rules).Served);

    /// <param name="rules">Of today.</param>
    /// <param name="seats">By stand, those that can be booked now.</param>
    public static (IReadOnlyList<NeedRow> Needs, IReadOnlyList<UnneededOffer> Offers) Of(FigureDesk desk, RulesOfDay rules, IReadOnlyDictionary<Guid, (int All, int Free)> seats)
    {
        var c = desk.Catalogue.Snapshot;
        var (served, fits) = Served(desk, rules);
        var needs = Vocabulary.Wishes.Select((need, bit) =>
        {
            var ((people, unserved), (offers, free)) = (Need(desk, bit, served), Serving(c, need, seats));
            return new NeedRow(need, people.Figure, unserved.Figure, offers, free);
        }).ToArray();
        UnneededOffer[] unneeded = desk.Told.Length == 0 ? [] :
            [.. Enumerable.Range(0, c.Count).Where(o => fits[o] < Blocks.Least && desk.Takes(c.Offers[o].Id)).Select(o => new UnneededOffer(c.Offers[o].Id, c.Offers[o].Title, c.Exhibitors[c.Exhibitor[o]].Name))];
        return (needs, unneeded);
    }

    /// <returns>By person, the needs that some offer serves, and by offer, how many people of the filter it fits.</returns>
    private static (ushort[] Served, int[] Fits) Served(FigureDesk desk, RulesOfDay rules)
    {
        var c = desk.Catalogue.Snapshot;
        var served = new ushort[desk.People.Count];
        var fits = new int[c.Count];
        var told = desk.Told.ToHashSet();
        for (var person = 0; person < served.Length; person++)
        {
            var facts = desk.People[person].Facts;
            var (judged, wishes) = (rules.JudgeAll(facts, c), (ushort)(facts.Goals | facts.Topics));
            for (var offer = 0; offer < c.Count; offer++)
            {
                if (judged.VerdictOn(offer) == Verdict.No || (c.Wishes[offer] & wishes) == 0) continue;
                served[person] |= (ushort)(c.Wishes[offer] & wishes);
                if (told.Contains(person)) fits[offer]++;
            }
        }
        return (served, fits);
    }

    /// <summary>Rules by how many people they tell "no" or "ask" about some offer of the catalogue.</summary>
    public static IReadOnlyList<RuleRow> Rules(FigureDesk desk, RulesOfDay rules) =>
        [.. Spoken(desk, rules).Select(s => new RuleRow(s.Pack, s.Version, s.Rule, s.Verdict.Code(), s.People.Figure))
            .OrderByDescending(r => r.People.Value ?? 0).ThenBy(r => r.Pack, StringComparer.Ordinal).ThenBy(r => r.Rule, StringComparer.Ordinal).Take(MostRules)];

    /// <summary>Every rule that says "no" or "ask" to anybody, with whom.</summary>
    public static IEnumerable<(string Pack, string Version, string Rule, Verdict Verdict, CountedPeople People)> Spoken(FigureDesk desk, RulesOfDay rules)
    {
        var c = desk.Catalogue.Snapshot;
        var every = Math.Max(1, (desk.People.Count + MostJudged - 1) / MostJudged);
        int[] judged = [.. Enumerable.Range(0, desk.People.Count).Where(p => p % every == 0)];
        var sides = Enumerable.Range(0, c.Count).Where(o => desk.Takes(c.Offers[o].Id)).Select(o => c.Side(o)).Distinct().ToArray();
        var spoke = new Dictionary<(string Pack, string Version, string Rule, Verdict Verdict), HashSet<int>>();
        foreach (var person in judged)
            foreach (var side in sides)
                foreach (var pack in rules.Packs)
                    if (pack.Find(desk.People[person].Facts, side) is { Verdict: Verdict.No or Verdict.Ask } rule)
                    {
                        var key = (pack.Ref.Id, pack.Ref.Version, rule.Id, rule.Verdict);
                        if (!spoke.TryGetValue(key, out var people)) spoke[key] = people = [];
                        people.Add(person);
                    }
        var isJudged = judged.ToHashSet();
        var some = every == 1 ? desk.Everybody : desk.Everybody?.Known(isJudged.Contains);
        return spoke.Select(s => (s.Key.Pack, s.Key.Version, s.Key.Rule, s.Key.Verdict, desk.Share("rule.spoke", some, some?.Part(s.Value.Contains))));
    }
}
