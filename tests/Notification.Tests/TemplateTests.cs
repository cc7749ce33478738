using System.Text.RegularExpressions;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Texts;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;

namespace Matchmaking.Notification.Tests;

public sealed class TemplateTests
{
    private const string Link = "https://fair.example/link/abc";

    public static TheoryData<string, string, string, bool> Everything()
    {
        var data = new TheoryData<string, string, string, bool>();
        foreach (var kind in NoticeKinds.All)
            foreach (var language in MailTexts.LanguagesOf(kind))
                foreach (var side in (string[])[Sides.Visitor, Sides.Exhibitor])
                    foreach (var confidential in (bool[])[false, true])
                        data.Add(kind, language, side, confidential);
        return data;
    }

    [Theory, MemberData(nameof(Everything))]
    public void Every_kind_renders_in_every_language_with_link_and_without_gaps(string kind, string language, string side, bool confidential)
    {
        var said = MailTexts.Render(kind, language, side, FactsOf(kind, confidential), Link);

        Assert.False(string.IsNullOrWhiteSpace(said.Subject));
        Assert.Contains(Link, said.Text.Split('\n'));
        Assert.DoesNotContain("{", said.Subject + said.Text);
        Assert.DoesNotMatch(new Regex("[٠-٩۰-۹]"), said.Subject + said.Text);
        Assert.DoesNotContain("\n\n\n", said.Text);
        Assert.Equal(said.Subject, MailTexts.SubjectOf(kind, language, side, FactsOf(kind, confidential)));
        Assert.True(said.Subject.Length <= 200);
    }

    [Theory, MemberData(nameof(Everything))]
    public void A_subject_names_neither_topic_nor_organisation(string kind, string language, string side, bool confidential)
    {
        var facts = FactsOf(kind, confidential);
        var said = MailTexts.Render(kind, language, side, facts, Link);
        string[] delicate = (facts.Meeting ?? (facts.Offer is null ? null : Samples.Meeting())) is { } m ? [m.Title, .. m.Titles.Values, m.Exhibitor] : [];

        foreach (var word in delicate) Assert.DoesNotContain(word, said.Subject);
        if (confidential) foreach (var word in delicate) Assert.DoesNotContain(word, said.Text);
        if (confidential && facts.Meeting is not null) Assert.Contains("KWM", said.Text);
    }

    [Theory]
    [InlineData("video", "https://video.example/room-7", "https://video.example/room-7")]
    [InlineData("phone", "tel:+4934112345", "+4934112345")]
    public void A_meeting_by_video_or_telephone_says_where_to_join_but_for_a_confidential_one(string format, string join, string said)
    {
        foreach (var language in Words.Languages)
            foreach (var kind in (string[])[NoticeKinds.Accepted, NoticeKinds.MeetingSoon])
            {
                var meeting = Samples.Meeting() with { Format = format, Join = join };
                Assert.Contains(MailTexts.Render(kind, language, Sides.Visitor, new NoticeFacts(meeting), Link).Text.Split('\n'), line => line.EndsWith(": " + said, StringComparison.Ordinal));
                Assert.DoesNotContain(said, MailTexts.Render(kind, language, Sides.Visitor, new NoticeFacts(meeting with { Confidential = true }), Link).Text);
                Assert.DoesNotContain(": \n", MailTexts.Render(kind, language, Sides.Visitor, new NoticeFacts(meeting with { Join = null }), Link).Text);
            }
    }

    [Fact]
    public void Of_an_agreed_meeting_whose_link_or_number_is_not_known_yet_the_visitor_reads_that_it_follows()
    {
        var all = new HashSet<string>();
        foreach (var language in Words.Languages)
            foreach (var format in (string[])["video", "phone"])
            {
                var lines = new HashSet<string>();
                foreach (var kind in (string[])[NoticeKinds.Accepted, NoticeKinds.Moved, NoticeKinds.Relocated, NoticeKinds.MeetingSoon])
                    foreach (var confidential in (bool[])[false, true])
                    {
                        string[] Said(string? join, bool agreed, string side = Sides.Visitor) => MailTexts.Render(kind, language, side,
                            FactsOf(kind, confidential) with { Meeting = Samples.Meeting(confidential: confidential) with { Format = format, Join = join }, Agreed = agreed }, Link).Text.Split('\n');
                        lines.Add(Assert.Single(Said(null, agreed: true).Except(Said(null, agreed: false))));
                        Assert.DoesNotContain(lines.Single(), Said("https://video.example/room-7", agreed: true));
                        Assert.DoesNotContain(lines.Single(), Said(null, agreed: true, Sides.Exhibitor));
                    }
                all.Add(lines.Single());
            }
        // Each says it in its own words, of a link otherwise than of a number.
        Assert.Equal(2 * Words.Languages.Count, all.Count);
    }

