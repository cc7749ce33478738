using CsCheck;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Routes;

namespace Matchmaking.Matching.Tests.Routes;

public sealed class DayPlanTests
{
    private static readonly WalkingTimes Walking = new(new WalkingOptions());
    private static readonly DateTimeOffset Ten = DemoFair.Opens;

    [Fact]
    public void A_leg_says_the_way_and_what_is_left_and_a_clash_by_how_much_it_is_too_far()
    {
        var (first, second, third) = (At(0, "Tisch 14, Halle 1"), At(60, "Tisch 31, Halle 1"), At(83, "Tisch 5, Halle 2"));
        var day = Day(third, first, second);
        Assert.Equal([first, second, third], day.Stops);
        Assert.Null(day.LegTo(first));
        Assert.Equal(new RouteLeg(true, 3, 37), day.LegTo(second));
        Assert.Equal(new RouteLeg(true, 5, 0), day.LegTo(third));
        Assert.Empty(day.ClashesOf(second));
        Assert.Equal([new RouteClash(RouteClash.TooFar, second.Id, 2)], day.ClashesOf(third));
    }

    [Fact]
    public void A_way_that_is_not_known_is_told_so_and_is_no_clash()
    {
        var (first, second) = (At(0, "A 1"), At(20, "B 7"));
        Assert.Equal(new RouteLeg(true, null, null), Day(first, second).LegTo(second));
        Assert.Empty(Day(first, second).ClashesOf(second));
    }

    [Fact]
    public void The_way_after_a_talk_by_video_is_from_the_last_place_and_may_be_gone_before_the_talk_but_not_during_it()
    {
        var (stand, video) = (At(0, "Tisch 1, Halle 1"), At(26, null, PlaceKinds.Video));
        var soon = At(48, "Tisch 1, Halle 2");
        Assert.Equal(new RouteLeg(false, 0, 6), Day(stand, video, soon).LegTo(video));
        Assert.Equal(new RouteLeg(true, 5, 0), Day(stand, video, soon).LegTo(soon));
        Assert.Empty(Day(stand, video, soon).ClashesOf(soon)); // six minutes before the talk are enough
        var early = video with { Start = Ten.AddMinutes(23), End = Ten.AddMinutes(45) };
        Assert.Equal([new RouteClash(RouteClash.TooFar, stand.Id, 2)], Day(stand, early, soon).ClashesOf(soon)); // three before and three after are not
    }

    [Fact]
    public void Times_that_are_proposed_are_judged_by_what_is_before_and_what_comes_after()
    {
        var (stand, city) = (At(0, "Tisch 1, Halle 1"), At(40, "Tisch 1, Halle 2"));
        var day = Day(stand, city);
        Assert.Equal([new RouteClash(RouteClash.Overlaps, stand.Id, 10)], day.ClashesWith(At(10, null, PlaceKinds.Video)));
        Assert.Equal([new RouteClash(RouteClash.TooFar, stand.Id, 5), new RouteClash(RouteClash.TooFar, city.Id, 5)], day.ClashesWith(At(20, "Tisch 2, Halle 3")));
        Assert.Empty(day.ClashesWith(At(65, "Tisch 2, Halle 3")));
    }

    [Fact]
    public void During_the_day_what_is_left_counts_from_now_and_nothing_past_is_a_clash()
    {
        var (first, second) = (At(0, "Tisch 14, Halle 1"), At(60, "Tisch 31, Halle 1"));
        Assert.Equal(new RouteLeg(true, 3, 17), Day(40, first, second).LegTo(second));
        Assert.Empty(Day(21, first, second with { Start = Ten.AddMinutes(21) }).Stops.SelectMany(Day(21, first, second with { Start = Ten.AddMinutes(21) }).ClashesOf));
        // At 10:40 still at the table in the first hall: the way to the second one takes five minutes from now on.
        var day = Day(40, first);
        Assert.Equal([At(60, "Tisch 1, Halle 2").Start], day.Fill([([At(20, "Tisch 1, Halle 2"), At(44, "Tisch 1, Halle 2"), At(60, "Tisch 1, Halle 2")], 0)], 3).Select(s => s.Start));
    }

    /// <summary>
    /// Any day, also one with overlaps and ways too long: everything of the visitor stays in it, in order; suggestions overlap nothing, are as many as wished at most,
    /// leave enough time for the ways there and on, take nothing away from the way between others, and are the same again.
    /// </summary>
    [Fact]
    public void Suggestions_keep_nobody_from_anything() => Gen.Select(Gen.Select(Gen.Int[0, 28], Gen.Int[0, 5]).Array[0, 6], Gen.Select(Gen.Int[0, 28].Array[0, 8], Gen.Int[0, 5], Gen.Int).Array[0, 8], Gen.Int[-100, 250], Gen.Int[0, 4])
        .Sample((meetings, wishes, now, most) =>
        {
            var fixedOnes = meetings.Select(m => At(m.Item1 * 10, Places[m.Item2])).ToArray();
            (IReadOnlyList<TimedStop>, int)[] asked = [.. wishes.Select(w => ((IReadOnlyList<TimedStop>)[.. w.Item1.Order().Select(t => At(t * 10, Places[w.Item2]))], w.Item3))];
            var day = Day(now, fixedOnes);
            var before = fixedOnes.ToDictionary(s => s, day.ClashesOf);
            var added = day.Fill(asked, most);

            Assert.Equal(fixedOnes.Concat(added).Select(s => s.Id).Order(), day.Stops.Select(s => s.Id).Order());
            Assert.Equal(day.Stops.Select(s => s.Start).Order(), day.Stops.Select(s => s.Start));
            Assert.True(added.Count <= most);
            foreach (var stop in added)
            {
                Assert.Single(asked, a => a.Item1.Contains(stop));
                Assert.True(stop.Start >= Ten.AddMinutes(now));
                foreach (var other in day.Stops.Where(s => s != stop))
                {
                    Assert.False(stop.Overlaps(other));
                    if (!other.Place.IsSomewhere) continue;
                    var (from, to) = stop.Start < other.Start ? (stop, other) : (other, stop);
                    Assert.True(Walking.Minutes(from.Place, to.Place) is not { } way || from.End.AddMinutes(way) <= to.Start, $"{from} -> {to}");
                }
                Assert.Empty(day.ClashesOf(stop));
            }
            Assert.All(fixedOnes, s => Assert.Subset(before[s].ToHashSet(), day.ClashesOf(s).ToHashSet()));
            Assert.Equal(added, Day(now, fixedOnes).Fill(asked, most));
        });

    private static readonly StopPlace[] Places =
    [
        WalkingTimesTests.Stand("Tisch 1, Halle 1", new GeoPoint(51.34, 12.37)), WalkingTimesTests.Stand("Tisch 40, Halle 1", new GeoPoint(51.34, 12.37)), WalkingTimesTests.Stand("Tisch 50, Halle 2"),
        WalkingTimesTests.Stand("A 12"), WalkingTimesTests.City(new GeoPoint(51.345, 12.38)), new(PlaceKinds.Video, Guid.NewGuid()),
    ];

    private static DayPlan Day(params TimedStop[] stops) => Day(-1000, stops);

    private static DayPlan Day(int now, params TimedStop[] stops) => new(Walking, Ten.AddMinutes(now), stops);

    private static TimedStop At(int minute, StopPlace place) => new(Guid.CreateVersion7(), Ten.AddMinutes(minute), Ten.AddMinutes(minute + 20), place);

    private static TimedStop At(int minute, string? sign, string kind = PlaceKinds.Stand) => At(minute, new StopPlace(kind, Guid.NewGuid(), sign));
}
