using System.Text;
using System.Text.Encodings.Web;
using Matchmaking.Contracts.Texts;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;
using Matchmaking.ServiceDefaults.Calendars;
using MimeKit;
using MimeKit.Text;

namespace Matchmaking.Notification.Channels;

/// <summary>Puts a mail together: plain text, the same as simple HTML with language and direction, the calendar entry.</summary>
internal static class MailMaker
{
    private const string OurHost = "@matchmaking";

    /// <summary>The notice whose mail has this Message-ID; null: it is none of ours.</summary>
    public static Guid? NoticeOf(string? messageId) =>
        messageId?.EndsWith(OurHost, StringComparison.OrdinalIgnoreCase) == true && Guid.TryParse(messageId[..^OurHost.Length], out var notice) ? notice : null;

    public static MimeMessage Make(
        NoticeRow notice, MailText said, IReadOnlyList<(string Name, CalendarFile File)> files, string from, MailboxAddress to, string link, Uri? stop, DateTimeOffset now)
    {
        var mail = new MimeMessage
        {
            // The same for every try, so that a repeat is known as one.
            MessageId = notice.Id + OurHost,
            Subject = said.Subject,
            Date = now,
        };
        mail.From.Add(new MailboxAddress("Matchmaking", from));
        mail.To.Add(to);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add(HeaderId.ContentLanguage, said.Language);
        if (stop is not null)
        {
            // A mail program's own button asks the address itself, by POST (RFC 8058, which wants https); the address in a browser is a page with a button.
            mail.Headers.Add("List-Unsubscribe", $"<{stop}>");
            if (stop.Scheme == Uri.UriSchemeHttps) mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            said = said with { Text = said.Text + "\n" + MailTexts.StopLine(said.Language, stop.ToString()) };
        }
        var alternative = new MultipartAlternative
        {
            new TextPart(TextFormat.Plain) { Text = said.Text },
            new TextPart(TextFormat.Html) { Text = Html(said, [link, stop?.ToString() ?? link]) },
        };
        if (files.Count == 0)
        {
            mail.Body = alternative;
            return mail;
        }
        // Twice the same entry (RFC 6047): beside the text, where calendars follow it by themselves, and as a file for whoever opens it by hand.
        if (files is [var only]) alternative.Add(Part(only.File));
        var whole = new Multipart("mixed") { alternative };
        foreach (var (name, entry) in files)
        {
            var file = Part(entry);
            file.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment);
            file.FileName = name;
            whole.Add(file);
        }
        mail.Body = whole;
        return mail;
    }

    private static TextPart Part(CalendarFile calendar)
    {
        var part = new TextPart("calendar") { Text = calendar.Text, ContentTransferEncoding = ContentEncoding.Base64 };
        part.ContentType.Parameters.Add("method", calendar.Method);
        return part;
    }

    private static string Html(MailText said, IReadOnlyList<string> links)
    {
        var html = new StringBuilder($"<!doctype html>\n<html lang=\"{said.Language}\" dir=\"{(Words.IsRightToLeft(said.Language) ? "rtl" : "ltr")}\"><head><meta charset=\"utf-8\"><title>{Encode(said.Subject)}</title></head><body>\n");
        foreach (var paragraph in said.Text.Trim().Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = paragraph.Split('\n').Select(line => links.Contains(line) ? $"<a href=\"{Encode(line)}\" dir=\"ltr\">{Encode(line)}</a>" : Encode(line));
            html.Append("<p>").AppendJoin("<br>\n", lines).Append("</p>\n");
        }
        return html.Append("</body></html>\n").ToString();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
