using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;

namespace Matchmaking.AllInOne;

/// <summary>
/// Invented visitors who use the fair as people do, over the public API: they submit needs, look at their list, open offers, ask for meetings;
/// exhibitors answer. The same number gives the same people. Nothing is written past the services.
/// </summary>
internal sealed partial class DemoVisitors(
    StartOptions options, IHostApplicationLifetime life, IHttpClientFactory http, ServiceKey key, TimeProvider clock, ILogger<DemoVisitors> log) : BackgroundService
{
    private const int AtFirstStart = 120;
    private readonly Dictionary<Guid, StaffToken> _stands = [];

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource();
        using var _ = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
        try
        {
            var count = options.Visitors ?? (await IsNewAsync(stopping) ? AtFirstStart : 0);
            if (count == 0) return;
            var people = new DemoPeople(count);
            for (var i = 0; i < count; i++) await VisitAsync(people.Next(i), people.Dice, stopping);
            LogMade(log, count);
        }
        catch (HttpRequestException e) { LogGivenUp(log, e.StatusCode); }
    }

    private async Task<bool> IsNewAsync(CancellationToken cancel)
    {
        var summary = await SendAsync<QualitySummary>(HttpMethod.Get, "api/quality/summary", null, (await SignInAsync(Roles.Analyst, null, cancel)).Token, cancel);
        return summary is { Visitors: 0 };
    }

    private async Task VisitAsync(Needs needs, Random dice, CancellationToken cancel)
    {
        var visitor = await SendAsync<VisitorCreated>(HttpMethod.Post, "api/visitors", needs, null, cancel) ?? throw new HttpRequestException("no visitor", null, HttpStatusCode.BadRequest);
        Matches? matches = null;
        for (var attempt = 0; matches is null && attempt < 10; attempt++)
            matches = await SendAsync<Matches>(HttpMethod.Get, $"api/visitors/{visitor.Id}/matches", null, visitor.Token, cancel);
        if (matches is null) return;
        // People look from the top and stop somewhere; they like what is for them, and the list is not always right about that.
        foreach (var match in matches.Items.Take(12))
        {
            var liking = 0.75 / Math.Sqrt(match.Rank) * (match.Verdict switch { "yes" => 1, "likely" => 0.8, _ => 0.6 });
            if (dice.NextDouble() > liking) continue;
            await SendAsync<object>(HttpMethod.Post, $"api/visitors/{visitor.Id}/opened", new { offerId = match.OfferId }, visitor.Token, cancel);
            if (dice.NextDouble() > 0.45 || match.NextSlots.Count == 0) continue;
            var request = new MeetingRequest(visitor.Id, match.OfferId, match.NextSlots[dice.Next(match.NextSlots.Count)].Id, "stand");
            var meeting = await SendAsync<Meeting>(HttpMethod.Post, "api/meetings", request, visitor.Token, cancel, idempotent: true);
            if (meeting is not null) await AnswerAsync(meeting, visitor.Token, dice, cancel);
        }
    }

    private async Task AnswerAsync(Meeting meeting, string visitorToken, Random dice, CancellationToken cancel)
    {
        var mood = dice.NextDouble();
        MeetingAnswer? answer = mood switch
        {
            < 0.68 => new MeetingAnswer("accept"),
            < 0.78 => new MeetingAnswer("decline", DeclineReasons.All[dice.Next(DeclineReasons.All.Count)]),
            _ => null, // Not looked at yet: the inbox of the stand has something to do.
        };
        if (answer is null) return;
        if (!_stands.TryGetValue(meeting.ExhibitorId, out var stand) || stand.ExpiresAt < clock.GetUtcNow().AddMinutes(1))
            _stands[meeting.ExhibitorId] = stand = await SignInAsync(Roles.Exhibitor, meeting.ExhibitorId, cancel);
        var token = stand.Token;
        await SendAsync<Meeting>(HttpMethod.Post, $"api/meetings/{meeting.Id}/answer", answer, token, cancel);
        // Part of the demo plays after the fair, so that the analyst sees the whole funnel.
        if (answer.Answer != "accept" || dice.NextDouble() > 0.6) return;
        var held = dice.NextDouble() < 0.85;
        await SendAsync<Meeting>(HttpMethod.Post, $"api/meetings/{meeting.Id}/outcome", new MeetingOutcome(held ? "held" : "no-show"), token, cancel);
        if (held && dice.NextDouble() < 0.8)
            await SendAsync<Meeting>(HttpMethod.Post, $"api/meetings/{meeting.Id}/outcome", new MeetingOutcome("held", 1 + (int)(5 * Math.Sqrt(dice.NextDouble()))), visitorToken, cancel);
    }

    private async Task<StaffToken> SignInAsync(string role, Guid? exhibitor, CancellationToken cancel) =>
        await SendAsync<StaffToken>(HttpMethod.Post, "api/demo/sign-in", new DemoSignIn(role, exhibitor), null, cancel) ?? new StaffToken("", clock.GetUtcNow(), role, exhibitor);

    /// <returns>null where the answer is a refusal (a slot was taken, a limit reached) or "not ready yet".</returns>
    private async Task<T?> SendAsync<T>(HttpMethod method, string path, object? body, string? token, CancellationToken cancel, bool idempotent = false) where T : class
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        // Without a token of its own the generator calls as one of our services, which no rate limit stops.
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        else request.Headers.Add("X-Service-Key", key.Value);
        if (idempotent) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await http.CreateClient(ServiceClients.Profile).SendAsync(request, cancel);
        if ((int)response.StatusCode >= 500) throw new HttpRequestException("the fair does not answer", null, response.StatusCode);
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created && typeof(T) != typeof(object)
            ? await response.Content.ReadFromJsonAsync<T>(cancel)
            : null;
    }

    [LoggerMessage(501, LogLevel.Information, "{Count} invented visitors have used the fair")]
    private static partial void LogMade(ILogger log, int count);

    [LoggerMessage(502, LogLevel.Warning, "The invented visitors gave up ({Status})")]
    private static partial void LogGivenUp(ILogger log, HttpStatusCode? status);
}

