using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Auth;

namespace Matchmaking.Notification.Tests;

/// <summary>Notices as they come, for who listens.</summary>
public sealed class LiveTests
{
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_listens_hears_of_their_own_and_of_nobody_elses()
    {
        await using var host = await Host.StartAsync();
        await AskAsync(host, _exhibitor); // before anybody listened: no news
        await host.SettledAsync(1);
        await using var stand = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", _exhibitor));
        await using var again = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", _exhibitor));
        await AskAsync(host, Guid.CreateVersion7());
        await AskAsync(host, _exhibitor);
        var notices = await host.SettledAsync(3);
        foreach (var ear in (Ear[])[stand, again])
        {
            var heard = await ear.HearAsync();
            Assert.Equal((notices[2].Id, notices[2].Id, "meeting-requested"), (heard.Event, heard.Notice.Id, heard.Notice.Kind));
        }
    }

    [Fact]
    public async Task What_is_for_calendars_alone_is_not_heard_nor_made_up_for()
    {
        await using var host = await Host.StartAsync();
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        var first = Assert.Single(await host.SettledAsync(1));
        await using var ear = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", _exhibitor));
        await host.TellAsync(new MeetingDeclined(meeting with { Version = 2 }, "time", DateTimeOffset.UtcNow), _visitor);
        Assert.Single(await host.SettledAsync(3), n => n.Kind == NoticeKinds.CalendarCleared);
        await AskAsync(host, _exhibitor);
        Assert.Equal(NoticeKinds.Requested, (await ear.HearAsync()).Notice.Kind);
        await using var later = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", _exhibitor), first.Id);
        Assert.Equal(NoticeKinds.Requested, (await later.HearAsync()).Notice.Kind);
    }

    [Fact]
    public async Task A_stream_that_broke_off_goes_on_where_it_was()
    {
        await using var host = await Host.StartAsync();
        for (var i = 1; i <= 3; i++)
        {
            await AskAsync(host, _exhibitor);
            await host.SettledAsync(i);
        }
        var notices = await host.NoticesAsync();
        await using var ear = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", _exhibitor), notices[0].Id);
        Assert.Equal([notices[1].Id, notices[2].Id], [(await ear.HearAsync()).Notice.Id, (await ear.HearAsync()).Notice.Id]);
        await AskAsync(host, _exhibitor);
        var last = (await host.SettledAsync(4))[3].Id;
        Assert.Equal(last, (await ear.HearAsync()).Notice.Id);
    }

    [Fact]
    public async Task What_another_replica_writes_is_heard_also_where_it_comes_out_of_order()
    {
        await using var host = await Host.StartAsync();
        await using var ear = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", _exhibitor));
        // Another process has a bell of its own, which nobody here hears; and the later of two may be there first.
        foreach (var at in (DateTimeOffset[])[DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddSeconds(-10)])
        {
            var id = await host.AskAsync(async db =>
            {
                var row = NoticeRow.Add(db, new NoticeBell(), NoticeKinds.Requested, Recipient.Exhibitor(_exhibitor), "de", new NoticeFacts(Samples.Meeting(_visitor, _exhibitor)), at, _visitor);
                await db.SaveChangesAsync(_cancel);
                return row.Id;
            });
            Assert.Equal(id, (await ear.HearAsync()).Notice.Id);
        }
    }

    [Fact]
    public async Task Only_so_many_streams_are_open_for_one_and_a_closed_one_makes_room()
    {
        await using var host = await Host.StartAsync(("Notices:LiveStreamsEach", "1"));
        var token = host.Profile.Staff("exhibitor", _exhibitor);
        await using (await Ear.OpenAsync(host, token))
        {
            using var refused = await Ear.AskAsync(host, token, null);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Contains("too-many-streams", await refused.Content.ReadAsStringAsync(_cancel));
            await using var other = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", Guid.CreateVersion7()));
        }
        await Host.UntilAsync(async () =>
        {
            using var answer = await Ear.AskAsync(host, token, null);
            return answer.StatusCode;
        }, status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task In_all_only_so_many_streams_are_open()
    {
        await using var host = await Host.StartAsync(("Notices:LiveStreams", "2"));
        await using var one = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", Guid.CreateVersion7()));
        await using var two = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", Guid.CreateVersion7()));
        using var refused = await Ear.AskAsync(host, host.Profile.Staff("exhibitor", Guid.CreateVersion7()), null);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task A_quiet_stream_gives_signs_of_life_and_ends_by_itself()
    {
        await using var host = await Host.StartAsync(("Notices:LiveHeartbeatSeconds", "1"), ("Notices:LiveLongestSeconds", "3"));
        await using var ear = await Ear.OpenAsync(host, host.Profile.Staff("exhibitor", _exhibitor));
        var lines = await ear.RestAsync();
        Assert.Contains(": still here", lines);
        Assert.DoesNotContain(lines, l => l.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_listens_without_being_known()
    {
        await using var host = await Host.StartAsync();
        foreach (var (token, status) in new (string?, HttpStatusCode)[] { (null, HttpStatusCode.Unauthorized), (CapabilityToken.Create(), HttpStatusCode.Unauthorized), (host.Profile.Staff("organiser"), HttpStatusCode.Forbidden) })
        {
            using var answer = await Ear.AskAsync(host, token, null);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private Task<Guid> AskAsync(Host host, Guid stand) => host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, stand), DateTimeOffset.UtcNow), _visitor);

    /// <summary>A browser's end of a stream.</summary>
    private sealed class Ear(HttpResponseMessage answer, StreamReader reader) : IAsyncDisposable
    {
        public static async Task<HttpResponseMessage> AskAsync(Host host, string? token, Guid? last)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/notices/live");
            if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (last is not null) request.Headers.Add("Last-Event-ID", last.ToString());
            return await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        }

        public static async Task<Ear> OpenAsync(Host host, string token, Guid? last = null)
        {
            var answer = await AskAsync(host, token, last);
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            var ear = new Ear(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
            Assert.Equal("retry: 3000", await ear.LineAsync()); // from here on it listens
            return ear;
        }

        public async Task<(Guid Event, Notice Notice)> HearAsync()
        {
            // Signs of life go on for ever: what never comes fails the test instead of holding it.
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromMinutes(1));
            Guid id = default;
            while (true)
            {
                var line = await LineAsync(patience.Token) ?? throw new InvalidOperationException("The stream ended.");
                if (line.StartsWith("id: ", StringComparison.Ordinal)) id = Guid.Parse(line[4..]);
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return (id, JsonSerializer.Deserialize<Notice>(line[6..], JsonSerializerOptions.Web)!);
            }
        }

        public async Task<List<string>> RestAsync()
        {
            var lines = new List<string>();
            while (await LineAsync() is { } line) lines.Add(line);
            return lines;
        }

        private async Task<string?> LineAsync(CancellationToken? patience = null) => await reader.ReadLineAsync(patience ?? TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            answer.Dispose();
            return default;
        }
    }
}
