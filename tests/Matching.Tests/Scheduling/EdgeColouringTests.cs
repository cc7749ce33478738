using CsCheck;
using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

public sealed class EdgeColouringTests
{
    [Fact]
    public void As_many_colours_as_the_busiest_corner_has_edges_are_enough() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6]).List[0, 40].Sample(edges =>
        {
            var busiest = edges.GroupBy(e => e.Item1).Concat(edges.GroupBy(e => e.Item2)).Select(g => g.Count()).DefaultIfEmpty().Max();
            var colour = EdgeColouring.Of(edges, busiest);
            Assert.All(colour, c => Assert.InRange(c, 0, busiest - 1));
            Assert.Equal(edges.Count, edges.Select((e, n) => (e.Item1, colour[n])).Distinct().Count());
            Assert.Equal(edges.Count, edges.Select((e, n) => (e.Item2, colour[n])).Distinct().Count());
        });

    [Fact]
    public void Too_few_colours_are_refused() => Assert.Throws<ArgumentException>(() => EdgeColouring.Of([(0, 0), (0, 1)], 1));
}
