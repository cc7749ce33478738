using System.Globalization;
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

    /// <summary>From and to, counted from 0; further down too little happens to tell each place apart.</summary>
    private static readonly (int From, int To)[] Places = [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 9), (10, 19)];

    public static IReadOnlyList<FunnelRow> Of(FigureDesk desk)
    {
        var rows = new List<FunnelRow>();
        if (desk.Everybody is not { } at) return rows;
        // Everything first, so that what is told of some offers or places can be subtracted from it.
        int[] all = [.. desk.People.Select(p => p.Reach(_ => true))];
        at = Walk(desk, at, all, [], null, desk.Filter.IsOfOffers ? null : rows);
        int[][] wholes = [all];
        if (desk.Filter.IsOfOffers)
        {
            int[] some = [.. desk.People.Select(p => p.Reach(desk.Takes))];
            at = Walk(desk, at, some, wholes, null, rows);
            wholes = [all, some];
        }
        foreach (var (from, to) in Places)
        {
            var name = from == to ? (from + 1).ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{from + 1}-{to + 1}");
            Walk(desk, at, [.. desk.People.Select(p => p.Reach(desk.Takes, from, to))], wholes, name, rows);
        }
        return rows;
    }

    /// <summary>The people of whom a step of the whole funnel is told, within the filter; none where it is not told.</summary>
    public static int[] WholeAt(FigureDesk desk, int grade)
    {
        if (desk.Everybody is not { } at) return [];
        int[] all = [.. desk.People.Select(p => p.Reach(_ => true))];
        int[] reach = all;
        int[][] wholes = [];
        if (desk.Filter.IsOfOffers)
        {
            at = Walk(desk, at, all, [], null, null);
            (reach, wholes) = ([.. desk.People.Select(p => p.Reach(desk.Takes))], [all]);
        }
        var blocks = StepsOf(at, reach, wholes).Told[grade - 1];
        return [.. (blocks?.Within(desk.Filter) ?? []).Where(p => reach[p] >= 0)];
    }

    /// <summary>A step that cannot be told is passed over, and darkens none of those after it.</summary>
    /// <returns>By step from 1 the blocks in which it is told, null: it is not; and those of the last that is.</returns>
    private static (Blocks?[] Told, Blocks Last) StepsOf(Blocks from, int[] reach, int[][] wholes)
    {
        var (told, at, last) = (new Blocks?[Grades.Best], Step(from, reach, wholes, 0, -1), 0);
        for (var step = 1; step <= told.Length && at is not null; step++)
            if ((told[step - 1] = Step(at, reach, wholes, step, last)) is { } here) (at, last) = (here, step);
        return (told, at ?? from);
    }

    /// <summary>Neither those who came so far, nor those who came just not so far, nor those who came so far with something else alone.</summary>
    /// <param name="before">The last step that is told.</param>
    private static Blocks? Step(Blocks blocks, int[] reach, int[][] wholes, int step, int before) => blocks.Coarser(
        [p => reach[p] >= step, p => reach[p] < step && reach[p] >= before, .. wholes.Select(whole => (Func<int, bool>)(p => whole[p] >= step && reach[p] < step))]);

    /// <summary>Those steps of the funnel of everything that others are told of the same blocks as.</summary>
    public static Blocks? Base(FigureDesk desk) => desk.Everybody is { } at ? Walk(desk, at, [.. desk.People.Select(p => p.Reach(_ => true))], [], null, null) : null;

    /// <param name="reach">By person, -1: not shown.</param>
    /// <param name="wholes">The same of more offers or places than these: what is told of them must not leave a few either.</param>
    /// <returns>The blocks of the last step that could be told.</returns>
    public static Blocks Walk(FigureDesk desk, Blocks from, int[] reach, int[][] wholes, string? place, List<FunnelRow>? rows)
    {
        var (told, last) = StepsOf(from, reach, wholes);
        rows?.Add(new FunnelRow(place, [.. told.Select((blocks, step) => desk.Share("funnel." + Steps[step], blocks, p => reach[p] >= 0, p => reach[p] > step).Figure)]));
        return last;
    }
}
