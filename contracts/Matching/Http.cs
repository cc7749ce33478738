using Matchmaking.Contracts.Profile;

namespace Matchmaking.Contracts.Matching;

/// <summary>GET /api/visitors/{id}/matches: one list of next steps, best first.</summary>
/// <param name="ProfileVersion">The version of the profile that was ranked.</param>
/// <param name="Demo">True where the offers are invented.</param>
public sealed record Matches(
    Guid VisitorId, RankedBy RankedBy, IReadOnlyList<RulePackRef> RulePacks, IReadOnlyList<Match> Items, long ProfileVersion, bool Demo);

/// <param name="Kind">"baseline" (fixed weights) or "model" (learned).</param>
public sealed record RankedBy(string Kind, string Version);

public sealed record RulePackRef(string Id, string Version);

/// <param name="Verdict">"yes", "likely", "ask", "no".</param>
/// <param name="Office">Code of the office that decides or is to be asked; null where nobody needs to be.</param>
/// <param name="Exhibitor">Name of the organisation.</param>
/// <param name="Rank">Place in the visitor's list, from 1; 0 where it is not in it.</param>
/// <param name="TitleDe">The German title, to show beside the visitor's language.</param>
/// <param name="Traits">Codes of what the offer has, as "childcare", "evening", "free".</param>
/// <param name="OwnLanguage">True where it can be talked about in a language that the visitor named.</param>
public sealed record Match(
    int Rank, Guid OfferId, Guid ExhibitorId, string Kind, string Title, string TitleDe, string Exhibitor, string? Stand, string Verdict,
    string? Office, string? OfficeName, IReadOnlyList<Reason> Reasons, IReadOnlyList<SlotRef> NextSlots, IReadOnlyList<string>? Traits = null, bool OwnLanguage = false);

/// <summary>GET /api/visitors/{id}/search: what was found by what was typed.</summary>
/// <param name="Listed">Offers of the visitor's list, in its order.</param>
/// <param name="Others">Offers that are not in it: the rules speak against them, or the visitor took them out.</param>
public sealed record FoundOffers(IReadOnlyList<Match> Listed, IReadOnlyList<Match> Others);

/// <summary>GET /api/visitors/{id}/offers/{offerId}: any offer of the fair as it is for the visitor, in the list or not.</summary>
/// <param name="German">The same in German, to show to staff.</param>
/// <param name="Choice">What the visitor chose, of <see cref="OfferChoices.All"/>; null: nothing.</param>
/// <param name="Changes">Which other answer of the visitor's would lead to a better verdict.</param>
public sealed record VisitorOffer(Match Match, Match German, string? Choice, IReadOnlyList<RuleHit> Rules, IReadOnlyList<RuleHit> RulesDe, IReadOnlyList<VerdictChange> Changes);

/// <param name="Field">Of the questionnaire: "german", "coursePaper", "workNote", "recognition", "ageBand", "timeInGermany", "script".</param>
/// <param name="Value">The answer that would change it; null where the question was not answered, and its answer may decide.</param>
/// <param name="Verdict">The verdict then; of several answers the best.</param>
public sealed record VerdictChange(string Field, string? Value, string Verdict);

/// <summary>PUT /api/visitors/{id}/choices/{offerId}.</summary>
/// <param name="Choice">Of <see cref="OfferChoices.All"/>.</param>
/// <param name="Reason">Why it is not for the visitor, of <see cref="OfferChoices.Reasons"/>; nobody has to say.</param>
public sealed record OfferChoice(string? Choice, string? Reason = null);

/// <summary>GET /api/visitors/{id}/choices: an offer that the visitor chose or took out of the list.</summary>
public sealed record OfferChosen(Guid OfferId, string Choice, string? Reason, DateTimeOffset At, string Kind, string Title, string TitleDe, string Exhibitor, string? Stand);

/// <summary>What a visitor may do with an offer beside asking for a meeting.</summary>
public static class OfferChoices
{
    public const string Bookmarked = "bookmarked", NotForMe = "not-for-me";

    public static readonly IReadOnlyList<string> All = [Bookmarked, NotForMe];

    public static readonly IReadOnlyList<string> Reasons = ["no-need", "have-it", "does-not-suit", "not-now"];
}

/// <param name="Code">Stable code of the reason.</param>
/// <param name="Side">"for" or "against".</param>
/// <param name="Text">In the visitor's language.</param>
public sealed record Reason(string Code, string Side, string Text);

public sealed record SlotRef(Guid Id, DateTimeOffset Start);

/// <summary>GET /api/offers/{id}/slots. <see cref="Free"/> is the number of seats left.</summary>
/// <param name="AnswerBy">Asked for now, the stand would have to answer by then.</param>
public sealed record SlotView(Guid Id, DateTimeOffset Start, DateTimeOffset End, string Format, int Free, DateTimeOffset? AnswerBy = null);

/// <summary>POST /api/meetings, with an Idempotency-Key.</summary>
public sealed record MeetingRequest(Guid? VisitorId, Guid? OfferId, Guid? SlotId, string? Format, string? Note = null);

