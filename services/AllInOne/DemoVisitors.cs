using System.Net;
using System.Net.Http.Headers;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;

namespace Matchmaking.AllInOne;

/// <summary>
/// Invented visitors who use the fair as people do, over the public API: they submit needs, look at their list, open offers, ask for meetings;
/// exhibitors answer. The same number gives the same people. Nothing is written past the services. Only a fair that calls itself a demo gets them: nothing
/// else would say "Demo" where they are shown.
/// </summary>
internal sealed partial class DemoVisitors(
    StartOptions options, IHostApplicationLifetime life, IHttpClientFactory http, ServiceKey key, TimeProvider clock, ILogger<DemoVisitors> log) : BackgroundService
{
    private const int AtFirstStart = 120;

    /// <summary>So many requests wait at the stand that a demo opens first, and so many are agreed on there; for that so many people are made at most.</summary>
    private const int AtFirstStand = 4, GuestsAtMost = 40;
    private readonly Dictionary<Guid, StaffToken> _stands = [];

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource();
        using var _ = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
        try
        {
            if (await SendAsync<FairView>(HttpMethod.Get, "api/fairs/current", null, null, stopping) is not { Demo: true })
            {
                if (options.Visitors > 0) Console.Error.WriteLine("No invented visitors were made: this is not a demo fair. Take --visitors away; or, if the fair is one, write true in the column demo of its fair.csv.");
                return;
            }
            var count = options.Visitors ?? (await IsNewAsync(stopping) ? AtFirstStart : 0);
            if (count == 0) return;
            var people = new DemoPeople(count);
            for (var i = await FillFirstStandAsync(people, count, stopping); i < count; i++) await VisitAsync(people.Next(i), people.Dice, stopping);
            LogMade(log, count);
        }
        catch (HttpRequestException e) { LogGivenUp(log, e.StatusCode); }
        // A call that took too long, on a machine with much else to do, ends the invented visits and not the fair.
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested) { LogGivenUp(log, null); }
    }

    private async Task<bool> IsNewAsync(CancellationToken cancel)
    {
        var summary = await SendAsync<QualitySummary>(HttpMethod.Get, "api/quality/summary", null, (await SignInAsync(Roles.Analyst, null, cancel)).Token, cancel);
        return summary is { Visitors: 0 };
    }

    /// <summary>Who looks at the demo opens one stand first: people come who want what it offers, so that its inbox has requests and its day meetings at once.</summary>
    /// <returns>How many people were made.</returns>
    private async Task<int> FillFirstStandAsync(DemoPeople people, int count, CancellationToken cancel)
    {
        var stand = await SignInAsync(Roles.Exhibitor, null, cancel);
        if (stand.ExhibitorId is not { } id) return 0;
        var offers = (await SendAsync<PageOf<OfferView>>(HttpMethod.Get, $"api/offers?exhibitorId={id}", null, null, cancel))?.Items ?? [];
        var (made, waiting, agreed) = (0, 0, 0);
        while (offers.Count > 0 && made < Math.Min(count, GuestsAtMost) && (waiting < AtFirstStand || agreed < AtFirstStand))
        {
            var (visitor, matches) = await ComeAsync(people.NextFor(offers[made % offers.Count], made), cancel);
            made++;
            if (matches?.Items.FirstOrDefault(m => m.ExhibitorId == id && m.NextSlots.Count > 0) is not { } match) continue;
            await OpenAsync(visitor, match, cancel);
            if (await AskAsync(visitor, match, people.Dice, cancel) is not { } meeting) continue;
            if (agreed >= waiting) waiting++;
            else if (await SendAsync<Meeting>(HttpMethod.Post, $"api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept"), stand.Token, cancel) is not null) agreed++;
        }
        return made;
    }

    private async Task VisitAsync(Needs needs, Random dice, CancellationToken cancel)
    {
        var (visitor, matches) = await ComeAsync(needs, cancel);
        if (matches is null) return;
        // People look from the top and stop somewhere; they like what is for them, and the list is not always right about that.
        foreach (var match in matches.Items.Take(12))
        {
            var liking = 0.75 / Math.Sqrt(match.Rank) * (match.Verdict switch { "yes" => 1, "likely" => 0.8, _ => 0.6 });
            if (dice.NextDouble() > liking) continue;
            await OpenAsync(visitor, match, cancel);
            if (dice.NextDouble() > 0.45 || match.NextSlots.Count == 0) continue;
            if (await AskAsync(visitor, match, dice, cancel) is { } meeting) await AnswerAsync(meeting, visitor.Token, dice, cancel);
        }
    }

    /// <returns>The visitor with their list; null where it was not ready in time.</returns>
    private async Task<(VisitorCreated Visitor, Matches? Matches)> ComeAsync(Needs needs, CancellationToken cancel)
    {
        var visitor = await SendAsync<VisitorCreated>(HttpMethod.Post, "api/visitors", needs, null, cancel) ?? throw new HttpRequestException("no visitor", null, HttpStatusCode.BadRequest);
        Matches? matches = null;
        for (var attempt = 0; matches is null && attempt < 10; attempt++)
            matches = await SendAsync<Matches>(HttpMethod.Get, $"api/visitors/{visitor.Id}/matches", null, visitor.Token, cancel);
        return (visitor, matches);
    }

    private Task OpenAsync(VisitorCreated visitor, Match match, CancellationToken cancel) =>
        SendAsync<object>(HttpMethod.Post, $"api/visitors/{visitor.Id}/opened", new { offerId = match.OfferId }, visitor.Token, cancel);

    private Task<Meeting?> AskAsync(VisitorCreated visitor, Match match, Random dice, CancellationToken cancel) =>
        SendAsync<Meeting>(HttpMethod.Post, "api/meetings", new MeetingRequest(visitor.Id, match.OfferId, match.NextSlots[dice.Next(match.NextSlots.Count)].Id, "stand"), visitor.Token, cancel, idempotent: true);

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
        // Part of the demo plays after the fair (setting Demo:OutcomesBeforehand), so that the analyst sees the whole funnel.
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
