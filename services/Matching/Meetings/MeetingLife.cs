namespace Matchmaking.Matching.Meetings;

internal static class MeetingStatuses
{
    public const string Requested = "requested", Accepted = "accepted", Declined = "declined", Proposed = "proposed",
        Cancelled = "cancelled", Expired = "expired", Held = "held", NoShow = "no-show";

    public static readonly IReadOnlyList<string> All = [Requested, Accepted, Declined, Proposed, Cancelled, Expired, Held, NoShow];
}

internal static class MeetingSides
{
    public const string Visitor = "visitor", Exhibitor = "exhibitor", System = "system";
}

/// <summary>What is done to a meeting; a step of its history bears the same name.</summary>
internal static class MeetingSteps
{
    public const string Accepted = MeetingStatuses.Accepted, Declined = MeetingStatuses.Declined, Proposed = MeetingStatuses.Proposed, Cancelled = MeetingStatuses.Cancelled,
        Expired = MeetingStatuses.Expired, Held = MeetingStatuses.Held, NoShow = MeetingStatuses.NoShow, Requested = MeetingStatuses.Requested,
        Offered = "offered", Moved = "moved", Useful = "useful", Reopened = "reopened";
}

/// <summary>The life of a meeting, from the request on: every step there is, by whom, and where it leads. What is not in this table does not happen.</summary>
internal static class MeetingLife
{
    private const string Requested = MeetingStatuses.Requested, Proposed = MeetingStatuses.Proposed, Accepted = MeetingStatuses.Accepted,
        Declined = MeetingStatuses.Declined, Cancelled = MeetingStatuses.Cancelled, Expired = MeetingStatuses.Expired, Held = MeetingStatuses.Held, NoShow = MeetingStatuses.NoShow,
        Visitor = MeetingSides.Visitor, Exhibitor = MeetingSides.Exhibitor, System = MeetingSides.System;

    internal sealed record Step(string From, string What, string By, string To);

    public static readonly IReadOnlyList<Step> Steps =
    [
        new(Requested, MeetingSteps.Accepted, Exhibitor, Accepted),
        new(Requested, MeetingSteps.Declined, Exhibitor, Declined),
        new(Requested, MeetingSteps.Proposed, Exhibitor, Proposed),
        new(Requested, MeetingSteps.Moved, Visitor, Requested),
        new(Requested, MeetingSteps.Cancelled, Visitor, Cancelled),
        new(Requested, MeetingSteps.Cancelled, Exhibitor, Cancelled),
        new(Requested, MeetingSteps.Expired, System, Expired),

        // The fair has moved away from it, or the stand or the offer is gone, and no machine gives people another time.
        new(Requested, MeetingSteps.Cancelled, System, Cancelled),
        new(Proposed, MeetingSteps.Cancelled, System, Cancelled),
        new(Accepted, MeetingSteps.Cancelled, System, Cancelled),

        // The visitor takes one of the proposed times, or another one: of that the stand has said nothing yet.
        new(Proposed, MeetingSteps.Accepted, Visitor, Accepted),
        new(Proposed, MeetingSteps.Moved, Visitor, Requested),
        new(Proposed, MeetingSteps.Cancelled, Visitor, Cancelled),
        new(Proposed, MeetingSteps.Cancelled, Exhibitor, Cancelled),
        new(Proposed, MeetingSteps.Expired, System, Expired),

        // A freed seat that was offered to who waited: they take it, and then it is a request like any other.
        new(Proposed, MeetingSteps.Requested, Visitor, Requested),

        // A stand that has agreed to see somebody is told of another of its free times, and asked no second time.
        new(Accepted, MeetingSteps.Moved, Visitor, Accepted),
        new(Accepted, MeetingSteps.Cancelled, Visitor, Cancelled),
        new(Accepted, MeetingSteps.Cancelled, Exhibitor, Cancelled),
        new(Accepted, MeetingSteps.Held, Visitor, Held),
        new(Accepted, MeetingSteps.Held, Exhibitor, Held),
        new(Accepted, MeetingSteps.NoShow, Visitor, NoShow),
        new(Accepted, MeetingSteps.NoShow, Exhibitor, NoShow),

        // A slip at the stand is put right there; how useful it was, who was there says.
        new(Held, MeetingSteps.NoShow, Exhibitor, NoShow),
        new(Held, MeetingSteps.Useful, Visitor, Held),
        new(NoShow, MeetingSteps.Held, Exhibitor, Held),
        new(Held, MeetingSteps.Reopened, Exhibitor, Accepted),
        new(NoShow, MeetingSteps.Reopened, Exhibitor, Accepted),
    ];

    /// <returns>The status to which it leads; null: it cannot happen, see <see cref="Refusal"/>.</returns>
    public static string? Next(string from, string what, string by) => Steps.FirstOrDefault(s => s.From == from && s.What == what && s.By == by)?.To;

    /// <summary>Code of the problem that says why a step cannot happen.</summary>
    public static string Refusal(string from, string what, string by) => what switch
    {
        MeetingSteps.Accepted when by == Visitor => "not-proposed",
        MeetingSteps.Accepted or MeetingSteps.Declined or MeetingSteps.Proposed or MeetingSteps.Expired => "already-answered",
        MeetingSteps.Moved or MeetingSteps.Cancelled => "meeting-over",
        MeetingSteps.Reopened => "not-recorded",
        _ => from is Held or NoShow ? "already-recorded" : "not-accepted",
    };
}
