using System.Globalization;
using System.Text.RegularExpressions;
using DotLiquid;
using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Timing;

namespace Matchmaking.Notification.Templates;

internal sealed record MailText(string Language, string Subject, string Text);

/// <summary>
/// Says a notice in its reader's language. A template's first line is the subject; a subject line names a meeting by its code, day and
/// time alone, since others see it over a shoulder: never a topic, never an organisation.
/// </summary>
internal static partial class MailTexts
{
    private static readonly Dictionary<string, MailTemplate> Templates = [];
    internal const int LongestText = 20_000;
    private const int MostRounds = 2000;
    private const string Telephone = "tel:";
    private static readonly Dictionary<string, Template> Meetings = [];
    private static readonly Dictionary<string, Template> Lines = [];
    private static readonly Dictionary<string, Template> Stops = [];

    static MailTexts()
    {
        foreach (var language in Contracts.Texts.Words.Languages)
        {
            Meetings[language] = Parse(Read($"_meeting.{language}"));
            Lines[language] = Parse(Read($"_line.{language}"));
            Stops[language] = Parse(Read($"_stop.{language}"));
        }
        foreach (var kind in NoticeKinds.All)
            foreach (var language in LanguagesOf(kind)) Templates[$"{kind}.{language}"] = MailTemplate.Parse(BuiltIn(kind, language));
    }

    public static IReadOnlyList<string> LanguagesOf(string kind) => NoticeKinds.ForStaff.Contains(kind) ? Contracts.Texts.Words.StaffLanguages : Contracts.Texts.Words.Languages;

    /// <summary>The language that serves a reader: the same, or its base ("ar-SY" reads "ar"); Persian for Dari, which is written alike; else German.</summary>
    public static string LanguageFor(string kind, string language)
    {
        var (there, spoken) = (LanguagesOf(kind), language.Split('-')[0].ToLowerInvariant());
        return there.Contains(spoken) ? spoken : spoken == "prs" && there.Contains("fa") ? "fa" : "de";
    }

    /// <summary>The text that comes with the product.</summary>
    public static string BuiltIn(string kind, string language) => Read($"{kind}.{language}");

    /// <param name="edited">An organiser's text instead of the one that comes with the product.</param>
    public static string SubjectOf(string kind, string language, string side, NoticeFacts facts, MailTemplate? edited = null)
    {
        var spoken = LanguageFor(kind, language);
        return Say((edited ?? Templates[$"{kind}.{spoken}"]).Subject, Words(spoken, side, facts, link: "")).Trim();
    }

    /// <param name="lists">Of a digest or of the evening's notice.</param>
    /// <param name="edited">An organiser's text instead of the one that comes with the product.</param>
    public static MailText Render(string kind, string language, string side, NoticeFacts facts, string link, MeetingLists? lists = null, MailTemplate? edited = null)
    {
        var spoken = LanguageFor(kind, language);
        var text = Say((edited ?? Templates[$"{kind}.{spoken}"]).Body, WordsOf(spoken, side, facts, link, lists)).Trim() + "\n";
        return new MailText(spoken, SubjectOf(kind, spoken, side, facts, edited), TooManyBreaks().Replace(text, "\n\n"));
    }

    /// <summary>All that a text of this notice may say.</summary>
    public static Hash WordsOf(string language, string side, NoticeFacts facts, string link, MeetingLists? lists)
    {
        var words = Words(language, side, facts, link);
        lists ??= MeetingLists.None;
        words["open"] = lists.Open.Select(m => Line(language, side, m)).ToArray();
        words["news"] = lists.News.ToArray();
        words["meetings"] = lists.Day.Select(m => Line(language, side, m)).ToArray();
        if (facts.Meeting is not null) words["meeting"] = Say(Meetings[language], words).Trim();
        return words;
    }

    /// <summary>How mails are stopped: under every mail, whatever its template says.</summary>
    public static string StopLine(string language, string link) => Say(Stops[language], new Hash { ["stop"] = link }).Trim() + "\n";