/// <param name="Status">requested, accepted, declined, proposed, cancelled, expired, held, no-show.</param>
/// <param name="Proposals">Other times the exhibitor offers, while proposed.</param>
/// <param name="Stand">In the language of the answer where it names table and hall; else as it stands on the sign. Of a stand in the city its address.</param>
/// <param name="OutcomeFrom">From when its outcome may be recorded; null as long as it is not agreed on.</param>
/// <param name="Join">Where a meeting by video or telephone that is agreed on takes place: an https address or "tel:"; null where there is none.</param>
/// <param name="Visitor">For the exhibitor: only what the visitor consented to share; for the visitor: null.</param>
public sealed record Meeting(
    Guid Id, Guid VisitorId, Guid OfferId, Guid ExhibitorId, SlotTime Slot, string Format, string Status, int? Table, DateTimeOffset? ExpiresAt,
    IReadOnlyList<MeetingStep> History, string Title, string TitleDe, string Exhibitor, string? Stand, string Code, string? Reason,
    IReadOnlyList<SlotTime> Proposals, SharedNeeds? Visitor, DateTimeOffset? OutcomeFrom = null, string? Join = null);

public sealed record SlotTime(Guid Id, DateTimeOffset Start, DateTimeOffset End);

/// <param name="By">"visitor", "exhibitor" or "system".</param>
public sealed record MeetingStep(DateTimeOffset At, string What, string By);

/// <summary>What an exhibitor sees of a visitor who consented to share.</summary>
/// <param name="Interpreter">Whether one is wished for.</param>
/// <param name="InterpreterLanguage">Into which language; null: any of theirs.</param>
/// <param name="InterpreterGender">"female", "male", "any"; null: not said.</param>
public sealed record SharedNeeds(
    IReadOnlyList<string> Languages, string? German, string? Isco, int? Years, bool Interpreter, IReadOnlyList<string> Access, string? Note,
    string? InterpreterLanguage = null, string? InterpreterGender = null);

/// <summary>POST /api/meetings/{id}/answer. <see cref="Answer"/>: accept, decline, propose.</summary>
public sealed record MeetingAnswer(string? Answer, string? Reason = null, IReadOnlyList<Guid>? SlotIds = null);

/// <summary>POST /api/meetings/{id}/choose: the visitor takes one of the proposed times; …/move: another free time of the stand.</summary>
public sealed record MeetingChoice(Guid? SlotId);

/// <summary>POST /api/meetings/{id}/outcome. <see cref="Outcome"/>: held, no-show; <see cref="Useful"/>: 1..5.</summary>
public sealed record MeetingOutcome(string? Outcome, int? Useful = null);

/// <summary>POST /api/waiting: wait for a seat at a stand whose times are all taken.</summary>
public sealed record WaitingRequest(Guid? VisitorId, Guid? OfferId, string? Format);

/// <summary>A place in the queue for a freed seat.</summary>
/// <param name="Ahead">How many come before; who has fewer meetings comes first, then who has waited longer.</param>
public sealed record WaitingView(
    Guid Id, Guid OfferId, Guid ExhibitorId, string Title, string TitleDe, string Exhibitor, string? Stand, string Format, DateTimeOffset At, int Ahead);

/// <summary>GET /api/exhibitors/{id}/day: the stand's slots and tables with what is on them.</summary>
public sealed record StandDay(Guid ExhibitorId, string Exhibitor, string? Stand, DateTimeOffset Opens, DateTimeOffset Closes, IReadOnlyList<StandCell> Cells);

/// <param name="State">"free", "walk-in" (kept for people without a date), "seated" (one of them sits there), "offered" (to somebody who waits), "requested", "accepted", "held", "no-show".</param>
public sealed record StandCell(Guid SlotId, DateTimeOffset Start, DateTimeOffset End, string Format, int Table, string State, Guid? MeetingId, string? Title, string? Code, IReadOnlyList<string> Languages);

/// <summary>POST /api/visitors/{id}/opened: the visitor looked at an offer of the list.</summary>
public sealed record OfferOpened(Guid? OfferId);

/// <summary>GET /api/visitors/{id}/export/matching: all that the Matching service holds of the visitor.</summary>
/// <param name="Links">How many capability links are known; the links themselves are kept nowhere.</param>
public sealed record MatchingExport(
    Guid VisitorId, Guid FairId, long Version, Needs Needs, DateTimeOffset ExpiresAt, int Links, IReadOnlyList<ExportedMeeting> Meetings,
    IReadOnlyList<ExportedList> Shown, IReadOnlyList<ExportedOpening> Opened, IReadOnlyList<ExportedWaiting> Waiting, IReadOnlyList<ExportedPlan> Planned,
    IReadOnlyList<ExportedChoice> Choices);

public sealed record ExportedChoice(Guid OfferId, string Choice, string? Reason, DateTimeOffset At);

