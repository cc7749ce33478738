using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Journeys;

public abstract class TraceTests(RunningFair fair)
{
    private const string Sending = "notice send";
    private const string Caller = "00f067aa0ba902b7";

    [Fact]
    public async Task One_trace_leads_from_the_visitors_post_to_the_mail()
    {
        var trace = Guid.NewGuid().ToString("n");
        var visitor = await Newcomer.ArriveAsync(fair, "uk", ("traceparent", $"00-{trace}-{Caller}-01"));
        await RunningFair.UntilAsync("the visitor's mail", async () => (await fair.MailsAsync()).FirstOrDefault(m => m.To == visitor.Email));

        // Each service hands its spans over when its batch is full: all there are once the line is whole.
        string[] services = fair.Embedded ? ["all-in-one"] : ["profile", "matching", "notification"];
        var way = await RunningFair.UntilAsync("a line of spans from the mail back to the post, and spans of all services", () => Task.FromResult(
            fair.Traces.Of(trace) is var seen && services.All(n => seen.Any(s => s.Service == n)) && seen.FirstOrDefault(s => s.Name == Sending) is { } sending
            && Line(seen, sending) is var line && line[^1].ParentId == Caller ? line : null));

        // Not only the same number: from the mail back to the post each span names the one before. The mail needs two messages, the visitor's
        // profile and its ranking, and the bus keeps no order: the one that came last is the one that sent it, so one message or two lie between.
        Assert.StartsWith("POST", way[^1].Name, StringComparison.Ordinal);
        Assert.InRange(way.Count(s => s.Name == "outbox publish"), 1, 2);
        if (!fair.Embedded) Assert.Superset(new HashSet<string>(["profile", "notification"]), way.Select(s => s.Service).ToHashSet());
    }

    [Fact]
    public async Task Telemetry_knows_no_token_and_no_address()
    {
        var trace = Guid.NewGuid().ToString("n");
        var visitor = await Newcomer.ArriveAsync(fair, "uk", ("traceparent", $"00-{trace}-{Caller}-01"));
        await RunningFair.UntilAsync("the mail's span", () => Task.FromResult(fair.Traces.Of(trace).Any(s => s.Name == Sending)));
        foreach (var secret in (string[])[visitor.Token, visitor.Email]) Assert.False(fair.Traces.Said(secret), "an exported span holds a token or an address");
    }

    private static List<Span> Line(IReadOnlyList<Span> spans, Span last)
    {
        var line = new List<Span> { last };
        while (spans.FirstOrDefault(s => s.SpanId == line[^1].ParentId) is { } parent) line.Add(parent);
        return line;
    }
}
