using System.Text.Json.Serialization;

namespace Matchmaking.Contracts.Profile;

/// <summary>
/// A visitor's needs were submitted or replaced. Pseudonymous: <see cref="Needs"/> has no contact.
/// <see cref="TokenHash"/> is SHA-256 (hex) of the capability token, so that every service can know its holder.
/// <see cref="Version"/> grows by one with each submission; older ones are to be ignored.
/// </summary>
public sealed record VisitorProfileSubmitted(
    Guid VisitorId, Guid FairId, long Version, string TokenHash, Needs Needs, DateTimeOffset ExpiresAt, DateTimeOffset At);

/// <summary>
/// Whether a visitor can be told things, and in which language: with the first submission and whenever one of the two changes, at that
/// <see cref="Version"/> of the profile. Who only writes to people learns nothing of their needs.
/// </summary>
/// <param name="Language">As in <see cref="Needs.Language"/>; "de" where none was said.</param>
/// <param name="HasContact">True where Profile has an address; the address itself never travels.</param>
public sealed record VisitorContactChanged(
    Guid VisitorId, long Version, string TokenHash, string Language, bool HasContact, DateTimeOffset ExpiresAt, DateTimeOffset At);

/// <summary>One more capability link of a visitor, as it stands in a mail. <see cref="TokenHash"/> as in <see cref="VisitorProfileSubmitted"/>.</summary>
public sealed record VisitorLinkIssued(Guid VisitorId, string TokenHash, DateTimeOffset At);

/// <summary>Everything about the visitor goes, from every service; wins over any event that comes later.</summary>
public sealed record VisitorErased(Guid VisitorId, Guid ErasureId, DateTimeOffset At);

/// <summary>
/// The published catalogue of a fair changed: the whole of it, replacing what was known. <see cref="Version"/> grows with each change.
/// </summary>
public sealed record CataloguePublished(
    Guid FairId, long Version, FairFacts Fair, IReadOnlyList<ExhibitorFacts> Exhibitors, IReadOnlyList<OfferFacts> Offers, DateTimeOffset At);

/// <summary>A member of staff asked for a sign-in link; the address stays in Profile.</summary>
public sealed record SignInLinkRequested(Guid AccountId, Guid LinkId, DateTimeOffset At);

/// <param name="Zone">IANA time zone of the fair.</param>
/// <param name="Current">True for the fair that is meant where a call names none.</param>
/// <param name="Demo">True for an invented fair: every page says so.</param>
/// <param name="At">Where its door is; null: not known.</param>
public sealed record FairFacts(
    Guid Id, string Key, string Name, string Place, DateTimeOffset Opens, DateTimeOffset Closes, string Zone,
    IReadOnlyList<string> Languages, DateOnly RetainUntil, bool Current, bool Demo, GeoPoint? At = null);

/// <summary>A point on the map, WGS 84, in degrees.</summary>
/// <param name="Latitude">-90 to 90; north is positive.</param>
/// <param name="Longitude">-180 to 180; east is positive.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude);

/// <param name="Tables">How many conversations the stand can hold at once.</param>
/// <param name="Stand">What stands on the sign over the stand.</param>
/// <param name="Formats">Of <see cref="Codes.Formats"/>.</param>
/// <param name="At">Where its address is; null: not known.</param>
public sealed record ExhibitorFacts(
    Guid Id, string Key, string Name, string Kind, IReadOnlyList<string> Languages, string? Address, int Tables, string? Stand,
    IReadOnlyList<string> Formats, GeoPoint? At = null)
{
    /// <summary>True where it has no stand at the fair and receives at its own address in the city. An address alone does not say so: stands have one too.</summary>
    [JsonIgnore]
    public bool IsInCity => string.IsNullOrWhiteSpace(Stand) && !string.IsNullOrWhiteSpace(Address) && At is not null;

    /// <summary>Where people find it, as it is written: the sign over the stand; in the city the address.</summary>
    [JsonIgnore]
    public string? Where => IsInCity ? Address : Stand;
}

/// <summary>An offer as published. Texts are in German; <see cref="Titles"/> holds translations by language.</summary>
/// <param name="Kind">Of <see cref="Codes.OfferKinds"/>.</param>
/// <param name="Type">What a rule pack judges: "integrationskurs", "berufssprachkurs", "mbe", "vacancy", ...</param>
/// <param name="Entry">German level at which it starts, CEFR; null: any.</param>
/// <param name="Exit">German level it leads to, CEFR.</param>
/// <param name="Topics">Goals and topics it serves.</param>
/// <param name="Isco">ISCO-08 codes of one to four digits.</param>
/// <param name="Traits">"free", "confidential", "childcare", "any-status", "evening", "online", "women", "youth", ...</param>
public sealed record OfferFacts(
    Guid Id, Guid ExhibitorId, string Key, string Kind, string Type, string Title, IReadOnlyDictionary<string, string> Titles,
    string? Entry, string? Exit, IReadOnlyList<string> Topics, IReadOnlyList<string> Isco, IReadOnlyList<string> Languages,
    IReadOnlyList<string> Traits, string? Conditions);
