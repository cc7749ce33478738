namespace Matchmaking.Contracts.Profile;

/// <summary>
/// PUT /api/exhibitors/{id}/offers/{offer}: an offer as its exhibitor says it. The rules are those of a row of an organiser's offers.csv.
/// </summary>
/// <param name="Kind">Of <see cref="OfferCodes.Kinds"/>.</param>
/// <param name="Type">Of <see cref="OfferCodes.Types"/> of that kind.</param>
/// <param name="Title">In German.</param>
/// <param name="Titles">Translations by language, of <see cref="OfferCodes.TitleLanguages"/>.</param>
/// <param name="Conditions">In German; several separated by semicolons.</param>
/// <param name="Version">Of the offer that was changed, 0 for one that is new; another one by now: 409 changed-meanwhile. null: whatever there is, is replaced.</param>
public sealed record OfferDraft(
    string? Kind = null, string? Type = null, string? Title = null, IReadOnlyDictionary<string, string?>? Titles = null, string? Entry = null, string? Exit = null,
    IReadOnlyList<string>? Topics = null, IReadOnlyList<string>? Isco = null, IReadOnlyList<string>? Languages = null, IReadOnlyList<string>? Traits = null,
    string? Conditions = null, long? Version = null);

/// <summary>An exhibitor's own offer, withdrawn ones included.</summary>
/// <param name="Source">"file": as the organiser's file has it; "edited": of the file, with the exhibitor's words; "exhibitor": added by the exhibitor.</param>
/// <param name="WithdrawnBy">"exhibitor", or "organiser" where it is no longer in the file; null: it is published.</param>
public sealed record StandOffer(Guid Id, Guid ExhibitorId, long Version, string Source, string? WithdrawnBy, OfferDraft Offer);

/// <summary>What a change of an offer did, or would do where it was asked for a dry run.</summary>
/// <param name="Changes">Nothing: it was so already.</param>
public sealed record StandOfferChange(StandOffer Offer, IReadOnlyList<OfferFieldChange> Changes, bool DryRun = false);

/// <param name="Field">Name of the field in <see cref="OfferDraft"/>, as "title" or "titles.uk"; "published" with "true" or "false".</param>
public sealed record OfferFieldChange(string Field, IReadOnlyList<string> Before, IReadOnlyList<string> After);