    [Fact]
    public void A_code_is_shown_at_a_table_and_not_to_a_camera_or_a_telephone()
    {
        foreach (var language in Words.Languages)
            foreach (var kind in (string[])[NoticeKinds.Accepted, NoticeKinds.Moved, NoticeKinds.Relocated, NoticeKinds.MeetingSoon])
                foreach (var format in (string[])["stand", "video", "phone"])
                {
                    var text = MailTexts.Render(kind, language, Sides.Visitor, FactsOf(kind, false) with { Meeting = Samples.Meeting() with { Format = format } }, Link).Text;
                    // Once as what the meeting is called by; once more where it is to be shown.
                    Assert.Equal((kind, language, format, format == "stand" && kind is (NoticeKinds.Accepted or NoticeKinds.Moved) ? 2 : 1), (kind, language, format, text.Split("KWM").Length - 1));
                    Assert.DoesNotMatch("(?m)^ |  ", text);
                }
    }

    [Fact]
    public void What_has_expired_is_said_by_who_did_not_act_in_every_language()
    {
        foreach (var language in Words.Languages)
        {
            var facts = new NoticeFacts(Samples.Meeting());
            string Said(string side, string? reason) => MailTexts.Render(NoticeKinds.Expired, language, side, facts with { Reason = reason }, Link) is var said ? said.Subject + said.Text : "";
            string[] texts = [Said(Sides.Visitor, null), Said(Sides.Exhibitor, null), Said(Sides.Visitor, ExpiryReasons.NoChoice), Said(Sides.Exhibitor, ExpiryReasons.NoChoice), Said(Sides.Visitor, ExpiryReasons.NotTaken)];
            // No paragraph but the greeting, the meeting and the link stands in two of the three cases.
            foreach (var (one, other) in ((int, int)[])[(0, 2), (0, 4), (2, 4), (1, 3), (2, 3)])
                Assert.InRange(texts[one].Split("\n\n").Intersect(texts[other].Split("\n\n")).Count(), 0, 3);
        }
    }

    [Fact]
    public void An_organisers_text_may_say_why_something_expired()
    {
        Assert.Contains("reason", TemplateSamples.Names(NoticeKinds.Expired, "de").Words);
        Assert.Equal([ExpiryReasons.NoChoice, ExpiryReasons.NotTaken, null], TemplateSamples.All(NoticeKinds.Expired).Where(s => s.Side == Sides.Visitor).Select(s => s.Facts.Reason).Distinct().OrderBy(r => r is null).ThenBy(r => r));
    }

    [Fact]
    public void An_organisers_text_may_say_where_to_join() =>
        Assert.Contains("join", TemplateSamples.Names(NoticeKinds.Accepted, "de").Words);

    [Theory, InlineData(NoticeKinds.Accepted), InlineData(NoticeKinds.Moved), InlineData(NoticeKinds.Relocated), InlineData(NoticeKinds.MeetingSoon)]
    public void An_organisers_text_may_say_that_the_way_to_join_follows_and_is_tried_with_it(string kind)
    {
        Assert.Contains("join_follows", TemplateSamples.Names(kind, "de").Words);
        Assert.Equal(["phone", "video"], TemplateSamples.All(kind).Where(s => s.Facts is { Agreed: true, Meeting.Join: null } && s.Facts.Meeting.Format != "stand").Select(s => s.Facts.Meeting!.Format).Distinct().Order());
    }

    [Fact]
    public void Times_are_those_of_the_fairs_zone_in_the_words_of_the_language()
    {
        var start = Samples.Meeting().Start;
        Assert.Equal("Samstag, 28. November 2026", new FairTime("Europe/Berlin", "de").Day(start));
        Assert.Equal("Saturday, 28 November 2026", new FairTime("Europe/Berlin", "en").Day(start));
        Assert.Equal("субота, 28 листопада 2026", new FairTime("Europe/Berlin", "uk").Day(start));
        Assert.Equal("السبت، 28.11.2026", new FairTime("Europe/Berlin", "ar").Day(start));
        Assert.Equal("sábado 28 de noviembre de 2026", new FairTime("Europe/Berlin", "es").Day(start));
        // By numbers: the names of months may be read as those of the Ethiopian calendar.
        Assert.Equal("ቀዳም፣ 28.11.2026", new FairTime("Europe/Berlin", "ti").Day(start));
        Assert.Equal("10:20", new FairTime("Europe/Berlin", "ar").Time(start));
    }

