using System.Net;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Journeys;

/// <summary>Bad input, wrong callers, closed doors.</summary>
public abstract class RefusalTests(RunningFair fair)
{
    private const string Consents = "\"consents\":[\"matching\"]";

    public static TheoryData<string, string, int, string?> BadNeeds => new()
    {
        { "an unknown field", "{\"language\":\"de\"," + Consents + ",\"nationality\":\"x\"}", 400, "nationality" },
        { "an unknown code", "{\"language\":\"de\"," + Consents + ",\"goals\":[\"learn-german\",\"fly\"]}", 400, "goals" },
        { "an unknown level", "{\"language\":\"de\"," + Consents + ",\"german\":{\"speaking\":\"A9\"}}", 400, "german.speaking" },
        { "no language", "{" + Consents + "}", 400, "language" },
        { "no consents", "{\"language\":\"de\"}", 400, "consents" },
        { "no consent to be matched", "{\"language\":\"de\",\"consents\":[\"quality-review\"]}", 400, "consents" },
        { "an over-long text", "{\"language\":\"de\"," + Consents + ",\"district\":\"" + new string('x', 200) + "\"}", 400, "district" },
        { "a broken date", "{\"language\":\"de\"," + Consents + ",\"availability\":[{\"from\":\"tomorrow\",\"to\":\"2026-06-20T13:00+02:00\"}]}", 400, "availability[0].from" },
        { "an end before its beginning", "{\"language\":\"de\"," + Consents + ",\"availability\":[{\"from\":\"2026-06-20T13:00+02:00\",\"to\":\"2026-06-20T10:00+02:00\"}]}", 400, "availability[0].to" },
        { "no mail address", "{\"language\":\"de\"," + Consents + ",\"contact\":{\"email\":\"nobody\"}}", 400, "contact.email" },
        { "a number for a text", "{\"language\":7," + Consents + "}", 400, "language" },
        { "no JSON", "{\"language\":", 400, null },
        { "nothing", "", 400, null },
        { "more than 64 KiB", "{\"language\":\"de\"," + Consents + ",\"district\":\"" + new string('x', 70_000) + "\"}", 413, null },
    };

