using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Preferences;
using Matchmaking.Notification.Timing;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Matchmaking.Notification.Tests;

/// <summary>A stand's tentative entry goes when it proposes other times, whatever it is told of the meeting before that mail is sent.</summary>
public sealed class EntryRemovalTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    public static readonly TheoryData<string> Ends = ["expired", "cancelled"];

    [Theory, MemberData(nameof(Ends))]
    public async Task A_digest_takes_the_entry_away_once_though_the_end_is_told_in_it_too(string end)
    {
        await using var host = await StartAsync();
        var meeting = Meeting(TimeSpan.FromDays(5));
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await GatherAsync(host);
        await ProposedAsync(host, meeting, "gathered");
        await EndAsync(host, meeting, end);
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Count(w => w.Result == "gathered") == 2);
        await DigestAsync(host, days: 1);

        Assert.Equal([("REQUEST", 1), ("CANCEL", 2)], Entries(host));
        Assert.Contains(NoticeTests.Mails(host).Single(m => m.Attachments.Any(a => Method(a) == "CANCEL")).TextBody!.Split('\n'), line => line.Contains("KWM", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task A_digest_takes_the_entry_away_though_the_end_came_by_itself_meanwhile(string end)
    {
        await using var host = await StartAsync();
        var meeting = Meeting(TimeSpan.FromDays(5));
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await GatherAsync(host);
        await ProposedAsync(host, meeting, "gathered");
        await EndAsync(host, Meeting(TimeSpan.FromMinutes(90)) with { MeetingId = meeting.MeetingId }, end);
        await Host.UntilAsync(() => OfStandAsync(host), n => n is [_, _, { Result: "sent" }]);
        await DigestAsync(host, days: 1);
        Assert.Equal([("REQUEST", 1), ("CANCEL", 2)], Entries(host));
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task What_is_told_in_the_same_digest_takes_nothing_away_that_no_mail_has_brought(string end)
    {
        await using var host = await StartAsync();
        await GatherAsync(host);
        var meeting = Meeting(TimeSpan.FromDays(5));
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => OfStandAsync(host), n => n is [{ Result: "gathered" }]);
        await ProposedAsync(host, meeting, "gathered");
        await EndAsync(host, meeting, end);
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Count(w => w.Result == "gathered") == 3);
        await DigestAsync(host, days: 1);
        Assert.Empty(Entries(host));
    }

    [Fact]
    public async Task A_digest_that_brings_the_chosen_time_takes_nothing_away_beside_it()
    {
        await using var host = await StartAsync();
        var meeting = Meeting(TimeSpan.FromDays(5));
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await GatherAsync(host);
        await ProposedAsync(host, meeting, "gathered");
        await host.TellAsync(new MeetingAccepted(meeting with { Version = 3 }, DateTimeOffset.UtcNow, "visitor"), _visitor);
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Count(w => w.Result == "gathered") == 2);
        await DigestAsync(host, days: 1);
        Assert.Equal([("REQUEST", 1), ("REQUEST", 3)], Entries(host));
    }

    [Theory, InlineData("expired", true), InlineData("cancelled", true), InlineData("expired", false), InlineData("chosen", true)]
    public async Task In_the_morning_an_entry_goes_that_a_mail_has_brought_and_was_not_brought_anew(string end, bool brought)
    {
        await using var host = await StartAsync(("Notices:QuietHours", AroundNow()));
        var meeting = Meeting(TimeSpan.FromDays(5));
        // What is near does not wait for the morning.
        await host.TellAsync(new MeetingRequested(brought ? Meeting(TimeSpan.FromMinutes(90)) with { MeetingId = meeting.MeetingId } : meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => OfStandAsync(host), n => n is [{ Result: "sent" }] or [{ NextAt: > 0 }]);
        await ProposedAsync(host, meeting, "waiting");
        await EndAsync(host, meeting, end);
        await Host.UntilAsync(host.NoticesAsync, n => n.TrueForAll(w => w.Result != "waiting" || w.NextAt > 0) && n.Count(w => w.RecipientSide == Sides.Exhibitor) == 3);
        await host.StopAsync();
        await host.RunAsync(("Notices:QuietHours", ""));
        await host.AskAsync(db => db.Notices.Where(n => n.NextAt > 0).ExecuteUpdateAsync(n => n.SetProperty(r => r.NextAt, 1L), _cancel));
        await host.SettledAsync(3);

        (string, int)[] owed = !brought ? [] : end == "chosen" ? [("REQUEST", 1), ("REQUEST", 3)] : [("REQUEST", 1), ("CANCEL", 2)];
        Assert.Equal(owed, Entries(host));
    }

    private static string? Method(MimeEntity entry) => entry.ContentType.Parameters["method"];

    /// <summary>What the stand's calendar was told, in the order in which it was.</summary>
    private static List<(string Method, int Sequence)> Entries(Host host)
    {
        var entries = new List<(string Method, int Sequence)>();
        foreach (var file in NoticeTests.Mails(host).Where(m => m.To.Mailboxes.Single().Address == "stand@example.org").SelectMany(m => m.Attachments).Cast<TextPart>())
        {
            using var bytes = new MemoryStream();
            file.Content!.DecodeTo(bytes, TestContext.Current.CancellationToken);
            var read = StrictCalendar.Read(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
            entries.Add((read.Method, (int)read.Event.Sequence));
        }
        return [.. entries.OrderBy(e => e.Sequence)];
    }

    private async Task ProposedAsync(Host host, MeetingFacts meeting, string result)
    {
        await host.TellAsync(new MeetingProposed(meeting with { Version = 2, ExpiresAt = null }, [meeting.Start.AddHours(1)], DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Exists(w => w.Kind == NoticeKinds.CalendarFreed && w.Result == result && (result != "waiting" || w.NextAt > 0)));
    }

    private Task EndAsync(Host host, MeetingFacts meeting, string end) => end switch
    {
        "expired" => host.TellAsync(new MeetingExpired(meeting with { Version = 3, ExpiresAt = null }, DateTimeOffset.UtcNow, "proposed"), _visitor),
        "cancelled" => host.TellAsync(new MeetingCancelled(meeting with { Version = 3, ExpiresAt = null }, "visitor", DateTimeOffset.UtcNow), _visitor),
        _ => host.TellAsync(new MeetingAccepted(meeting with { Version = 3, ExpiresAt = null }, DateTimeOffset.UtcNow, "visitor"), _visitor),
    };

    private async Task DigestAsync(Host host, int days)
    {
        await host.Services.GetRequiredService<GatherDigests>().LookAsync(DateTimeOffset.UtcNow.AddDays(days), _cancel);
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Exists(w => w.Kind == NoticeKinds.Digest) && n.TrueForAll(w => w.Result is not ("gathered" or "waiting")));
    }

    private async Task<List<NoticeRow>> OfStandAsync(Host host) => [.. (await host.NoticesAsync()).Where(n => n.RecipientSide == Sides.Exhibitor)];

    private Task<int> GatherAsync(Host host) => host.AskAsync(async db =>
    {
        (await NoticePreference.ToChangeAsync(db, Sides.Exhibitor, _exhibitor, _cancel)).Pace = Paces.Daily;
        return await db.SaveChangesAsync(_cancel);
    });

    /// <summary>Quiet hours that it is the middle of.</summary>
    private static string AroundNow()
    {
        var time = DayTimes.TimeOf(DateTimeOffset.UtcNow, Berlin);
        return $"{time.AddHours(-2):HH:mm}-{time.AddHours(3):HH:mm}";
    }

    private MeetingFacts Meeting(TimeSpan ahead) =>
        Samples.Meeting(_visitor, _exhibitor) with { Start = DateTimeOffset.UtcNow + ahead, End = DateTimeOffset.UtcNow + ahead + TimeSpan.FromMinutes(20), ExpiresAt = null };

    private async Task<Host> StartAsync(params (string, string)[] settings)
    {
        var host = await Host.StartAsync(settings);
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        await host.TellAsync(Samples.Contact(_visitor, CapabilityToken.Create(), language: "en"), _visitor);
        await Host.UntilAsync(() => host.AskAsync(db => db.Visitors.CountAsync(_cancel)), n => n == 1);
        return host;
    }
}
