using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Scheduling;
using Matchmaking.Matching.Visitors;
using Matchmaking.Matching.Waiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Scheduling;

/// <summary>The organiser's desk over HTTP: drawn up in the background, looked at, thrown away or published.</summary>
public sealed class ScheduleDeskTests
{
    private static readonly Needs Leisure = DemoFair.Open with { Goals = ["leisure"], ConversationLanguages = ["de"] };

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_draft_is_drawn_up_told_in_figures_and_becomes_agreed_meetings_when_it_is_published(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (organiser, stand) = (host.Staff("organiser"), host.Exhibitor(DemoFair.School));
        var accepted = await host.VisitorAsync();
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        var before = await accepted.MeetAsync(DemoFair.Course, slot);
        await stand.PostAsJsonAsync($"/api/meetings/{before.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        var visitors = new List<TestVisitor>();
        for (var i = 0; i < 6; i++) visitors.Add(await host.VisitorAsync());
        var speechless = await host.VisitorAsync(DemoFair.Open with { ConversationLanguages = ["ti"] });

        var begun = await organiser.PostAsJsonAsync("/api/schedules", new ScheduleRequest(MostPerVisitor: 1));
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var id = (await begun.Content.ReadFromJsonAsync<ScheduleView>())!.Id;
        Assert.EndsWith($"/api/schedules/{id}", begun.Headers.Location!.ToString());
        var draft = await WaitAsync(organiser, id, s => s.State != "drawing");

        Assert.Equal(("draft", (string?)null, 1, 10), (draft.State, draft.Fault, draft.MostPerVisitor, draft.Seconds));
        var review = draft.Review!;
        Assert.Equal((8, 8, 1, 6), (review.Visitors, review.Wishing, review.Kept, review.Planned));
        Assert.Equal((7, 7, 7, true), (review.Reached.First, review.Bound.First, review.FirstCome.First, review.Best));
        Assert.Equal([1, 7], review.WithMeetings);
        Assert.Equal(7, review.GotWish.Sum() + 1); // The accepted one is no wish any more: it is there.
        Assert.Equal(new WithoutMeeting("no-common-language", 1), Assert.Single(review.Without));
        var school = review.Stands.Single(s => s.ExhibitorId == DemoFair.School);
        Assert.Equal((1, 6, 40), (school.Kept, school.Planned, school.Seats));
        Assert.Equal(6, (await host.QueryAsync(db => db.PlannedMeetings.ToListAsync())).Count(m => m.Outcome is null));
        Assert.Empty((await visitors[0].Http.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/visitors/{visitors[0].Id}/meetings"))!);

        Assert.Equal(HttpStatusCode.Accepted, (await organiser.PostAsync($"/api/schedules/{id}/publish", null)).StatusCode);
        var published = await WaitAsync(organiser, id, s => s.Booked is { Pending: 0 });
        Assert.Equal(("published", 6), (published.State, published.Booked!.Booked));
        Assert.Empty(published.Booked.Refused);
        var mine = Assert.Single((await visitors[0].Http.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/visitors/{visitors[0].Id}/meetings"))!);
        Assert.Equal("accepted", mine.Status);
        Assert.Equal(("accepted", "system"), (Assert.Single(mine.History).What, mine.History[0].By));
        Assert.Equal(7, (await stand.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/exhibitors/{DemoFair.School}/meetings"))!.Count);
        Assert.Equal(6, (await host.AnnouncedAsync<MeetingAccepted>()).Count(e => e.By == "system"));
        var kept = await accepted.Http.GetFromJsonAsync<Meeting>($"/api/meetings/{before.Id}");
        Assert.Equal((before.Slot, before.Table, "accepted"), (kept!.Slot, kept.Table, kept.Status));
        Assert.Empty((await speechless.Http.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/visitors/{speechless.Id}/meetings"))!);
        var export = await visitors[0].Http.GetFromJsonAsync<MatchingExport>($"/api/visitors/{visitors[0].Id}/export/matching");
        Assert.Equal((id, "booked", 1), (export!.Planned[0].ScheduleId, export.Planned[0].Outcome, export.Planned.Count));

        // Nobody asked for them by a list: they are not counted for lists.
        var quality = await host.Staff("analyst").GetFromJsonAsync<QualitySummary>("/api/quality/summary");
        Assert.Equal((1, 1), (quality!.Requested, quality.Accepted));

        // What was published can be cancelled as any other meeting, but not thrown away.
        await visitors[0].Http.PostAsync($"/api/meetings/{mine.Id}/cancel", null).ReadAsync<Meeting>();
        Assert.Equal("schedule-over", await (await organiser.PostAsync($"/api/schedules/{id}/cancel", null)).ProblemAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_redraw_keeps_what_was_agreed_and_asked_for_and_plans_around_it(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var organiser = host.Staff("organiser");
        var visitors = new List<TestVisitor>();
        for (var i = 0; i < 4; i++) visitors.Add(await host.VisitorAsync());
        var first = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        await organiser.PostAsync($"/api/schedules/{first.Id}/publish", null);
        await WaitAsync(organiser, first.Id, s => s.Booked is { Pending: 0 });
        var asked = await host.VisitorAsync();
        var request = await asked.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand" && s.Free > 0));
        var meetings = await host.QueryAsync(db => db.Bookings.AsNoTracking().Select(b => new { b.Id, b.SlotId, b.TableNo, b.Version }).ToListAsync());
        for (var i = 0; i < 3; i++) visitors.Add(await host.VisitorAsync());

        var second = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        Assert.Equal((5, 3), (second.Review!.Kept, second.Review.Planned));
        await organiser.PostAsync($"/api/schedules/{second.Id}/publish", null);
        Assert.Equal(3, (await WaitAsync(organiser, second.Id, s => s.Booked is { Pending: 0 })).Booked!.Booked);
        var after = await host.QueryAsync(db => db.Bookings.AsNoTracking().Select(b => new { b.Id, b.SlotId, b.TableNo, b.Version }).ToListAsync());
        Assert.Equal(5, meetings.Intersect(after).Count());
        Assert.Equal(8, after.Count);
        Assert.Equal("requested", (await asked.Http.GetFromJsonAsync<Meeting>($"/api/meetings/{request.Id}"))!.Status);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_schedule_knows_each_tables_languages_and_how_many_meetings_the_stand_wants(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (organiser, stand) = (host.Staff("organiser"), host.Exhibitor(DemoFair.School));
        // The school speaks German and Ukrainian, its second table Arabic instead.
        var plan = new StandPlan(Tables: [new(["de"]), new(["ar"])], WalkInEvery: 0, Formats: ["stand"], MostMeetings: 5);
        await stand.PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", plan).ReadAsync<StandPlanView>();
        Needs Speaks(string language, string german = "A1") => DemoFair.Open with { ConversationLanguages = [language], German = new German(german, german) };
        var arabs = new List<Guid>();
        for (var i = 0; i < 3; i++) arabs.Add((await host.VisitorAsync(Speaks("ar"))).Id);
        var ukrainian = await host.VisitorAsync(Speaks("uk"));
        var german = new List<Guid>();
        for (var i = 0; i < 3; i++) german.Add((await host.VisitorAsync(Speaks("uk", "B1"))).Id);

        var draft = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        Assert.Equal(5, draft.Review!.Stands.Single(s => s.ExhibitorId == DemoFair.School).Seats);
        var planned = await host.QueryAsync(db => db.PlannedMeetings.AsNoTracking().ToListAsync());
        Assert.Equal(5, planned.Count(m => m.ExhibitorId == DemoFair.School));
        Assert.All(planned, m => Assert.Equal(arabs.Contains(m.VisitorId) ? 2 : 1, m.TableNo));
        Assert.DoesNotContain(planned, m => m.VisitorId == ukrainian.Id);
        Assert.Contains(draft.Review.Without, w => w.Reason == "no-common-language");

        await organiser.PostAsync($"/api/schedules/{draft.Id}/publish", null);
        var published = await WaitAsync(organiser, draft.Id, s => s.Booked is { Pending: 0 });
        Assert.Equal((planned.Count, 0), (published.Booked!.Booked, published.Booked.Refused.Count));
        // Full by what it wants, not by what it has: the next schedule says so.
        var again = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        Assert.Equal(0, again.Review!.Stands.Single(s => s.ExhibitorId == DemoFair.School).Planned);
    }

    [Fact]
    public async Task A_draft_whose_table_speaks_something_else_by_now_is_seated_where_it_is_understood_or_told()
    {
        await using var host = await MatchingHost.StartAsync();
        var (organiser, stand) = (host.Staff("organiser"), host.Exhibitor(DemoFair.School));
        for (var i = 0; i < 2; i++) await host.VisitorAsync(DemoFair.Open with { ConversationLanguages = ["ar"] });
        await PlanAsync(new(["ar"]), new(["ar"]));
        var draft = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        var drafted = await host.QueryAsync(db => db.PlannedMeetings.AsNoTracking().ToListAsync());
        Assert.Equal(2, drafted.Select(m => (m.SlotId, m.TableNo)).Distinct().Count());
        var first = drafted.OrderBy(m => m.VisitorId).First();
        // All at the same time: there is one table left for two.
        await host.QueryAsync(db => db.PlannedMeetings.ExecuteUpdateAsync(m => m.SetProperty(r => r.SlotId, first.SlotId).SetProperty(r => r.TableNo, 1)));
        await PlanAsync(new(["de"]), new(["ar"]));

        await organiser.PostAsync($"/api/schedules/{draft.Id}/publish", null);
        var published = await WaitAsync(organiser, draft.Id, s => s.Booked is { Pending: 0 });
        Assert.Equal(1, published.Booked!.Booked);
        Assert.Equal(new NotBooked("slot-taken", 1), Assert.Single(published.Booked.Refused));
        Assert.Equal(2, Assert.Single(await host.QueryAsync(db => db.Bookings.ToListAsync())).TableNo);

        Task PlanAsync(params TablePlan[] tables) => stand.PutAsJsonAsync(
            $"/api/exhibitors/{DemoFair.School}/plan", new StandPlan(Tables: tables, WalkInEvery: 0, Formats: ["stand"])).ReadAsync<StandPlanView>();
    }

    [Fact]
    public async Task A_published_meeting_by_video_says_where_it_takes_place()
    {
        await using var host = await MatchingHost.StartAsync();
        var organiser = host.Staff("organiser");
        var plan = new StandPlan(Formats: ["video"], VideoLink: "https://video.example/{code}");
        await host.Exhibitor(DemoFair.School).PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", plan).ReadAsync<StandPlanView>();
        await host.VisitorAsync();
        var draft = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        await organiser.PostAsync($"/api/schedules/{draft.Id}/publish", null);
        await WaitAsync(organiser, draft.Id, s => s.Booked is { Pending: 0 });
        var told = Assert.Single(await host.AnnouncedAsync<MeetingAccepted>()).Meeting;
        Assert.Equal(("video", $"https://video.example/{told.Code.ToLowerInvariant()}"), (told.Format, told.Join));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_talks_by_video_has_no_time_for_the_schedule_and_each_stand_is_told_once_of_all_its_meetings(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var organiser = host.Staff("organiser");
        var plan = new StandPlan(Open: [new("10:00", "10:40")], Tables: [new(null)], WalkInEvery: 0, Formats: ["stand", "video"]);
        await host.Exhibitor(DemoFair.School).PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", plan).ReadAsync<StandPlanView>();
        var slots = await host.SlotsAsync(DemoFair.Course);
        await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, slots.First(s => s.Format == "video"));
        for (var i = 0; i < 3; i++) await host.VisitorAsync();

        var draft = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        var planned = await host.QueryAsync(db => db.PlannedMeetings.AsNoTracking().Where(m => m.ExhibitorId == DemoFair.School).ToListAsync());
        Assert.Equal(slots.Last(s => s.Format == "stand").Id, Assert.Single(planned).SlotId);

        await organiser.PostAsync($"/api/schedules/{draft.Id}/publish", null);
        await WaitAsync(organiser, draft.Id, s => s.Booked is { Pending: 0 });
        while (await host.QueryAsync(db => db.Schedules.AnyAsync(s => s.BookedAt == null))) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var told = await host.AnnouncedAsync<MeetingsPlanned>();
        var booked = (await host.QueryAsync(db => db.Bookings.AsNoTracking().ToListAsync())).Where(b => b.IsPlanned).ToLookup(b => b.ExhibitorId);
        Assert.Equal(booked.Select(g => (g.Key, g.Count(), g.Min(b => b.Start))).Order(), told.Select(t => (t.ExhibitorId, t.Count, t.First)).Order());
        Assert.Contains(told, t => t.ExhibitorId == DemoFair.School && t.Count == 1 && t.ScheduleId == draft.Id);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_a_fair_one_is_drawn_up_at_a_time_and_a_newer_draft_replaces_an_older_one(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await host.VisitorAsync();
        var organiser = host.Staff("organiser");
        var older = await DrawAsync(organiser, new ScheduleRequest());
        await host.QueryAsync(async db =>
        {
            db.Schedules.Add(Row(long.MaxValue));
            return await db.SaveChangesAsync();
        });
        Assert.Equal("schedule-drawing", await (await organiser.PostAsJsonAsync("/api/schedules", new ScheduleRequest())).ProblemAsync());
        var other = (await organiser.GetFromJsonAsync<IReadOnlyList<ScheduleView>>("/api/schedules"))!;
        Assert.Equal(["drawing", "draft"], other.OrderBy(s => s.Id == older.Id).Select(s => s.State));
        Assert.Equal("cancelled", (await organiser.PostAsync($"/api/schedules/{other.Single(s => s.State == "drawing").Id}/cancel", null).ReadAsync<ScheduleView>()).State);

        var newer = await DrawAsync(organiser, new ScheduleRequest());
        var replaced = await organiser.GetFromJsonAsync<ScheduleView>($"/api/schedules/{older.Id}");
        Assert.Equal(("cancelled", "replaced"), (replaced!.State, replaced.Fault));
        Assert.Equal([newer.Id], await host.QueryAsync(db => db.PlannedMeetings.Select(m => m.ScheduleId).Distinct().ToListAsync()));
        Assert.Equal("not-a-draft", await (await organiser.PostAsync($"/api/schedules/{older.Id}/publish", null)).ProblemAsync());
        // Thrown away by a person, twice pressed.
        foreach (var _ in (int[])[1, 2]) Assert.Equal("cancelled", (await organiser.PostAsync($"/api/schedules/{newer.Id}/cancel", null).ReadAsync<ScheduleView>()).State);
        Assert.False(await host.QueryAsync(db => db.PlannedMeetings.AnyAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_a_process_left_when_it_died_is_told_as_interrupted_and_another_one_may_begin(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await host.VisitorAsync();
        var organiser = host.Staff("organiser");
        var left = Row(until: 1);
        await host.QueryAsync(async db =>
        {
            db.Schedules.Add(left);
            return await db.SaveChangesAsync();
        });
        var next = await DrawAsync(organiser, new ScheduleRequest());
        Assert.Equal("draft", next.State);
        var told = await organiser.GetFromJsonAsync<ScheduleView>($"/api/schedules/{left.Id}");
        Assert.Equal(("failed", "interrupted"), (told!.State, told.Fault));
        Assert.NotNull(told.EndedAt);
    }

    [Fact]
    public async Task A_process_that_has_its_database_alone_tells_before_its_first_answer_what_was_interrupted()
    {
        await using var host = await MatchingHost.StartAsync();
        var left = Row(long.MaxValue);
        await host.QueryAsync(async db =>
        {
            db.Schedules.Add(left);
            return await db.SaveChangesAsync();
        });
        await using var again = await MatchingHost.StartAsync(beside: host);
        Assert.Equal("interrupted", (await again.Staff("organiser").GetFromJsonAsync<ScheduleView>($"/api/schedules/{left.Id}"))!.Fault);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_waits_at_a_stand_wishes_for_it_most_and_confidential_advice_is_for_those_who_asked(Engine engine)
    {
        // Nobody offers freed seats, so whoever waits goes on waiting.
        await using var host = await MatchingHost.StartAsync(engine, without: typeof(FreedSeats));
        var organiser = host.Staff("organiser");
        var debts = DemoFair.Open with { Goals = [], Topics = ["debt"], ConversationLanguages = ["de"] };
        var (waits, listed, asked) = (await host.VisitorAsync(DemoFair.Open with { ConversationLanguages = ["de"] }), await host.VisitorAsync(debts), await host.VisitorAsync(debts));
        await host.QueryAsync(async db =>
        {
            db.Waiting.Add(Place(waits.Id, DemoFair.Association, DemoFair.Meeting));
            db.Waiting.Add(Place(asked.Id, DemoFair.Advice, DemoFair.Debt));
            return await db.SaveChangesAsync();
        });
        var draft = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        var plan = (await host.QueryAsync(db => db.PlannedMeetings.AsNoTracking().ToListAsync())).ToDictionary(m => m.VisitorId);
        Assert.Equal((DemoFair.Association, DemoFair.Meeting, 1), (plan[waits.Id].ExhibitorId, plan[waits.Id].OfferId, plan[waits.Id].Wish));
        Assert.Equal((DemoFair.Advice, 1), (plan[asked.Id].ExhibitorId, plan[asked.Id].Wish));
        Assert.NotEqual(DemoFair.Advice, plan[listed.Id].ExhibitorId);
        await organiser.PostAsync($"/api/schedules/{draft.Id}/publish", null);
        var booked = (await WaitAsync(organiser, draft.Id, s => s.Booked is { Pending: 0 })).Booked!;
        Assert.Empty(booked.Refused);
        Assert.Equal(3, booked.Booked);
        Assert.False(await host.QueryAsync(db => db.Waiting.AnyAsync()));

        static WaitingPlace Place(Guid visitor, Guid exhibitor, Guid offer) => new()
        {
            Id = Guid.CreateVersion7(),
            FairId = DemoFair.Fair,
            VisitorId = visitor,
            ExhibitorId = exhibitor,
            OfferId = offer,
            Format = "stand",
            At = DemoFair.Before,
        };
    }

    [Fact]
    public async Task What_was_bookmarked_is_wished_for_before_what_was_only_listed()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync(DemoFair.Open with { ConversationLanguages = ["de"] });
        var listed = (await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches?atLeast=1").ReadAsync<Matches>()).Items;
        Assert.NotEqual(DemoFair.Association, listed[0].ExhibitorId);
        await host.QueryAsync(async db =>
        {
            db.Choices.Add(new() { VisitorId = visitor.Id, OfferId = DemoFair.Meeting, Choice = OfferChoices.Bookmarked, At = DemoFair.Before });
            return await db.SaveChangesAsync();
        });
        await DrawAsync(host.Staff("organiser"), new ScheduleRequest(MostPerVisitor: 1));
        var planned = Assert.Single(await host.QueryAsync(db => db.PlannedMeetings.AsNoTracking().ToListAsync()));
        Assert.Equal((DemoFair.Meeting, 1), (planned.OfferId, planned.Wish));
    }

    [Fact]
    public async Task A_draft_outlives_a_restart_and_so_does_what_was_published_and_not_booked_yet()
    {
        await using var host = await MatchingHost.StartAsync(Engine.Postgres);
        var organiser = host.Staff("organiser");
        for (var i = 0; i < 3; i++) await host.VisitorAsync();
        var draft = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        // The other process finds it, and a publication at which the first one died.
        await host.QueryAsync(db => db.Schedules.Where(s => s.Id == draft.Id).ExecuteUpdateAsync(s => s
            .SetProperty(r => r.State, "published").SetProperty(r => r.PublishedAt, DemoFair.Before).SetProperty(r => r.HeldBy, Guid.NewGuid()).SetProperty(r => r.HeldUntil, 1)));
        await using var again = await MatchingHost.StartAsync(Engine.Postgres, beside: host);
        Assert.Equal(3, (await WaitAsync(again.Staff("organiser"), draft.Id, s => s.Booked is { Pending: 0 })).Booked!.Booked);
        Assert.Equal(3, await host.QueryAsync(db => db.Bookings.CountAsync()));
    }

    [Fact]
    public async Task A_service_that_stops_while_it_draws_says_so_before_it_goes()
    {
        await using var host = await MatchingHost.StartAsync(Engine.Postgres);
        await host.VisitorsAsync(50);
        ScheduleView begun;
        await using (var other = await MatchingHost.StartAsync(Engine.Postgres, beside: host))
        {
            using var busy = await BusyAsync(other);
            begun = await other.Staff("organiser").PostAsJsonAsync("/api/schedules", new ScheduleRequest()).ReadAsync<ScheduleView>();
            Assert.Equal("drawing", begun.State);
        }
        var told = await host.Staff("organiser").GetFromJsonAsync<ScheduleView>($"/api/schedules/{begun.Id}");
        Assert.Equal(("failed", "interrupted"), (told!.State, told.Fault));
    }

    [Fact]
    public async Task Cancelled_is_cancelled_although_the_thread_is_at_it_and_the_next_one_waits_its_turn()
    {
        await using var host = await MatchingHost.StartAsync();
        await host.VisitorAsync();
        var organiser = host.Staff("organiser");
        ScheduleView begun, next;
        using (await BusyAsync(host))
        {
            begun = await organiser.PostAsJsonAsync("/api/schedules", new ScheduleRequest()).ReadAsync<ScheduleView>();
            Assert.Equal("cancelled", (await organiser.PostAsync($"/api/schedules/{begun.Id}/cancel", null).ReadAsync<ScheduleView>()).State);
            next = await organiser.PostAsJsonAsync("/api/schedules", new ScheduleRequest()).ReadAsync<ScheduleView>();
            Assert.Equal("waiting", (await WaitAsync(organiser, next.Id, s => s.Progress is not null)).Progress!.Stage);
        }
        Assert.Equal("draft", (await WaitAsync(organiser, next.Id, s => s.State != "drawing")).State);
        Assert.Equal("cancelled", (await organiser.GetFromJsonAsync<ScheduleView>($"/api/schedules/{begun.Id}"))!.State);
    }

    [Fact]
    public async Task Limits_that_cannot_be_are_refused_by_field_and_unknown_ones_are_not_there()
    {
        await using var host = await MatchingHost.StartAsync();
        var organiser = host.Staff("organiser");
        var answer = await organiser.PostAsJsonAsync("/api/schedules", new ScheduleRequest(MostPerVisitor: 6, MostPerExhibitor: 0, Seconds: 301));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<Microsoft.AspNetCore.Mvc.ValidationProblemDetails>();
        Assert.Equal(["mostPerExhibitor", "mostPerVisitor", "seconds"], problem!.Errors.Keys.Order());
        Assert.Equal("Der Wert muss zwischen 1 und 5 liegen.", problem.Errors["mostPerVisitor"].Single());
        Assert.Equal(HttpStatusCode.NotFound, (await organiser.PostAsJsonAsync("/api/schedules", new ScheduleRequest(FairId: Guid.NewGuid()))).StatusCode);
        foreach (var act in (string[])["cancel", "publish"]) Assert.Equal("not-found", await (await organiser.PostAsync($"/api/schedules/{Guid.NewGuid()}/{act}", null)).ProblemAsync());
        Assert.False(await host.QueryAsync(db => db.Schedules.AnyAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_is_erased_between_draft_and_publication_is_in_neither(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (stays, goes, organiser) = (await host.VisitorAsync(), await host.VisitorAsync(Leisure), host.Staff("organiser"));
        var draft = await DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        Assert.Equal(2, draft.Review!.Planned);
        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(goes.Id, Guid.NewGuid(), DemoFair.Before));
        await organiser.PostAsync($"/api/schedules/{draft.Id}/publish", null);
        var published = await WaitAsync(organiser, draft.Id, s => s.Booked is { Pending: 0 });
        Assert.Equal((1, 0), (published.Booked!.Booked, published.Booked.Refused.Count));
        Assert.Equal([stays.Id], await host.QueryAsync(db => db.Bookings.Select(b => b.VisitorId).ToListAsync()));
    }

    /// <summary>Until it is disposed of, the one thread for schedules is taken.</summary>
    private static async Task<IDisposable> BusyAsync(MatchingHost host)
    {
        var thread = host.Services.GetRequiredService<ComputeSchedule>().Thread;
        await thread.WaitAsync(TestContext.Current.CancellationToken);
        return new Freed(thread);
    }

    private sealed class Freed(SemaphoreSlim thread) : IDisposable
    {
        public void Dispose() => thread.Release();
    }

    private static KeptSchedule Row(long until) => new()
    {
        Id = Guid.CreateVersion7(),
        FairId = DemoFair.Fair,
        MostPerVisitor = 1,
        Seconds = 10,
        StartedAt = DemoFair.Before,
        HeldBy = Guid.NewGuid(),
        HeldUntil = until,
    };

    internal static async Task<ScheduleView> DrawAsync(HttpClient organiser, ScheduleRequest request)
    {
        var begun = await organiser.PostAsJsonAsync("/api/schedules", request).ReadAsync<ScheduleView>();
        var drawn = await WaitAsync(organiser, begun.Id, s => s.State != "drawing");
        Assert.Equal("draft", drawn.State);
        return drawn;
    }

    /// <summary>Asks until it is so; the run's own limit ends what never becomes so.</summary>
    internal static async Task<ScheduleView> WaitAsync(HttpClient organiser, Guid id, Func<ScheduleView, bool> until)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var now = (await organiser.GetFromJsonAsync<ScheduleView>($"/api/schedules/{id}", TestContext.Current.CancellationToken))!;
            if (until(now)) return now;
            await Task.Yield();
        }
    }
}
