using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

public sealed class SeatedUseTests
{
    private static readonly OfferOutcome Opened = new(Opened: true), Asked = new(Opened: true, Requested: true);

    private static readonly ShownRow[] Known =
        [.. Enumerable.Range(0, 40).Select(i => new ShownRow(i, i, 1, i % 2 == 0 ? Opened : Asked, [], Full: false))];

    [Fact]
    public void What_was_opened_at_a_full_stand_counts_as_opened_offers_with_a_free_seat_do()
    {
        var use = new SeatedUse(Known);
        Assert.True(use.IsKnown);
        Assert.Equal((Grades.Use(Opened) + Grades.Use(Asked)) / 2, use.Of(Known[0] with { Full = true }), 12);
        Assert.Equal(Grades.Use(Opened), use.Of(Known[0]));
        Assert.Equal(0, use.Of(Known[0] with { Full = true, Outcome = default }));
    }

    [Fact]
    public void Where_seats_are_not_known_it_says_so() =>
        Assert.False(new SeatedUse(Known.Select(r => r with { Full = null })).IsKnown);
}
