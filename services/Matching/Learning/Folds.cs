namespace Matchmaking.Matching.Learning;

/// <summary>Visitors dealt into parts, the same for the same seed.</summary>
internal static class Folds
{
    /// <returns>Parts whose sizes differ by one at most, each in the order in which the visitors stand.</returns>
    public static int[][] Split(IReadOnlyList<int> visitors, int parts, int seed)
    {
        var shuffled = visitors.ToArray();
        new Random(seed).Shuffle(shuffled);
        return [.. Enumerable.Range(0, parts).Select(part => shuffled.Where((_, i) => i % parts == part).Order().ToArray())];
    }
}
