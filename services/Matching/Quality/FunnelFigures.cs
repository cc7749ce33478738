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

    /// <summary>How far people came with the whole list or with some of its places, and by step the blocks in which it is told.</summary>
    private sealed record Chain(string? Place, int[] Reach, Blocks?[] Told)
    {
        public CountedPeople Step(FigureDesk desk, int grade) => desk.Share("funnel." + Steps[grade - 1], Told[grade - 1], p => Reach[p] >= 0, p => Reach[p] >= grade);
    }

    public static IReadOnlyList<FunnelRow> Of(FigureDesk desk) =>
        [.. ChainsOf(desk).Select(chain => new FunnelRow(chain.Place, [.. Enumerable.Range(1, Steps.Length).Select(grade => chain.Step(desk, grade).Figure)]))];

    /// <summary>One step with the people of whom it is told.</summary>
    /// <param name="place">null: of the whole list.</param>
    public static CountedPeople Counted(FigureDesk desk, string? place, int grade) =>
        ChainsOf(desk).FirstOrDefault(chain => chain.Place == place)?.Step(desk, grade) ?? new(desk.Nothing("funnel." + Steps[grade - 1]), [], _ => false);

    private static IEnumerable<Chain> ChainsOf(FigureDesk desk)
    {
        if (desk.Everybody is not { } at) yield break;
        // Everything first, so that what is told of some offers or places can be subtracted from it.
        int[] all = [.. desk.People.Select(p => p.Reach(_ => true))];
        int[][] wholes = [all];
        (var told, at) = StepsOf(at, all, []);
        if (!desk.Filter.IsOfOffers) yield return new Chain(null, all, told);
        else
        {
            int[] some = [.. desk.People.Select(p => p.Reach(desk.Takes))];
            (told, at) = StepsOf(at, some, wholes);
            yield return new Chain(null, some, told);
            wholes = [all, some];
        }
        foreach (var (name, from, to) in Places)
        {
            int[] reach = [.. desk.People.Select(p => p.Reach(desk.Takes, from, to))];
            yield return new Chain(name, reach, StepsOf(at, reach, wholes).Told);
        }
    }

    /// <summary>A step that cannot be told is passed over, and darkens none of those after it.</summary>
    /// <param name="reach">By person, -1: not shown.</param>
    /// <param name="wholes">The same of more offers or places than these: what is told of them must not leave a few either.</param>
    /// <returns>By step from 1 the blocks in which it is told, null: it is not; and those of the last that is.</returns>
    /// <param name="listless">
    /// Who has no list yet is no such few: at any moment of a fair some are on their way to it, and nothing came of it. null: everybody is told of.
    /// </param>
    public static (Blocks?[] Told, Blocks Last) StepsOf(Blocks from, int[] reach, int[][] wholes, Func<int, bool>? listless = null)
    {
        var (told, at, last) = (new Blocks?[Grades.Best], Step(from, reach, wholes, 0, -1, listless), 0);
        for (var step = 1; step <= told.Length && at is not null; step++)
            if ((told[step - 1] = Step(at, reach, wholes, step, last)) is { } here) (at, last) = (here, step);
        return (told, at ?? from);
    }

    /// <summary>Neither those who came so far, nor those who came just not so far, nor those who came so far with something else alone.</summary>
    /// <param name="before">The last step that is told.</param>
    private static Blocks? Step(Blocks blocks, int[] reach, int[][] wholes, int step, int before, Func<int, bool>? listless = null) => blocks.Coarser(
        [p => reach[p] >= step, p => reach[p] < step && reach[p] >= before && listless?.Invoke(p) != true, .. wholes.Select(whole => (Func<int, bool>)(p => whole[p] >= step && reach[p] < step))]);

    private static Func<int, bool> IsListless(FigureDesk desk) => p => desk.People[p].Lists.Length == 0;

    /// <summary>Those blocks of the funnel of everything that other figures go on from.</summary>
    public static Blocks? Base(FigureDesk desk) => desk.Everybody is { } at ? StepsOf(at, [.. desk.People.Select(p => p.Reach(_ => true))], [], IsListless(desk)).Last : null;
}
