using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Clients;

internal sealed class MatchingClient(IHttpClientFactory factory)
{
    public const string Name = "matching";

    private HttpClient Http => factory.CreateClient(Name);

    /// <summary>Value and problem are both null while the list is being ranked.</summary>
    public Task<Reply<Matches>> Matches(VisitorPass pass, CancellationToken cancel) =>
        Http.Ask<Matches>(HttpMethod.Get, $"/api/visitors/{pass.Id}/matches", pass.Token, cancel);

    /// <summary>The same list, said in German.</summary>
    public Task<Reply<Matches>> MatchesInGerman(VisitorPass pass, CancellationToken cancel) =>
        Http.Ask<Matches>(HttpMethod.Get, $"/api/visitors/{pass.Id}/matches", pass.Token, cancel, language: "de");

    public Task<Reply<FoundOffers>> Search(VisitorPass pass, string typed, CancellationToken cancel) =>
        Http.Ask<FoundOffers>(HttpMethod.Get, $"/api/visitors/{pass.Id}/search?q={Uri.EscapeDataString(typed)}", pass.Token, cancel);

    public Task<Reply<VisitorOffer>> Offer(VisitorPass pass, Guid offer, CancellationToken cancel) =>
        Http.Ask<VisitorOffer>(HttpMethod.Get, $"/api/visitors/{pass.Id}/offers/{offer}", pass.Token, cancel);

    public Task<Reply<List<OfferChosen>>> Choices(VisitorPass pass, CancellationToken cancel) =>
        Http.Ask<List<OfferChosen>>(HttpMethod.Get, $"/api/visitors/{pass.Id}/choices", pass.Token, cancel);

    public Task<Reply<Nothing>> Choose(VisitorPass pass, Guid offer, OfferChoice choice, CancellationToken cancel) =>
        Http.Ask<Nothing>(HttpMethod.Put, $"/api/visitors/{pass.Id}/choices/{offer}", pass.Token, cancel, choice);

    public Task<Reply<Nothing>> TakeBack(VisitorPass pass, Guid offer, CancellationToken cancel) =>
        Http.Ask<Nothing>(HttpMethod.Delete, $"/api/visitors/{pass.Id}/choices/{offer}", pass.Token, cancel);

    public Task<Reply<Nothing>> Opened(VisitorPass pass, Guid offer, CancellationToken cancel) =>
        Http.Ask<Nothing>(HttpMethod.Post, $"/api/visitors/{pass.Id}/opened", pass.Token, cancel, new Opening(offer));

    public Task<Reply<List<SlotView>>> Slots(Guid offer, CancellationToken cancel) =>
        Http.Ask<List<SlotView>>(HttpMethod.Get, $"/api/offers/{offer}/slots", null, cancel);

    public Task<Reply<EligibilityResult>> Preview(Needs needs, CancellationToken cancel) =>
        Http.Ask<EligibilityResult>(HttpMethod.Post, "/api/eligibility/preview", null, cancel, new EligibilityPreview(needs));

    public Task<Reply<List<Meeting>>> VisitorMeetings(VisitorPass pass, CancellationToken cancel) =>
        Http.Ask<List<Meeting>>(HttpMethod.Get, $"/api/visitors/{pass.Id}/meetings", pass.Token, cancel);

    public Task<Reply<Meeting>> Book(VisitorPass pass, MeetingRequest wish, string key, CancellationToken cancel) =>
        Http.Ask<Meeting>(HttpMethod.Post, "/api/meetings", pass.Token, cancel, wish, key);

    public Task<Reply<Meeting>> Cancel(string bearer, Guid meeting, CancellationToken cancel) =>
        Http.Ask<Meeting>(HttpMethod.Post, $"/api/meetings/{meeting}/cancel", bearer, cancel);

    public Task<Reply<Meeting>> Choose(string bearer, Guid meeting, Guid slot, CancellationToken cancel) =>
        Http.Ask<Meeting>(HttpMethod.Post, $"/api/meetings/{meeting}/choose", bearer, cancel, new MeetingChoice(slot));

    public Task<Reply<Meeting>> Move(string bearer, Guid meeting, Guid slot, CancellationToken cancel) =>
        Http.Ask<Meeting>(HttpMethod.Post, $"/api/meetings/{meeting}/move", bearer, cancel, new MeetingChoice(slot));

    public Task<Reply<WaitingView>> Wait(VisitorPass pass, Guid offer, string format, CancellationToken cancel) =>
        Http.Ask<WaitingView>(HttpMethod.Post, "/api/waiting", pass.Token, cancel, new WaitingRequest(pass.Id, offer, format));

