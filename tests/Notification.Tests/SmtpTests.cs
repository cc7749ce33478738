using System.Diagnostics;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.ServiceDefaults.Auth;
using MimeKit;

namespace Matchmaking.Notification.Tests;

public sealed class SmtpTests
{
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();

    [Fact]
    public async Task A_mail_waits_out_an_outage_of_the_mail_server_and_goes_once()
    {
        await using var smtp = new TinySmtp();
        await using var host = await StartAsync(smtp);
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        var waiting = await Host.UntilAsync(host.NoticesAsync, n => n is [{ Attempts: >= 2 }]);
        Assert.Equal("waiting", waiting[0].Result);

        smtp.Start();
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal("sent", notice.Result);
        var mail = Assert.Single(smtp.Taken);
        Assert.Equal($"{notice.Id}@matchmaking", mail.MessageId);
        Assert.Equal("stand@example.org", mail.To.Mailboxes.Single().Address);
        Assert.Equal("fair@example.org", mail.From.Mailboxes.Single().Address);
        Assert.Contains("jemand möchte Sie auf der Messe sprechen", mail.TextBody);
        Assert.Equal("termin.ics", mail.Attachments.OfType<TextPart>().Single().FileName);
        Assert.False(Directory.Exists(host.MailFolder));
    }

    [Fact]
    public async Task A_server_that_breaks_off_after_taking_the_mail_gets_it_again_under_the_same_id()
    {
        await using var smtp = new TinySmtp { BreakOffs = 1 };
        smtp.Start();
        await using var host = await StartAsync(smtp);
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        Assert.Equal("sent", Assert.Single(await host.SettledAsync(1)).Result);
        Assert.Equal(2, smtp.Taken.Count);
        Assert.Single(smtp.Taken.Select(m => m.MessageId).Distinct());
    }

    [Fact]
    public async Task A_reader_whom_the_server_does_not_know_is_not_tried_again()
    {
        await using var smtp = new TinySmtp { RefuseReaders = true };
        smtp.Start();
        await using var host = await StartAsync(smtp);
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal(("failed", 1, "address"), (notice.Result, notice.Attempts, notice.Failure));
    }

    [Theory, InlineData("452 4.2.2 mailbox full"), InlineData("552 5.2.2 mailbox full"), InlineData("450 4.7.1 come back later")]
    public async Task A_mailbox_that_cannot_take_a_mail_now_is_tried_again(string answer)
    {
        await using var smtp = new TinySmtp();
        smtp.Answers.Enqueue(answer);
        smtp.Answers.Enqueue(answer);
        smtp.Start();
        await using var host = await StartAsync(smtp);
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal(("sent", 3, null), (notice.Result, notice.Attempts, notice.Failure));
        Assert.Single(smtp.Taken);
    }

