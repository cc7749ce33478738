using System.ComponentModel.DataAnnotations;

namespace Matchmaking.Matching.Routes;

/// <summary>Settings under "Matching:Walking": how long ways take. Everything is an estimate on the slow side: people come with children, bags and in a hall full of others.</summary>
public sealed class WalkingOptions
{
    public const string Section = "Matching:Walking";

    /// <summary>Metres from one table to that of the next number. Default 3.</summary>
    [Range(0.5, 50)]
    public double MetresPerTable { get; set; } = 3;

    /// <summary>Between the stands of a crowded hall, km/h. Default 2.</summary>
    [Range(0.5, 6)]
    public double HallKmh { get; set; } = 2;

    /// <summary>From a table in one hall to one in another, and between a table and the street. Default 5.</summary>
    [Range(0, 60)]
    public int MinutesBetweenHalls { get; set; } = 5;

    /// <summary>
    /// In the city, km/h. Default 3.6, which is 1 m/s: traffic lights are timed for 3.5 ft/s (1.07 m/s), with 3 ft/s (0.91 m/s) for slower people (MUTCD 2009, 4E.06);
    /// 85 % of people over sixty walk faster than 0.92 m/s (TCRP 112/NCHRP 562).
    /// </summary>
    [Range(0.5, 6)]
    public double CityKmh { get; set; } = 3.6;

    /// <summary>
    /// How much longer streets are than the straight line. Default 1.3: about 1.2 between points of a city (Newell 1980), 4/π = 1.27 in the mean of a square grid, and
    /// more for short ways.
    /// </summary>
    [Range(1, 3)]
    public double DetourFactor { get; set; } = 1.3;

    /// <summary>At most so many suggestions for the gaps of a day. Default 3; 0: none.</summary>
    [Range(0, 10)]
    public int Suggestions { get; set; } = 3;
}