    /// <summary>The whole day: meetings, held seats, proposals, suggestions, waiting lists.</summary>
    public Task<Reply<List<RouteStop>>> Route(VisitorPass pass, CancellationToken cancel) =>
        Http.Ask<List<RouteStop>>(HttpMethod.Get, $"/api/visitors/{pass.Id}/route?all=true", pass.Token, cancel);

    public Task<Reply<string>> RouteCalendar(VisitorPass pass, CancellationToken cancel) =>
        Http.AskText($"/api/visitors/{pass.Id}/route.ics", pass.Token, cancel);

    public Task<Reply<Nothing>> StopWaiting(VisitorPass pass, Guid place, CancellationToken cancel) =>
        Http.Ask<Nothing>(HttpMethod.Delete, $"/api/waiting/{place}", pass.Token, cancel);

    public Task<Reply<Meeting>> Outcome(string bearer, Guid meeting, string outcome, int? useful, CancellationToken cancel) =>
        Http.Ask<Meeting>(HttpMethod.Post, $"/api/meetings/{meeting}/outcome", bearer, cancel, new MeetingOutcome(outcome, useful));

    public Task<Reply<string>> Calendar(string bearer, Guid meeting, CancellationToken cancel) =>
        Http.AskText($"/api/meetings/{meeting}/calendar.ics", bearer, cancel);

    public Task<Reply<List<Meeting>>> StandMeetings(StaffPass pass, CancellationToken cancel) =>
        Http.Ask<List<Meeting>>(HttpMethod.Get, $"/api/exhibitors/{pass.Exhibitor}/meetings", pass.Token, cancel);

    public Task<Reply<StandDay>> StandDay(StaffPass pass, CancellationToken cancel) =>
        Http.Ask<StandDay>(HttpMethod.Get, $"/api/exhibitors/{pass.Exhibitor}/day", pass.Token, cancel);

    /// <summary>What may be proposed instead of the time that was asked for.</summary>
    public Task<Reply<List<SlotView>>> OtherTimes(string bearer, Guid meeting, CancellationToken cancel) =>
        Http.Ask<List<SlotView>>(HttpMethod.Get, $"/api/meetings/{meeting}/times", bearer, cancel);

    public Task<Reply<StandPlanView>> Plan(StaffPass pass, CancellationToken cancel) =>
        Http.Ask<StandPlanView>(HttpMethod.Get, $"/api/exhibitors/{pass.Exhibitor}/plan", pass.Token, cancel);

    public Task<Reply<StandPlanView>> KeepPlan(StaffPass pass, StandPlan plan, bool dryRun, CancellationToken cancel) =>
        Http.Ask<StandPlanView>(HttpMethod.Put, $"/api/exhibitors/{pass.Exhibitor}/plan" + (dryRun ? "?dryRun=true" : ""), pass.Token, cancel, plan);

    /// <param name="sits">False: nobody sits there after all.</param>
    public Task<Reply<Nothing>> WalkIn(StaffPass pass, Guid slot, int table, bool sits, CancellationToken cancel) =>
        Http.Ask<Nothing>(sits ? HttpMethod.Put : HttpMethod.Delete, $"/api/exhibitors/{pass.Exhibitor}/walk-ins/{slot}/{table}", pass.Token, cancel);

    public Task<Reply<Meeting>> UndoOutcome(string bearer, Guid meeting, CancellationToken cancel) =>
        Http.Ask<Meeting>(HttpMethod.Delete, $"/api/meetings/{meeting}/outcome", bearer, cancel);

    public Task<Reply<Meeting>> Meeting(string bearer, Guid meeting, CancellationToken cancel) =>
        Http.Ask<Meeting>(HttpMethod.Get, $"/api/meetings/{meeting}", bearer, cancel);

    public Task<Reply<Meeting>> Answer(string bearer, Guid meeting, MeetingAnswer answer, CancellationToken cancel) =>
        Http.Ask<Meeting>(HttpMethod.Post, $"/api/meetings/{meeting}/answer", bearer, cancel, answer);

    /// <summary>What could not take place if the fair were changed so.</summary>
    public Task<Reply<FairMeetingsInTheWay>> InTheWay(StaffPass pass, FairChange change, CancellationToken cancel) =>
        Http.Ask<FairMeetingsInTheWay>(HttpMethod.Post, "/api/meetings/in-the-way", pass.Token, cancel, change);

    public Task<Reply<QualitySummary>> Quality(StaffPass pass, CancellationToken cancel) =>
        Http.Ask<QualitySummary>(HttpMethod.Get, "/api/quality/summary", pass.Token, cancel);

