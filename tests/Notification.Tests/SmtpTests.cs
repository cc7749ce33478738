using System.Diagnostics;
using Matchmaking.Contracts.Matching;
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
        Assert.Equal(("failed", 1), (notice.Result, notice.Attempts));
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
