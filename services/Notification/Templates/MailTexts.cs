using System.Globalization;
using System.Text.RegularExpressions;
using Fluid;
using Fluid.Values;
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
    private static readonly TemplateOptions Options = Strict();
    private static readonly Dictionary<string, IFluidTemplate> Subjects = [];
    private static readonly Dictionary<string, IFluidTemplate> Bodies = [];
    private static readonly Dictionary<string, IFluidTemplate> Meetings = [];

    static MailTexts()
    {
        var parser = new FluidParser();
        foreach (var language in Languages)
        {
            Meetings[language] = parser.Parse(Read($"_meeting.{language}"));
            foreach (var kind in NoticeKinds.All)
            {
                var parts = Read($"{kind}.{language}").Split('\n', 2);
                Subjects[$"{kind}.{language}"] = parser.Parse(parts[0]);
                Bodies[$"{kind}.{language}"] = parser.Parse(parts[1].TrimStart('\n'));
            }
        }
    }

    /// <summary>The launch language that serves a reader: the same, or its base ("ar-SY" reads "ar"), else German.</summary>
    public static string LanguageFor(string language) =>
        Languages.FirstOrDefault(l => l == language) ?? Languages.FirstOrDefault(l => language.StartsWith(l + "-", StringComparison.OrdinalIgnoreCase)) ?? "de";

    public static string SubjectOf(string kind, string language, string side, NoticeFacts facts)
    {
        var spoken = LanguageFor(language);
        return Subjects[$"{kind}.{spoken}"].Render(Context(spoken, side, facts, link: "")).Trim();
    }

    public static MailText Render(string kind, string language, string side, NoticeFacts facts, string link)
    {
        var spoken = LanguageFor(language);
        var context = Context(spoken, side, facts, link);
        if (facts.Meeting is not null) context.SetValue("meeting", Meetings[spoken].Render(Context(spoken, side, facts, link)).Trim());
        var text = Bodies[$"{kind}.{spoken}"].Render(context).Trim() + "\n";
        return new MailText(spoken, SubjectOf(kind, spoken, side, facts), TooManyBreaks().Replace(text, "\n\n"));
    }

    private static TemplateContext Context(string language, string side, NoticeFacts facts, string link)
    {
        var context = new TemplateContext(Options);
        context.SetValue("side", side);
        context.SetValue("link", link);
        context.SetValue("reason", facts.Reason ?? "");
        if (facts.Meeting is not { } meeting) return context;
        var say = new FairTime(meeting.Zone, language);
        context.SetValue("code", meeting.Code);
        context.SetValue("confidential", meeting.Confidential);
        context.SetValue("title", TitleOf(meeting, language));
        context.SetValue("exhibitor", meeting.Exhibitor);
        context.SetValue("stand", meeting.Stand ?? "");
        context.SetValue("table", meeting.Table?.ToString(CultureInfo.InvariantCulture) ?? "");
        context.SetValue("place", meeting.Place);
        context.SetValue("format", meeting.Format);
        context.SetValue("day", say.Day(meeting.Start));
        context.SetValue("from", say.Time(meeting.Start));
        context.SetValue("to", say.Time(meeting.End));
        context.SetValue("expires", meeting.ExpiresAt is { } expires ? say.DayAndTime(expires) : "");
        context.SetValue("starts", new ArrayValue([.. (facts.Starts ?? []).Select(s => new StringValue(say.DayAndTime(s)))]));
        context.SetValue("languages", string.Join(", ", meeting.VisitorLanguages.Select(l => LanguageNames.Of(l, language))));
        context.SetValue("german", meeting.VisitorGerman ?? "");
        return context;
    }

    public static string TitleOf(MeetingFacts meeting, string language) => meeting.Titles.GetValueOrDefault(language) is { Length: > 0 } title ? title : meeting.Title;

    /// <summary>A variable that nobody set is a mistake in a template, not an empty word in somebody's mail.</summary>
    private static TemplateOptions Strict() => new() { StrictVariables = true, StrictFilters = true };

    private static string Read(string name)
    {
        using var stream = typeof(MailTexts).Assembly.GetManifestResourceStream($"Templates/{name}.liquid") ?? throw new InvalidOperationException($"There is no template {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("\n{3,}")]
    private static partial Regex TooManyBreaks();
}