/// <summary>Makes needs as the visitors of such a fair have them; the shares are plausible, not measured.</summary>
internal sealed class DemoPeople(int seed)
{
    private static readonly (string Code, int Weight, string[] Also)[] Languages =
        [("uk", 30, ["ru"]), ("ar", 24, ["kmr"]), ("ru", 7, ["de"]), ("fa", 9, ["prs"]), ("en", 6, []), ("tr", 6, ["kmr"]), ("es", 5, ["en"]), ("fr", 4, ["en"]), ("ti", 4, ["am"]), ("vi", 3, []), ("ro", 2, [])];
    private static readonly string[] Occupations =
        ["2221", "5321", "5322", "7115", "7411", "7231", "5120", "9112", "8332", "2512", "2341", "2310", "3322", "4110", "5223", "9334", "7512", "2212", "5141", "3212"];

    public Random Dice { get; } = new(seed);

    public Needs Next(int number)
    {
        var language = Weighted(Languages, l => l.Weight);
        var german = Weighted(new (string Level, int Weight)[] { ("none", 18), ("A1", 24), ("A2", 26), ("B1", 18), ("B2", 9), ("C1", 3), ("unknown", 4) }, l => l.Weight).Level;
        var goals = Some(Codes.Goals, german is "B2" or "C1" ? 0.22 : 0.26).Union(german is "none" or "A1" or "A2" && Chance(0.75) ? ["learn-german"] : []).ToList();
        var young = Chance(0.3);
        return new Needs
        {
            Language = language.Code,
            ConversationLanguages = Chance(0.9) ? [language.Code, .. language.Also.Where(_ => Chance(0.6))] : null,
            Goals = Chance(0.95) ? goals : null,
            Topics = goals.Intersect(["advice", "offices", "family"]).Any() ? Some(Codes.Topics, 0.25) : null,
            German = new German(german, Chance(0.5) ? german : null, Chance(0.3)),
            Script = language.Code is "ar" or "fa" or "ti" && german == "none" ? (Chance(0.2) ? "not-literate" : "other") : Chance(0.7) ? "latin" : null,
            CoursePaper = One(Codes.CoursePapers),
            WorkNote = Chance(0.5) ? "allowed" : One(Codes.WorkNotes),
            Occupation = Chance(0.7) ? new Occupation(One(Occupations), Dice.Next(0, 20)) : null,
            Recognition = Chance(0.6) ? One(Codes.RecognitionStages) : null,
            AgeBand = young ? (Chance(0.15) ? "under18" : "18-26") : Chance(0.95) ? "27plus" : "unknown",
            TimeInGermany = One(Codes.TimesInGermany),
            Childcare = Chance(0.25) ? true : null,
            Access = Chance(0.04) ? ["wheelchair"] : null,
            Interpreter = Chance(0.2) ? new InterpreterWish(language.Code, "any") : null,
            Contact = Chance(0.25) ? new Contact(string.Create(CultureInfo.InvariantCulture, $"besuch-{number}@example.org")) : null,
            Consents = ["matching", .. Chance(0.85) ? ["share-with-exhibitor"] : Array.Empty<string>(), .. Chance(0.8) ? ["quality-review"] : Array.Empty<string>()],
            Channel = Chance(0.5) ? "kiosk" : "online",
        };
    }

    private bool Chance(double p) => Dice.NextDouble() < p;

    private string One(IReadOnlyList<string> from) => from[Dice.Next(from.Count)];

    private List<string> Some(IReadOnlyList<string> from, double p) => [.. from.Where(_ => Chance(p))];

    private T Weighted<T>(IReadOnlyList<T> from, Func<T, int> weight)
    {
        var left = Dice.Next(from.Sum(weight));
        foreach (var item in from)
            if ((left -= weight(item)) < 0) return item;
        return from[^1];
    }
}
