using System.Globalization;
using System.Text.RegularExpressions;
using DotLiquid;
using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;

namespace Matchmaking.Notification.Templates;

internal sealed record MailText(string Language, string Subject, string Text);

/// <summary>
/// Says a notice in its reader's language. A template's first line is the subject; a subject line names a meeting by its code, day and
/// time alone, since others see it over a shoulder: never a topic, never an organisation.
/// </summary>
internal static partial class MailTexts
{
    public static readonly IReadOnlyList<string> Languages = ["de", "en", "uk", "ar"];
    private static readonly Dictionary<string, Template> Subjects = [];
    private static readonly Dictionary<string, Template> Bodies = [];
    private static readonly Dictionary<string, Template> Meetings = [];

    static MailTexts()
    {
        foreach (var language in Languages)
        {
            Meetings[language] = Parse(Read($"_meeting.{language}"));
            foreach (var kind in NoticeKinds.All)
            {
                var parts = Read($"{kind}.{language}").Split('\n', 2);
                Subjects[$"{kind}.{language}"] = Parse(parts[0]);
                Bodies[$"{kind}.{language}"] = Parse(parts[1].TrimStart('\n'));
            }
        }
    }

    /// <summary>The launch language that serves a reader: the same, or its base ("ar-SY" reads "ar"), else German.</summary>
    public static string LanguageFor(string language) =>
        Languages.FirstOrDefault(l => l == language) ?? Languages.FirstOrDefault(l => language.StartsWith(l + "-", StringComparison.OrdinalIgnoreCase)) ?? "de";

    public static string SubjectOf(string kind, string language, string side, NoticeFacts facts)
    {
        var spoken = LanguageFor(language);
        return Say(Subjects[$"{kind}.{spoken}"], Words(spoken, side, facts, link: "")).Trim();
    }

    public static MailText Render(string kind, string language, string side, NoticeFacts facts, string link)
    {
        var spoken = LanguageFor(language);
        var words = Words(spoken, side, facts, link);
        if (facts.Meeting is not null) words["meeting"] = Say(Meetings[spoken], words).Trim();
        var text = Say(Bodies[$"{kind}.{spoken}"], words).Trim() + "\n";
        return new MailText(spoken, SubjectOf(kind, spoken, side, facts), TooManyBreaks().Replace(text, "\n\n"));
    }

    private static Hash Words(string language, string side, NoticeFacts facts, string link)
    {
        var words = new Hash();
        words["side"] = side;
        words["link"] = link;
        words["reason"] = facts.Reason ?? "";
        if (facts.Meeting is not { } meeting) return words;
        var say = new FairTime(meeting.Zone, language);
        words["code"] = meeting.Code;
        words["confidential"] = meeting.Confidential;
        words["title"] = TitleOf(meeting, language);
        words["exhibitor"] = meeting.Exhibitor;
        words["stand"] = StandSign.In(meeting.Stand, language) ?? "";
        words["table"] = meeting.Table?.ToString(CultureInfo.InvariantCulture) ?? "";
        words["place"] = meeting.Place;
        words["format"] = meeting.Format;
        words["day"] = say.Day(meeting.Start);
        words["from"] = say.Time(meeting.Start);
        words["to"] = say.Time(meeting.End);
        words["expires"] = meeting.ExpiresAt is { } expires ? say.DayAndTime(expires) : "";
        words["starts"] = (facts.Starts ?? []).Select(say.DayAndTime).ToArray();
        words["languages"] = string.Join(", ", meeting.VisitorLanguages.Select(l => LanguageNames.Of(l, language)));
        words["german"] = meeting.VisitorGerman ?? "";
        return words;
    }

    public static string TitleOf(MeetingFacts meeting, string language) => meeting.Titles.GetValueOrDefault(language) is { Length: > 0 } title ? title : meeting.Title;

    internal static Template Parse(string text)
    {
        var template = Template.Parse(text, SyntaxCompatibility.DotLiquid22a);
        template.MakeThreadSafe();
        return template;
    }

    /// <summary>A word that nobody set is a mistake in a template, not a gap in somebody's mail.</summary>
    internal static string Say(Template template, Hash words)
    {
        var context = new Context([words], [], [], ErrorsOutputMode.Rethrow, 0, CultureInfo.InvariantCulture, CancellationToken.None) { SyntaxCompatibilityLevel = SyntaxCompatibility.DotLiquid22a };
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
