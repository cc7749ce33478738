using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Timing;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Matchmaking.Notification.Tests;

/// <summary>What is told when: quiet hours, reminders, digests.</summary>
public sealed class TimingTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-06-20T20:59+02:00", null)]
    [InlineData("2026-06-20T21:00+02:00", "2026-06-21T07:00+02:00")]
    [InlineData("2026-06-21T00:30+02:00", "2026-06-21T07:00+02:00")]
    [InlineData("2026-06-21T06:59+02:00", "2026-06-21T07:00+02:00")]
    [InlineData("2026-06-21T07:00+02:00", null)]
    // Nights in which the clocks change: seven o'clock is what the clock on the wall says.
    [InlineData("2026-03-28T23:00+01:00", "2026-03-29T07:00+02:00")]
    [InlineData("2026-10-24T23:00+02:00", "2026-10-25T07:00+01:00")]
    [InlineData("2026-10-25T02:30+01:00", "2026-10-25T07:00+01:00")]
    public void Quiet_hours_end_by_the_clock_of_the_fair(string now, string? until)
    {
        Assert.True(QuietHours.TryParse("21:00-07:00", out var hours));
        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until), hours!.Until(DateTimeOffset.Parse(now), Berlin));
    }

    [Theory, InlineData("21-07"), InlineData("21:00"), InlineData("25:00-07:00"), InlineData("07:00-07:00"), InlineData("night")]
    public void Hours_that_are_none_are_refused(string text) => Assert.False(QuietHours.TryParse(text, out _));

    [Theory]
    [InlineData("hourly", "2026-06-20T10:00+02:00", "2026-06-20T11:00+02:00")]
    [InlineData("hourly", "2026-06-20T10:59:59+02:00", "2026-06-20T11:00+02:00")]
    [InlineData("daily", "2026-06-20T07:29+02:00", "2026-06-20T07:30+02:00")]
    [InlineData("daily", "2026-06-20T07:30+02:00", "2026-06-21T07:30+02:00")]
    [InlineData("daily", "2026-10-24T12:00+02:00", "2026-10-25T07:30+01:00")]
    public void A_digest_goes_on_the_full_hour_or_the_next_morning(string pace, string now, string due) =>
        Assert.Equal(DateTimeOffset.Parse(due), new NotificationOptions().NextDigest(pace, DateTimeOffset.Parse(now), Berlin));

    [Fact]
    public async Task In_quiet_hours_a_mail_waits_without_being_tried_but_not_what_concerns_the_next_two_hours()
    {
        await using var host = await StartAsync(("Notices:QuietHours", AroundNow()));
        var (far, near) = (Meeting(TimeSpan.FromDays(3)), Meeting(TimeSpan.FromMinutes(90)));
        await host.TellAsync(new MeetingRequested(far, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n is [{ NextAt: > 0 }]);
        await host.TellAsync(new MeetingRequested(near, DateTimeOffset.UtcNow), _visitor);
        var notices = await Host.UntilAsync(host.NoticesAsync, n => n.Count == 2 && n[1].Result == "sent");
        Assert.Equal(("waiting", 0), (notices[0].Result, notices[0].Attempts));
        Assert.True(notices[0].NextAt > DateTimeOffset.UtcNow.AddMinutes(30).ToUnixTimeMilliseconds());
        Assert.Contains(near.Code, Assert.Single(NoticeTests.Mails(host)).Subject);
    }

    [Fact]
    public async Task What_waited_for_the_morning_and_is_no_longer_so_is_not_told()
    {
        await using var host = await StartAsync(("Notices:QuietHours", AroundNow()));
        var meeting = Meeting(TimeSpan.FromDays(3));
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n is [{ NextAt: > 0 }]);
        await host.TellAsync(new MeetingCancelled(meeting with { Version = 2 }, "visitor", DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count == 2 && n.TrueForAll(w => w.NextAt > 0));
        await host.AskAsync(db => db.Notices.ExecuteUpdateAsync(n => n.SetProperty(r => r.NextAt, 1L), _cancel)); // as if it were morning …
        var told = await Host.UntilAsync(host.NoticesAsync, n => n[0].Result == "outdated");
        Assert.Equal("waiting", told[1].Result); // … for the first of them: the second is held again
    }

    [Fact]
    public async Task Shortly_before_a_meeting_the_visitor_is_reminded_once_however_many_replicas_look()
    {
        await using var host = await StartAsync();
        var meeting = await AgreedAsync(host, TimeSpan.FromDays(3));
        var reminders = host.Services.GetRequiredService<RemindOfMeetings>();
        await reminders.LookAsync(meeting.Start.AddMinutes(-31), _cancel);
        Assert.DoesNotContain(await host.NoticesAsync(), n => n.Kind == NoticeKinds.MeetingSoon);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => reminders.LookAsync(meeting.Start.AddMinutes(-30), _cancel), _cancel)));
        // As if the process had died between telling and marking.
        await host.AskAsync(db => db.MeetingsKnown.ExecuteUpdateAsync(m => m.SetProperty(k => k.SoonFor, (DateTimeOffset?)null), _cancel));
        await reminders.LookAsync(meeting.Start.AddMinutes(-10), _cancel);
        var reminder = Assert.Single(await host.NoticesAsync(), n => n.Kind == NoticeKinds.MeetingSoon);
        Assert.Equal((Sides.Visitor, _visitor), (reminder.RecipientSide, reminder.RecipientId));
        await host.SettledAsync(2);
        Assert.Single(NoticeTests.Mails(host), m => m.Subject!.StartsWith("Soon: appointment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_moved_meeting_is_reminded_of_anew_and_whoever_has_just_been_told_is_not()
    {
        await using var host = await StartAsync();
        var meeting = await AgreedAsync(host, TimeSpan.FromDays(3));
        var reminders = host.Services.GetRequiredService<RemindOfMeetings>();
        await reminders.LookAsync(meeting.Start.AddMinutes(-20), _cancel);
        var moved = meeting with { Version = 3, Start = meeting.Start.AddHours(1), End = meeting.End.AddHours(1) };
        await host.TellAsync(new MeetingMoved(moved, true, meeting.Start, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => host.AskAsync(db => db.MeetingsKnown.AsNoTracking().SingleAsync(_cancel)), m => m.Version == 3);
        await host.AskAsync(db => db.MeetingsKnown.ExecuteUpdateAsync(m => m.SetProperty(k => k.ChangedAt, moved.Start.AddMinutes(-29)), _cancel));
        await reminders.LookAsync(moved.Start.AddMinutes(-20), _cancel);
        Assert.Single(await host.NoticesAsync(), n => n.Kind == NoticeKinds.MeetingSoon);

        await host.AskAsync(db => db.MeetingsKnown.ExecuteUpdateAsync(m => m.SetProperty(k => k.ChangedAt, moved.Start.AddMinutes(-31)).SetProperty(k => k.SoonFor, meeting.Start), _cancel));
        await reminders.LookAsync(moved.Start.AddMinutes(-20), _cancel);
        Assert.Equal(2, (await host.NoticesAsync()).Count(n => n.Kind == NoticeKinds.MeetingSoon));
    }

    [Fact]
    public async Task On_the_evening_before_each_side_gets_its_day_in_one_mail()
    {
        await using var host = await StartAsync();
        var first = await AgreedAsync(host, TimeSpan.FromDays(5));
        var other = first with { MeetingId = Guid.CreateVersion7(), Code = "XYZ", Start = first.Start.AddHours(1), End = first.End.AddHours(1) };
        await host.TellAsync(new MeetingAccepted(other, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(2);
        await AgeAsync(host);
        var reminders = host.Services.GetRequiredService<RemindOfMeetings>();
        var evening = DayTimes.At(DayTimes.DayOf(first.Start, Berlin).AddDays(-1), new TimeOnly(18, 0), Berlin);
        await reminders.LookAsync(evening.AddMinutes(-1), _cancel);
        Assert.Equal(2, (await host.NoticesAsync()).Count);
        await reminders.LookAsync(evening, _cancel);
        await reminders.LookAsync(evening.AddMinutes(5), _cancel);
        var notices = (await host.SettledAsync(4)).Where(n => n.Kind == NoticeKinds.DayAhead).ToList();
        Assert.Equal([Sides.Exhibitor, Sides.Visitor], notices.Select(n => n.RecipientSide).Order());
        foreach (var notice in notices)
        {
            var text = MimeMessage.Load(Path.Combine(host.MailFolder, $"{notice.Id}.eml"), _cancel).TextBody!;
            Assert.Contains(first.Code, text);
            Assert.Contains("XYZ", text);
        }
    }

    [Fact]
    public async Task A_reminder_of_a_meeting_that_was_cancelled_meanwhile_does_not_go()
    {
        await using var host = await StartAsync();
        var meeting = await AgreedAsync(host, TimeSpan.FromDays(3));
        host.Profile.Down = true;
        await host.Services.GetRequiredService<RemindOfMeetings>().LookAsync(meeting.Start.AddMinutes(-20), _cancel);
        await host.TellAsync(new MeetingCancelled(meeting with { Version = 4 }, "exhibitor", DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count == 3);
        host.Profile.Down = false;
        var settled = await host.SettledAsync(3);
        Assert.Equal("outdated", settled.Single(n => n.Kind == NoticeKinds.MeetingSoon).Result);
        Assert.Equal("sent", settled.Single(n => n.Kind == NoticeKinds.Cancelled).Result);
    }

    [Theory, InlineData(Paces.Hourly), InlineData(Paces.Daily)]
    public async Task A_stand_that_wants_a_digest_gets_one_mail_that_lists_what_is_open_with_its_calendar_entries(string pace)
    {
        await using var host = await StartAsync();
        await WishAsync(host, p => p.Pace = pace);
        MeetingFacts[] asked = [.. Enumerable.Range(0, 3).Select(n => Meeting(TimeSpan.FromDays(5 + n)) with { Code = "AA" + (char)('A' + n), ExpiresAt = DateTimeOffset.UtcNow.AddDays(3) })];
        foreach (var meeting in asked) await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count == 3 && n.TrueForAll(w => w.Result == "gathered"));
        // One of them is withdrawn before anybody read of it.
        await host.TellAsync(new MeetingCancelled(asked[2] with { Version = 2 }, "visitor", DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count(w => w.Result == "gathered") == 4);
        Assert.Empty(NoticeTests.Mails(host));

        var digests = host.Services.GetRequiredService<GatherDigests>();
        await digests.LookAsync(DateTimeOffset.UtcNow, _cancel);
        Assert.DoesNotContain(await host.NoticesAsync(), n => n.Kind == NoticeKinds.Digest && pace == Paces.Daily && DateTimeOffset.UtcNow.Minute < 59);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => digests.LookAsync(DateTimeOffset.UtcNow.AddDays(1), _cancel), _cancel)));
        var notices = await Host.UntilAsync(host.NoticesAsync, n => n.Count == 5 && n.TrueForAll(w => w.Result is "sent" or "outdated"));
        Assert.All(notices, n => Assert.Null(n.Facts));
        Assert.Equal(["sent digest", "sent digest", "outdated none", "sent digest"], notices.Where(n => n.Kind != NoticeKinds.Digest).Select(n => $"{n.Result} {n.Channel}"));

        var mail = Assert.Single(NoticeTests.Mails(host));
        foreach (var code in (string[])["AAA", "AAB"]) Assert.Contains($"(Code {code})", mail.TextBody);
        Assert.Contains("Termin AAC ist abgesagt", mail.TextBody);
        Assert.DoesNotContain("Neue Termin-Anfrage", mail.TextBody);
        Assert.Equal(["termin-aaa.ics", "termin-aab.ics"], mail.Attachments.Select(a => ((TextPart)a).FileName));
        Assert.Equal(["REQUEST", "REQUEST"], mail.Attachments.Select(a => a.ContentType.Parameters["method"]));
        // Nothing is left for the next one.
        await digests.LookAsync(DateTimeOffset.UtcNow.AddDays(2), _cancel);
        Assert.Equal(5, (await host.NoticesAsync()).Count);
    }

    [Fact]
    public async Task What_has_more_entries_than_fit_into_one_digest_follows_at_once_in_further_ones()
    {
        await using var host = await StartAsync();
        await WishAsync(host, p => p.Pace = Paces.Daily);
        var start = Meeting(TimeSpan.FromDays(5)).Start;
        MeetingFacts[] asked = [.. Enumerable.Range(0, 45).Select(n => Meeting(TimeSpan.FromDays(5)) with { Code = "A" + (char)('A' + n / 20) + (char)('A' + n % 20), ExpiresAt = DateTimeOffset.UtcNow.AddDays(3) })];
        foreach (var meeting in asked) await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count == 45 && n.TrueForAll(w => w.Result == "gathered"));
        // What is told of one meeting goes together, however far apart it was written.
        await host.TellAsync(new MeetingMoved(asked[0] with { Version = 2 }, false, start, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count == 46 && n.TrueForAll(w => w.Result == "gathered"));

        var digests = host.Services.GetRequiredService<GatherDigests>();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => digests.LookAsync(DateTimeOffset.UtcNow.AddDays(1), _cancel), _cancel)));
        await digests.LookAsync(DateTimeOffset.UtcNow.AddDays(1), _cancel); // a replica that came second may have left the rest to the other
        var notices = await Host.UntilAsync(host.NoticesAsync, n => n.Count == 49 && n.TrueForAll(w => w.Result == "sent"));
        Assert.Equal(3, notices.Count(n => n.Kind == NoticeKinds.Digest));
        var files = NoticeTests.Mails(host).Select(m => m.Attachments.Select(a => ((TextPart)a).FileName).ToList()).ToList();
        Assert.Equal([5, 20, 20], files.Select(f => f.Count).Order());
        Assert.Equal(asked.Select(m => $"termin-{m.Code.ToLowerInvariant()}.ics").Order(), files.SelectMany(f => f).Order());
    }

    [Fact]
    public async Task A_digest_takes_no_entry_away_that_it_never_brought()
    {
        await using var host = await StartAsync();
        await WishAsync(host, p => p.Pace = Paces.Daily);
        var meeting = Meeting(TimeSpan.FromDays(5)) with { ExpiresAt = DateTimeOffset.UtcNow.AddDays(3) };
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n is [{ Result: "gathered" }]);
        await host.TellAsync(new MeetingDeclined(meeting with { Version = 2 }, "time", DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count(w => w.Result == "gathered") == 2);
        await host.Services.GetRequiredService<GatherDigests>().LookAsync(DateTimeOffset.UtcNow.AddDays(1), _cancel);
        var digest = (await Host.UntilAsync(host.NoticesAsync, n => n.Exists(w => w.Kind == NoticeKinds.Digest && w.Result != "waiting"))).Single(n => n.Kind == NoticeKinds.Digest);
        Assert.Equal("outdated", digest.Result);
    }

    [Fact]
    public async Task An_entry_that_waited_and_was_overtaken_is_not_taken_away_from_a_calendar_that_never_had_it()
    {
        await using var host = await StartAsync(("Notices:QuietHours", AroundNow()));
        var meeting = Meeting(TimeSpan.FromDays(3)) with { Version = 2 };
        await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n is [{ NextAt: > 0 }]);
        // Called off by the visitor themselves, and so near by then that nothing waits for the morning any more.
        var near = Meeting(TimeSpan.FromMinutes(90)) with { MeetingId = meeting.MeetingId, Version = 3 };
        await host.TellAsync(new MeetingCancelled(near, "visitor", DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Exists(w => w is { Kind: NoticeKinds.CalendarCleared, Result: "outdated" })); // for the other does not go any more
        await host.AskAsync(db => db.Notices.ExecuteUpdateAsync(n => n.SetProperty(r => r.NextAt, 1L), _cancel)); // the morning
        await Host.UntilAsync(host.NoticesAsync, n => n.Count(w => w.RecipientSide == Sides.Visitor && w.Result == "outdated") == 2);
        Assert.DoesNotContain(NoticeTests.Mails(host), m => m.To.Mailboxes.Single().Address == "o@example.org");
    }

    [Fact]
    public async Task What_ends_before_the_next_digest_and_what_is_near_comes_by_itself()
    {
        await using var host = await StartAsync();
        await WishAsync(host, p => p.Pace = Paces.Daily);
        await host.TellAsync(new MeetingRequested(Meeting(TimeSpan.FromDays(2)) with { ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(20) }, DateTimeOffset.UtcNow), _visitor);
        await host.TellAsync(new MeetingRequested(Meeting(TimeSpan.FromMinutes(80)) with { ExpiresAt = null }, DateTimeOffset.UtcNow), _visitor);
        // The next digest is of tomorrow morning, perhaps after the fair.
        var next = new NotificationOptions().NextDigest(Paces.Daily, DateTimeOffset.UtcNow, Berlin) - DateTimeOffset.UtcNow;
        await host.TellAsync(new MeetingCancelled(Meeting(next + TimeSpan.FromMinutes(100)) with { ExpiresAt = null }, "visitor", DateTimeOffset.UtcNow), _visitor);
        Assert.All(await host.SettledAsync(3), n => Assert.Equal("sent", n.Result));
        await host.TellAsync(new MeetingCancelled(Meeting(next + TimeSpan.FromMinutes(150)) with { ExpiresAt = null }, "visitor", DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count == 4 && n.Exists(w => w.Result == "gathered"));
    }

    [Fact]
    public async Task A_night_makes_one_digest_and_not_one_for_each_of_its_hours()
    {
        var quiet = AroundNow();
        await using var host = await StartAsync(("Notices:QuietHours", quiet));
        await WishAsync(host, p => p.Pace = Paces.Hourly);
        foreach (var asked in (int[])[1, 2])
        {
            await host.TellAsync(new MeetingRequested(Meeting(TimeSpan.FromDays(9)) with { ExpiresAt = null }, DateTimeOffset.UtcNow), _visitor);
            await Host.UntilAsync(host.NoticesAsync, n => n.Count(w => w.Result == "gathered") == asked);
            await host.AskAsync(db => db.Notices.Where(n => n.Result == "gathered").ExecuteUpdateAsync(n => n.SetProperty(r => r.CreatedAt, DateTimeOffset.UtcNow.AddHours(-2)), _cancel));
            await host.Services.GetRequiredService<GatherDigests>().LookAsync(DateTimeOffset.UtcNow, _cancel);
        }
        Assert.Equal(2, (await host.NoticesAsync()).Count);
        Assert.True(QuietHours.TryParse(quiet, out var hours));
        await host.Services.GetRequiredService<GatherDigests>().LookAsync(hours!.Until(DateTimeOffset.UtcNow, Berlin)!.Value, _cancel);
        Assert.Single(await host.NoticesAsync(), n => n.Kind == NoticeKinds.Digest);
    }

    [Fact]
    public async Task A_stand_that_goes_back_to_at_once_gets_what_was_gathered_at_once()
    {
        await using var host = await StartAsync();
        await WishAsync(host, p => p.Pace = Paces.Daily);
        await host.TellAsync(new MeetingRequested(Meeting(TimeSpan.FromDays(9)) with { ExpiresAt = null }, DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(host.NoticesAsync, n => n is [{ Result: "gathered" }]);
        await WishAsync(host, p => p.Pace = Paces.AtOnce);
        await host.Services.GetRequiredService<GatherDigests>().LookAsync(DateTimeOffset.UtcNow, _cancel);
        await Host.UntilAsync(host.NoticesAsync, n => n.Count == 2 && n.TrueForAll(w => w.Result == "sent"));
        Assert.Single(NoticeTests.Mails(host));
    }

    /// <summary>Quiet hours that it is the middle of.</summary>
    private static string AroundNow()
    {
        var time = DayTimes.TimeOf(DateTimeOffset.UtcNow, Berlin);
        return $"{time.AddHours(-2):HH:mm}-{time.AddHours(3):HH:mm}";
    }

    private MeetingFacts Meeting(TimeSpan ahead)
    {
        var start = DateTimeOffset.UtcNow + ahead;
        // Noon of its day where days matter, so that an hour later is the same day.
        if (ahead > TimeSpan.FromDays(1)) start = DayTimes.At(DayTimes.DayOf(start, Berlin), new TimeOnly(12, 0), Berlin);
        return Samples.Meeting(_visitor, _exhibitor) with { Start = start, End = start.AddMinutes(20), ExpiresAt = null };
    }

    /// <summary>A meeting that was agreed on long ago.</summary>
    private async Task<MeetingFacts> AgreedAsync(Host host, TimeSpan ahead)
    {
        var meeting = Meeting(ahead) with { Version = 2 };
        await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await AgeAsync(host);
        return meeting;
    }

    private Task<int> AgeAsync(Host host) => host.AskAsync(db => db.MeetingsKnown.ExecuteUpdateAsync(m => m.SetProperty(k => k.ChangedAt, DateTimeOffset.UtcNow.AddDays(-7)), _cancel));

    private Task<int> WishAsync(Host host, Action<Preferences.NoticePreference> wish) => host.AskAsync(async db =>
    {
        wish(await Preferences.NoticePreference.ToChangeAsync(db, Sides.Exhibitor, _exhibitor, _cancel));
        return await db.SaveChangesAsync(_cancel);
    });

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
