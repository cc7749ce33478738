using Ical.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Matchmaking.Notification.Tests;

public sealed class NoticeTests
{
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();
    private readonly string _token = CapabilityToken.Create();

    [Fact]
    public async Task A_visitor_with_an_address_is_told_once_that_the_list_is_ready()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org", "uk");
        await host.TellAsync(Samples.Contact(_visitor, _token), _visitor);
        await host.TellAsync(Samples.Ranked(_visitor), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal(("list-ready", "sent", "mail"), (notice.Kind, notice.Result, notice.Channel));

        var mail = Assert.Single(Mails(host));
        Assert.Equal("o@example.org", mail.To.Mailboxes.Single().Address);
        Assert.Equal("Ваш список для ярмарку готовий", mail.Subject);
        Assert.Contains($"https://fair.example/visitor/{_visitor}", mail.TextBody);
        Assert.Contains("lang=\"uk\"", mail.HtmlBody);
        Assert.Equal($"{notice.Id}@matchmaking", mail.MessageId);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(host.MailFolder, $"{notice.Id}.eml")));

        // Another language, and the ranking told again: no second mail.
        await host.TellAsync(Samples.Contact(_visitor, _token, version: 2, language: "en"), _visitor);
        await host.TellAsync(Samples.Ranked(_visitor, version: 2), _visitor);
        await host.AskAsync(db => Host.UntilAsync(() => db.Visitors.AsNoTracking().SingleAsync(), v => v is { Version: 2, RankedVersion: 2 }));
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task An_address_that_is_given_later_is_told_then()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org");
        await host.TellAsync(Samples.Contact(_visitor, _token, hasContact: false), _visitor);
        await host.TellAsync(Samples.Ranked(_visitor), _visitor);
        await host.AskAsync(db => Host.UntilAsync(() => db.Visitors.AsNoTracking().SingleOrDefaultAsync(), v => v is { Version: 1, RankedVersion: 1 }));
        Assert.Empty(await host.NoticesAsync());
        await host.TellAsync(Samples.Contact(_visitor, _token, version: 5), _visitor);
        Assert.Single(await host.SettledAsync(1));
    }

    [Fact]
    public async Task A_ranking_that_is_quicker_than_the_profile_is_told_when_the_profile_comes()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org");
        await host.TellAsync(Samples.Ranked(_visitor), _visitor);
        await host.AskAsync(db => Host.UntilAsync(() => db.Visitors.AsNoTracking().CountAsync(), n => n == 1));
        Assert.Empty(await host.NoticesAsync());
        await host.TellAsync(Samples.Contact(_visitor, _token), _visitor);
        Assert.Single(await host.SettledAsync(1));
    }

    [Fact]
    public async Task An_address_that_has_had_its_share_gets_no_mail_and_is_not_asked_about_again()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org", "uk");
        host.Profile.LimitedKind = "list-ready";
        await host.TellAsync(Samples.Contact(_visitor, _token), _visitor);
        await host.TellAsync(Samples.Ranked(_visitor), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal(("list-ready", "limited", "none", 1), (notice.Kind, notice.Result, notice.Channel, notice.Attempts));
        Assert.Equal($"?kind=list-ready&notice={notice.Id}", Assert.Single(host.Profile.AskedWith));
        Assert.Empty(Mails(host));
        // Of what an exhibitor does the visitor is told all the same.
        await host.TellAsync(new MeetingAccepted(Samples.Meeting(_visitor, _exhibitor, 2), DateTimeOffset.UtcNow), _visitor);
        Assert.Equal("sent", (await host.SettledAsync(2))[1].Result);
    }

    [Fact]
    public async Task A_visitor_without_an_address_gets_no_mail_but_reads_the_notice()
    {
        await using var host = await Host.StartAsync();
        await host.TellAsync(Samples.Contact(_visitor, _token, hasContact: false), _visitor);
        await host.TellAsync(new MeetingAccepted(Samples.Meeting(_visitor, _exhibitor, 2), DateTimeOffset.UtcNow), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal(("meeting-accepted", "no-address", "none"), (notice.Kind, notice.Result, notice.Channel));
        Assert.Empty(Mails(host));
    }

    [Fact]
    public async Task A_request_reaches_the_exhibitor_with_a_tentative_entry_and_a_cancellation_takes_the_same_entry_away()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingCancelled(meeting with { Version = 2 }, "visitor", DateTimeOffset.UtcNow), _visitor);
        var notices = await host.SettledAsync(2);

        Assert.Equal(["meeting-requested", "meeting-cancelled"], notices.Select(n => n.Kind));
        var (requested, cancelled) = (Entry(host, notices[0]), Entry(host, notices[1]));
        Assert.Equal(("REQUEST", "CANCEL"), (requested.Method, cancelled.Method));
        Assert.Equal(requested.Events.Single().Uid, cancelled.Events.Single().Uid);
        Assert.Equal((1, 2), (requested.Events.Single().Sequence, cancelled.Events.Single().Sequence));
        Assert.Equal("TENTATIVE", requested.Events.Single().Status);
        // Facts about the visitor are not kept once the mail is out.
        Assert.All(notices, n => Assert.Null(n.Facts));
    }

    [Fact]
    public async Task A_moved_meeting_moves_the_entry_of_both_sides_and_names_the_time_that_no_longer_holds()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        var meeting = Samples.Meeting(_visitor, _exhibitor, 2);
        await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        var later = meeting with { Version = 3, Start = meeting.Start.AddHours(1), End = meeting.End.AddHours(1), ExpiresAt = null };
        await host.TellAsync(new MeetingMoved(later, true, meeting.Start, DateTimeOffset.UtcNow), _visitor);
        var notices = await host.SettledAsync(3);

        var (before, after) = (Entry(host, notices.Single(n => n.Kind == "meeting-accepted")), Entry(host, notices.Single(n => n.Kind == "meeting-moved" && n.RecipientSide == "visitor")));
        Assert.Equal(before.Events.Single().Uid, after.Events.Single().Uid);
        Assert.Equal(("REQUEST", 3, "CONFIRMED", later.Start.UtcDateTime), (after.Method, after.Events.Single().Sequence, after.Events.Single().Status, after.Events.Single().Start?.AsUtc));
        Assert.Equal(("REQUEST", "CONFIRMED"), (Entry(host, notices.Single(n => n.RecipientSide == "exhibitor")).Method, Entry(host, notices.Single(n => n.RecipientSide == "exhibitor")).Events.Single().Status));
        var text = Mails(host).Single(m => m.To.Mailboxes.Single().Address == "o@example.org" && m.Subject!.Contains("moved", StringComparison.Ordinal)).TextBody!;
        Assert.Contains(new FairTime(meeting.Zone, "en").DayAndTime(meeting.Start), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offered_seat_is_told_to_the_visitor_alone_and_so_is_its_end()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        var offered = Samples.Meeting(_visitor, _exhibitor) with { StandKnows = false, ExpiresAt = DateTimeOffset.UtcNow.AddHours(2) };
        await host.TellAsync(new SeatOffered(offered, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingExpired(offered with { Version = 2 }, DateTimeOffset.UtcNow), _visitor);
        var notices = await host.SettledAsync(2);
        Assert.Equal([("seat-offered", "visitor"), ("meeting-expired", "visitor")], notices.Select(n => (n.Kind, n.RecipientSide)));
        var end = Mails(host).Single(m => m.Subject == "Place KWM is no longer kept for you");
        Assert.Contains("You are no longer on the waiting list.", end.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("not answered", end.TextBody, StringComparison.Ordinal);
        var mail = Mails(host).Single(m => m.Subject!.Contains("become free", StringComparison.Ordinal));
        Assert.Contains(new FairTime(offered.Zone, "en").DayAndTime(offered.ExpiresAt.Value), mail.TextBody, StringComparison.Ordinal);
        Assert.Empty(mail.Attachments);
    }

    [Fact]
    public async Task Of_proposed_times_that_nobody_chose_both_sides_hear_that_once_and_not_that_the_stand_was_silent()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingProposed(meeting with { Version = 2 }, [meeting.Start.AddHours(1)], DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(3);
        var expired = new MeetingExpired(meeting with { Version = 3, ExpiresAt = null }, DateTimeOffset.UtcNow);
        var id = await host.TellAsync(expired, _visitor);
        await host.SettledAsync(5);
        await host.TellAsync(expired, _visitor, id);
        // What is told after it has been handled after it: the double was skipped.
        await host.TellAsync(new MeetingExpired(Samples.Meeting(_visitor, _exhibitor, 2), DateTimeOffset.UtcNow), _visitor);
        var notices = await host.SettledAsync(7);

        Assert.Equal(4, notices.Count(n => n.Kind == "meeting-expired"));
        var told = notices.Where(n => n.Kind == "meeting-expired" && n.MeetingId == meeting.MeetingId).ToDictionary(n => n.RecipientSide, n => Mails(host).Single(m => m.MessageId == $"{n.Id}@matchmaking"));
        Assert.Equal("Suggested times for appointment KWM are no longer valid", told["visitor"].Subject);
        Assert.Contains("none was chosen in time", told["visitor"].TextBody, StringComparison.Ordinal);
        Assert.Contains("Keine davon wurde rechtzeitig gewählt.", told["exhibitor"].TextBody, StringComparison.Ordinal);
        Assert.Empty(told["exhibitor"].Attachments);
        var silent = notices.Single(n => n.Kind == "meeting-expired" && n.MeetingId != meeting.MeetingId && n.RecipientSide == "visitor");
        Assert.Contains("your request was not answered", Mails(host).Single(m => m.MessageId == $"{silent.Id}@matchmaking").TextBody, StringComparison.Ordinal);
    }

    [Theory, InlineData("proposed", "none was chosen in time"), InlineData("requested", "your request was not answered")]
    public async Task Why_it_expired_is_said_rightly_although_nothing_was_heard_of_what_it_was_before(string was, string why)
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingExpired(meeting with { Version = 3, ExpiresAt = null }, DateTimeOffset.UtcNow, was), _visitor);
        await host.SettledAsync(3);
        // What it overtook comes late, and is no news.
        await host.TellAsync(new MeetingProposed(meeting with { Version = 2 }, [meeting.Start.AddHours(1)], DateTimeOffset.UtcNow), _visitor);
        await host.TellAsync(new MeetingProposed(Samples.Meeting(_visitor, _exhibitor, 2), [meeting.Start.AddHours(1)], DateTimeOffset.UtcNow), _visitor);
        var notices = await host.SettledAsync(4);

        Assert.Equal(["meeting-requested", "meeting-expired", "meeting-expired", "meeting-proposed"], notices.Select(n => n.Kind));
        Assert.NotEqual(meeting.MeetingId, notices[^1].MeetingId);
        var visitor = notices.Single(n => n.Kind == "meeting-expired" && n.RecipientSide == Sides.Visitor);
        Assert.Contains(why, Mails(host).Single(m => m.MessageId == $"{visitor.Id}@matchmaking").TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waited_in_vain_is_told_once_in_their_language_why_and_of_what_is_confidential_no_word_of_what()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        var ended = new WaitingEnded(Guid.NewGuid(), Guid.NewGuid(), _visitor, "Deutsch am Abend", new Dictionary<string, string> { ["en"] = "German in the evening" }, "Lindenhof", false, CancelReasons.OfferGone, DateTimeOffset.UtcNow);
        for (var time = 0; time < 2; time++) await host.TellAsync(ended, _visitor);
        await host.TellAsync(ended with { WaitingId = Guid.NewGuid(), Title = "", Titles = new Dictionary<string, string>(), Exhibitor = "", Confidential = true, Reason = CancelReasons.StandGone }, _visitor);
        var notices = await host.SettledAsync(2);
        Assert.Equal([("waiting-ended", "visitor", _visitor), ("waiting-ended", "visitor", _visitor)], notices.Select(n => (n.Kind, n.RecipientSide, n.VisitorId!.Value)));
        Assert.All(notices, n => Assert.DoesNotContain("German", n.Subject, StringComparison.Ordinal));
        var texts = Mails(host).Select(m => m.TextBody!).ToList();
        Assert.Contains("German in the evening\nLindenhof", Assert.Single(texts, t => t.Contains("This offer is no longer available.", StringComparison.Ordinal)).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Confidential talk", Assert.Single(texts, t => t.Contains("The stand no longer takes part", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_request_asks_the_stand_alone_to_answer()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org");
        var meeting = Samples.Meeting(_visitor, _exhibitor, 2) with { ExpiresAt = DateTimeOffset.UtcNow.AddHours(5) };
        await host.TellAsync(new MeetingMoved(meeting, false, meeting.Start.AddHours(-1), DateTimeOffset.UtcNow), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal("TENTATIVE", Entry(host, notice).Events.Single().Status);
        Assert.Contains("Bitte antworten Sie", Assert.Single(Mails(host)).TextBody);
    }

    [Fact]
    public async Task A_declined_request_takes_no_entry_along_that_the_visitor_never_had()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        await host.TellAsync(new MeetingDeclined(Samples.Meeting(_visitor, _exhibitor, 2), "taken", DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        var mail = Assert.Single(Mails(host));
        Assert.Empty(mail.Attachments);
        Assert.Contains("no place is free", mail.TextBody);
    }

    [Fact]
    public async Task The_same_message_three_times_makes_one_notice_and_two_events_make_two()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        var first = new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow);
        var id = await host.TellAsync(first, _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(first, _visitor, id);
        await host.TellAsync(first, _visitor, id);
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        Assert.Equal(2, (await host.SettledAsync(2)).Count);
        Assert.Equal(2, Mails(host).Count);
    }

    [Fact]
    public async Task With_the_inbox_switched_off_the_double_is_seen()
    {
        await using var host = await Host.StartAsync(("Faults:InboxOff", "true"));
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        var first = new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow);
        var id = await host.TellAsync(first, _visitor);
        await host.TellAsync(first, _visitor, id);
        Assert.Equal(2, (await host.SettledAsync(2)).Count);
    }

    [Fact]
    public async Task An_event_that_is_older_than_what_a_side_knows_is_not_news()
    {
        await using var host = await Host.StartAsync();
        var meeting = Samples.Meeting(_visitor, _exhibitor, version: 3);
        await host.TellAsync(new MeetingCancelled(meeting, "exhibitor", DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        var late = await host.TellAsync(new MeetingAccepted(meeting with { Version = 2 }, DateTimeOffset.UtcNow), _visitor);
        await host.AskAsync(db => Host.UntilAsync(() => db.Inbox.AnyAsync(i => i.MessageId == late), handled => handled));
        Assert.Single(await host.NoticesAsync());
    }

    [Fact]
    public async Task A_fair_that_moved_is_told_to_both_sides_as_the_reason_with_its_new_time_and_both_lose_their_entries()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org");
        var meeting = Samples.Meeting(_visitor, _exhibitor, 2);
        await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow, "visitor"), _visitor);
        await host.SettledAsync(2);
        await host.TellAsync(new MeetingCancelled(meeting with { Version = 3 }, "system", DateTimeOffset.UtcNow, CancelReasons.FairMoved, new DateTimeOffset(2026, 6, 27, 8, 0, 0, TimeSpan.Zero)), _visitor);
        var notices = (await host.SettledAsync(4)).Where(n => n.Kind == "meeting-cancelled").ToArray();
        Assert.Equal(2, notices.Length);
        var mails = Mails(host).Where(m => m.Subject!.Contains("abgesagt", StringComparison.Ordinal) || m.Subject.Contains("скасовано", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["o@example.org", "stand@example.org"], mails.Select(m => m.To.Mailboxes.Single().Address).Order());
        Assert.Contains("Messe ist verlegt worden", mails.Single(m => m.To.Mailboxes.Single().Address == "stand@example.org").TextBody);
        Assert.All(mails, m => Assert.Contains("27", m.TextBody));
        Assert.All(notices, n => Assert.Equal("CANCEL", Entry(host, n).Method));
    }

    [Fact]
    public async Task A_time_that_the_visitor_took_is_told_to_both_sides()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org");
        await host.TellAsync(new MeetingAccepted(Samples.Meeting(_visitor, _exhibitor, 3), DateTimeOffset.UtcNow, "visitor"), _visitor);
        await host.SettledAsync(2);
        Assert.Equal(["o@example.org", "stand@example.org"], Mails(host).Select(m => m.To.Mailboxes.Single().Address).Order());
    }

    [Fact]
    public async Task A_sign_in_link_goes_to_the_account_that_asked()
    {
        await using var host = await Host.StartAsync();
        var (account, link) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Profile.Addresses[$"/internal/accounts/{account}/address/{link}"] = new Address("staff@example.org", "en", "https://fair.example/staff/enter?code=x", "A. Person");
        await host.TellAsync(new SignInLinkRequested(account, link, DateTimeOffset.UtcNow), account);
        await host.SettledAsync(1);
        var mail = Assert.Single(Mails(host));
        Assert.Equal("Your link to sign in", mail.Subject);
        Assert.Contains("https://fair.example/staff/enter?code=x", mail.TextBody);
    }

    [Fact]
    public async Task While_Profile_is_away_notices_wait_and_then_go()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Down = true;
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => Task.FromResult(host.Profile.Asked.Count), n => n >= 2);
        Assert.Equal("waiting", Assert.Single(await host.NoticesAsync()).Result);
        host.Profile.Down = false;
        Assert.Equal("sent", Assert.Single(await host.SettledAsync(1)).Result);
    }

    [Fact]
    public async Task A_notice_that_never_gets_through_ends_as_failed()
    {
        await using var host = await Host.StartAsync(("Notices:Attempts", "3"));
        host.Profile.Down = true;
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        Assert.Equal("failed", Assert.Single(await host.SettledAsync(1)).Result);
        Assert.Equal(3, host.Profile.Asked.Count);
    }

    [Fact]
    public async Task What_a_process_had_in_hand_when_it_died_is_sent_by_the_next()
    {
        var host = await Host.StartAsync();
        try
        {
            host.Profile.Down = true;
            host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
            await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
            await Host.UntilAsync(() => Task.FromResult(host.Profile.Asked.Count), n => n >= 1);
            await host.StopAsync();
            host.Profile.Down = false;
            await host.RunAsync();
            Assert.Equal("sent", Assert.Single(await host.SettledAsync(1)).Result);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Many_people_at_once_are_each_told_once_and_nothing_is_given_up()
    {
        const int people = 40;
        await using var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        await Parallel.ForEachAsync(Enumerable.Range(0, people), async (n, _) =>
        {
            var visitor = Guid.CreateVersion7();
            host.Profile.Knows("visitor", visitor, $"v{n}@example.org", "uk");
            var meeting = Samples.Meeting(visitor, _exhibitor);
            await Task.WhenAll(
                host.TellAsync(Samples.Ranked(visitor), visitor),
                host.TellAsync(Samples.Contact(visitor, CapabilityToken.Create()), visitor),
                host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), visitor),
                host.TellAsync(new MeetingAccepted(meeting with { Version = 2 }, DateTimeOffset.UtcNow, "system"), visitor));
        });
        var notices = await host.SettledAsync(people * 3);
        Assert.Equal(people * 3, notices.Count);
        Assert.All(notices, n => Assert.Equal("sent", n.Result));
        Assert.Equal(people * 3, Mails(host).Count);
        Assert.Equal(0, await host.AskAsync(db => db.Quarantine.CountAsync()));
    }

    internal static List<MimeMessage> Mails(Host host) =>
        Directory.Exists(host.MailFolder) ? [.. Directory.GetFiles(host.MailFolder, "*.eml").Order().Select(f => MimeMessage.Load(f))] : [];

    private static Calendar Entry(Host host, NoticeRow notice)
    {
        var part = (TextPart)MimeMessage.Load(Path.Combine(host.MailFolder, $"{notice.Id}.eml")).Attachments.Single();
        Assert.Equal(("termin.ics", "text/calendar"), (part.FileName, part.ContentType.MimeType));
        var calendar = Calendar.Load(part.Text)!;
        Assert.Equal(calendar.Method, part.ContentType.Parameters["method"]);
        return calendar;
    }
}
