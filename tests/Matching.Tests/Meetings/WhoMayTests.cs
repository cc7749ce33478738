using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>Every endpoint with every kind of caller.</summary>
public sealed class WhoMayTests
{
    // 0: through. In the order: nobody, wrong token, the visitor, another visitor, the exhibitor, another exhibitor, analyst, organiser.
    private static readonly (string Method, string Path, object? Body, int[] Expected)[] Table =
    [
        ("GET", "/api/offers/{offer}/slots", null, [0, 0, 0, 0, 0, 0, 0, 0]),
        ("POST", "/api/meetings", new MeetingRequest(Guid.NewGuid(), DemoFair.Course, Guid.NewGuid(), "stand"), [401, 401, 404, 404, 403, 403, 403, 403]),
        ("POST", "/api/eligibility/preview", new EligibilityPreview(DemoFair.Open), [0, 0, 0, 0, 0, 0, 0, 0]),
        ("GET", "/api/visitors/{visitor}/matches", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("GET", "/api/visitors/{visitor}/search?q=kurs", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("GET", "/api/visitors/{visitor}/offers/{offer}", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("GET", "/api/visitors/{visitor}/choices", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("PUT", "/api/visitors/{visitor}/choices/{offer}", new OfferChoice("bookmarked"), [401, 401, 0, 404, 403, 403, 403, 403]),
        ("DELETE", "/api/visitors/{visitor}/choices/{offer}", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("GET", "/api/visitors/{visitor}/meetings", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("GET", "/api/visitors/{visitor}/route", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("GET", "/api/visitors/{visitor}/route.ics", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("GET", "/api/visitors/{visitor}/export/matching", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("POST", "/api/visitors/{visitor}/opened", new OfferOpened(DemoFair.Course), [401, 401, 0, 404, 403, 403, 403, 403]),
        ("GET", "/api/exhibitors/{exhibitor}/meetings", null, [401, 401, 403, 403, 0, 404, 403, 403]),
        ("GET", "/api/exhibitors/{exhibitor}/day", null, [401, 401, 403, 403, 0, 404, 403, 403]),
        ("GET", "/api/exhibitors/{exhibitor}/plan", null, [401, 401, 403, 403, 0, 404, 403, 403]),
        ("PUT", "/api/exhibitors/{exhibitor}/plan?dryRun=true", new StandPlan(), [401, 401, 403, 403, 0, 404, 403, 403]),
        ("PUT", "/api/exhibitors/{exhibitor}/walk-ins/01900000-0000-7000-8000-000000000099/1", null, [401, 401, 403, 403, 404, 404, 403, 403]),
        ("DELETE", "/api/exhibitors/{exhibitor}/walk-ins/01900000-0000-7000-8000-000000000099/1", null, [401, 401, 403, 403, 0, 404, 403, 403]),
        ("GET", "/api/exhibitors/{exhibitor}/times", null, [401, 401, 403, 403, 0, 404, 403, 403]),
        ("GET", "/api/meetings/{meeting}/times", null, [401, 401, 403, 403, 0, 404, 403, 403]),
        ("GET", "/api/meetings/{meeting}", null, [401, 401, 0, 404, 0, 404, 403, 403]),
        ("GET", "/api/meetings/{meeting}/calendar.ics", null, [401, 401, 0, 404, 0, 404, 403, 403]),
        ("POST", "/api/meetings/{meeting}/move", new MeetingChoice(Guid.NewGuid()), [401, 401, 400, 404, 403, 403, 403, 403]),
        ("POST", "/api/meetings/{meeting}/choose", new MeetingChoice(Guid.NewGuid()), [401, 401, 409, 404, 403, 403, 403, 403]),
        ("POST", "/api/meetings/{meeting}/outcome", new MeetingOutcome("held"), [401, 401, 409, 404, 409, 404, 403, 403]),
        ("DELETE", "/api/meetings/{meeting}/outcome", null, [401, 401, 403, 403, 409, 404, 403, 403]),
        ("POST", "/api/meetings/{meeting}/answer", new MeetingAnswer("accept"), [401, 401, 403, 403, 0, 404, 403, 403]),
        ("POST", "/api/meetings/{meeting}/cancel", null, [401, 401, 0, 404, 409, 404, 403, 403]),
        ("GET", $"/api/meetings/in-the-way?fairId={DemoFair.Fair}&opens=2026-06-20T10:00:00Z&closes=2026-06-20T11:00:00Z", null, [401, 401, 403, 403, 403, 403, 403, 0]),
        ("POST", "/api/meetings/in-the-way", new FairChange(DemoFair.Fair), [401, 401, 403, 403, 403, 403, 403, 0]),
        ("GET", "/api/visitors/{visitor}/waiting", null, [401, 401, 0, 404, 403, 403, 403, 403]),
        ("POST", "/api/waiting", new WaitingRequest(Guid.NewGuid(), DemoFair.Course, "stand"), [401, 401, 404, 404, 403, 403, 403, 403]),
        ("DELETE", "/api/waiting/01900000-0000-7000-8000-000000000099", null, [401, 401, 0, 0, 403, 403, 403, 403]),
        ("GET", "/api/quality/summary", null, [401, 401, 403, 403, 403, 403, 0, 0]),
        ("GET", "/api/quality/figures", null, [401, 401, 403, 403, 403, 403, 0, 0]),
        ("GET", "/api/quality/definitions", null, [401, 401, 403, 403, 403, 403, 0, 0]),
        ("GET", "/api/quality/export", null, [401, 401, 403, 403, 403, 403, 0, 0]),
        ("GET", "/api/quality/rows?figure=people", null, [401, 401, 403, 403, 403, 403, 409, 409]),
        ("GET", "/api/quality/matches/p0/01930000-0000-7000-8000-00000000ffff", null, [401, 401, 403, 403, 403, 403, 404, 404]),
        ("GET", "/api/quality/fairs", null, [401, 401, 403, 403, 403, 403, 0, 0]),
        ("GET", "/api/quality/words", null, [401, 401, 403, 403, 403, 403, 0, 0]),
        ("PUT", "/api/quality/words", new NewFairWords("", 0), [401, 401, 403, 403, 403, 403, 403, 0]),
        ("GET", "/api/quality/looks", null, [401, 401, 403, 403, 403, 403, 403, 0]),
        ("GET", "/api/rule-packs", null, [401, 401, 403, 403, 403, 403, 403, 0]),
        ("POST", "/api/rule-packs", new { id = "x" }, [401, 401, 403, 403, 403, 403, 403, 422]),
        ("POST", "/api/schedules", new ScheduleRequest(Seconds: 1), [401, 401, 403, 403, 403, 403, 403, 0]),
        ("GET", "/api/schedules", null, [401, 401, 403, 403, 403, 403, 403, 0]),
        ("GET", "/api/schedules/01900000-0000-7000-8000-000000000099", null, [401, 401, 403, 403, 403, 403, 403, 404]),
        ("POST", "/api/schedules/01900000-0000-7000-8000-000000000099/cancel", null, [401, 401, 403, 403, 403, 403, 403, 404]),
        ("POST", "/api/schedules/01900000-0000-7000-8000-000000000099/publish", null, [401, 401, 403, 403, 403, 403, 403, 404]),
        ("GET", "/api/models", null, [401, 401, 403, 403, 403, 403, 0, 0]),
        ("GET", "/api/models/x", null, [401, 401, 403, 403, 403, 403, 404, 404]),
        ("GET", "/api/models/x/card", null, [401, 401, 403, 403, 403, 403, 404, 404]),
        ("POST", "/api/models", null, [401, 401, 403, 403, 403, 403, 422, 422]),
        ("POST", "/api/models/train", null, [401, 401, 403, 403, 403, 403, 0, 0]),
        ("POST", "/api/models/x/promote", new ModelDecision("A", "r"), [401, 401, 403, 403, 403, 403, 404, 404]),
        ("POST", "/api/models/rollback", new ModelDecision("A", "r"), [401, 401, 403, 403, 403, 403, 409, 409]),
        ("POST", "/api/models/explain", new RankingQuestion(DemoFair.Open, DemoFair.Course), [401, 401, 403, 403, 403, 403, 0, 0]),
        ("DELETE", "/api/rule-packs/x/1", null, [401, 401, 403, 403, 403, 403, 403, 404]),
    ];

    [Fact]
    public async Task Each_endpoint_lets_through_whom_it_should_and_tells_the_others_no_more_than_it_should()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, other) = (await host.VisitorAsync(), await host.VisitorAsync());
        var meeting = await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand"));
        HttpClient[] callers =
        [
            host.Anyone(), host.With(new string('a', 43)), visitor.Http, other.Http, host.Exhibitor(DemoFair.School), host.Exhibitor(DemoFair.Association),
            host.Staff("analyst"), host.Staff("organiser"),
        ];
        foreach (var (method, path, body, expected) in Table)
        {
            var address = path.Replace("{offer}", DemoFair.Course.ToString()).Replace("{visitor}", visitor.Id.ToString())
                .Replace("{exhibitor}", DemoFair.School.ToString()).Replace("{meeting}", meeting.Id.ToString());
            for (var i = 0; i < callers.Length; i++)
            {
                var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
                var answer = await callers[i].SendAsync(request);
                var status = answer.IsSuccessStatusCode ? 0 : (int)answer.StatusCode;
                Assert.True(status == expected[i], $"{method} {path} by caller {i}: {(int)answer.StatusCode}, expected {expected[i]}");
                if (status != 0) Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    [Fact]
    public async Task Who_holds_the_link_of_a_requests_mail_sees_and_answers_that_meeting_alone()
    {
        await using var host = await MatchingHost.StartAsync();
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();
        var meeting = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, slots[0]);
        var other = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, slots[1]);
        var holder = host.Staff("answerer", DemoFair.School, meeting.Id);

        foreach (var (method, path, body, _) in Table)
        {
            var address = path.Replace("{offer}", DemoFair.Course.ToString()).Replace("{visitor}", meeting.VisitorId.ToString()).Replace("{exhibitor}", DemoFair.School.ToString()).Replace("{meeting}", other.Id.ToString());
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            var status = (int)(await holder.SendAsync(request)).StatusCode;
            var expected = path switch { "/api/offers/{offer}/slots" or "/api/eligibility/preview" => 200, "/api/meetings/{meeting}" or "/api/meetings/{meeting}/times" or "/api/meetings/{meeting}/answer" => 404, _ => 403 };
            Assert.True(status == expected, $"{method} {path}: {status}, expected {expected}");
        }
        Assert.Equal(meeting.Code, (await holder.GetFromJsonAsync<Meeting>($"/api/meetings/{meeting.Id}"))!.Code);
        Assert.Equal("accepted", (await holder.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>()).Status);
        Assert.Equal("already-answered", await (await holder.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("decline", "time"))).ProblemAsync());
    }

    [Fact]
    public async Task The_table_above_misses_no_endpoint_and_none_is_open_by_oversight()
    {
        await using var host = await MatchingHost.StartAsync();
        var endpoints = host.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal) && !e.RoutePattern.RawText.Contains("{**rest}")).ToArray();
        Assert.Equal(Table.Length, endpoints.Length);
        Assert.Equal(["/api/eligibility/preview", "/api/offers/{id:guid}/slots"],
            endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(e => e.RoutePattern.RawText!).Order());
    }
}
