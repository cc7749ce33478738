using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace Matchmaking.Notification.Tests;

/// <summary>Mails that come back after the mail server had taken them.</summary>
public sealed class BounceTests
{
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();

    private static readonly DateTimeOffset Sent = new(DateTimeOffset.UtcNow.AddDays(1).Date, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_comes_back_stands_with_the_organiser_and_goes_once_more_by_a_button()
    {
        await using var smtp = new TinySmtp();
        await using var mailbox = new TinyPop3();
        smtp.Start();
        await using var host = await StartAsync(smtp, mailbox);
        var notice = await SentAsync(host);

        mailbox.Mails["a"] = Report($"{notice.Id}@matchmaking", "failed", "5.1.1");
        var failed = Assert.Single((await Host.UntilAsync(() => FailuresAsync(host), f => f.Failed.Count > 0)).Failed);
        Assert.Equal((notice.Id, "address", "exhibitor"), (failed.Id, failed.Failure, failed.Side));
        await Host.UntilAsync(() => Task.FromResult(mailbox.Mails.Count), left => left == 0);

        var again = new HttpRequestMessage(HttpMethod.Post, $"/api/notices/{notice.Id}/send-again") { Headers = { Authorization = new("Bearer", host.Profile.Staff("organiser")) } };
        Assert.Equal(1, (await (await host.Client.SendAsync(again, Cancel)).Content.ReadFromJsonAsync<NoticesSentAgain>(Cancel))!.Notices);
        Assert.Equal(("sent", null), (await host.SettledAsync(1))[0] is var sent ? (sent.Result, sent.Failure) : default);
        Assert.Equal([notice.Subject, notice.Subject], smtp.Taken.Select(m => m.Subject));
        Assert.Equal(smtp.Taken.First().TextBody, smtp.Taken.Last().TextBody);

        // The report about the first sending comes once more, and says nothing of the second.
        await host.AskAsync(db => db.Notices.ExecuteUpdateAsync(n => n.SetProperty(r => r.SentAt, DateTimeOffset.UtcNow.AddMinutes(5)), Cancel));
        mailbox.Mails["b"] = Report($"{notice.Id}@matchmaking", "failed", "5.1.1", sent: DateTimeOffset.UtcNow);
        await Host.UntilAsync(() => Task.FromResult(mailbox.Mails.Count), left => left == 0);
        Assert.Equal("sent", (await host.NoticesAsync())[0].Result);

        // What would be said again is kept for six days.
        await SweepAsync();
        Assert.NotNull((await host.NoticesAsync())[0].Facts);
        await host.AskAsync(db => db.Notices.ExecuteUpdateAsync(n => n.SetProperty(r => r.SentAt, DateTimeOffset.UtcNow.AddDays(-7)), Cancel));
        await SweepAsync();
        Assert.Null((await host.NoticesAsync())[0].Facts);
        // What comes back after that cannot be said again, and is not offered.
        mailbox.Mails["c"] = Report($"{notice.Id}@matchmaking", "failed", "4.4.7");
        Assert.False(Assert.Single((await Host.UntilAsync(() => FailuresAsync(host), f => f.Failed.Count > 0)).Failed).Repeatable);
        var late = new HttpRequestMessage(HttpMethod.Post, "/api/notices/failed/send-again") { Headers = { Authorization = new("Bearer", host.Profile.Staff("organiser")) } };
        Assert.Equal(0, (await (await host.Client.SendAsync(late, Cancel)).Content.ReadFromJsonAsync<NoticesSentAgain>(Cancel))!.Notices);

        Task SweepAsync() => host.Services.GetServices<IHostedService>().OfType<Inbox.NoticeSweeper>().Single().SweepAsync(Cancel);
    }

    [Fact]
    public async Task What_is_late_is_waited_for_and_what_people_wrote_stays_in_the_mailbox()
    {
        await using var smtp = new TinySmtp();
        await using var mailbox = new TinyPop3();
        smtp.Start();
        await using var host = await StartAsync(smtp, mailbox);
        var notice = await SentAsync(host);
        mailbox.Mails["a-late"] = Report($"{notice.Id}@matchmaking", "delayed", "4.4.1");
        mailbox.Mails["b-letter"] = "From: somebody@example.org\nSubject: Frage\nMessage-ID: <1@example.org>\n\nWo ist Halle 2?\n";
        mailbox.Mails["c-others"] = Report("1@example.org", "failed", "5.1.1");
        mailbox.Mails["d-huge"] = Report($"{notice.Id}@matchmaking", "failed", "5.1.1") + new string('x', 1024 * 1024);
        mailbox.Mails["b-broken"] = "\n\n";
        mailbox.Mails["e-unknown"] = Report($"{Guid.CreateVersion7()}@matchmaking", "failed", "5.1.1");
        await Host.UntilAsync(() => Task.FromResult(mailbox.Mails.Count), left => left == 4);
        // Looked at once, not each time.
        mailbox.Mails["f"] = Report($"{Guid.CreateVersion7()}@matchmaking", "failed", "5.1.1");
        await Host.UntilAsync(() => Task.FromResult(mailbox.Mails.Count), left => left == 4);
        Assert.Equal(["a-late", "b-broken", "b-letter", "c-others", "e-unknown", "f"], mailbox.Fetched);
        Assert.Equal("sent", Assert.Single(await host.NoticesAsync()).Result);
    }

    [Theory, InlineData("5.1.1", "address"), InlineData("5.2.1", "address"), InlineData("5.2.2", "no-answer"), InlineData("4.4.7", "no-answer"), InlineData("5.7.1", "refused"), InlineData("", "refused"), InlineData("5.1.8", "refused"), InlineData("5.2.1 (mailbox disabled)", "address")]
    public async Task A_report_says_why_with_the_whole_mail_or_its_head_alone(string status, string failure)
    {
        var id = Guid.CreateVersion7();
        foreach (var head in (bool[])[true, false])
        {
            using var mail = await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Report($"{id}@matchmaking", "Failed", status, head))), Cancel);
            Assert.Equal(new Failures.Bounce(id, failure, Sent), Failures.Bounce.Of(mail));
        }
    }

    [Fact]
    public async Task A_mailbox_without_its_password_keeps_the_service_from_starting_with_a_clear_line()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => Host.StartAsync(("Bounces:Host", "127.0.0.1")));
        Assert.Contains("Bounces:Host needs Bounces:User and Bounces:Password", error.ToString());
    }

    private async Task<Host> StartAsync(TinySmtp smtp, TinyPop3 mailbox)
    {
        var host = await Host.StartAsync(
            ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{smtp.Port}"), ("Smtp:Tls", "none"), ("Smtp:From", "fair@example.org"),
            ("Bounces:Host", "127.0.0.1"), ("Bounces:Port", $"{mailbox.Port}"), ("Bounces:Tls", "none"), ("Bounces:User", "fair"), ("Bounces:Password", "secret"), ("Bounces:EverySeconds", "1"));
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        return host;
    }

    /// <summary>A notice whose mail the mail server has taken.</summary>
    private async Task<Inbox.NoticeRow> SentAsync(Host host)
    {
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal("sent", notice.Result);
        return notice;
    }

    private static async Task<NoticeFailures> FailuresAsync(Host host) =>
        (await (await host.GetAsync("/api/notices/failed", host.Profile.Staff("organiser"))).Content.ReadFromJsonAsync<NoticeFailures>(Cancel))!;

    /// <summary>As mail servers write it (RFC 3464, RFC 6522).</summary>
    private static string Report(string id, string action, string status, bool headAlone = true, DateTimeOffset? sent = null) => $"""
        From: MAILER-DAEMON@example.org
        To: fair@example.org
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        The mail could not be delivered.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.org

        Final-Recipient: rfc822; gone@example.org
        Action: {action}
        Status: {status}

        --b
        Content-Type: {(headAlone ? "text/rfc822-headers" : "message/rfc822")}

        From: fair@example.org
        To: gone@example.org
        Message-ID: <{id}>
        Date: {MimeKit.Utils.DateUtils.FormatDate(sent ?? Sent)}
        Subject: Test

        {(headAlone ? "" : "Text")}
        --b--

        """;
}
