using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Fairs;

/// <summary>One fair: everything else belongs to one. A deployment holds many, past ones included; one is current.</summary>
internal sealed class Fair
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The organiser's own name for it, unique.</summary>
    public required string Key { get; init; }
    public required string Name { get; set; }
    public required string Place { get; set; }

    /// <summary>Of its door, WGS 84, in degrees; both or none.</summary>
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    public DateTimeOffset Opens { get; set; }
    public DateTimeOffset Closes { get; set; }

    /// <summary>IANA zone.</summary>
    public required string Zone { get; set; }
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>Visitors' data are erased after this day.</summary>
    public DateOnly RetainUntil { get; set; }
    public bool Current { get; set; }
    public bool Demo { get; set; }

    /// <summary>Grows with each published change of the catalogue.</summary>
    public long CatalogueVersion { get; set; }

    public FairFacts Facts => new(Id, Key, Name, Place, Opens, Closes, Zone, Languages, RetainUntil, Current, Demo,
        Latitude is { } latitude && Longitude is { } longitude ? new GeoPoint(latitude, longitude) : null);

    public FairView View => new(Id, Name, Place, Opens, Closes, Zone, Languages, Demo);

    public DateTimeOffset DataExpireAt => new(RetainUntil.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
