using CsCheck;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Routes;

namespace Matchmaking.Matching.Tests.Routes;

public sealed class WalkingTimesTests
{
    private static readonly WalkingTimes Walking = new(new WalkingOptions());
    private static readonly GeoPoint TownHall = new(51.33596, 12.37255), Station = new(51.34549, 12.38214);

    [Theory]
    [InlineData("Tisch 14, Halle 1", "Tisch 31, Halle 1", 3)]    // 51 m at 2 km/h, and one minute
    [InlineData("Tisch 14, Halle 1", "Tisch 15, Halle 1", 2)]
    [InlineData("Tisch 3a, Halle 1", "Tisch 3b, Halle 1", 1)]
    [InlineData("Tisch 14", "Tisch 31", 3)]                      // one hall, as none is named
    [InlineData("Tisch 14, Halle 1", "Tisch 14, Halle 2", 5)]
    [InlineData("Eingang, Halle 1", "Tisch 14, Halle 2", 5)]
    [InlineData("Eingang, Halle 1", "Tisch 14, Halle 1", null)]
    [InlineData("Tisch 14, Halle 1", "Tisch 15", null)]
    [InlineData("A 12", "A 13", null)]
    [InlineData(null, "Tisch 14, Halle 1", null)]
    public void Between_stands_it_follows_from_tables_and_halls_and_is_unknown_where_signs_do_not_say(string? from, string? to, int? minutes)
    {
        Assert.Equal(minutes, Walking.Minutes(Stand(from), Stand(to)));
        Assert.Equal(minutes, Walking.Minutes(Stand(to), Stand(from)));
    }

    [Fact]
    public void In_the_city_it_is_the_straight_line_with_detours_at_a_slow_walk()
    {
        // By an independent calculator these two are 1,251 m apart: 1,626 m of streets at 60 m a minute, and a minute to find the door.
        Assert.InRange(WalkingTimes.Metres(TownHall, Station), 1245, 1257);
        Assert.Equal(29, Walking.Minutes(City(TownHall), City(Station)));
        Assert.Equal(29 + 5, Walking.Minutes(Stand("Tisch 1", TownHall), City(Station)));
        Assert.Null(Walking.Minutes(Stand("Tisch 1"), City(Station)));
        Assert.Equal(1, Walking.Minutes(City(TownHall), City(TownHall)));
    }

    [Fact]
    public void Nobody_walks_to_a_talk_by_video_or_telephone_nor_from_a_stand_to_itself()
    {
        var stand = Stand(null);
        Assert.Equal(0, Walking.Minutes(stand, stand));
        foreach (var kind in (string[])[PlaceKinds.Video, PlaceKinds.Phone]) Assert.Equal(0, Walking.Minutes(stand, new StopPlace(kind, Guid.NewGuid())));
        // Its stand at the fair and its house in the city are two places.
        Assert.Null(Walking.Minutes(stand, City(Station) with { ExhibitorId = stand.ExhibitorId }));
    }

    [Fact]
    public void Settings_make_halls_wider_and_people_faster()
    {
        var wide = new WalkingTimes(new WalkingOptions { MetresPerTable = 10, HallKmh = 3, MinutesBetweenHalls = 12, CityKmh = 6, DetourFactor = 1 });
        Assert.Equal(5, wide.Minutes(Stand("Tisch 1"), Stand("Tisch 21"))); // 200 m at 50 m a minute
        Assert.Equal(12, wide.Minutes(Stand("Tisch 1, Halle 1"), Stand("Tisch 1, Halle 2")));
        Assert.Equal(14, wide.Minutes(City(TownHall), City(Station)));
    }

    /// <summary>Both ways alike, never below 0, and farther is never quicker.</summary>
    [Fact]
    public void Ways_are_the_same_both_ways_and_farther_is_never_quicker() =>
        Gen.Select(Gen.Double[-85, 85], Gen.Double[-180, 180], Gen.Double[-.05, .05], Gen.Double[-.05, .05], Gen.Double[0, 1], Gen.Int[1, 400], Gen.Int[1, 400]).Sample((north, east, dn, de, part, a, b) =>
        {
            var (here, there, nearer) = (new GeoPoint(north, east), new GeoPoint(north + dn, east + de), new GeoPoint(north + dn * part, east + de * part));
            var (far, back, near) = (Walking.Minutes(City(here), City(there)), Walking.Minutes(City(there), City(here)), Walking.Minutes(City(here), City(nearer)));
            Assert.Equal(far, back);
            Assert.InRange(near!.Value, 1, far!.Value + 1);
            var tables = Walking.Minutes(Stand($"Tisch {a}"), Stand($"Tisch {b}"))!.Value;
            Assert.Equal(tables, Walking.Minutes(Stand($"Tisch {b}"), Stand($"Tisch {a}")));
            Assert.InRange(Walking.Minutes(Stand($"Tisch {a}"), Stand($"Tisch {(a + b) / 2}"))!.Value, 1, tables);
        });

    internal static StopPlace Stand(string? sign, GeoPoint? door = null) => new(PlaceKinds.Stand, Guid.NewGuid(), sign, door);

    internal static StopPlace City(GeoPoint at) => new(PlaceKinds.City, Guid.NewGuid(), "Weg 1", at);
}