    /// <summary>A fair that came without fair.csv has no place.</summary>
    [Theory]
    [InlineData("", "Tisch 1", 3, "Ort: Tisch 1, Gesprächsplatz 3"), InlineData("", null, 3, "Ort: Gesprächsplatz 3"), InlineData("", "Tisch 1", null, "Ort: Tisch 1"), InlineData("", null, null, null)]
    [InlineData("Neues Rathaus", "Tisch 1", 3, "Ort: Neues Rathaus, Tisch 1, Gesprächsplatz 3"), InlineData("Neues Rathaus", null, null, "Ort: Neues Rathaus")]
    public void Of_the_place_is_said_what_is_known(string place, string? stand, int? table, string? line)
    {
        var facts = FactsOf(NoticeKinds.Accepted, false);
        foreach (var language in Words.Languages)
        {
            var text = MailTexts.Render(NoticeKinds.Accepted, language, Sides.Visitor, facts with { Meeting = facts.Meeting! with { Place = place, Stand = stand, Table = table } }, Link).Text;
            if (language == "de") Assert.Equal(line, text.Split('\n').SingleOrDefault(l => l.StartsWith("Ort:", StringComparison.Ordinal)));
            Assert.DoesNotMatch("[:،,] [,،]|[:،,] +\n", text);
        }
    }

    [Theory]
    [InlineData("uk", "uk")]
    [InlineData("ar-SY", "ar")]
    [InlineData("prs", "fa")]
    [InlineData("hu", "de")]
    public void A_reader_without_texts_of_their_own_gets_German(string asked, string given) => Assert.Equal(given, MailTexts.LanguageFor(NoticeKinds.Accepted, asked));

    [Fact]
    public void What_only_staff_read_is_there_in_their_languages_alone() => Assert.Equal("de", MailTexts.LanguageFor(NoticeKinds.Requested, "fr"));

    [Fact]
    public void The_exhibitor_reads_the_languages_that_the_visitor_shares_in_words()
    {
        var said = MailTexts.Render(NoticeKinds.Requested, "de", Sides.Exhibitor, FactsOf(NoticeKinds.Requested, false), Link);
        Assert.Contains("Ukrainisch, Russisch", said.Text);
        Assert.Contains("Deutsch: A2", said.Text);
    }

    [Fact]
    public void Nothing_is_said_of_the_visitor_who_does_not_share()
    {
        var meeting = Samples.Meeting() with { VisitorLanguages = [], VisitorGerman = null };
        var said = MailTexts.Render(NoticeKinds.Requested, "de", Sides.Exhibitor, new NoticeFacts(meeting), Link);
        Assert.DoesNotContain("Sprachen für das Gespräch", said.Text);
        Assert.DoesNotContain("Deutsch:", said.Text);
    }

    [Fact]
    public void A_word_that_nobody_set_is_refused()
    {
        Assert.ThrowsAny<Exception>(() => MailTexts.Say(MailTexts.Parse("Guten Tag {{ unheard_of }}"), []));
        Assert.ThrowsAny<Exception>(() => MailTexts.Say(MailTexts.Parse("{% if unheard_of == 'x' %}a{% endif %}"), []));
    }

    internal static NoticeFacts FactsOf(string kind, bool confidential) => kind is NoticeKinds.ListReady or NoticeKinds.SignIn or NoticeKinds.WebhookDisabled ? new NoticeFacts()
        : kind is NoticeKinds.Planned ? new NoticeFacts(At: Samples.Now, Zone: "Europe/Berlin", Count: 11)
        : kind is NoticeKinds.WaitingEnded ? new NoticeFacts(Reason: CancelReasons.OfferGone, Offer: confidential ? new("", new Dictionary<string, string>(), "", true) : new(Samples.Meeting().Title, Samples.Meeting().Titles, Samples.Meeting().Exhibitor, false))
        : kind is NoticeKinds.Digest or NoticeKinds.DayAhead ? new NoticeFacts(At: Samples.Now, Zone: "Europe/Berlin")
        : new NoticeFacts(Samples.Meeting(confidential: confidential), "taken", [Samples.Now.AddDays(5), Samples.Now.AddDays(5).AddHours(1)], "request");
}
