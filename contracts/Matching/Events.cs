namespace Matchmaking.Contracts.Matching;

/// <summary>A visitor's list was ranked for the first time, for version <see cref="Version"/> of the profile; later versions are simply there.</summary>
public sealed record MatchesRanked(Guid VisitorId, Guid FairId, long Version, int Count, DateTimeOffset At);

/// <summary>
/// What both sides of a meeting may be told. <see cref="Version"/> grows by one with each change of the meeting and is the calendar SEQUENCE.
/// Titles are in German, with translations; contact data are never part of it.
/// </summary>
/// <param name="Code">What the visitor shows at the table; three letters, unique among a stand's day.</param>
/// <param name="Table">Number of the table, from 1, or null before one is known.</param>
/// <param name="VisitorLanguages">Languages for the conversation, only with the visitor's consent to share.</param>
/// <param name="StandKnows">False where only the visitor was told of it so far: a freed seat that is offered to them.</param>
/// <param name="Join">Where a meeting that is agreed on takes place if not at the stand: an https address or "tel:".</param>
/// <param name="Confidential">True where neither mails nor calendars may name the topic: <see cref="Title"/> is then neutral and has no translations.</param>
public sealed record MeetingFacts(
    Guid MeetingId, long Version, Guid FairId, Guid VisitorId, Guid ExhibitorId, Guid OfferId, string Title,
    IReadOnlyDictionary<string, string> Titles, string Exhibitor, string? Stand, DateTimeOffset Start, DateTimeOffset End, string Zone,
    string Format, int? Table, string Code, string Place, IReadOnlyList<string> VisitorLanguages, string? VisitorGerman, DateTimeOffset? ExpiresAt,
    bool Confidential = false, bool StandKnows = true, string? Join = null);

public sealed record MeetingRequested(MeetingFacts Meeting, DateTimeOffset At);

/// <param name="By">"exhibitor" said yes, or the "visitor" chose one of the times the exhibitor had proposed: the other side is told. Or the "system": an organiser published a schedule, and both have it from there.</param>
public sealed record MeetingAccepted(MeetingFacts Meeting, DateTimeOffset At, string By = "exhibitor");

/// <summary>All meetings of a published schedule are booked that can be: to each stand that has any, once.</summary>
/// <param name="First">When the first of them begins.</param>
public sealed record MeetingsPlanned(Guid FairId, Guid ScheduleId, Guid ExhibitorId, int Count, DateTimeOffset First, string Zone, DateTimeOffset At);

/// <param name="Reason">Of <see cref="DeclineReasons"/>.</param>
public sealed record MeetingDeclined(MeetingFacts Meeting, string? Reason, DateTimeOffset At);

/// <param name="Starts">The other times that the exhibitor can offer.</param>
public sealed record MeetingProposed(MeetingFacts Meeting, IReadOnlyList<DateTimeOffset> Starts, DateTimeOffset At);

/// <summary>A seat was freed at a stand for which the visitor waits; it is held for them until <see cref="MeetingFacts.ExpiresAt"/>.</summary>
public sealed record SeatOffered(MeetingFacts Meeting, DateTimeOffset At);

/// <summary>The visitor waited for a seat at a stand, and there can be none any more.</summary>
/// <param name="Title">In German, with translations; empty where it is confidential or not known any more, and so is <paramref name="Exhibitor"/>.</param>
/// <param name="Reason"><see cref="CancelReasons.StandGone"/> or <see cref="CancelReasons.OfferGone"/>.</param>
public sealed record WaitingEnded(
    Guid WaitingId, Guid FairId, Guid VisitorId, string Title, IReadOnlyDictionary<string, string> Titles, string Exhibitor, bool Confidential, string Reason, DateTimeOffset At);

/// <summary>The visitor took another free time of the stand.</summary>
/// <param name="Agreed">True where the stand had agreed to the meeting before: it need not answer again.</param>
/// <param name="Before">When it would have begun.</param>
public sealed record MeetingMoved(MeetingFacts Meeting, bool Agreed, DateTimeOffset Before, DateTimeOffset At);

/// <summary>At the same time the two meet elsewhere: at another table of the stand, or by another link or number. Where it is agreed on, the visitor is told.</summary>
/// <param name="Status">requested, accepted.</param>
public sealed record MeetingRelocated(MeetingFacts Meeting, string Status, DateTimeOffset At);

/// <param name="By">"visitor" or "exhibitor": the other side is told. Or the "system": both are.</param>
/// <param name="Reason">Of <see cref="CancelReasons"/>; null: none was given.</param>
/// <param name="FairOpens">When the fair opens now, where that is the reason.</param>
public sealed record MeetingCancelled(MeetingFacts Meeting, string By, DateTimeOffset At, string? Reason = null, DateTimeOffset? FairOpens = null);

/// <param name="Was">requested or proposed: how it stood until then, since messages overtake each other; null: said by an earlier version.</param>
public sealed record MeetingExpired(MeetingFacts Meeting, DateTimeOffset At, string? Was = null);

/// <summary>Why a meeting is called off by neither of its sides.</summary>
public static class CancelReasons
{
    public const string FairMoved = "fair-moved";

    /// <summary>The stand takes part no more.</summary>
    public const string StandGone = "stand-gone";

    /// <summary>The offer was withdrawn before the stand had answered.</summary>
    public const string OfferGone = "offer-gone";

    public static readonly IReadOnlyList<string> All = [FairMoved, StandGone, OfferGone];
}

/// <summary>Why an exhibitor declines; the visitor reads it in their language.</summary>
public static class DeclineReasons
{
    public static readonly IReadOnlyList<string> All = ["topic", "time", "taken", "other"];
}
