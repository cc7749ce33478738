using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Tests;

/// <summary>What a stand's own system is told.</summary>
public sealed class WebhookTests
{
    private const string Path = "/api/notices/webhooks";
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public void Signatures_are_those_of_the_specification() => // its own example
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookSecrets.Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}"));

    [Fact]
    public async Task Each_step_of_a_meeting_is_told_once_signed_and_with_what_was_released_alone()
    {
        await using var receiver = await TinyReceiver.StartAsync();
        await using var host = await StartAsync();
        var made = await RegisterAsync(host, receiver.Url);
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        var requested = new MeetingRequested(meeting, DateTimeOffset.UtcNow);
        var id = await host.TellAsync(requested, _visitor);
        await host.TellAsync(requested, _visitor, id);
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, Guid.CreateVersion7()), DateTimeOffset.UtcNow), _visitor); // another stand's
        await Host.UntilAsync(() => Task.FromResult(receiver.Taken.Count), n => n == 1);
        await host.TellAsync(new MeetingAccepted(meeting with { Version = 2, VisitorLanguages = [], VisitorGerman = null }, DateTimeOffset.UtcNow), _visitor);
        await DeliveredAsync(host, 2);
        await host.TellAsync(new MeetingRelocated(meeting with { Version = 3, Table = 2 }, "accepted", DateTimeOffset.UtcNow), _visitor);
        await DeliveredAsync(host, 3);

        var taken = receiver.Taken.ToArray();
        Assert.Equal(3, taken.Length);
        Assert.Equal(3, taken.Select(t => t.Id).Distinct().Count());
        foreach (var t in taken) Assert.Equal(WebhookSecrets.Signature(made.Secret, t.Id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(t.Timestamp)), t.Body), t.Signature);
        var bodies = taken.Select(t => JsonSerializer.Deserialize<WebhookBody<WebhookMeeting>>(t.Body, JsonSerializerOptions.Web)!).ToArray();
        Assert.Equal([("meeting.requested", "requested", 1L), ("meeting.accepted", "accepted", 2L), ("meeting.relocated", "accepted", 3L)], bodies.Select(b => (b.Type, b.Data.Status, b.Data.Version)));
        Assert.Equal(2, bodies[2].Data.Table);
        Assert.Equal(["uk", "ru"], bodies[0].Data.Visitor!.Languages);
        Assert.Null(bodies[1].Data.Visitor);
        Assert.All(taken, t => Assert.DoesNotContain(_visitor.ToString(), t.Body));
        // What has been delivered is not kept.
        Assert.All(await host.AskAsync(db => db.Deliveries.AsNoTracking().ToListAsync(_cancel)), d => Assert.Null(d.Body));
    }

    [Fact]
    public async Task A_delivery_that_fails_comes_again_under_the_same_id_and_what_is_given_up_is_told_and_goes_by_hand()
    {
        await using var receiver = await TinyReceiver.StartAsync();
        await using var host = await StartAsync(("Webhooks:Attempts", "3"));
        var made = await RegisterAsync(host, receiver.Url);
        foreach (var status in (int[])[500, 302]) receiver.Answers.Enqueue(status);
        await AskAsync(host);
        await DeliveredAsync(host, 1);
        Assert.Equal(3, receiver.Taken.Count);
        Assert.Single(receiver.Taken.Select(t => (t.Id, t.Body)).Distinct());
        Assert.Equal("active", (await ReadAsync<List<WebhookView>>(host, Path))[0].State);

        receiver.Always = 503;
        await AskAsync(host);
        var deliveries = await Host.UntilAsync(() => ReadAsync<List<WebhookDeliveryView>>(host, $"{Path}/{made.Id}/deliveries"), d => d.Count == 2 && d[0].Result == "failed");
        Assert.Equal((3, 503, "status"), (deliveries[0].Attempts, deliveries[0].Status, deliveries[0].Failure));
        Assert.Equal(("delivered", 3, 204), (deliveries[1].Result, deliveries[1].Attempts, deliveries[1].Status));
        Assert.Equal("failing", (await ReadAsync<List<WebhookView>>(host, Path))[0].State);

        receiver.Always = 0;
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(host, HttpMethod.Post, $"{Path}/{made.Id}/deliveries/{deliveries[0].Id}/again")).StatusCode);
        await DeliveredAsync(host, 2);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(host, HttpMethod.Post, $"{Path}/{made.Id}/deliveries/{deliveries[0].Id}/again")).StatusCode);
    }

    [Fact]
    public async Task A_system_that_hangs_holds_up_nobody_else_and_counts_as_failed()
    {
        // Of one machine, as two stands have it whose systems one provider keeps.
        await using var receiver = await TinyReceiver.StartAsync();
        receiver.HangsAt = "/hook/hangs";
        // No time-out comes to the help of the quick one: it is long enough to be seen hanging.
        await using var host = await StartAsync(("Webhooks:TimeoutSeconds", "30"));
        var other = Guid.CreateVersion7();
        await RegisterAsync(host, $"{receiver.Url}/hangs");
        await RegisterAsync(host, receiver.Url, other);
        for (var i = 0; i < 40; i++) await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => Task.FromResult(Volatile.Read(ref receiver.Hanging)), n => n >= 2);
        for (var i = 0; i < 10; i++) await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, other), DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => Task.FromResult(receiver.Taken.Count), n => n == 10);
        Assert.InRange(receiver.Hanging, 2, 2 * WebhookOptions.AtOnceEach);
    }

    [Fact]
    public async Task An_answer_is_waited_for_only_so_long()
    {
        await using var receiver = await TinyReceiver.StartAsync();
        receiver.Hangs = true;
        await using var host = await StartAsync(("Webhooks:TimeoutSeconds", "1"), ("Webhooks:Attempts", "1"));
        var made = await RegisterAsync(host, receiver.Url);
        await AskAsync(host);
        var deliveries = await Host.UntilAsync(() => ReadAsync<List<WebhookDeliveryView>>(host, $"{Path}/{made.Id}/deliveries"), d => d is [{ Result: "failed" }]);
        Assert.Equal(("timeout", null), (deliveries[0].Failure, deliveries[0].Status));
        Assert.Equal(10, new WebhookOptions().TimeoutSeconds);
    }

    [Fact]
    public async Task Days_of_failures_turn_a_webhook_off_its_stand_is_told_once_and_turns_it_on_again()
    {
        await using var receiver = await TinyReceiver.StartAsync();
        await using var host = await StartAsync();
        var made = await RegisterAsync(host, receiver.Url);
        await host.AskAsync(db => db.Webhooks.ExecuteUpdateAsync(w => w.SetProperty(r => r.FailingSince, DateTimeOffset.UtcNow.AddDays(-5).AddMinutes(-1)), _cancel));
        receiver.Always = 500;
        await AskAsync(host);
        await Host.UntilAsync(() => ReadAsync<List<WebhookView>>(host, Path), w => w is [{ State: "disabled", DisabledWhy: "failing" }]);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count(x => x is { Kind: NoticeKinds.WebhookDisabled, Result: "sent" }) == 1);
        Assert.Contains(NoticeTests.Mails(host), m => m.Subject == "Ihr Webhook wurde abgeschaltet" && m.To.Mailboxes.Single().Address == "stand@example.org");
        // Turned off, it is told nothing; what waited is given up.
        await Host.UntilAsync(() => ReadAsync<List<WebhookDeliveryView>>(host, $"{Path}/{made.Id}/deliveries"), d => d is [{ Result: "failed", Failure: "disabled" }]);
        await AskAsync(host);
        await host.SettledAsync(3);
        Assert.Single(await ReadAsync<List<WebhookDeliveryView>>(host, $"{Path}/{made.Id}/deliveries"));

        receiver.Always = 0;
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(host, HttpMethod.Post, $"{Path}/{made.Id}/enable")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(host, HttpMethod.Post, $"{Path}/{made.Id}/test")).StatusCode);
        await DeliveredAsync(host, 1);
        Assert.Contains("\"webhook.test\"", receiver.Taken.Last().Body);
    }

    [Fact]
    public async Task A_system_that_says_it_is_gone_is_left_alone_at_once()
    {
        await using var receiver = await TinyReceiver.StartAsync();
        await using var host = await StartAsync();
        await RegisterAsync(host, receiver.Url);
        receiver.Always = 410;
        await AskAsync(host);
        await Host.UntilAsync(() => ReadAsync<List<WebhookView>>(host, Path), w => w is [{ State: "disabled", DisabledWhy: "gone" }]);
        Assert.Single(receiver.Taken);
    }

    [Fact]
    public async Task A_new_secret_signs_beside_the_old_one_and_neither_is_told_again_or_stored_readably()
    {
        await using var receiver = await TinyReceiver.StartAsync();
        await using var host = await StartAsync();
        var first = await RegisterAsync(host, receiver.Url);
        var second = (await (await SendAsync(host, HttpMethod.Post, $"{Path}/{first.Id}/secret")).Content.ReadFromJsonAsync<WebhookSecret>(_cancel))!;
        Assert.NotEqual(first.Secret, second.Secret);
        await AskAsync(host);
        await DeliveredAsync(host, 1);
        var taken = Assert.Single(receiver.Taken);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(taken.Timestamp));
        Assert.Equal([WebhookSecrets.Signature(second.Secret, taken.Id, at, taken.Body), WebhookSecrets.Signature(first.Secret, taken.Id, at, taken.Body)], taken.Signature.Split(' '));

        await host.AskAsync(db => db.Webhooks.ExecuteUpdateAsync(w => w.SetProperty(r => r.PreviousUntil, DateTimeOffset.UtcNow.AddSeconds(-1)), _cancel));
        await AskAsync(host);
        await DeliveredAsync(host, 2);
        Assert.DoesNotContain(' ', receiver.Taken.Last().Signature);

        var stored = await host.AskAsync(db => db.Webhooks.AsNoTracking().SingleAsync(_cancel));
        Assert.DoesNotContain(second.Secret[6..20], stored.Secret);
        Assert.DoesNotContain("whsec", await (await SendAsync(host, HttpMethod.Get, Path)).Content.ReadAsStringAsync(_cancel));
    }

    [Theory]
    [InlineData("http://hooks.example.org/x", "https://")]
    [InlineData("https://127.0.0.1/x", "")]
    [InlineData("https://[::1]/x", "")]
    [InlineData("https://10.1.2.3:8443/x", "")]
    [InlineData("https://169.254.169.254/latest/meta-data", "")]
    [InlineData("https://[::ffff:192.168.0.1]/x", "")]
    [InlineData("https://[64:ff9b::7f00:1]/x", "")]
    [InlineData("https://2130706433/x", "")]
    [InlineData("https://0x7f.1/x", "")]
    [InlineData("https://localhost/x", "")]
    [InlineData("https://rabbitmq/x", "")]
    [InlineData("https://matching.fair.svc.cluster.local/x", "")]
    [InlineData("https://a:b@hooks.example.org/x", "https://stand.example.org")]
    [InlineData("https://hooks.example.org/x#y", "https://stand.example.org")]
    [InlineData("ftp://hooks.example.org/x", "https://")]
    [InlineData("https://hooks.example.org/x\r\ny", "https://stand.example.org")]
    [InlineData("hooks", "https://stand.example.org")]
    [InlineData("", "")]
    public async Task An_address_that_others_could_not_reach_or_read_along_is_refused_by_field(string url, string repair)
    {
        await using var host = await Host.StartAsync();
        var refused = await SendAsync(host, HttpMethod.Post, Path, new WebhookWish(url));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadAsStringAsync(_cancel);
        Assert.Contains("\"url\"", problem);
        Assert.Contains(repair, problem);
        Assert.Equal(0, await host.AskAsync(db => db.Webhooks.CountAsync(_cancel)));
    }

    [Fact]
    public async Task A_name_that_leads_inside_when_it_is_asked_is_not_connected_to()
    {
        await using var receiver = await TinyReceiver.StartAsync();
        await using var host = await Host.StartAsync(("Webhooks:Attempts", "1"));
        // As if the name had led elsewhere while it was registered.
        var id = Guid.CreateVersion7();
        await host.AskAsync(async db =>
        {
            var secrets = (WebhookSecrets)host.Services.GetService(typeof(WebhookSecrets))!;
            db.Webhooks.Add(new Webhook { Id = id, ExhibitorId = _exhibitor, Url = receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), Secret = secrets.Create().Stored, CreatedAt = DateTimeOffset.UtcNow });
            return await db.SaveChangesAsync(_cancel);
        });
        await AskAsync(host);
        var deliveries = await Host.UntilAsync(() => ReadAsync<List<WebhookDeliveryView>>(host, $"{Path}/{id}/deliveries"), d => d is [{ Result: "failed" }]);
        Assert.Equal("address", deliveries[0].Failure);
        Assert.Empty(receiver.Taken);
    }

    [Theory]
    [InlineData("93.184.216.34", true), InlineData("8.8.8.8", true), InlineData("2606:2800:220:1::1", true), InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.0.0.0", false), InlineData("100.64.0.1", false), InlineData("172.31.255.255", false), InlineData("172.32.0.1", true), InlineData("192.168.1.1", false), InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false), InlineData("255.255.255.255", false), InlineData("::", false), InlineData("fe80::1", false), InlineData("fc00::1", false), InlineData("ff02::1", false)]
    [InlineData("2001:db8::1", false), InlineData("2002:7f00:1::", false), InlineData("2001::1", false), InlineData("::ffff:10.0.0.1", false), InlineData("::127.0.0.1", false)]
    public void Only_addresses_of_the_public_internet_are_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task Local_addresses_are_for_demo_mode_alone()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Host.StartAsync(("Webhooks:AllowLocal", "true")));
        Assert.Contains("demo mode alone", refused.Message);
    }

    [Fact]
    public async Task A_stand_has_only_so_many_no_address_twice_and_nobody_touches_anothers()
    {
        await using var host = await StartAsync(("Webhooks:MostEach", "2"));
        var made = await RegisterAsync(host, "http://127.0.0.1:1/a");
        Assert.Contains("webhook-exists", await (await SendAsync(host, HttpMethod.Post, Path, new WebhookWish("http://127.0.0.1:1/a"))).Content.ReadAsStringAsync(_cancel));
        await RegisterAsync(host, "http://127.0.0.1:1/b");
        Assert.Contains("webhook-cap", await (await SendAsync(host, HttpMethod.Post, Path, new WebhookWish("http://127.0.0.1:1/c"))).Content.ReadAsStringAsync(_cancel));
        var other = Guid.CreateVersion7();
        foreach (var (method, path) in new[] { (HttpMethod.Delete, $"{Path}/{made.Id}"), (HttpMethod.Post, $"{Path}/{made.Id}/secret"), (HttpMethod.Post, $"{Path}/{made.Id}/enable"), (HttpMethod.Post, $"{Path}/{made.Id}/test"), (HttpMethod.Get, $"{Path}/{made.Id}/deliveries") })
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, method, path, stand: other)).StatusCode);
        Assert.Empty(await ReadAsync<List<WebhookView>>(host, Path, other));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(host, HttpMethod.Delete, $"{Path}/{made.Id}")).StatusCode);
        Assert.Single(await ReadAsync<List<WebhookView>>(host, Path));
    }

    [Fact]
    public async Task However_many_are_registered_at_once_a_stand_has_only_so_many()
    {
        await using var host = await StartAsync(("Webhooks:MostEach", "2"));
        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => SendAsync(host, HttpMethod.Post, Path, new WebhookWish($"http://127.0.0.1:1/{n}"))));
        Assert.True((await ReadAsync<List<WebhookView>>(host, Path)).Count <= 2);
    }

    [Fact]
    public async Task An_erasure_takes_what_still_waits_and_the_stand_hears_that_nobody_comes()
    {
        await using var receiver = await TinyReceiver.StartAsync();
        await using var host = await StartAsync(("Webhooks:FirstWaitMs", "3600000"));
        await RegisterAsync(host, receiver.Url);
        receiver.Always = 500;
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => Task.FromResult(receiver.Taken.Count), n => n == 1);
        await host.TellAsync(new VisitorErased(_visitor, Guid.CreateVersion7(), DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => host.AskAsync(db => db.Deliveries.CountAsync(_cancel)), n => n == 0);
        receiver.Always = 0;
        await host.TellAsync(new MeetingCancelled(meeting with { Version = 2 }, "visitor", DateTimeOffset.UtcNow), _visitor);
        await DeliveredAsync(host, 1);
        Assert.DoesNotContain("\"uk\"", receiver.Taken.Last().Body);
        Assert.Equal(0, await host.AskAsync(db => db.Deliveries.CountAsync(d => d.VisitorId != null, _cancel)));
    }

    private Task<Guid> AskAsync(Host host) => host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);

    private Task<int> DeliveredAsync(Host host, int count) => Host.UntilAsync(() => host.AskAsync(db => db.Deliveries.CountAsync(d => d.Result == "delivered", _cancel)), n => n == count);

    private async Task<WebhookSecret> RegisterAsync(Host host, string url, Guid? stand = null)
    {
        var answer = await SendAsync(host, HttpMethod.Post, Path, new WebhookWish(url), stand);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<WebhookSecret>(_cancel))!;
    }

    private async Task<T> ReadAsync<T>(Host host, string path, Guid? stand = null) => (await (await SendAsync(host, HttpMethod.Get, path, stand: stand)).Content.ReadFromJsonAsync<T>(_cancel))!;

    private async Task<HttpResponseMessage> SendAsync(Host host, HttpMethod method, string path, object? body = null, Guid? stand = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.Profile.Staff("exhibitor", stand ?? _exhibitor));
        return await host.Client.SendAsync(request, _cancel);
    }

    private async Task<Host> StartAsync(params (string, string)[] settings)
    {
        (string Key, string Value)[] usual = [("Demo:Enabled", "true"), ("Webhooks:AllowLocal", "true"), ("Webhooks:FirstWaitMs", "20")];
        var host = await Host.StartAsync([.. usual.Where(u => !Array.Exists(settings, s => s.Item1 == u.Key)), .. settings]);
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        return host;
    }
}
