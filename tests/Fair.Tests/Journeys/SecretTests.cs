using System.Text.RegularExpressions;
using Matchmaking.Fair.Tests.Fairs;
using Matchmaking.Rig;

namespace Matchmaking.Fair.Tests.Journeys;

/// <summary>
/// Links on paper and in mails open things by what stands in their path. Whoever reads logs, traces or metrics must not be able to open anything: so what
/// they carry is planted, pressed in each way, rightly and wrongly, and looked for in all that the processes write down and export.
/// </summary>
public abstract partial class SecretTests(RunningFair fair)
{
    [Fact]
    public async Task No_log_line_span_or_metric_holds_what_a_link_opens_by()
    {
        var visitor = await Newcomer.ArriveAsync(fair);
        var mail = await RunningFair.UntilAsync("the visitor's mail", async () => (await fair.MailsAsync()).FirstOrDefault(m => m.To == visitor.Email));
        var secrets = new[] { visitor.Token, StopLink().Match(mail.Text).Groups[1].Value, Planted.New() };
        Assert.All(secrets, secret => Assert.True(secret.Length > 40));

        foreach (var secret in secrets) await Planted.PressAsync(fair.Address, visitor.Id, secret);
        foreach (var service in (string[])["", "/matches", "/meetings", "/search?q=" + secrets[2]]) await fair.GetAsync(visitor.Path + service, visitor.Token);
        await fair.GetAsync(visitor.Path, secrets[2]);

        // Spans are handed over in order: when those of one call more are there from all services, the others are.
        var trace = Guid.NewGuid().ToString("n");
        var last = ("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        foreach (var path in (string[])[visitor.Path, visitor.Path + "/meetings", "/api/notices"]) await fair.GetAsync(path, visitor.Token, last);
        await RunningFair.UntilAsync("spans of all services", () => Task.FromResult(fair.Services.All(name => fair.Traces.Of(trace).Any(s => s.Service == name))));
        // One of two exports of metrics has begun after all that.
        var before = fair.Services.ToDictionary(name => name, fair.Traces.MetricsOf);
        await RunningFair.UntilAsync("metrics of all services", () => Task.FromResult(fair.Services.All(name => fair.Traces.MetricsOf(name) >= before[name] + 2)));

        Assert.True(fair.Traces.Said("/api/notices/stop/"), "the calls were not traced at all");
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(fair.Lines, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.False(fair.Traces.Said(secret), "something exported holds what a link carries");
        }
    }

    [GeneratedRegex("/stop/([A-Za-z0-9_-]{40,})")]
    private static partial Regex StopLink();
}

/// <summary>The same where nothing behind the pages answers: failures are what logs are for.</summary>
public sealed class SecretsWhileServicesAreAway
{
    [Fact]
    public async Task No_log_line_or_span_holds_what_a_link_opens_by()
    {
        using var traces = new TraceCollector();
        var settings = EmbeddedFair.Settings(traces);
        foreach (var service in (string[])["profile", "matching", "notification"]) settings["Services__" + service] = $"http://127.0.0.1:{FreePort.Next()}";
        settings["ConnectionStrings__redis"] = "127.0.0.1:1,connectTimeout=50,abortConnect=false";
        await using var web = await ServiceProcess.StartAsync("Web", settings, readyWithin: RunningFair.Patience);
        var secret = Planted.New();
        await Planted.PressAsync(web.Address, Guid.CreateVersion7(), secret);
        var trace = Guid.NewGuid().ToString("n");
        using var last = new HttpRequestMessage(HttpMethod.Get, "/help");
        last.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        (await web.Http.SendAsync(last, TestContext.Current.CancellationToken)).Dispose();
        await RunningFair.UntilAsync("the last span", () => Task.FromResult(traces.Of(trace).Count > 0));
        await RunningFair.UntilAsync("that failures are logged", () => Task.FromResult(web.Output.Any(line => line.Contains("A service did not answer", StringComparison.Ordinal))));
        Assert.DoesNotContain(web.Output, line => line.Contains(secret, StringComparison.Ordinal));
        Assert.False(traces.Said(secret), "something exported holds what a link carries");
    }
}

internal static class Planted
{
    /// <summary>As long as a real one, and of its letters.</summary>
    public static string New() => $"planted{Guid.NewGuid():n}{Guid.NewGuid():n}"[..43];

    /// <summary>Every address that carries it, as people, mail programs and scanners call them: looked at, pressed, mistyped.</summary>
    public static async Task PressAsync(Uri address, Guid id, string secret)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };
        string[] paths =
        [
            $"/link/{id}/{secret}", $"/link/{id}/{secret}?to=day", $"//link/{id}/{secret}", $"/LINK/{id}/{secret}", $"/link/{id}/{secret}/more", $"/link/{secret}", $"/stop/{secret}", $"/stop/{secret}/again",
            $"/answer/{id}/{secret}", $"/answer/{id}/{secret}?problem=no-time", $"/sign-in/{secret}", $"/exhibitor/check-in/{secret[..40]}", $"/api/notices/stop/{secret}", $"/search?q={secret}", $"/handoff?code={secret}",
            $"/api/visitors/{id}?token={secret}",
        ];
        foreach (var path in paths)
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Delete])
            {
                using var request = new HttpRequestMessage(method, address.GetLeftPart(UriPartial.Authority) + path);
                if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
                using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
                // No page tells its address to where it leads.
                if (!path.StartsWith("/api", StringComparison.Ordinal)) Assert.Equal("no-referrer", string.Join(' ', answer.Headers.TryGetValues("Referrer-Policy", out var policy) ? policy : []));
            }
    }
}
