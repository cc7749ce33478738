namespace Matchmaking.Contracts.Matching;

/// <summary>POST /api/schedules: a schedule of meetings for a whole fair is drawn up. What is left out has its default.</summary>
/// <param name="FairId">Default: the current fair.</param>
/// <param name="MostPerVisitor">Most meetings of a visitor in the whole day, those they have already counted in. Default 2.</param>
/// <param name="MostPerExhibitor">The same for a stand. Default: as many as it has free times.</param>
/// <param name="Seconds">How long a better schedule may be looked for; what is best is often known at once. 1 to 300, default 10.</param>
public sealed record ScheduleRequest(Guid? FairId = null, int? MostPerVisitor = null, int? MostPerExhibitor = null, int? Seconds = null);

/// <summary>A schedule, from being drawn up to being published.</summary>
/// <param name="State">"drawing", "draft", "published", "cancelled" or "failed".</param>
/// <param name="Fault">Why it failed: "interrupted" (the program that drew it up was stopped) or "broken"; of a cancelled one "replaced" where a newer draft took its place. Else null.</param>
/// <param name="Progress">While it is being drawn up, and the last of it afterwards.</param>
/// <param name="Review">From when there is a draft.</param>
/// <param name="Booked">From when it was published: what became of its meetings.</param>
public sealed record ScheduleView(
    Guid Id, Guid FairId, string State, string? Fault, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? PublishedAt, int MostPerVisitor,
    int? MostPerExhibitor, int Seconds, ScheduleProgressView? Progress, ScheduleReview? Review, ScheduleBooked? Booked);

/// <param name="Stage">"waiting" (another fair's is being drawn up), "reading", "wishes", "arranging" or "improving".</param>
/// <param name="Seconds">Since it began.</param>
/// <param name="Best">Of what was found until now; null: nothing yet.</param>
/// <param name="Bound">More cannot be had, as far as is known until now.</param>
public sealed record ScheduleProgressView(string Stage, double Seconds, ScheduleValue? Best, ScheduleValue? Bound);

/// <summary>What a schedule is worth, in the order in which it counts. Meetings that were agreed on or asked for before count in the first two.</summary>
/// <param name="First">Visitors with at least one meeting.</param>
/// <param name="Second">Visitors with at least two.</param>
/// <param name="Worth">Of the meetings that are drawn up, a dearest wish being 1000.</param>
public sealed record ScheduleValue(long First, long Second, long Worth);

/// <summary>What an organiser looks at before a schedule is published.</summary>
/// <param name="Wishing">Visitors who have a wish at all.</param>
/// <param name="Kept">Meetings that were there before; none of them is changed.</param>
/// <param name="Planned">Meetings that publishing would book.</param>
/// <param name="Reached">Of this schedule.</param>
/// <param name="Bound">No schedule reaches more; <paramref name="Best"/>: this one does.</param>
/// <param name="FirstCome">What it would come to if people booked by themselves in the order in which they came.</param>
/// <param name="GotWish">At place k, from 0: how many meet the stand of their wish k + 1.</param>
/// <param name="WithMeetings">At place k: how many visitors have k meetings.</param>
/// <param name="Without">Why visitors have none: of each, what comes nearest to a meeting. Commonest first.</param>
/// <param name="Stands">Most wished for first.</param>
public sealed record ScheduleReview(
    int Visitors, int Wishing, int Kept, int Planned, ScheduleValue Reached, ScheduleValue Bound, bool Best, ScheduleValue FirstCome, IReadOnlyList<int> GotWish,
    IReadOnlyList<int> WithMeetings, IReadOnlyList<WithoutMeeting> Without, IReadOnlyList<StandLoad> Stands);

/// <param name="Reason">Of <see cref="WithoutReasons"/>.</param>
public sealed record WithoutMeeting(string Reason, int People);

/// <summary>How full a stand's day becomes.</summary>
/// <param name="Seats">Times of all tables that can be given or are taken, without those for people without a date.</param>
/// <param name="Wished">Visitors who wish for it.</param>
public sealed record StandLoad(Guid ExhibitorId, string Exhibitor, int Seats, int Kept, int Planned, int Wished);

/// <summary>What became of the meetings of a published schedule. Visitors who were erased since are in none of the numbers.</summary>
/// <param name="Pending">Not tried yet: they are being booked.</param>
/// <param name="Refused">Commonest first.</param>
public sealed record ScheduleBooked(int Booked, int Pending, IReadOnlyList<NotBooked> Refused);

/// <param name="Reason">Of <see cref="NotBookedReasons"/>.</param>
public sealed record NotBooked(string Reason, int Meetings);

/// <summary>Why a visitor has no meeting.</summary>
public static class WithoutReasons
{
    public const string NoWish = "no-wish", NoCommonLanguage = "no-common-language", NoCommonTime = "no-common-time", MostReached = "most-reached", StandsFull = "stands-full";

    public static readonly IReadOnlyList<string> All = [NoWish, NoCommonLanguage, NoCommonTime, MostReached, StandsFull];
}

/// <summary>Why a meeting of a schedule could not be booked.</summary>
public static class NotBookedReasons
{
    /// <summary>All tables of that time were taken meanwhile; the time has begun; the visitor meets somebody else then, or cannot come any more; has as many meetings as
    /// they may have; has one at this stand already, or was refused there; the offer is gone; the rules say no.</summary>
    public const string SlotTaken = "slot-taken", SlotOver = "slot-over", VisitorBusy = "visitor-busy", CapReached = "cap-reached", AlreadyAsked = "already-asked",
        OfferGone = "offer-gone", NotEligible = "not-eligible";

    public static readonly IReadOnlyList<string> All = [SlotTaken, SlotOver, VisitorBusy, CapReached, AlreadyAsked, OfferGone, NotEligible];
}