    [Fact]
    public async Task A_wrong_way_to_call_is_told_as_that_and_not_as_a_wrong_address()
    {
        static FormUrlEncodedContent Form() => new([new("language", "de")]);
        (await fair.PostAsync("/api/visitors", Form())).Refused(415);
        (await fair.CallAsync(HttpMethod.Patch, $"/api/visitors/{Guid.NewGuid()}", "{}")).Refused(405);
        (await fair.PostAsync("/api/nowhere", "{}")).Refused(404);
        var page = await fair.PostAsync("/nowhere", Form());
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.Status, page.Type?.MediaType));
        foreach (var (path, name) in new[] { ("/api/offers?page=99999999999", "page"), ("/api/offers?page=x", "page") })
            Assert.True((await fair.GetAsync(path)).Refused(400).GetProperty("errors").TryGetProperty(name, out _), path);
    }

    [Theory]
    [MemberData(nameof(BadNeeds))]
    public async Task Bad_needs_are_refused_with_the_field_and_what_to_do(string what, string json, int status, string? field)
    {
        var analyst = await fair.SignInAsync("analyst");
        var before = (await fair.GetAsync("/api/quality/summary", analyst)).Read<QualitySummary>().Visitors;
        var german = (await fair.PostAsync("/api/visitors", json, null, ("Accept-Language", "de"))).Refused(status);
        var english = (await fair.PostAsync("/api/visitors", json, null, ("Accept-Language", "en"))).Refused(status);
        Assert.NotEqual(german.GetProperty("title").GetString(), english.GetProperty("title").GetString());
        if (field is not null)
        {
            var (de, en) = (Repair(german), Repair(english));
            Assert.True(de.Length > 10 && de != en, $"{what}: '{de}' / '{en}'");
        }
        Assert.Equal(before, (await fair.GetAsync("/api/quality/summary", analyst)).Read<QualitySummary>().Visitors);

        string Repair(JsonElement problem)
        {
            Assert.True(problem.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out _), $"{what}: no error for {field} in {problem}");
            return errors.GetProperty(field)[0].GetString()!;
        }
    }

    [Fact]
    public async Task A_bad_change_changes_nothing()
    {
        var visitor = await Newcomer.ArriveAsync(fair);
        (await fair.CallAsync(HttpMethod.Put, visitor.Path, visitor.Needs with { AgeBand = "old" }, visitor.Token)).Refused(400, "invalid");
        var kept = (await fair.GetAsync(visitor.Path, visitor.Token)).Read<VisitorProfile>();
        Assert.Equal((1, "27plus"), (kept.Version, kept.Needs.AgeBand));
    }

    [Fact]
    public async Task Nobody_gets_in_without_their_own_token()
    {
        var (visitor, other) = (await Newcomer.ArriveAsync(fair), await Newcomer.ArriveAsync(fair));
        var meeting = await visitor.BookAsync();
        await other.MatchesAsync();
        var exhibitors = (await fair.GetAsync("/api/exhibitors?pageSize=5")).Read<PageOf<ExhibitorView>>().Items;
        var stranger = await fair.SignInAsync("exhibitor", exhibitors.First(x => x.Id != meeting.ExhibitorId).Id);
        var analyst = await fair.SignInAsync("analyst");
        var wrong = new string('A', 43);

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, visitor.Path, null), (HttpMethod.Put, visitor.Path, visitor.Needs), (HttpMethod.Delete, visitor.Path, null),
            (HttpMethod.Get, visitor.Path + "/export", null), (HttpMethod.Get, visitor.Path + "/matches", null), (HttpMethod.Get, visitor.Path + "/meetings", null),
            (HttpMethod.Get, visitor.Path + "/route", null), (HttpMethod.Get, visitor.Path + "/route.ics", null), (HttpMethod.Post, visitor.Path + "/opened", new OfferOpened(meeting.OfferId)),
            (HttpMethod.Get, $"/api/meetings/{meeting.Id}", null), (HttpMethod.Get, $"/api/meetings/{meeting.Id}/calendar.ics", null),
            (HttpMethod.Post, $"/api/meetings/{meeting.Id}/cancel", null),
        })
        {
            (await fair.CallAsync(method, path, body)).Refused(401, "unauthorized");
            (await fair.CallAsync(method, path, body, wrong)).Refused(401, "unauthorized");
            (await fair.CallAsync(method, path, body, "not.a.token")).Refused(401, "unauthorized");
            (await fair.CallAsync(method, path, body, other.Token)).Refused(404, "not-found");
        }
        (await fair.GetAsync(visitor.Path, stranger)).Refused(403, "forbidden");
        (await fair.GetAsync(visitor.Path + "/matches", analyst)).Refused(403);
        (await fair.GetAsync("/api/quality/summary", visitor.Token)).Refused(403);
        (await fair.GetAsync("/api/quality/summary", stranger)).Refused(403);
        (await fair.GetAsync("/api/quality/summary")).Refused(401);
        (await fair.GetAsync("/api/notices")).Refused(401);
        (await fair.GetAsync($"/api/exhibitors/{meeting.ExhibitorId}/meetings", stranger)).Refused(404);
        (await fair.GetAsync($"/api/exhibitors/{meeting.ExhibitorId}/meetings", visitor.Token)).Refused(403);
        (await fair.PostAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept"), stranger)).Refused(404);
        (await fair.PostAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept"), visitor.Token)).Refused(403);
        (await fair.PostAsync("/api/meetings", new MeetingRequest(visitor.Id, meeting.OfferId, meeting.Slot.Id, "stand"), other.Token, ("Idempotency-Key", "k"))).Refused(404);
        Assert.Equal("requested", (await visitor.MeetingAsync(meeting.Id)).Status);
    }

    [Fact]
    public async Task What_is_between_the_services_stays_between_them()
    {
        var visitor = await Newcomer.ArriveAsync(fair);
        var path = $"/internal/visitors/{visitor.Id}/address";
        // Behind the door there is no such address, whatever key one has found; in one process the key is known to nobody.
        (await fair.GetAsync(path)).Refused(fair.Embedded ? 401 : 404);
        (await fair.GetAsync(path, null, ("X-Service-Key", DeployedFair.ServiceKey))).Refused(fair.Embedded ? 401 : 404);
        (await fair.GetAsync(path, visitor.Token)).Refused(fair.Embedded ? 403 : 404);
    }

    [Fact]
    public async Task The_demo_s_short_cuts_are_in_the_demo_alone()
    {
        var signIn = await fair.PostAsync("/api/demo/sign-in", new DemoSignIn("organiser"));
        var mail = await fair.GetAsync("/api/demo/mail");
        if (fair.Embedded)
        {
            signIn.Expect(HttpStatusCode.OK);
            mail.Expect(HttpStatusCode.OK);
            (await fair.PostAsync("/api/demo/sign-in", new DemoSignIn("emperor"))).Refused(400, "invalid");
            return;
        }
        signIn.Refused(404, "not-found");
        mail.Refused(404, "not-found");
        var deployed = (DeployedFair)fair;
        foreach (var service in new[] { deployed.Profile, deployed.Notification })
        {
            using var there = await service.Http.PostAsync("/api/demo/sign-in", System.Net.Http.Json.JsonContent.Create(new DemoSignIn("organiser")), TestContext.Current.CancellationToken);
            using var mails = await service.Http.GetAsync("/api/demo/mail", TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (there.StatusCode, mails.StatusCode));
        }
    }
}
