namespace Matchmaking.Matching.Quality;

/// <summary>
/// How the fair goes, in numbers: people who came, saw a list and opened something; meetings that were asked for, accepted, held and called useful. They are
/// those of the funnel's sets, which are told of whole blocks, and only where such blocks make up the whole span; so no count, and nothing that is left when
/// counts of two steps or two spans are subtracted, is of a few people. They are rounded with the sets: whoever rounding takes along counts as one meeting.
/// </summary>
internal static class SummaryCounts
{
    private const int Asked = 2;

    /// <returns>By step; null: it is not told.</returns>
    public static (int?[] People, int?[] Meetings) Of(FigureDesk desk) =>
        ([.. ((ToldSet?[])[desk.Everybody, .. desk.Funnel.Take(Asked)]).Select(set => Count(desk, set, _ => 1))], Meetings(desk));

    /// <summary>How many of the span some are; null: it is not told.</summary>
    /// <param name="set">null: it cannot be told.</param>
    /// <param name="rows">By person how many it counts for.</param>
    public static int? Count(FigureDesk desk, ToldSet? set, Func<int, int> rows)
    {
        var within = Enumerable.Range(0, desk.People.Count).Count(p => desk.Filter.Takes(desk.People[p].Labels));
        // That nobody came at all says nothing of anybody.
        return within == 0 ? 0 : set?.Blocks.Within(desk.Filter).Length == within ? set.Within(desk.Filter).Sum(rows) : null;
    }

    /// <summary>Each for itself: those that did not come so far as in the step told before are not to be of a few people either.</summary>
    private static int?[] Meetings(FigureDesk desk)
    {
        var (told, before) = (new int?[desk.Funnel.Count - Asked], -1);
        for (var step = 0; step < told.Length; step++)
        {
            var set = desk.Funnel[Asked + step];
            if (set is not null && before >= 0 && !MayBeLeft(set, before, step)) continue;
            told[step] = Count(desk, set, p => Rows(p, step));
            if (set is not null && told[step] is not null) before = step;
        }
        return told;

        int Rows(int person, int step) => desk.Funnel[Asked + step]!.Has[person] ? Math.Max(1, desk.People[person].Meetings[step]) : 0;

        bool MayBeLeft(ToldSet set, int before, int step) =>
            desk.Funnel[Asked + before]!.In(set).Part(p => Rows(p, step) < Rows(p, before)) is { } left && !left.IsRounded(desk.Filter);
    }
}
