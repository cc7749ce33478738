using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Channels;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Notification.Tests;

public sealed class ErasureTests
{
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();
    private readonly string _token = CapabilityToken.Create();

    [Fact]
    public async Task An_erasure_takes_rows_and_mails_on_both_sides_and_is_confirmed()
    {
        await using var host = await Host.StartAsync();
        var (other, otherToken) = (Guid.CreateVersion7(), CapabilityToken.Create());
        host.Profile.Knows("visitor", _visitor, "o@example.org");
        host.Profile.Knows("visitor", other, "p@example.org");
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        await host.TellAsync(Samples.Contact(_visitor, _token), _visitor);
        await host.TellAsync(Samples.Ranked(_visitor), _visitor);
        await host.TellAsync(new VisitorLinkIssued(_visitor, CapabilityToken.Hash(CapabilityToken.Create()), DateTimeOffset.UtcNow), _visitor);
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        await host.TellAsync(Samples.Contact(other, otherToken), other);
        await host.TellAsync(Samples.Ranked(other), other);
        await host.SettledAsync(3);
        Assert.Equal(3, NoticeTests.Mails(host).Count);

        var erasure = Guid.CreateVersion7();
        await host.TellAsync(new VisitorErased(_visitor, erasure, DateTimeOffset.UtcNow), _visitor);
        var confirmed = await host.AskAsync(db => Host.UntilAsync(() => db.Outbox.AsNoTracking().Where(o => o.Type == typeof(ErasureConfirmed).FullName).ToListAsync(), o => o.Count == 1));
        Assert.Contains(erasure.ToString(), confirmed[0].Body);
        Assert.Contains("\"notification\"", confirmed[0].Body);

        Assert.Equal(other, Assert.Single(await host.NoticesAsync()).VisitorId);
        Assert.Equal("p@example.org", Assert.Single(NoticeTests.Mails(host)).To.Mailboxes.Single().Address);
        Assert.Equal(0, await host.AskAsync(db => db.Links.CountAsync(l => l.VisitorId == _visitor)));
        Assert.Equal(0, await host.AskAsync(db => db.MeetingsTold.CountAsync(m => m.VisitorId == _visitor)));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await host.GetAsync("/api/notices", _token)).StatusCode);
    }

    [Fact]
    public async Task The_tombstone_wins_over_what_comes_late_but_the_exhibitor_learns_that_nobody_comes()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        await host.TellAsync(new VisitorErased(_visitor, Guid.CreateVersion7(), DateTimeOffset.UtcNow), _visitor);
        await host.AskAsync(db => Host.UntilAsync(() => db.Visitors.CountAsync(v => v.ErasedAt != null), n => n == 1));

        var meeting = Samples.Meeting(_visitor, _exhibitor, 5);
        Guid[] late = [
            await host.TellAsync(Samples.Contact(_visitor, _token, version: 9), _visitor),
            await host.TellAsync(Samples.Ranked(_visitor, 9), _visitor),
            await host.TellAsync(new VisitorLinkIssued(_visitor, CapabilityToken.Hash(_token), DateTimeOffset.UtcNow), _visitor),
            await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor),
            await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow), _visitor),
            await host.TellAsync(new MeetingCancelled(meeting with { Version = 6 }, "visitor", DateTimeOffset.UtcNow), _visitor)];
        await host.AskAsync(db => Host.UntilAsync(() => db.Inbox.CountAsync(i => late.Contains(i.MessageId)), n => n == late.Length));

        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal(("meeting-cancelled", (Guid?)null), (notice.Kind, notice.VisitorId));
        Assert.Equal("stand@example.org", Assert.Single(NoticeTests.Mails(host)).To.Mailboxes.Single().Address);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await host.GetAsync("/api/notices", _token)).StatusCode);
    }

    [Fact]
    public async Task A_mail_whose_notice_is_gone_does_not_outlive_the_next_sweep()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org");
        await host.TellAsync(Samples.Contact(_visitor, _token), _visitor);
        await host.TellAsync(Samples.Ranked(_visitor), _visitor);
        await host.SettledAsync(1);
        var orphan = Path.Combine(host.MailFolder, $"{Guid.CreateVersion7()}.eml");
        await File.WriteAllTextAsync(orphan, "To: o@example.org\r\n\r\nleft behind", TestContext.Current.CancellationToken);

        await host.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<Inbox.NoticeSweeper>().Single().SweepAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(orphan));
        Assert.Single(host.Services.GetRequiredService<MailFolder>().List());
    }
}
