using DotLiquid;

namespace Matchmaking.Notification.Templates;

/// <summary>A text of a notice, read: its first line is the subject, the rest behind an empty line is what is said.</summary>
internal sealed record MailTemplate(Template Subject, Template Body)
{
    public static MailTemplate Parse(string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split('\n', 2);
        return new MailTemplate(MailTexts.Parse(parts[0]), MailTexts.Parse(parts[1].TrimStart('\n')));
    }
}
