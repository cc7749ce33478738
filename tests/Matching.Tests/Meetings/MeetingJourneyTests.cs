using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Matching.Tests.Meetings;

public sealed class MeetingJourneyTests
{
    [Fact]
    public async Task From_request_to_a_useful_talk_each_change_is_told_once_with_a_growing_version()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School));
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();

        var meeting = await visitor.MeetAsync(DemoFair.Course, slots[0]);
        Assert.Equal(("requested", 1, null), (meeting.Status, meeting.Table, meeting.OutcomeFrom));
        var proposed = await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("propose", null, [slots[3].Id, slots[2].Id])).ReadAsync<Meeting>();
        Assert.Equal("proposed", proposed.Status);
        // The time that was asked for is free for others again, and stands in no calendar.
        Assert.Contains("STATUS:CANCELLED", await visitor.Http.GetStringAsync($"/api/meetings/{meeting.Id}/calendar.ics"));
        Assert.Equal([slots[2].Id, slots[3].Id], proposed.Proposals.Select(p => p.Id));
        Assert.Equal(3, (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slots[0].Id).Free);

        var chosen = await visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/choose", new MeetingChoice(slots[3].Id)).ReadAsync<Meeting>();
        Assert.Equal(("accepted", slots[3].Id, meeting.Code), (chosen.Status, chosen.Slot.Id, chosen.Code));
        Assert.Equal(1, Assert.Single(await host.AnnouncedAsync<MeetingRequested>()).Meeting.Version);
        Assert.Equal(2, Assert.Single(await host.AnnouncedAsync<MeetingProposed>()).Meeting.Version);
        var accepted = Assert.Single(await host.AnnouncedAsync<MeetingAccepted>());
        Assert.Equal((3, "visitor"), (accepted.Meeting.Version, accepted.By));
        Assert.Equal(["uk", "ru"], accepted.Meeting.VisitorLanguages);
        Assert.Equal("Europe/Berlin", accepted.Meeting.Zone);

        // It is over to what came of it; what was announced is gone from the outbox by then.
        Assert.Equal(chosen.Slot.Start.AddMinutes(-15), chosen.OutcomeFrom);
        host.Clock.SetUtcNow(chosen.OutcomeFrom!.Value.AddSeconds(-1));
        foreach (var side in new[] { stand, visitor.Http })
        {
            var early = await side.PostAsJsonAsync($"/api/meetings/{meeting.Id}/outcome", new MeetingOutcome("held"));
            Assert.Equal((HttpStatusCode.Conflict, "too-early"), (early.StatusCode, await early.ProblemAsync()));
        }
        host.Clock.SetUtcNow(chosen.OutcomeFrom.Value);
        await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/outcome", new MeetingOutcome("held")).ReadAsync<Meeting>();
        var useful = await visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/outcome", new MeetingOutcome("held", 5)).ReadAsync<Meeting>();
        Assert.Equal(["requested", "proposed", "accepted", "held", "useful"], useful.History.Select(h => h.What));
        Assert.Equal(["visitor", "exhibitor", "visitor", "exhibitor", "visitor"], useful.History.Select(h => h.By));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_and_without_a_key_nothing_is_stored()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();
        Assert.Equal(HttpStatusCode.Created, (await visitor.AskAsync(DemoFair.Course, slots[0], "k")).StatusCode);

        var reused = await visitor.AskAsync(DemoFair.Course, slots[1], "k");
        Assert.Equal((HttpStatusCode)422, reused.StatusCode);
        Assert.Equal("idempotency-key-reused", await reused.ProblemAsync());
        var tooLong = await visitor.AskAsync(DemoFair.Course, slots[1], new string('k', 101));
        Assert.Equal((HttpStatusCode.BadRequest, "idempotency-key-too-long"), (tooLong.StatusCode, await tooLong.ProblemAsync()));
        var keyless = await visitor.Http.PostAsJsonAsync("/api/meetings", new MeetingRequest(visitor.Id, DemoFair.Course, slots[1].Id, "stand"));
        Assert.Equal((HttpStatusCode.BadRequest, "idempotency-key-missing"), (keyless.StatusCode, await keyless.ProblemAsync()));
        Assert.Single((await visitor.Http.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/visitors/{visitor.Id}/meetings"))!);
    }

    [Fact]
    public async Task What_does_not_exist_or_does_not_belong_together_is_not_found()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, other) = (await host.VisitorAsync(), await host.VisitorAsync());
        var slot = (await host.SlotsAsync(DemoFair.Course))[0];
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.AskAsync(Guid.NewGuid(), slot)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.AskAsync(DemoFair.Meeting, slot)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.AskAsync(DemoFair.Course, slot with { Id = Guid.NewGuid() })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (other with { Id = visitor.Id }).AskAsync(DemoFair.Course, slot)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Anyone().GetAsync($"/api/offers/{Guid.NewGuid()}/slots")).StatusCode);
    }

    [Fact]
    public async Task Bad_input_names_its_field_in_the_callers_language()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var tooLong = await visitor.AskAsync(DemoFair.Course, slot, note: new string('x', 301));
        Assert.Contains("\"note\":[\"The text is too long. At most 300", await tooLong.Content.ReadAsStringAsync());
        var wrongForm = await visitor.AskAsync(DemoFair.Course, slot with { Format = "phone" });
        Assert.Contains("\"format\":", await wrongForm.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.AskAsync(DemoFair.Course, slot with { Format = "letter" })).StatusCode);
        var meeting = await visitor.MeetAsync(DemoFair.Course, slot);
        var stand = host.Exhibitor(DemoFair.School);
        foreach (var bad in new[] { new MeetingAnswer(null), new MeetingAnswer("perhaps"), new MeetingAnswer("decline", "dislike"), new MeetingAnswer("propose") })
            Assert.Equal(HttpStatusCode.BadRequest, (await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", bad)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/outcome", new MeetingOutcome("held", 5))).StatusCode);
    }

    [Fact]
    public async Task Who_does_not_share_shows_a_code_and_nothing_else()
    {
        await using var host = await MatchingHost.StartAsync();
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();
        var silent = await host.VisitorAsync(DemoFair.Open with { Consents = ["matching"] });
        var sharing = await host.VisitorAsync(DemoFair.Open with { Interpreter = new("fa", "female") });
        await silent.AskAsync(DemoFair.Course, slots[0], note: "Bitte leise");
        await sharing.AskAsync(DemoFair.Course, slots[1], note: "Guten Tag");

        var meetings = (await host.Exhibitor(DemoFair.School).GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/exhibitors/{DemoFair.School}/meetings"))!;

        Assert.Null(meetings[0].Visitor);
        var shown = meetings[1].Visitor!;
        Assert.Equal(("A2", "Guten Tag", true, "fa", "female"), (shown.German, shown.Note, shown.Interpreter, shown.InterpreterLanguage, shown.InterpreterGender));
        var told = await host.AnnouncedAsync<MeetingRequested>();
        Assert.Empty(told[0].Meeting.VisitorLanguages);
        Assert.Null(told[0].Meeting.VisitorGerman);
    }

    [Fact]
    public async Task A_confidential_topic_stands_in_no_event_calendar_or_stand_list()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.Advice));
        var meeting = await visitor.MeetAsync(DemoFair.Debt, (await host.SlotsAsync(DemoFair.Debt)).First(s => s.Free > 0));
        var neutral = "Gespräch " + meeting.Code;

        var facts = Assert.Single(await host.AnnouncedAsync<MeetingRequested>()).Meeting;
        Assert.Equal((neutral, true), (facts.Title, facts.Confidential));
        Assert.Empty(facts.Titles);
        var calendar = await visitor.Http.GetStringAsync($"/api/meetings/{meeting.Id}/calendar.ics");
        Assert.Contains($"SUMMARY:Зустріч {meeting.Code}\r\n", calendar);
        Assert.DoesNotContain("Schuldner", calendar + await stand.GetStringAsync($"/api/exhibitors/{DemoFair.Advice}/meetings") + await stand.GetStringAsync($"/api/exhibitors/{DemoFair.Advice}/day"));
    }

    [Fact]
    public async Task The_calendar_keeps_its_uid_and_counts_its_changes()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School));
        var meeting = await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand"));
        var asked = await visitor.Http.GetStringAsync($"/api/meetings/{meeting.Id}/calendar.ics");
        await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        var agreed = await stand.GetStringAsync($"/api/meetings/{meeting.Id}/calendar.ics");

        foreach (var text in new[] { asked, agreed })
        {
            Assert.Contains($"UID:{meeting.Id}@matchmaking", text);
            Assert.Contains("DTSTART:20260620T080000Z", text);
        }
        Assert.Contains("SEQUENCE:1", asked);
        Assert.Contains("STATUS:TENTATIVE", asked);
        Assert.Contains("SEQUENCE:2", agreed);
        Assert.Contains("STATUS:CONFIRMED", agreed);
    }

    [Fact]
    public async Task The_route_is_the_day_in_order_with_the_time_between()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await host.OneTableAsync();
        var video = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "video").ToArray();
        foreach (var i in new[] { 4, 0 }) await visitor.MeetAsync(DemoFair.Course, video[i]);
        var route = (await visitor.Http.GetFromJsonAsync<IReadOnlyList<RouteStop>>($"/api/visitors/{visitor.Id}/route"))!;
        Assert.Equal([video[0].Id, video[4].Id], route.Select(r => r.Meeting!.Slot.Id));
        Assert.Equal([null, 60], route.Select(r => r.GapMinutes));
    }

    [Fact]
    public async Task The_stands_day_shows_every_table_in_every_slot_and_keeps_a_third_for_walk_ins()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        var meeting = await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand"));
        var stand = host.Exhibitor(DemoFair.School);

        var day = (await stand.GetFromJsonAsync<StandDay>($"/api/exhibitors/{DemoFair.School}/day"))!;

        var tables = day.Cells.Where(c => c.Format == "stand").ToArray();
        Assert.Equal((15 * 4, 15 * 4 / 3), (tables.Length, tables.Count(c => c.State == "walk-in")));
        var own = Assert.Single(day.Cells, c => c.MeetingId == meeting.Id);
        Assert.Equal(("requested", meeting.Code), (own.State, own.Code));
        host.Clock.SetUtcNow(DemoFair.Opens);
        Assert.DoesNotContain((await stand.GetFromJsonAsync<StandDay>($"/api/exhibitors/{DemoFair.School}/day"))!.Cells, c => c.State == "walk-in");
        Assert.Equal(4, (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand").Free);
    }

    [Fact]
    public async Task What_nobody_answers_expires_and_gives_its_seat_back()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School));
        await host.OneTableAsync();
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "video").ToArray();
        var left = await visitor.MeetAsync(DemoFair.Course, slots[0]);
        var agreed = await visitor.MeetAsync(DemoFair.Course, slots[1]);
        await stand.PostAsJsonAsync($"/api/meetings/{agreed.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        var expirer = host.Services.GetServices<IHostedService>().OfType<ExpireMeetings>().Single();

        host.Clock.SetUtcNow(left.ExpiresAt!.Value.AddTicks(-10));
        Assert.Equal(0, await expirer.ExpireDueAsync(default));
        host.Clock.SetUtcNow(left.ExpiresAt!.Value);
        var tooLate = await stand.PostAsJsonAsync($"/api/meetings/{left.Id}/answer", new MeetingAnswer("accept"));
        Assert.Equal(HttpStatusCode.Conflict, tooLate.StatusCode);
        await expirer.ExpireDueAsync(default);

        var meetings = (await visitor.Http.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/visitors/{visitor.Id}/meetings"))!;
        Assert.Equal(["expired", "accepted"], meetings.Select(m => m.Status));
        Assert.Equal(left.Id, Assert.Single(await host.AnnouncedAsync<MeetingExpired>()).Meeting.MeetingId);
        Assert.Equal(1, (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slots[0].Id).Free);
    }

    [Fact]
    public async Task What_expires_says_how_it_stood_until_then()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School));
        await host.OneTableAsync();
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "video").ToArray();
        var (left, answered) = (await visitor.MeetAsync(DemoFair.Course, slots[0]), await visitor.MeetAsync(DemoFair.Course, slots[1]));
        await stand.PostAsJsonAsync($"/api/meetings/{answered.Id}/answer", new MeetingAnswer("propose", SlotIds: [slots[2].Id])).ReadAsync<Meeting>();

        host.Clock.SetUtcNow(slots[0].Start);
        await host.Services.GetServices<IHostedService>().OfType<ExpireMeetings>().Single().ExpireDueAsync(default);
        var expired = (await host.AnnouncedAsync<MeetingExpired>()).ToDictionary(e => e.Meeting.MeetingId, e => e.Was);
        Assert.Equal(new Dictionary<Guid, string?> { [left.Id] = "requested", [answered.Id] = "proposed" }, expired);
    }

    [Fact]
    public async Task An_offer_that_the_rules_rule_out_is_refused_with_422()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync(); // German A2: a Berufssprachkurs begins at B1
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        var refused = await visitor.AskAsync(DemoFair.SecondCourse, slot);
        Assert.Equal(((HttpStatusCode)422, "not-eligible"), (refused.StatusCode, await refused.ProblemAsync()));
        Assert.Equal(HttpStatusCode.Created, (await visitor.AskAsync(DemoFair.Course, slot)).StatusCode);
    }

    [Fact]
    public async Task A_slot_that_has_begun_cannot_be_asked_for()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        var slot = (await host.SlotsAsync(DemoFair.Course))[0];
        host.Clock.SetUtcNow(slot.Start);
        Assert.Equal("slot-over", await (await visitor.AskAsync(DemoFair.Course, slot)).ProblemAsync());
        Assert.DoesNotContain(await host.SlotsAsync(DemoFair.Course), s => s.Id == slot.Id);
    }

    [Fact]
    public async Task A_stand_that_has_as_many_meetings_as_it_wants_may_still_propose_other_times_and_those_it_keeps()
    {
        await using var host = await MatchingHost.StartAsync();
        var stand = host.Exhibitor(DemoFair.School);
        await stand.PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", new StandPlan(Tables: [new(null)], WalkInEvery: 2, MostMeetings: 1, Formats: ["stand"])).ReadAsync<StandPlanView>();
        var slots = await host.SlotsAsync(DemoFair.Course);
        var visitor = await host.VisitorAsync();
        var meeting = await visitor.MeetAsync(DemoFair.Course, slots.First(s => s.Free > 0));
        Assert.All(await host.SlotsAsync(DemoFair.Course), s => Assert.Equal(0, s.Free));

        var others = (await stand.GetFromJsonAsync<SlotView[]>($"/api/meetings/{meeting.Id}/times"))!;
        Assert.Equal(slots.Where(s => s.Id != meeting.Slot.Id).Select(s => s.Id), others.Select(s => s.Id));
        Assert.Equal(others, await host.Staff("answerer", DemoFair.School, meeting.Id).GetFromJsonAsync<SlotView[]>($"/api/meetings/{meeting.Id}/times"));
        Assert.Equal(others.Select(s => s.Id), (await stand.GetFromJsonAsync<SlotView[]>($"/api/exhibitors/{DemoFair.School}/times"))!.Select(s => s.Id));

        await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("propose", null, [others[0].Id, others[1].Id])).ReadAsync<Meeting>();
        foreach (var time in others.Take(1)) Assert.Equal("accepted", (await visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/choose", new MeetingChoice(time.Id)).ReadAsync<Meeting>()).Status);
    }

    [Fact]
    public async Task The_time_that_was_asked_for_is_no_other_time_and_no_without_a_reason_is_no_answer()
    {
        await using var host = await MatchingHost.StartAsync();
        var stand = host.Exhibitor(DemoFair.School);
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();
        var meeting = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, slots[0]);
        foreach (var (answer, field) in ((MeetingAnswer, string)[])[(new("propose", null, [slots[1].Id, slots[0].Id]), "slotIds"), (new("decline"), "reason")])
        {
            var refused = await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", answer);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains($"\"{field}\"", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        Assert.Equal("requested", (await stand.GetFromJsonAsync<Meeting>($"/api/meetings/{meeting.Id}"))!.Status);
    }

    [Fact]
    public async Task A_meeting_whose_stand_left_the_catalogue_is_called_off_and_can_still_be_read()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        var slot = (await host.SlotsAsync(DemoFair.Meeting)).First(s => s.Free > 0);
        var meeting = await visitor.MeetAsync(DemoFair.Meeting, slot);
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(2, association: false));
        var kept = (await visitor.Http.GetFromJsonAsync<Meeting>($"/api/meetings/{meeting.Id}"))!;
        Assert.Equal((meeting.Title, meeting.Exhibitor, "cancelled", "stand-gone"), (kept.Title, kept.Exhibitor, kept.Status, kept.Reason));
    }
}