    [Fact]
    public async Task Whom_the_word_of_an_agreed_meeting_has_not_reached_hears_it_with_the_link_that_holds_now()
    {
        await using var smtp = new TinySmtp();
        await using var host = await StartAsync(smtp);
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        await host.TellAsync(Samples.Contact(_visitor, CapabilityToken.Create(), language: "en"), _visitor);
        var agreed = Samples.Meeting(_visitor, _exhibitor) with { Version = 2, Format = "video", Join = "https://old.example.org/kwm" };
        await host.TellAsync(new MeetingAccepted(agreed, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n is [{ Attempts: > 0 }]);
        await host.TellAsync(new MeetingRelocated(agreed with { Version = 3, Join = "https://new.example.org/kwm" }, "accepted", DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count == 2);
        smtp.Start();
        var notices = await host.SettledAsync(2);

        // The first one goes nowhere, but where it was on its way at that moment.
        Assert.Equal(["meeting-accepted", "meeting-accepted"], notices.Select(n => n.Kind));
        Assert.Equal("sent", notices[^1].Result);
        Assert.Contains(smtp.Taken, mail => mail.TextBody!.Contains("https://new.example.org/kwm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_many_mails_that_an_outage_held_up_none_is_lost_and_none_comes_twice()
    {
        const int many = 40;
        await using var smtp = new TinySmtp();
        await using var host = await StartAsync(smtp);
        for (var i = 0; i < many; i++) await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        var organiser = host.Profile.Staff("organiser");
        var seen = await Host.UntilAsync(async () => (await (await host.GetAsync("/api/notices/failed", organiser)).Content.ReadFromJsonAsync<NoticeFailures>())!, f => f.Retried == many);
        Assert.Empty(seen.Failed);
        Assert.NotNull(seen.Since);
        smtp.Start();
        var notices = await host.SettledAsync(many);
        Assert.All(notices, n => Assert.Equal("sent", n.Result));
        Assert.Equal(notices.Select(n => $"{n.Id}@matchmaking").Order(), smtp.Taken.Select(m => m.MessageId).Order());
    }

    [Fact]
    public void An_hour_without_a_mail_server_takes_few_of_the_tries_and_all_of_them_last_for_a_day()
    {
        var options = new NotificationOptions();
        var waited = TimeSpan.Zero;
        var tries = 1;
        for (; waited < TimeSpan.FromHours(1); tries++) waited += options.WaitAfter(tries);
        Assert.InRange(tries, 10, 20);
        Assert.InRange(Enumerable.Range(1, options.Attempts - 1).Sum(n => options.WaitAfter(n).TotalHours), 20, 28);
    }

    [Fact]
    public async Task What_failed_for_good_stands_with_the_organiser_and_goes_once_more_by_a_button()
    {
        await using var smtp = new TinySmtp { RefuseReaders = true };
        smtp.Start();
        await using var host = await StartAsync(smtp);
        host.Profile.Knows("visitor", _visitor, "gone@example.org");
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        await host.TellAsync(new MeetingAccepted(Samples.Meeting(_visitor, _exhibitor, 2), DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(2);
        var organiser = host.Profile.Staff("organiser");
        var failures = await ReadAsync<NoticeFailures>(host, HttpMethod.Get, "/api/notices/failed", organiser);
        Assert.Equal([(null, "visitor"), (_exhibitor, "exhibitor")], failures.Failed.Select(f => (f.ExhibitorId, f.Side)).OrderBy(f => f.Item2 == "exhibitor"));
        Assert.All(failures.Failed, f => Assert.Equal(("address", 1), (f.Failure, f.Attempts)));
        Assert.DoesNotContain(_visitor.ToString(), System.Text.Json.JsonSerializer.Serialize(failures));
        foreach (var role in (string[])["analyst", "exhibitor"]) Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await host.GetAsync("/api/notices/failed", host.Profile.Staff(role, _exhibitor))).StatusCode);

        smtp.RefuseReaders = false;
        var stands = failures.Failed.Single(f => f.Side == "exhibitor");
        Assert.Equal(1, (await ReadAsync<NoticesSentAgain>(host, HttpMethod.Post, $"/api/notices/{stands.Id}/send-again", organiser)).Notices);
        await Host.UntilAsync(host.NoticesAsync, n => n.Single(w => w.Id == stands.Id) is { Result: "sent", Attempts: 1, Failure: null });
        Assert.Equal("stand@example.org", Assert.Single(smtp.Taken).To.Mailboxes.Single().Address);
        // Pressed again, it is not there any more: nothing comes twice.
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Post, $"/api/notices/{stands.Id}/send-again", organiser)).StatusCode);
        Assert.Equal(1, (await ReadAsync<NoticesSentAgain>(host, HttpMethod.Post, "/api/notices/failed/send-again", organiser)).Notices);
        await host.SettledAsync(2);
        Assert.Equal(2, smtp.Taken.Count);
        Assert.Empty((await ReadAsync<NoticeFailures>(host, HttpMethod.Get, "/api/notices/failed", organiser)).Failed);
    }

    private static async Task<T> ReadAsync<T>(Host host, HttpMethod method, string path, string token)
    {
        var answer = await SendAsync(host, method, path, token);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }

    private static Task<HttpResponseMessage> SendAsync(Host host, HttpMethod method, string path, string token)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", token);
        return host.Client.SendAsync(request);
    }

    [Fact]
    public async Task The_sending_continues_the_trace_of_the_event()
    {
        var spans = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name.StartsWith("Matchmaking", StringComparison.Ordinal) || s.Name == "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var smtp = new TinySmtp();
        smtp.Start();
        await using var host = await StartAsync(smtp);
        string trace;
        using (var click = new Activity("click").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            click.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            trace = click.TraceId.ToString();
            await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        }
        await host.SettledAsync(1);
        var sent = await Host.UntilAsync(() => Task.FromResult(spans.Where(s => s.OperationName == "notice send" && s.TraceId.ToString() == trace).ToList()), s => s.Count == 1);
        Assert.DoesNotContain(sent[0].TagObjects, t => $"{t.Value}".Contains('@'));
    }

    private async Task<Host> StartAsync(TinySmtp smtp)
    {
        var host = await Host.StartAsync(("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{smtp.Port}"), ("Smtp:Tls", "none"), ("Smtp:From", "fair@example.org"));
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        return host;
    }
}
