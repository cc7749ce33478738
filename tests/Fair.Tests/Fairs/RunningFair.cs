using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Matchmaking.Contracts.Notification;

namespace Matchmaking.Fair.Tests.Fairs;

/// <summary>
/// A whole fair that runs, behind one address. Two kinds of it: one process with everything embedded, and four processes over a broker, a cache
/// and databases. A journey does not see which one it walks through.
/// </summary>
public abstract class RunningFair : IAsyncLifetime
{
    /// <summary>How long something may take that is only waited for; on a busy machine of two cores everything takes its time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private HttpClient? http;

    /// <summary>Where people, and these tests, reach the fair.</summary>
    public abstract Uri Address { get; }

    public abstract bool Embedded { get; }

    /// <summary>Where the services describe themselves.</summary>
    public abstract IReadOnlyList<string> Descriptions { get; }

    /// <summary>As their telemetry names them.</summary>
    public abstract IReadOnlyList<string> Services { get; }

    /// <summary>What the processes have written down, a line each.</summary>
    public abstract IReadOnlyList<string> Lines { get; }

    public TraceCollector Traces { get; } = new();

    /// <summary>A staff token, got as this kind of fair gives it.</summary>
    /// <param name="role">exhibitor, analyst, organiser</param>
    public abstract Task<string> SignInAsync(string role, Guid? exhibitorId = null);

    /// <summary>All mails that went out so far.</summary>
    public abstract Task<IReadOnlyList<DemoMail>> MailsAsync();

    public abstract ValueTask InitializeAsync();

    public virtual ValueTask DisposeAsync()
    {
        http?.Dispose();
        Traces.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>One call. Where the fair says "come again" (202 with Retry-After to a GET, 503 with Retry-After), it comes again.</summary>
    /// <param name="body">A record, or JSON as it is to be sent.</param>
    public async Task<Reply> CallAsync(HttpMethod method, string path, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        http ??= new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        for (var clock = Stopwatch.StartNew(); ;)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = body switch { null => null, HttpContent given => given, string json => new StringContent(json, Encoding.UTF8, "application/json"), _ => JsonContent.Create(body, body.GetType()) };
            if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var reply = new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType, $"{method} {path}");
            var comeAgain = response.Headers.RetryAfter is not null
                && (response.StatusCode is HttpStatusCode.ServiceUnavailable || (response.StatusCode is HttpStatusCode.Accepted && method == HttpMethod.Get));
            if (!comeAgain || clock.Elapsed > Patience) return reply;
            await Task.Delay(100);
        }
    }

    public Task<Reply> GetAsync(string path, string? token = null, params (string, string)[] headers) => CallAsync(HttpMethod.Get, path, null, token, headers);

    public Task<Reply> PostAsync(string path, object? body, string? token = null, params (string, string)[] headers) => CallAsync(HttpMethod.Post, path, body, token, headers);

    /// <summary>Asks until there is an answer; the test fails with the expectation when patience is over.</summary>
    public static async Task<T> UntilAsync<T>(string expectation, Func<Task<T?>> ask) where T : class
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            if (await ask() is { } answer) return answer;
            if (clock.Elapsed > Patience) throw new TimeoutException($"Within {Patience.TotalSeconds:0} s this did not come: {expectation}.");
        }
    }

    public static Task UntilAsync(string expectation, Func<Task<bool>> ask) => UntilAsync<object>(expectation, async () => await ask() ? expectation : null);
}
