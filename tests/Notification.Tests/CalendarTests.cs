using Ical.Net;
using Ical.Net.CalendarComponents;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;

namespace Matchmaking.Notification.Tests;

public sealed class CalendarTests
{
    [Fact]
    public void The_same_meeting_keeps_its_uid_and_its_version_is_the_sequence()
    {
        var meeting = Samples.Meeting(version: 1);
        var (_, first) = Read(new NoticeFacts(meeting, Calendar: "request", Tentative: true));
        var (calendar, later) = Read(new NoticeFacts(meeting with { Version = 4 }, Calendar: "cancel"));

        Assert.Equal($"{meeting.MeetingId}@matchmaking", first.Uid);
        Assert.Equal(first.Uid, later.Uid);
        Assert.Equal(1, first.Sequence);
        Assert.Equal(4, later.Sequence);
        Assert.Equal("TENTATIVE", first.Status);
        Assert.Equal("CANCELLED", later.Status);
        Assert.Equal("CANCEL", calendar.Method);
    }

    [Fact]
    public void Times_and_place_survive_being_written_and_read()
    {
        var meeting = Samples.Meeting();
        var (calendar, entry) = Read(new NoticeFacts(meeting, Calendar: "request"));

        Assert.Equal("REQUEST", calendar.Method);
        Assert.Equal(meeting.Start.UtcDateTime, entry.Start!.AsUtc);
        Assert.Equal(meeting.End.UtcDateTime, entry.End!.AsUtc);
        Assert.Equal("Neues Rathaus, Tisch 14, Halle 1", entry.Location);
        Assert.Equal("CONFIRMED", entry.Status);
        Assert.Equal("mailto:fair@example.org", entry.Organizer!.Value!.OriginalString);
    }

    [Theory]
    [InlineData("en", "Neues Rathaus, Table 14, Hall 1"), InlineData("uk", "Neues Rathaus, Стіл 14, Зал 1"), InlineData("ar", "Neues Rathaus، طاولة 14، قاعة 1")]
    public void Mail_and_entry_say_where_the_stand_is_in_the_readers_words(string language, string place)
    {
        var facts = new NoticeFacts(Samples.Meeting(), Calendar: "request");
        Assert.Equal(place, Read(facts, language).Item2.Location);
        Assert.Contains(place, MailTexts.Render("meeting-accepted", language, Sides.Visitor, facts, "https://fair.example/link/abc").Text);
    }

    [Fact]
    public void A_confidential_meeting_shows_its_code_alone()
    {
        var file = CalendarEntry.Of(new NoticeFacts(Samples.Meeting(confidential: true), Calendar: "request"), Sides.Visitor, "de", "fair@example.org", "a@example.org", Samples.Now)!;
        Assert.Contains("SUMMARY:Termin KWM", file.Text);
        Assert.DoesNotContain("Schuldner", file.Text);
        Assert.DoesNotContain("Beratungshaus", file.Text);
    }

    [Fact]
    public void Without_a_method_there_is_no_entry() =>
        Assert.Null(CalendarEntry.Of(new NoticeFacts(Samples.Meeting()), Sides.Visitor, "de", "fair@example.org", "a@example.org", Samples.Now));

    private static (Calendar, CalendarEvent) Read(NoticeFacts facts, string language = "de")
    {
        var calendar = Calendar.Load(CalendarEntry.Of(facts, Sides.Visitor, language, "fair@example.org", "a@example.org", Samples.Now)!.Text)!;
        return (calendar, Assert.Single(calendar.Events));
    }
}