    /// <summary>A meeting in one line of a list.</summary>
    private static string Line(string language, string side, MeetingFacts meeting) => Say(Lines[language], Words(language, side, new NoticeFacts(meeting), link: "")).Trim();

    private static Hash Words(string language, string side, NoticeFacts facts, string link)
    {
        var words = new Hash();
        words["side"] = side;
        words["link"] = link;
        words["reason"] = facts.Reason ?? "";
        if (facts is { At: { } at, Zone: { } zone })
        {
            var clock = new FairTime(zone, language);
            words["day"] = clock.Day(at);
            words["from"] = clock.Time(at);
        }
        if (facts.Count > 0) words["count"] = facts.Count.ToString(CultureInfo.InvariantCulture);
        if (facts.Offer is { } offer)
        {
            words["confidential"] = offer.Confidential;
            words["title"] = TitleOf(offer.Title, offer.Titles, language);
            words["exhibitor"] = offer.Exhibitor;
        }
        if (facts.Meeting is not { } meeting) return words;
        var say = new FairTime(meeting.Zone, language);
        words["code"] = meeting.Code;
        words["confidential"] = meeting.Confidential;
        words["title"] = TitleOf(meeting.Title, meeting.Titles, language);
        words["exhibitor"] = meeting.Exhibitor;
        words["stand"] = StandSign.In(meeting.Stand, language) ?? "";
        words["table"] = meeting.Table?.ToString(CultureInfo.InvariantCulture) ?? "";
        words["place"] = meeting.Place;
        words["format"] = meeting.Format;
        // A link may name the organisation, and a mail is read over shoulders: of a confidential meeting it stands on the visitor's page alone.
        words["join"] = meeting is { Confidential: false, Join: { } join } ? join.StartsWith(Telephone, StringComparison.Ordinal) ? join[Telephone.Length..] : join : "";
        // Agreed on before the stand has entered its link or number: when it does, the visitor is told (MeetingRelocated).
        words["join_follows"] = facts.Agreed && side == Sides.Visitor && meeting is { Format: not "stand", Join: null };
        words["day"] = say.Day(meeting.Start);
        words["from"] = say.Time(meeting.Start);
        words["to"] = say.Time(meeting.End);
        words["expires"] = meeting.ExpiresAt is { } expires ? say.DayAndTime(expires) : "";
        words["starts"] = (facts.Starts ?? []).Select(say.DayAndTime).ToArray();
        words["languages"] = string.Join(", ", meeting.VisitorLanguages.Select(l => LanguageNames.Of(l, language)));
        words["german"] = meeting.VisitorGerman ?? "";
        return words;
    }

    public static string TitleOf(string german, IReadOnlyDictionary<string, string> titles, string language) => titles.GetValueOrDefault(language) is { Length: > 0 } title ? title : german;

    internal static Template Parse(string text)
    {
        var template = Template.Parse(text, SyntaxCompatibility.DotLiquid22a);
        template.MakeThreadSafe();
        return template;
    }

    /// <summary>
    /// A word that nobody set is a mistake in a template, not a gap in somebody's mail. A text that goes round for long or says without end is stopped,
    /// though <see cref="TemplateCheck"/> lets none be saved that could.
    /// </summary>
    internal static string Say(Template template, Hash words)
    {
        var context = new Context([words], [], [], ErrorsOutputMode.Rethrow, MostRounds, CultureInfo.InvariantCulture, CancellationToken.None) { SyntaxCompatibilityLevel = SyntaxCompatibility.DotLiquid22a };
        var text = template.Render(new RenderParameters(CultureInfo.InvariantCulture) { Context = context, ErrorsOutputMode = ErrorsOutputMode.Rethrow });
        return context.Errors.Count == 0 ? text : throw context.Errors[0];
    }

    private static string Read(string name)
    {
        using var stream = typeof(MailTexts).Assembly.GetManifestResourceStream($"Templates/{name}.liquid") ?? throw new InvalidOperationException($"There is no template {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("\n{3,}")]
    private static partial Regex TooManyBreaks();
}
