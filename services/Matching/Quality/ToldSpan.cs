namespace Matchmaking.Matching.Quality;

/// <summary>
/// A span of time of which figures may be told: whole hours, joined until enough people came in each piece. So the figures of a span are never those of one
/// person, nor is the difference of the figures of two spans.
/// </summary>
internal static class ToldSpan
{
    /// <summary>Earlier and later than any fair.</summary>
    public static readonly DateTimeOffset Beginning = DateTimeOffset.UnixEpoch, End = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The narrowest such span that holds the one that was asked for.</summary>
    /// <param name="cuts">Where pieces end, as <see cref="Cuts"/> has it.</param>
    public static (DateTimeOffset From, DateTimeOffset To) Around(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<DateTimeOffset> cuts) =>
        (cuts.LastOrDefault(cut => cut <= from, Beginning), cuts.FirstOrDefault(cut => cut >= to, End));

    /// <summary>Where one piece ends and the next begins.</summary>
    /// <param name="arrivals">When each visitor of the fair came, in any order.</param>
    /// <param name="least">People of each piece.</param>
    public static IReadOnlyList<DateTimeOffset> Cuts(IEnumerable<DateTimeOffset> arrivals, int least)
    {
        var cuts = new List<DateTimeOffset>();
        var people = 0;
        foreach (var hour in arrivals.GroupBy(at => at.UtcTicks / TimeSpan.TicksPerHour).OrderBy(h => h.Key))
        {
            // Before anybody came there is nothing, and that may be told.
            if (cuts.Count == 0 && people == 0) cuts.Add(new DateTimeOffset(hour.Key * TimeSpan.TicksPerHour, TimeSpan.Zero));
            if ((people += hour.Count()) < least) continue;
            cuts.Add(new DateTimeOffset((hour.Key + 1) * TimeSpan.TicksPerHour, TimeSpan.Zero));
            people = 0;
        }
        // Whoever came after the last cut is too few, or nobody: they belong to the piece before.
        if (cuts.Count > 1) cuts.RemoveAt(cuts.Count - 1);
        return cuts;
    }

    /// <summary>The number of the piece in which a time lies.</summary>
    public static int PieceOf(DateTimeOffset time, IReadOnlyList<DateTimeOffset> cuts) => cuts.Count(cut => cut <= time);
}
