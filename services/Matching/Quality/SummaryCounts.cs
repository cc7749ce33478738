namespace Matchmaking.Matching.Quality;

/// <summary>
/// How the fair goes, in numbers: people who came, saw a list and opened something; meetings that were asked for, accepted, held and called useful. Each
/// is told of blocks in which neither those behind it, nor those behind the difference to the step told before, are a few people, and only where such
/// blocks make up the whole span; so no count, and nothing that is left when counts of two steps or two spans are subtracted, is of a few.
/// </summary>
internal static class SummaryCounts
{
    private static readonly Func<Person, int>[] OfPeople = [_ => 1, p => p.Lists.Length > 0 ? 1 : 0, p => p.Came.Values.Any(o => o.Opened) ? 1 : 0];
    private static readonly Func<Person, int>[] OfMeetings = [.. Enumerable.Range(0, 4).Select(step => (Func<Person, int>)(p => p.Meetings[step]))];

    /// <returns>By step; null: it is not told.</returns>
    public static (int?[] People, int?[] Meetings) Of(FigureDesk desk) => (Chain(desk, OfPeople), Chain(desk, OfMeetings));

    /// <summary>How many of the span some are; null: it is not told.</summary>
    /// <param name="blocks">In which it could be; null: in none.</param>
    public static int? Count(FigureDesk desk, Blocks? blocks, Func<int, int> rows)
    {
        int[] within = [.. Enumerable.Range(0, desk.People.Count).Where(p => desk.Filter.Takes(desk.People[p].Labels))];
        // That nobody came at all says nothing of anybody.
        return within.Length == 0 ? 0 : blocks?.Within(desk.Filter).Length == within.Length ? within.Sum(rows) : null;
    }

    private static int?[] Chain(FigureDesk desk, Func<Person, int>[] steps)
    {
        var (at, before, told) = (desk.Everybody, (int[]?)null, new int?[steps.Length]);
        for (var step = 0; step < steps.Length; step++)
        {
            int[] rows = [.. desk.People.Select(steps[step])];
            var here = at?.Coarser(p => rows[p] > 0, p => before is not null && rows[p] < before[p], p => before is not null && rows[p] > before[p]);
            told[step] = Count(desk, here, p => rows[p]);
            // A step that cannot be told is passed over, and darkens none of those after it.
            if (here is not null) (at, before) = (here, rows);
        }
        return told;
    }
}
