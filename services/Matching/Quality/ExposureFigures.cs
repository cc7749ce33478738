using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Quality;

/// <summary>How attention and requests fall on stands: a place among the first ten counts 1/log2(1+place), over all lists shown to those within the filter.</summary>
internal static class ExposureFigures
{
    /// <summary>The measures, and each stand that has offers with its share, in no order; none where nothing was shown.</summary>
    public sealed record Shares(Figure Gini, Figure Tail, Figure Floor, IReadOnlyList<(int Stand, double Share)> Stands);

    /// <param name="seats">By stand: all that were given and those that can be booked now.</param>
    public static ExposureRows Of(FigureDesk desk, IReadOnlyDictionary<Guid, (int All, int Free)> seats)
    {
        var shares = SharesOf(desk);
        return new ExposureRows(shares.Gini, shares.Tail, shares.Floor, Stands(desk, shares.Stands, seats));
    }

    /// <summary>A stand's share with those whose lists it is of; it stood among the first ten places of a list of those who count.</summary>
    public static CountedPeople Counted(FigureDesk desk, Guid stand)
    {
        const string Id = "exposure.share";
        var people = desk.Seeing;
        var exhibitors = desk.Catalogue.Snapshot.Exhibitors;
        double[] share = [.. SharesOf(desk).Stands.Where(s => exhibitors[s.Stand].Id == stand).Select(s => s.Share)];
        return new(share is [var own] ? new Figure(Id, own, null, null, people.Length, null) : desk.Nothing(Id), people,
            p => desk.People[p].Lists.Any(l => Filtered(desk, l).Take(ListOrder.Top).Any(o => desk.Catalogue.Offer(o)?.ExhibitorId == stand)));
    }

    public static Shares SharesOf(FigureDesk desk)
    {
        var c = desk.Catalogue.Snapshot;
        int[] offering = [.. c.Exhibitor.Distinct().Order()];
        var (people, parts) = (desk.Seeing, new double[Jackknife.Parts][]);
        for (var part = 0; part < parts.Length; part++)
            parts[part] = FairBalance.Exposure(c, people.Where((_, i) => i % Jackknife.Parts == part).SelectMany(p => desk.People[p].Lists).Select(l => Filtered(desk, l)));
        double[] whole = [.. offering.Select(stand => parts.Sum(p => p[stand]))];
        var total = whole.Sum();
        if (total <= 0) return new Shares(desk.Nothing("exposure.gini"), desk.Nothing("exposure.tail"), desk.Nothing("exposure.floor"), []);

        double[][] without = [.. parts.Select(left => offering.Select(stand => parts.Sum(p => p == left ? 0 : p[stand])).ToArray())];
        var floor = FairBalance.Floor * total / offering.Length;
        return new Shares(
            Estimated("exposure.gini", w => Measures.Gini(w) ?? 0), Estimated("exposure.tail", Tail),
            new Figure("exposure.floor", (double)whole.Count(w => w >= floor) / offering.Length, null, null, people.Length, null), [.. offering.Select((stand, i) => (stand, whole[i] / total))]);

        Figure Estimated(string id, Func<double[], double> of) => people.Length < 2 * Jackknife.Parts
            ? new Figure(id, of(whole), null, null, people.Length, null) : desk.Of(id, Jackknife.Of(people.Length, of(whole), [.. without.Select(of)]));
    }

    /// <summary>What the less seen half of the stands has of all attention: half where all are alike.</summary>
    public static double Tail(double[] shares) => shares.Order().Take(shares.Length / 2).Sum() / shares.Sum();

    private static List<StandRow> Stands(FigureDesk desk, IReadOnlyList<(int Stand, double Share)> shares, IReadOnlyDictionary<Guid, (int All, int Free)> seats)
    {
        var (rows, floor) = (new List<StandRow>(), FairBalance.Floor / shares.Count);
        foreach (var (index, share) in shares)
        {
            var stand = desk.Catalogue.Snapshot.Exhibitors[index];
            if (desk.Filter.Exhibitor is { } only && only != stand.Id) continue;
            var asked = StandFigures.Of(desk, stand.Id);
            var (all, free) = seats.GetValueOrDefault(stand.Id);
            rows.Add(new StandRow(stand.Id, stand.Name, share, share >= floor, asked.Asked.Figure, asked.Acceptance.Figure, asked.NoShow.Figure, all, free));
        }
        return [.. rows.OrderByDescending(r => r.Share).ThenBy(r => r.Name, StringComparer.Ordinal)];
    }

    /// <summary>Places stay where they are: what is not within the filter is nobody's.</summary>
    private static IReadOnlyList<Guid> Filtered(FigureDesk desk, ShownList list) =>
        desk.Filter.Category is null ? list.Offers : [.. list.Offers.Select(o => desk.Catalogue.Offer(o)?.Kind == desk.Filter.Category ? o : Guid.Empty)];
}

/// <summary>What became of requests at one stand, counted in people.</summary>
internal static class StandFigures
{
    public static (CountedPeople Asked, CountedPeople Acceptance, CountedPeople NoShow) Of(FigureDesk desk, Guid exhibitor)
    {
        var at = desk.People.Select(p => p.Came.Where(c => desk.Catalogue.Offer(c.Key)?.ExhibitorId == exhibitor).Select(c => c.Value).ToArray()).ToArray();
        bool[] asked = Each(o => o.Asked), answered = Each(o => o.Accepted || o.Declined || o.NoShow || o.Held), accepted = Each(o => o.Accepted || o.NoShow || o.Held);
        bool[] met = Each(o => o.Held || o.NoShow), missed = Each(o => o.NoShow);
        var here = desk.Asked?.Part(p => asked[p]);
        var answers = here?.Part(p => answered[p]);
        // What is left of all who came so far, with whatever stand, is not to be a few either.
        var agreed = answers?.Part(p => accepted[p], Elsewhere(3));
        var meetings = agreed?.Part(p => met[p]);
        var came = meetings?.Part(p => !missed[p], Elsewhere(4));
        return (desk.Count("stand.asked", here), desk.Share("stand.acceptance", answers, agreed), desk.Share("stand.no-show", meetings, came is null ? null : meetings!.In(came).But(came)));

        ToldSet[] Elsewhere(int grade) => desk.Funnel[grade] is { } all ? [all] : [];

        bool[] Each(Func<OfferOutcome, bool> of) => [.. at.Select(outcomes => outcomes.Any(of))];
    }
}
