using System.Net.Http.Json;
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
        var meeting = await FreedAsync(host);
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
        var meeting = await FreedAsync(host);
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
        var meeting = await FreedAsync(host);
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
        await MorningAsync(host);
        await host.SettledAsync(3);

        (string, int)[] owed = !brought ? [] : end == "chosen" ? [("REQUEST", 1), ("REQUEST", 3)] : [("REQUEST", 1), ("CANCEL", 2)];
        Assert.Equal(owed, Entries(host));
    }

    [Theory, InlineData("proposed", false), InlineData("cancelled", false), InlineData("cancelled", true), InlineData("moved", false)]
    public async Task What_a_digest_left_out_is_not_counted_as_told_and_no_later_mail_takes_its_entry_away(string overtaking, bool near)
    {
        await using var host = await StartAsync();
        await GatherAsync(host);
        var (meeting, other) = (Meeting(TimeSpan.FromDays(5)), Meeting(TimeSpan.FromDays(6)) with { Code = "AAA" });
        foreach (var asked in (MeetingFacts[])[meeting, other]) await host.TellAsync(new MeetingRequested(asked, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Count(w => w.Result == "gathered") == 2);
        // The digest is made, and cannot go yet.
        host.Profile.Down = true;
        await host.Services.GetRequiredService<GatherDigests>().LookAsync(DateTimeOffset.UtcNow.AddDays(1), _cancel);
        var later = near ? Meeting(TimeSpan.FromMinutes(90)) with { MeetingId = meeting.MeetingId } : meeting;
        if (overtaking == "moved") await host.TellAsync(new MeetingMoved(meeting with { Version = 2 }, false, meeting.Start.AddHours(-1), DateTimeOffset.UtcNow), _visitor);
        else if (overtaking == "proposed") await ProposedAsync(host, meeting, "gathered");
        else await EndAsync(host, later, "cancelled");
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Count == 4 && n[^1] is { Result: "gathered" } or { Attempts: > 0 });
        host.Profile.Down = false;
        var sent = await Host.UntilAsync(() => OfStandAsync(host), n => n.Exists(w => w.Kind == NoticeKinds.Digest && w.Result == "sent") && n.TrueForAll(w => w.Result != "waiting"));
        (string, string, string)[] first = [(meeting.Code, "outdated", "none"), (other.Code, "sent", "digest")];
        Assert.Equal(first, sent.Where(n => n.Kind == NoticeKinds.Requested).Select(n => (n.MeetingId == meeting.MeetingId ? meeting.Code : other.Code, n.Result, n.Channel)));
        var page = await (await host.GetAsync("/api/notices", host.Profile.Staff("exhibitor", _exhibitor))).Content.ReadFromJsonAsync<List<Notice>>(_cancel);
        Assert.Null(Assert.Single(page!, n => n is { Kind: NoticeKinds.Requested, Result: "outdated" }).SentAt);

        // What was moved and called off before the next one stands in it as called off alone.
        if (overtaking == "moved") await EndAsync(host, meeting, "cancelled");
        if (overtaking == "moved") await Host.UntilAsync(() => OfStandAsync(host), n => n.Count(w => w.Result == "gathered") == 2);
        if (!near) await DigestAsync(host, days: 3);
        Assert.Equal([("REQUEST", 1)], Entries(host));
        var told = (await OfStandAsync(host)).Where(n => n.MeetingId == meeting.MeetingId && !NoticeKinds.ForCalendars.Contains(n.Kind)).Select(n => (n.Kind, n.Result));
        Assert.Equal(overtaking switch
        {
            "proposed" => [(NoticeKinds.Requested, "outdated")],
            "moved" => [(NoticeKinds.Requested, "outdated"), (NoticeKinds.Moved, "outdated"), (NoticeKinds.Cancelled, "sent")],
            _ => [(NoticeKinds.Requested, "outdated"), (NoticeKinds.Cancelled, "sent")],
        }, told);
    }

    [Theory, InlineData("proposed"), InlineData("cancelled")]
    public async Task Of_two_digests_that_waited_for_the_morning_the_later_takes_nothing_away_that_the_earlier_leaves_out(string overtaking)
    {
        await using var host = await StartAsync(("Notices:QuietHours", AroundNow()));
        await TwoDigestsWaitAsync(host, overtaking);
        await MorningAsync(host);
        var notices = await Host.UntilAsync(() => OfStandAsync(host), n => n.TrueForAll(w => w.Result is not ("gathered" or "waiting")));
        Assert.Empty(Entries(host));
        Assert.Equal("outdated", notices.Single(n => n.Kind == NoticeKinds.Requested).Result);
    }

    [Theory, InlineData("proposed", 2), InlineData("cancelled", 3)]
    public async Task What_another_digest_is_just_bringing_is_taken_away_once_that_has_gone(string ending, int version)
    {
        await using var host = await StartAsync(("Notices:QuietHours", AroundNow()));
        await TwoDigestsWaitAsync(host, ending);
        await host.StopAsync();
        await host.RunAsync(("Notices:QuietHours", ""));
        // A sender that has begun frees at first what a dead process had in hand.
        await host.TellAsync(new MeetingAccepted(Meeting(TimeSpan.FromMinutes(90)), DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Exists(w => w is { Kind: NoticeKinds.Accepted, Result: "sent" }));
        NoticeRow[] digests = [.. (await OfStandAsync(host)).Where(n => n.Kind == NoticeKinds.Digest)];
        // As if another replica had it in hand since before the later notice was written.
        var busy = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
        await host.AskAsync(db => db.Notices.Where(n => n.Id == digests[0].Id).ExecuteUpdateAsync(n => n.SetProperty(r => r.NextAt, 1L).SetProperty(r => r.ClaimedUntil, busy), _cancel));
        await host.AskAsync(db => db.Notices.Where(n => n.Id == digests[1].Id).ExecuteUpdateAsync(n => n.SetProperty(r => r.NextAt, 1L), _cancel));
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Single(w => w.Id == digests[1].Id) is { Result: "waiting", Attempts: 0, NextAt: > 1 and var next } && next != digests[1].NextAt);
        var told = (await OfStandAsync(host)).Where(n => n.DigestId == digests[0].Id).Select(n => n.Id).ToList();
        await host.AskAsync(db => NoticeQueue.FinishAsync(db, digests[0], NoticeResults.Sent, "mail", "subject", DateTimeOffset.UtcNow, _cancel, told: told));
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Single(w => w.Id == digests[1].Id).Result == "sent");
        Assert.Equal([("CANCEL", version)], Entries(host));
    }

    [Fact]
    public async Task In_the_morning_it_is_told_that_a_request_was_called_off_without_taking_away_what_was_never_brought()
    {
        await using var host = await StartAsync(("Notices:QuietHours", AroundNow()));
        var meeting = Meeting(TimeSpan.FromDays(5));
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => OfStandAsync(host), n => n is [{ NextAt: > 0 }]);
        await EndAsync(host, meeting, "cancelled");
        await Host.UntilAsync(() => OfStandAsync(host), n => n is [{ NextAt: > 0 }, { NextAt: > 0 }]);
        await MorningAsync(host);
        Assert.Equal(["outdated", "sent"], (await host.SettledAsync(2)).Select(n => n.Result));
        Assert.Empty(Entries(host));
    }

    [Fact]
    public async Task An_entry_goes_all_the_same_where_what_would_bring_it_anew_found_no_address()
    {
        await using var host = await StartAsync();
        var meeting = await FreedAsync(host);
        host.Profile.Addresses.TryRemove($"/internal/exhibitors/{_exhibitor}/address", out _);
        await EndAsync(host, Meeting(TimeSpan.FromMinutes(90)) with { MeetingId = meeting.MeetingId }, "chosen");
        await Host.UntilAsync(() => OfStandAsync(host), n => n[^1] is { Kind: NoticeKinds.Accepted, Result: "no-address" });
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        await DigestAsync(host, days: 1);
        Assert.Equal([("REQUEST", 1), ("CANCEL", 2)], Entries(host));
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

    /// <summary>A meeting whose entry a mail has brought, and whose stand has proposed other times since: that it goes waits for a digest.</summary>
    private async Task<MeetingFacts> FreedAsync(Host host)
    {
        var meeting = Meeting(TimeSpan.FromDays(5));
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await GatherAsync(host);
        await ProposedAsync(host, meeting, "gathered");
        return meeting;
    }

    /// <summary>A request waits in one digest, and what overtakes it in the next.</summary>
    private async Task TwoDigestsWaitAsync(Host host, string overtaking)
    {
        await GatherAsync(host);
        var meeting = Meeting(TimeSpan.FromDays(5));
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await DigestWaitsAsync(host, days: 1);
        if (overtaking == "proposed") await ProposedAsync(host, meeting, "gathered");
        else await EndAsync(host, meeting, "cancelled");
        await DigestWaitsAsync(host, days: 2);
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

    /// <summary>A digest that is made before the quiet hours, and would go in them.</summary>
    /// <param name="days">From today; as many as there are digests then.</param>
    private async Task DigestWaitsAsync(Host host, int days)
    {
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Exists(w => w.Result == "gathered" && w.DigestId is null));
        await host.Services.GetRequiredService<GatherDigests>().LookAsync(DateTimeOffset.UtcNow.AddDays(days).AddHours(12), _cancel);
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Count(w => w.Kind == NoticeKinds.Digest && w.NextAt > 0) == days);
    }

    private async Task DigestAsync(Host host, int days)
    {
        await host.Services.GetRequiredService<GatherDigests>().LookAsync(DateTimeOffset.UtcNow.AddDays(days), _cancel);
        await Host.UntilAsync(() => OfStandAsync(host), n => n.Exists(w => w.Kind == NoticeKinds.Digest) && n.TrueForAll(w => w.Result is not ("gathered" or "waiting")));
    }

    /// <summary>The quiet hours are over.</summary>
    private async Task MorningAsync(Host host)
    {
        await host.StopAsync();
        await host.RunAsync(("Notices:QuietHours", ""));
        await host.AskAsync(db => db.Notices.Where(n => n.NextAt > 0).ExecuteUpdateAsync(n => n.SetProperty(r => r.NextAt, 1L), _cancel));
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
