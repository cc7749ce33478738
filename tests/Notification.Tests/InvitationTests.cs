using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;
using Matchmaking.ServiceDefaults.Auth;
using MimeKit;

namespace Matchmaking.Notification.Tests;

/// <summary>Invitations, changes and withdrawals by RFC 5546, as they leave the house, read by a reader that shares no line with their writer.</summary>
public sealed class InvitationTests
{
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();

    [Fact]
    public async Task A_meetings_whole_life_is_one_entry_in_each_calendar_that_grows_older_and_goes()
    {
        await using var host = await StartAsync();
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        var moved = meeting with { Version = 3, Start = meeting.Start.AddHours(2), End = meeting.End.AddHours(2), ExpiresAt = null };
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingAccepted(meeting with { Version = 2 }, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(3);
        await host.TellAsync(new MeetingMoved(moved, true, meeting.Start, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(5);
        await host.TellAsync(new MeetingCancelled(moved with { Version = 4 }, "exhibitor", DateTimeOffset.UtcNow), _visitor);
        var notices = await host.SettledAsync(7);

        var stand = notices.Where(n => n.RecipientSide == Sides.Exhibitor).Select(n => (n.Kind, Entry: EntryOf(host, n))).ToList();
        Assert.Equal([("meeting-requested", "REQUEST", 1, "TENTATIVE"), ("calendar-confirmed", "REQUEST", 2, "CONFIRMED"), ("meeting-moved", "REQUEST", 3, "CONFIRMED"), ("calendar-cleared", "CANCEL", 4, "CANCELLED")],
            stand.Select(s => (s.Kind, s.Entry.Method, s.Entry.Event.Sequence, s.Entry.Event.Status)));
        var visitor = notices.Where(n => n.RecipientSide == Sides.Visitor).Select(n => (n.Kind, Entry: EntryOf(host, n))).ToList();
        Assert.Equal([("meeting-accepted", "REQUEST", 2, "CONFIRMED"), ("meeting-moved", "REQUEST", 3, "CONFIRMED"), ("meeting-cancelled", "CANCEL", 4, "CANCELLED")],
            visitor.Select(s => (s.Kind, s.Entry.Method, s.Entry.Event.Sequence, s.Entry.Event.Status)));
        Assert.Single(stand.Concat(visitor).Select(s => s.Entry.Event.Uid).Distinct());
        Assert.Equal([meeting.Start, meeting.Start, moved.Start, moved.Start], stand.Select(s => s.Entry.Event.Start));
        // Nobody's address stands in the other side's calendar.
        Assert.All(stand, s => Assert.Equal(["mailto:stand@example.org"], s.Entry.Event.Attendees.Select(a => a.Value)));
        Assert.All(visitor, s => Assert.Equal(["mailto:o@example.org"], s.Entry.Event.Attendees.Select(a => a.Value)));
        Assert.All(stand.Concat(visitor), s => Assert.Equal("mailto:no-reply@matchmaking.example", s.Entry.Event.Organizer));
    }

    [Fact]
    public async Task A_stand_that_declines_loses_the_tentative_entry_and_one_that_never_had_it_hears_nothing()
    {
        await using var host = await StartAsync();
        var (asked, other) = (Samples.Meeting(_visitor, _exhibitor), Samples.Meeting(_visitor, _exhibitor));
        await host.TellAsync(new MeetingRequested(asked, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingDeclined(asked with { Version = 2 }, "time", DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(3);
        await host.TellAsync(new MeetingDeclined(other with { Version = 2 }, "time", DateTimeOffset.UtcNow), _visitor);
        var notices = await host.SettledAsync(4);

        Assert.Equal("CANCEL", EntryOf(host, Assert.Single(notices, n => n.Kind == NoticeKinds.CalendarCleared && n.RecipientSide == Sides.Exhibitor)).Method);
        Assert.Equal(4, notices.Count);
    }

    [Fact]
    public async Task A_stand_that_proposes_other_times_loses_the_tentative_entry_and_gets_a_firm_one_when_the_visitor_chooses()
    {
        await using var host = await StartAsync();
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingProposed(meeting with { Version = 2 }, [meeting.Start.AddHours(1)], DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(3);
        var chosen = meeting with { Version = 3, Start = meeting.Start.AddHours(1), End = meeting.End.AddHours(1) };
        await host.TellAsync(new MeetingAccepted(chosen, DateTimeOffset.UtcNow, "visitor"), _visitor);
        var stand = (await host.SettledAsync(5)).Where(n => n.RecipientSide == Sides.Exhibitor).Select(n => (n.Kind, Entry: EntryOf(host, n))).ToList();

        Assert.Equal([("meeting-requested", "REQUEST", 1, "TENTATIVE"), ("calendar-freed", "CANCEL", 2, "CANCELLED"), ("meeting-accepted", "REQUEST", 3, "CONFIRMED")],
            stand.Select(s => (s.Kind, s.Entry.Method, s.Entry.Event.Sequence, s.Entry.Event.Status)));
        Assert.Single(stand.Select(s => s.Entry.Event.Uid).Distinct());
    }

    [Fact]
    public async Task Another_table_or_link_makes_the_visitors_entry_new_and_who_was_only_asked_for_hears_nothing()
    {
        await using var host = await StartAsync();
        var meeting = Samples.Meeting(_visitor, _exhibitor) with { Version = 2, Format = "video", Join = "https://old.example.org/kwm" };
        await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingRelocated(meeting with { Version = 3, Join = "https://new.example.org/kwm" }, "accepted", DateTimeOffset.UtcNow), _visitor);
        await host.TellAsync(new MeetingRelocated(Samples.Meeting(_visitor, _exhibitor) with { Version = 2 }, "requested", DateTimeOffset.UtcNow), _visitor);
        var notices = await host.SettledAsync(2);

        var told = Assert.Single(notices, n => n.Kind == NoticeKinds.Relocated);
        Assert.Equal((Sides.Visitor, "REQUEST", 3L), (told.RecipientSide, EntryOf(host, told).Method, (long)EntryOf(host, told).Event.Sequence));
        Assert.Contains("https://new.example.org/kwm", Mail(host, told).TextBody);
        Assert.Equal(2, notices.Count);
    }

    [Theory]
    [InlineData("video", "The link will follow", "https://video.example.org/kwm", "https://video.example.org/kwm"), InlineData("phone", "The number will follow", "tel:+4934112345", "+4934112345")]
    public async Task Where_the_stand_has_not_said_yet_where_to_join_the_visitor_is_told_so_and_then_where(string format, string follows, string join, string said)
    {
        await using var host = await StartAsync();
        var meeting = Samples.Meeting(_visitor, _exhibitor) with { Version = 2, Format = format };
        await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingMoved(meeting with { Version = 3 }, true, meeting.Start, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(3);
        await host.TellAsync(new MeetingRelocated(meeting with { Version = 4, Join = join }, "accepted", DateTimeOffset.UtcNow), _visitor);
        var mails = (await host.SettledAsync(4)).Where(n => n.RecipientSide == Sides.Visitor).Select(n => (n.Kind, Text: Mail(host, n).TextBody!)).ToList();

        Assert.Equal([("meeting-accepted", true, false), ("meeting-moved", true, false), ("meeting-relocated", false, true)],
            mails.Select(m => (m.Kind, m.Text.Contains(follows, StringComparison.Ordinal), m.Text.Contains(said, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Of_a_published_schedule_a_stand_hears_once_however_often_it_comes_and_has_no_entry_to_confirm()
    {
        await using var host = await StartAsync();
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow, "system"), _visitor);
        await host.SettledAsync(1);
        var planned = new MeetingsPlanned(Guid.NewGuid(), Guid.NewGuid(), _exhibitor, 11, meeting.Start, "Europe/Berlin", DateTimeOffset.UtcNow);
        for (var time = 0; time < 2; time++) await host.TellAsync(planned, _exhibitor);
        await host.TellAsync(planned with { ScheduleId = Guid.NewGuid(), Count = 2 }, _exhibitor);
        var told = (await host.SettledAsync(3)).Where(n => n.RecipientSide == Sides.Exhibitor).ToList();

        Assert.Equal(["meetings-planned", "meetings-planned"], told.Select(n => n.Kind));
        Assert.Contains("geplant: 11, der erste am", told[0].Subject);
        Assert.Contains("Für Ihren Stand sind darin Termine geplant: 11.", Mail(host, told[0]).TextBody);
    }

    [Fact]
    public async Task Calendars_that_follow_by_themselves_find_the_entry_beside_the_text_with_its_method()
    {
        await using var host = await StartAsync();
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        var mail = Mail(host, Assert.Single(await host.SettledAsync(1)));
        var beside = Assert.IsType<TextPart>(Assert.IsType<MultipartAlternative>(Assert.IsType<Multipart>(mail.Body)[0])[2]);
        Assert.Equal(("text/calendar", "REQUEST", "utf-8"), (beside.ContentType.MimeType, beside.ContentType.Parameters["method"], beside.ContentType.Charset));
        Assert.Equal(mail.Attachments.OfType<TextPart>().Single().Text, beside.Text);
    }

    [Theory, InlineData("de"), InlineData("en"), InlineData("uk"), InlineData("ar")]
    public void Long_words_commas_and_line_breaks_stay_within_the_rules_in_every_language(string language)
    {
        var meeting = Samples.Meeting() with
        {
            Exhibitor = "Verein für Begegnung, Bildung; und \\ Beratung: " + string.Concat(Enumerable.Repeat("ґендерний підхід ", 12)),
            Place = "Neues Rathaus, Martin-Luther-Ring 4–6\n04109 Leipzig",
        };
        foreach (var method in (string[])["request", "cancel"])
        {
            var read = StrictCalendar.Read(CalendarEntry.Of(new NoticeFacts(meeting with { Version = 7 }, Calendar: method), Sides.Visitor, language, "fair@example.org", "a@example.org", Samples.Now)!.Text);
            Assert.Equal(method.ToUpperInvariant(), read.Method);
            Assert.EndsWith(meeting.Exhibitor, read.Event.Summary, StringComparison.Ordinal);
            Assert.StartsWith(meeting.Place, read.Event.Location, StringComparison.Ordinal);
            Assert.Equal((meeting.Start, meeting.End, Samples.Now, 7), (read.Event.Start, read.Event.End, read.Event.Stamp, read.Event.Sequence));
        }
    }

    [Theory]
    [InlineData("METHOD:REQUEST\r\n", "", "METHOD")]
    [InlineData("SEQUENCE:1\r\n", "", "SEQUENCE")]
    [InlineData("\r\nEND:VEVENT", "\nEND:VEVENT", "CRLF")]
    [InlineData("METHOD:REQUEST", "METHOD:CANCEL", "CANCELLED")]
    [InlineData("METHOD:REQUEST", "METHOD:PUBLISH", "ATTENDEE")]
    [InlineData("DTSTART:20261128T092000Z", "DTSTART:20261128T092000", "")]
    [InlineData("BEGIN:VEVENT\r\n", "BEGIN:VEVENT\r\nUID:other\r\n", "UID")]
    public void The_second_reader_refuses_what_breaks_the_rules(string good, string bad, string why)
    {
        var text = CalendarEntry.Of(new NoticeFacts(Samples.Meeting(), Calendar: "request"), Sides.Visitor, "de", "fair@example.org", "a@example.org", Samples.Now)!.Text;
        StrictCalendar.Read(text);
        var broken = text.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(text, broken);
        Assert.Contains(why, Assert.Throws<FormatException>(() => StrictCalendar.Read(broken)).Message);
    }

    private async Task<Host> StartAsync()
    {
        var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        await host.TellAsync(Samples.Contact(_visitor, CapabilityToken.Create(), language: "en"), _visitor);
        return host;
    }

    private static MimeMessage Mail(Host host, NoticeRow notice) => MimeMessage.Load(Path.Combine(host.MailFolder, $"{notice.Id}.eml"));

    /// <summary>The bytes as they were sent: a part's text has its line ends changed by whoever reads it.</summary>
    private static StrictCalendar EntryOf(Host host, NoticeRow notice)
    {
        using var bytes = new MemoryStream();
        Mail(host, notice).Attachments.OfType<TextPart>().Single().Content!.DecodeTo(bytes, TestContext.Current.CancellationToken);
        return StrictCalendar.Read(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
