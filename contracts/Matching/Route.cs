using Matchmaking.Contracts.Profile;

namespace Matchmaking.Contracts.Matching;

/// <summary>GET /api/visitors/{id}/route: one stop of the visitor's day. Stops come by time; places on waiting lists, which have none, come last.</summary>
/// <param name="Meeting">Of the kinds "meeting", "held-seat" and "proposal"; else null.</param>
/// <param name="GapMinutes">Minutes between the end of the stop before and this one, the walk included; null for the first and for what has no time of its own.</param>
/// <param name="Kind">Of <see cref="StopKinds"/>.</param>
/// <param name="Start">null: it has no time yet. Of a proposal: the first of its times.</param>
/// <param name="Over">True where it is over, or was recorded as held.</param>
/// <param name="Leg">The way from the stop before; null for the first and for what has no time of its own.</param>
/// <param name="Clashes">Why the visitor cannot be there in time.</param>
/// <param name="Times">Of a proposal: its times, each with what speaks against it.</param>
public sealed record RouteStop(
    Meeting? Meeting, int? GapMinutes, string Kind, DateTimeOffset? Start, DateTimeOffset? End, bool Over, RoutePlace Place, RouteLeg? Leg,
    IReadOnlyList<RouteClash> Clashes, IReadOnlyList<ProposedTime> Times, RecommendedStop? Recommended = null, WaitingView? Waiting = null);

public static class StopKinds
{
    /// <summary>Agreed on, asked for or held; a freed seat that is held for the visitor; other times that a stand proposes; a suggestion for a gap; a place on a waiting list.</summary>
    public const string Meeting = "meeting", HeldSeat = "held-seat", Proposal = "proposal", Recommended = "recommended", Waiting = "waiting";

    public static readonly IReadOnlyList<string> All = [Meeting, HeldSeat, Proposal, Recommended, Waiting];
}

/// <param name="Kind">Of <see cref="PlaceKinds"/>.</param>
/// <param name="Text">The sign of the stand in the language of the answer, or the address; null: not known, or nowhere to go to.</param>
/// <param name="At">Of an address in the city.</param>
public sealed record RoutePlace(string Kind, string? Text, GeoPoint? At);

public static class PlaceKinds
{
    public const string Stand = "stand", City = "city", Video = "video", Phone = "phone";

    public static readonly IReadOnlyList<string> All = [Stand, City, Video, Phone];
}

/// <summary>The way to a stop from the last place before it. All times are estimates.</summary>
/// <param name="Walks">False where there is nowhere to go: by video or telephone, at the same stand, or nothing before it takes place anywhere.</param>
/// <param name="WalkMinutes">About so many, rounded up; null: there is a way, and how long it takes is not known.</param>
/// <param name="FreeMinutes">What is left of the time before it, from now on where the stop before is over; null: not known.</param>
public sealed record RouteLeg(bool Walks, int? WalkMinutes, int? FreeMinutes);

/// <param name="Code">"overlaps": both at once, for <paramref name="Minutes"/>; "too-far": the way from one to the other takes longer than there is time, by so many.</param>
/// <param name="MeetingId">The other one.</param>
public sealed record RouteClash(string Code, Guid MeetingId, int Minutes)
{
    public const string Overlaps = "overlaps", TooFar = "too-far";
}

public sealed record ProposedTime(SlotTime Slot, IReadOnlyList<RouteClash> Clashes);

/// <summary>One of the visitor's best matches for a gap of the day. Nothing is booked.</summary>
/// <param name="WalkIn">A table is kept for people without a date then: just go there. Else the time is to be asked for.</param>
/// <param name="SlotId">The time to ask for; null: it cannot be booked.</param>
/// <param name="Why">The first reason for it, in the language of the answer.</param>
public sealed record RecommendedStop(
    Guid OfferId, Guid ExhibitorId, string OfferKind, string Title, string TitleDe, string Exhibitor, string Verdict, bool WalkIn, Guid? SlotId, string? Why);