    /// <param name="address">With the whole question.</param>
    public Task<Reply<QualityFigureSet>> Figures(StaffPass pass, string address, CancellationToken cancel) => Http.Ask<QualityFigureSet>(HttpMethod.Get, address, pass.Token, cancel);

    public Task<Reply<List<FigureDefinition>>> Definitions(StaffPass pass, CancellationToken cancel) =>
        Http.Ask<List<FigureDefinition>>(HttpMethod.Get, "/api/quality/definitions", pass.Token, cancel);

    /// <summary>Of which there are figures.</summary>
    public Task<Reply<List<FairView>>> Fairs(StaffPass pass, CancellationToken cancel) => Http.Ask<List<FairView>>(HttpMethod.Get, "/api/quality/fairs", pass.Token, cancel);

    /// <param name="address">With figure and question.</param>
    public Task<Reply<FigureRows>> Rows(StaffPass pass, string address, CancellationToken cancel) => Http.Ask<FigureRows>(HttpMethod.Get, address, pass.Token, cancel);

    /// <param name="fair">null: the current one.</param>
    public Task<Reply<ShownMatch>> Match(StaffPass pass, string person, Guid offer, Guid? fair, CancellationToken cancel) =>
        Http.Ask<ShownMatch>(HttpMethod.Get, $"/api/quality/matches/{Uri.EscapeDataString(person)}/{offer}{(fair is { } id ? $"?fair={id}" : "")}", pass.Token, cancel);

    /// <summary>Markdown.</summary>
    public Task<Reply<string>> ModelCard(StaffPass pass, string version, CancellationToken cancel) => Http.AskText($"/api/models/{Uri.EscapeDataString(version)}/card", pass.Token, cancel);

    /// <summary>The record as it comes, a zip archive; its reader ends it.</summary>
    public Task<Reply<Stream>> Record(StaffPass pass, Guid? fair, bool parquet, CancellationToken cancel) =>
        Http.AskStream($"/api/quality/export?format={(parquet ? "parquet" : "csv")}{(fair is { } id ? $"&fair={id}" : "")}", pass.Token, cancel);

    /// <param name="fair">null: the current one.</param>
    /// <param name="words">null: they are only read.</param>
    public Task<Reply<FairWords>> Words(StaffPass pass, Guid? fair, CancellationToken cancel, NewFairWords? words = null) =>
        Http.Ask<FairWords>(words is null ? HttpMethod.Get : HttpMethod.Put, $"/api/quality/words{(fair is { } id ? $"?fair={id}" : "")}", pass.Token, cancel, words);

    public Task<Reply<ModelsView>> Models(StaffPass pass, CancellationToken cancel) => Http.Ask<ModelsView>(HttpMethod.Get, "/api/models", pass.Token, cancel);

    public Task<Reply<Nothing>> Train(StaffPass pass, CancellationToken cancel) => Http.Ask<Nothing>(HttpMethod.Post, "/api/models/train", pass.Token, cancel);

    /// <param name="version">null: back to what ranked before.</param>
    public Task<Reply<ModelChangeView>> Decide(StaffPass pass, string? version, ModelDecision decision, CancellationToken cancel) =>
        Http.Ask<ModelChangeView>(HttpMethod.Post, version is null ? "/api/models/rollback" : $"/api/models/{Uri.EscapeDataString(version)}/promote", pass.Token, cancel, decision);

    public Task<Reply<List<ScheduleView>>> Schedules(StaffPass pass, CancellationToken cancel) => Http.Ask<List<ScheduleView>>(HttpMethod.Get, "/api/schedules", pass.Token, cancel);

    public Task<Reply<ScheduleView>> Schedule(StaffPass pass, Guid id, CancellationToken cancel) => Http.Ask<ScheduleView>(HttpMethod.Get, $"/api/schedules/{id}", pass.Token, cancel);

    public Task<Reply<ScheduleView>> DrawSchedule(StaffPass pass, ScheduleRequest wish, CancellationToken cancel) =>
        Http.Ask<ScheduleView>(HttpMethod.Post, "/api/schedules", pass.Token, cancel, wish);

    /// <param name="act">"cancel" or "publish".</param>
    public Task<Reply<ScheduleView>> DecideSchedule(StaffPass pass, Guid id, string act, CancellationToken cancel) =>
        Http.Ask<ScheduleView>(HttpMethod.Post, $"/api/schedules/{id}/{act}", pass.Token, cancel);

    private sealed record Opening(Guid OfferId);
}
