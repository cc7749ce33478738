using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Matching.Routes;

/// <summary>
/// How long it takes to walk from one place to another, in whole minutes, rounded up. In a hall it follows from how far the numbers of the tables are
/// apart, in the city from the straight line; both are estimates and are to be told as such. What cannot be told is null, never 0.
/// </summary>
internal sealed class WalkingTimes(WalkingOptions options)
{
    /// <summary>To get up, and to find the table there.</summary>
    private const double MinutesToSettle = 1;

    /// <summary>Mean radius of the earth in metres (IUGG).</summary>
    private const double EarthRadius = 6_371_008.8;
    private const double MetresPerMinutePerKmh = 1000 / 60.0;

    /// <summary>The same in both directions. 0 from a place to itself.</summary>
    public int? Minutes(StopPlace from, StopPlace to)
    {
        if (!from.IsSomewhere || !to.IsSomewhere || (from.ExhibitorId == to.ExhibitorId && from.Kind == to.Kind)) return 0;
        if (from.Kind == PlaceKinds.Stand && to.Kind == PlaceKinds.Stand) return BetweenStands(StandSign.Read(from.Text), StandSign.Read(to.Text));
        if (from.At is not { } here || to.At is not { } there) return null;
        var inside = from.Kind == to.Kind ? 0 : options.MinutesBetweenHalls;
        return inside + Up(MinutesToSettle + Metres(here, there) * options.DetourFactor / (options.CityKmh * MetresPerMinutePerKmh));
    }

    private int? BetweenStands((int? Table, string? Hall) from, (int? Table, string? Hall) to)
    {
        if (from.Hall is not null && to.Hall is not null && from.Hall != to.Hall) return options.MinutesBetweenHalls;
        // A fair that names no halls has one.
        if (from.Hall != to.Hall || from.Table is not { } here || to.Table is not { } there) return null;
        return Up(MinutesToSettle + Math.Abs(here - there) * options.MetresPerTable / (options.HallKmh * MetresPerMinutePerKmh));
    }

    /// <summary>Great-circle distance (haversine).</summary>
    internal static double Metres(GeoPoint from, GeoPoint to)
    {
        var (north, east) = (Radians(to.Latitude - from.Latitude), Radians(to.Longitude - from.Longitude));
        var h = Math.Pow(Math.Sin(north / 2), 2) + Math.Cos(Radians(from.Latitude)) * Math.Cos(Radians(to.Latitude)) * Math.Pow(Math.Sin(east / 2), 2);
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(Math.Min(1, h)));

        static double Radians(double degrees) => degrees * Math.PI / 180;
    }

    /// <summary>A hair's breadth over a whole minute is an error of floating point and not a minute.</summary>
    private static int Up(double minutes) => (int)Math.Ceiling(minutes - 1e-9);
}
