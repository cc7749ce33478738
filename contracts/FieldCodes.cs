using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Contracts;

/// <summary>A field of the HTTP contracts that takes these codes alone.</summary>
/// <param name="Field">Name of the property.</param>
public sealed record FieldCodes(Type Record, string Field, IReadOnlyList<string> Codes)
{
    private static readonly IReadOnlyList<string> GermanLevels = [.. Profile.Codes.GermanLevels, Profile.Codes.Unknown];
    private static readonly IReadOnlyList<string> StaffRoles = ["exhibitor", "analyst", "organiser"];
    private static readonly IReadOnlyList<string> Verdicts = ["yes", "likely", "ask", "no"];
    private static readonly IReadOnlyList<string> Rankers = ["baseline", "model"];
    private static readonly IReadOnlyList<string> Statuses = ["requested", "accepted", "declined", "proposed", "cancelled", "expired", "held", "no-show"];

    /// <summary>All of them; the descriptions of the services are made from it. What is not here is open: offices, types of offers, reasons grow.</summary>
    public static readonly IReadOnlyList<FieldCodes> All =
    [
        new(typeof(Needs), nameof(Needs.Goals), Profile.Codes.Goals),
        new(typeof(Needs), nameof(Needs.Topics), Profile.Codes.Topics),
        new(typeof(Needs), nameof(Needs.Script), Profile.Codes.Scripts),
        new(typeof(Needs), nameof(Needs.CoursePaper), Profile.Codes.CoursePapers),
        new(typeof(Needs), nameof(Needs.WorkNote), Profile.Codes.WorkNotes),
        new(typeof(Needs), nameof(Needs.Recognition), Profile.Codes.RecognitionStages),
        new(typeof(Needs), nameof(Needs.AgeBand), Profile.Codes.AgeBands),
        new(typeof(Needs), nameof(Needs.TimeInGermany), Profile.Codes.TimesInGermany),
        new(typeof(Needs), nameof(Needs.Access), Profile.Codes.AccessNeeds),
        new(typeof(Needs), nameof(Needs.Consents), Profile.Codes.Consents),
        new(typeof(Needs), nameof(Needs.Channel), Profile.Codes.Channels),
        new(typeof(German), nameof(German.Speaking), GermanLevels),
        new(typeof(German), nameof(German.Reading), GermanLevels),
        new(typeof(InterpreterWish), nameof(InterpreterWish.Gender), Profile.Codes.InterpreterGenders),
        new(typeof(ErasureConfirmation), nameof(ErasureConfirmation.Name), ["profile", "matching", "notification"]),
        new(typeof(ExhibitorView), nameof(ExhibitorView.Formats), Profile.Codes.Formats),
        new(typeof(OfferView), nameof(OfferView.Kind), Profile.Codes.OfferKinds),
        new(typeof(OfferDraft), nameof(OfferDraft.Kind), OfferCodes.Kinds),
        new(typeof(OfferDraft), nameof(OfferDraft.Entry), Profile.Codes.GermanLevels),
        new(typeof(OfferDraft), nameof(OfferDraft.Exit), Profile.Codes.GermanLevels),
        new(typeof(OfferDraft), nameof(OfferDraft.Topics), OfferCodes.Topics),
        new(typeof(OfferDraft), nameof(OfferDraft.Traits), OfferCodes.Traits),
        new(typeof(StandOffer), nameof(StandOffer.Source), ["file", "edited", "exhibitor"]),
        new(typeof(StandOffer), nameof(StandOffer.WithdrawnBy), ["exhibitor", "organiser"]),
        new(typeof(OccupationView), nameof(OccupationView.Field), Profile.Occupations.OccupationList.Fields),
        new(typeof(DemoSignIn), nameof(DemoSignIn.Role), StaffRoles),
        new(typeof(StaffToken), nameof(StaffToken.Role), StaffRoles),
        new(typeof(RankedBy), nameof(RankedBy.Kind), Rankers),
        new(typeof(Match), nameof(Match.Kind), Profile.Codes.OfferKinds),
        new(typeof(Match), nameof(Match.Verdict), Verdicts),
        new(typeof(OfferChoice), nameof(OfferChoice.Choice), OfferChoices.All),
        new(typeof(OfferChoice), nameof(OfferChoice.Reason), OfferChoices.Reasons),
        new(typeof(OfferChosen), nameof(OfferChosen.Choice), OfferChoices.All),
        new(typeof(OfferChosen), nameof(OfferChosen.Reason), OfferChoices.Reasons),
        new(typeof(VisitorOffer), nameof(VisitorOffer.Choice), OfferChoices.All),
        new(typeof(VerdictChange), nameof(VerdictChange.Verdict), Verdicts),
        new(typeof(Reason), nameof(Reason.Side), ["for", "against"]),
        new(typeof(TypeVerdict), nameof(TypeVerdict.Kind), Profile.Codes.OfferKinds),
        new(typeof(TypeVerdict), nameof(TypeVerdict.Verdict), Verdicts),
        new(typeof(OfferVerdict), nameof(OfferVerdict.Kind), Profile.Codes.OfferKinds),
        new(typeof(OfferVerdict), nameof(OfferVerdict.Verdict), Verdicts),
        new(typeof(SlotView), nameof(SlotView.Format), Profile.Codes.Formats),
        new(typeof(MeetingRequest), nameof(MeetingRequest.Format), Profile.Codes.Formats),
        new(typeof(Meeting), nameof(Meeting.Format), Profile.Codes.Formats),
        new(typeof(Meeting), nameof(Meeting.Status), Statuses),
        new(typeof(Meeting), nameof(Meeting.Reason), [.. DeclineReasons.All, .. CancelReasons.All]),
        new(typeof(MeetingStep), nameof(MeetingStep.By), ["visitor", "exhibitor", "system"]),
        new(typeof(MeetingAnswer), nameof(MeetingAnswer.Answer), ["accept", "decline", "propose"]),
        new(typeof(MeetingAnswer), nameof(MeetingAnswer.Reason), DeclineReasons.All),
        new(typeof(MeetingOutcome), nameof(MeetingOutcome.Outcome), ["held", "no-show"]),
        new(typeof(RouteStop), nameof(RouteStop.Kind), StopKinds.All),
        new(typeof(RoutePlace), nameof(RoutePlace.Kind), PlaceKinds.All),
        new(typeof(RouteClash), nameof(RouteClash.Code), [RouteClash.Overlaps, RouteClash.TooFar]),
        new(typeof(RecommendedStop), nameof(RecommendedStop.OfferKind), Profile.Codes.OfferKinds),
        new(typeof(RecommendedStop), nameof(RecommendedStop.Verdict), Verdicts),
        new(typeof(StandCell), nameof(StandCell.Format), Profile.Codes.Formats),
        new(typeof(StandCell), nameof(StandCell.State), ["free", "walk-in", "offered", "requested", "accepted", "held", "no-show"]),
        new(typeof(GroupQuality), nameof(GroupQuality.By), ["language", "german", "age"]),
        new(typeof(ModelView), nameof(ModelView.State), ["challenger", "champion", "retired"]),
        new(typeof(ModelChangeView), nameof(ModelChangeView.Kind), ["promotion", "rollback"]),
        new(typeof(ModelChangeView), nameof(ModelChangeView.Role), ["analyst", "organiser"]),
        new(typeof(ModelReport), nameof(ModelReport.Sentence), ["no-worse", "worse", "cannot-tell"]),
        new(typeof(PolicyValue), nameof(PolicyValue.Method), ["place", "seen"]),
        new(typeof(PolicyValue), nameof(PolicyValue.Refused), ["effective-size", "support"]),
        new(typeof(GroupGap), nameof(GroupGap.By), ["language", "german", "age"]),
        new(typeof(RankingExplained), nameof(RankingExplained.Verdict), Verdicts),
        new(typeof(OutputExplained), nameof(OutputExplained.Output), ["score", "usefulness", "acceptance"]),
        new(typeof(ScheduleView), nameof(ScheduleView.State), ["drawing", "draft", "published", "cancelled", "failed"]),
        new(typeof(ScheduleView), nameof(ScheduleView.Fault), ["interrupted", "broken", "replaced"]),
        new(typeof(ScheduleProgressView), nameof(ScheduleProgressView.Stage), ["waiting", "reading", "wishes", "arranging", "improving"]),
        new(typeof(WithoutMeeting), nameof(WithoutMeeting.Reason), WithoutReasons.All),
        new(typeof(NotBooked), nameof(NotBooked.Reason), NotBookedReasons.All),
        new(typeof(Notice), nameof(Notice.Channel), ["mail", "sms", "digest", "none"]),
        new(typeof(Notice), nameof(Notice.Result), ["waiting", "sent", "no-address", "limited", "failed", "gathered", "stopped", "outdated"]),
        new(typeof(NoticePreferences), nameof(NoticePreferences.Pace), Paces.All),
        new(typeof(NoticeWishes), nameof(NoticeWishes.Pace), Paces.All),
        new(typeof(FailedNotice), nameof(FailedNotice.Side), ["visitor", "exhibitor", "account"]),
        new(typeof(FailedNotice), nameof(FailedNotice.Failure), MailFailures.All),
        new(typeof(WebhookView), nameof(WebhookView.State), ["active", "failing", "disabled"]),
        new(typeof(WebhookView), nameof(WebhookView.DisabledWhy), ["failing", "gone"]),
        new(typeof(WebhookDeliveryView), nameof(WebhookDeliveryView.Result), ["waiting", "delivered", "failed"]),
        new(typeof(WebhookDeliveryView), nameof(WebhookDeliveryView.Failure), WebhookFailures.All),
        new(typeof(TemplateSaid), nameof(TemplateSaid.Side), ["visitor", "exhibitor"]),
        new(typeof(NoticeStop), nameof(NoticeStop.Side), ["visitor", "exhibitor"]),
    ];
}
