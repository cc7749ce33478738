using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Exhibitors;

/// <summary>An organisation with a stand at a fair.</summary>
internal sealed class Exhibitor
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid FairId { get; init; }

    /// <summary>The id in the organiser's spreadsheet, unique in the fair.</summary>
    public required string Key { get; init; }
    public required string Name { get; set; }
    public required string Kind { get; set; }
    public IReadOnlyList<string> Languages { get; set; } = [];
    public string? Address { get; set; }

    /// <summary>Of the address, WGS 84, in degrees; both or none.</summary>
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    public int Tables { get; set; } = 1;
    public string? Stand { get; set; }
    public IReadOnlyList<string> Formats { get; set; } = ["stand"];

    /// <summary>Where requests are announced. Never leaves this service but to send that mail.</summary>
    public string? Email { get; set; }

    /// <summary>False once it is no longer in the organiser's files.</summary>
    public bool Published { get; set; } = true;

    public ExhibitorFacts Facts => new(Id, Key, Name, Kind, Languages, Address, Tables, Stand, Formats, At);

    /// <summary>As the API tells it in the language of the call.</summary>
    public ExhibitorView View => new(Id, Name, Kind, Languages, Address, Tables, StandSign.In(Stand, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), Formats, At);

    private GeoPoint? At => Latitude is { } latitude && Longitude is { } longitude ? new GeoPoint(latitude, longitude) : null;
}
