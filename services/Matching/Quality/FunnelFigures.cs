using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// How many of those who were shown something opened, asked, were accepted, had the meeting and found it useful: of the whole list, then by place. People are
/// counted, not rows; a later step implies the earlier ones, as the grades have it.
/// </summary>
internal static class FunnelFigures
{
    /// <summary>By grade from 1.</summary>
    public static readonly string[] Steps = ["opened", "requested", "accepted", "held", "useful"];

    /// <summary>With from and to, counted from 0; further down too little happens to tell each place apart.</summary>
    private static readonly (string Name, int From, int To)[] Places = [("1", 0, 0), ("2", 1, 1), ("3", 2, 2), ("4", 3, 3), ("5", 4, 4), ("6-10", 5, 9), ("11-20", 10, 19)];

    /// <summary>As <see cref="FunnelRow.Place"/> has them.</summary>
    public static IReadOnlyList<string> PlaceNames { get; } = [.. Places.Select(p => p.Name)];

    /// <summary>Who was shown the whole list or some of its places, and from 1 by step who came so far with it.</summary>
    private sealed record Chain(string? Place, IReadOnlyList<ToldSet?> Told)
    {
        public CountedPeople Step(FigureDesk desk, int grade) => desk.Share("funnel." + Steps[grade - 1], Told[0], Told[grade]);
    }

    public static IReadOnlyList<FunnelRow> Of(FigureDesk desk) =>
        [.. ChainsOf(desk).Select(chain => new FunnelRow(chain.Place, [.. Enumerable.Range(1, Steps.Length).Select(grade => chain.Step(desk, grade).Figure)]))];

    /// <summary>One step with the people of whom it is told.</summary>
    /// <param name="place">null: of the whole list.</param>
    public static CountedPeople Counted(FigureDesk desk, string? place, int grade) =>
        ChainsOf(desk).FirstOrDefault(chain => chain.Place == place)?.Step(desk, grade) ?? new(desk.Nothing("funnel." + Steps[grade - 1]), [], _ => false);

    /// <summary>Of everything, whatever offers the filter names: what is told of some offers or places can be subtracted from it.</summary>
    /// <remarks>Who has no list yet is no few of whom something would be told: at any moment of a fair some are on their way to it, and nothing came of it.</remarks>
    public static ToldSet?[] OfAll(FigureDesk desk)
    {
        int[] reach = [.. desk.People.Select(p => p.Reach(_ => true))];
        return desk.Everybody?.Only(p => reach[p] >= 0) is { } shown ? Chained(shown, reach, []) : new ToldSet?[Grades.Best + 1];
    }

    /// <summary>Of the offers within the filter: who was shown any, and from 1 who came so far with one.</summary>
    public static ToldSet?[] OfOffers(FigureDesk desk) =>
        desk.Filter.IsOfOffers && desk.Funnel[0] is { } shown ? Chained(shown.InLastOf(desk.Funnel), [.. desk.People.Select(p => p.Reach(desk.Takes))], [desk.Funnel]) : [.. desk.Funnel];

    private static IEnumerable<Chain> ChainsOf(FigureDesk desk)
    {
        var some = desk.OffersFunnel;
        if (some[0] is not { } shown) yield break;
        yield return new Chain(null, some);
        var last = shown.InLastOf(some);
        foreach (var (name, from, to) in Places)
            yield return new Chain(name, Chained(last, [.. desk.People.Select(p => p.Reach(desk.Takes, from, to))], desk.Filter.IsOfOffers ? [desk.Funnel, some] : [some]));
    }

    /// <summary>A step that cannot be told is passed over, and darkens none of those after it.</summary>
    /// <param name="shown">Who may be counted at all.</param>
    /// <param name="reach">By person how far it came, -1: not shown.</param>
    /// <param name="wholes">The same of more offers or places than these: what is told of them must not leave a few either.</param>
    private static ToldSet?[] Chained(ToldSet shown, int[] reach, IReadOnlyList<ToldSet?>[] wholes)
    {
        var (told, at) = (new ToldSet?[Grades.Best + 1], shown.Part(p => reach[p] >= 0));
        told[0] = at;
        for (var step = 1; step < told.Length && at is not null; step++)
            at = (told[step] = at.Part(p => reach[p] >= step, [.. wholes.Select(whole => whole[step]).OfType<ToldSet>()])) ?? at;
        return told;
    }
}