/// <summary>A meeting that an organiser's schedule has for the visitor, or had.</summary>
/// <param name="Wish">Which of the visitor's wishes it is, from 1.</param>
/// <param name="Outcome">"booked" or why not, of <see cref="NotBookedReasons"/>; null: not published, or not booked yet.</param>
public sealed record ExportedPlan(Guid ScheduleId, Guid OfferId, DateTimeOffset Start, int Wish, string? Outcome);

public sealed record ExportedWaiting(Guid OfferId, string Format, DateTimeOffset At);

/// <param name="Note">What the visitor wrote to the exhibitor.</param>
public sealed record ExportedMeeting(Meeting Meeting, string? Note, int? Useful);

public sealed record ExportedList(DateTimeOffset At, long ProfileVersion, RankedBy RankedBy, IReadOnlyList<Guid> OfferIds);

public sealed record ExportedOpening(Guid OfferId, DateTimeOffset At);

/// <summary>A rule pack as organisers see it.</summary>
/// <param name="ValidFrom">First and <paramref name="ValidTo"/> last day on which it holds, in the fair's zone; null: no end.</param>
/// <param name="ReviewBy">By then somebody has to look whether it still holds.</param>
/// <param name="PublishedAt">null: it came with the program.</param>
/// <param name="Notes">What may not be meant, in German or English: days without an answer, another pack that answers the same otherwise.</param>
public sealed record RulePackView(
    string Id, string Version, string Owner, string Title, DateOnly ValidFrom, DateOnly? ValidTo, DateOnly? ReviewBy, DateTimeOffset? PublishedAt, int Rules,
    IReadOnlyList<string> Notes);

/// <summary>POST /api/rule-packs: it holds.</summary>
/// <param name="Notes">As in <see cref="RulePackView"/>.</param>
public sealed record RulePackPublished(string Id, string Version, IReadOnlyList<string> Notes);

/// <summary>
/// POST /api/eligibility/preview. <see cref="At"/>: the day to judge by, as "2026-06-20", or a moment with offset, as "2026-06-20T10:00+02:00", which
/// counts as the day that it falls on where the fair is; null: today.
/// </summary>
public sealed record EligibilityPreview(Needs? Needs, string? At = null);

public sealed record EligibilityResult(DateOnly At, IReadOnlyList<RulePackRef> RulePacks, IReadOnlyList<TypeVerdict> Types, IReadOnlyList<OfferVerdict> Offers);

/// <summary>The verdict on a type of offer ("integrationskurs").</summary>
public sealed record TypeVerdict(string Kind, string Type, string Verdict, string? Office, IReadOnlyList<RuleHit> Rules);

public sealed record OfferVerdict(Guid OfferId, string Kind, string Type, string Verdict, string? Office, IReadOnlyList<RuleHit> Rules);

/// <param name="Id">The rule's id within its pack.</param>
/// <param name="Pack">"id version".</param>
public sealed record RuleHit(string Id, string Pack, string Source, string Text);

/// <summary>
/// GET /api/quality/summary: of those who came in the span, with all that came of their lists. Counts are people up to and including "opened", meetings after;
/// everything else is the figure of GET /api/quality/figures that is named here, as it is told there for the same span. A count is null where one to four people
/// stand behind it, or behind the difference to the count before it, or where another span less this one would tell of so few; of invented people it never is. Counts are sums over blocks of people,
/// in each of which one to four count as none or five.
/// </summary>
/// <param name="Ndcg5">"order.ndcg" of lists as shown, over visitors with an outcome; null: none yet, or of too few.</param>
/// <param name="Ndcg5Interval">Its 95 % bootstrap interval [low, high].</param>
/// <param name="Useful">Meetings that the visitor called useful (4 or 5).</param>
/// <param name="Judged">How many people "order.ndcg" is of.</param>
/// <param name="Coverage">"order.coverage", told from 50 lists on.</param>
/// <param name="From">Of the span that is told, which is wider than what was asked for where that would have been the figures of a few people.</param>
/// <param name="ExposureGini">"exposure.gini": of exhibitors with offers; 0: all alike.</param>
/// <param name="Exposure">Of the same: each one's share of all attention.</param>
/// <param name="Missing">"need.people" of needs with fewest free seats a head.</param>
public sealed record QualitySummary(
    int? Visitors, int? Shown, int? Opened, int? Requested, int? Accepted, int? Held, int? Useful, double? Ndcg5, IReadOnlyList<double>? Ndcg5Interval,
    int? Judged, double? Coverage, double? ExposureGini, IReadOnlyList<GroupQuality> ByGroup, IReadOnlyList<Exposure> Exposure,
    IReadOnlyList<Shortage> Missing, RankedBy Model, bool Demo, DateTimeOffset At, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>A group of at least 20 people. <see cref="Gap"/> is its NDCG@5 less that of all others, "gap.difference", with 95 % interval.</summary>
/// <param name="By">"language", "german", "age".</param>
public sealed record GroupQuality(string By, string Group, int People, double? Ndcg5, double? Gap, double? Low, double? High, bool Worse);

public sealed record Exposure(Guid ExhibitorId, string Exhibitor, double Share);

/// <summary>How many people have a need, and how many free seats serve it.</summary>
public sealed record Shortage(string Need, int People, int FreeSeats);
