using System.Text;
using System.Text.Encodings.Web;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;
using Matchmaking.ServiceDefaults.Calendars;
using MimeKit;
using MimeKit.Text;

namespace Matchmaking.Notification.Channels;

/// <summary>Puts a mail together: plain text, the same as simple HTML with language and direction, the calendar entry.</summary>
internal static class MailMaker
{
    public static MimeMessage Make(NoticeRow notice, MailText said, CalendarFile? calendar, string from, MailboxAddress to, string link, DateTimeOffset now)
    {
        var mail = new MimeMessage
        {
            // The same for every try, so that a repeat is known as one.
            MessageId = $"{notice.Id}@matchmaking",
            Subject = said.Subject,
            Date = now,
        };
        mail.From.Add(new MailboxAddress("Matchmaking", from));
        mail.To.Add(to);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add(HeaderId.ContentLanguage, said.Language);
        var alternative = new MultipartAlternative
        {
            new TextPart(TextFormat.Plain) { Text = said.Text },
            new TextPart(TextFormat.Html) { Text = Html(said, link) },
        };
        if (calendar is null)
        {
            mail.Body = alternative;
            return mail;
        }
        // Twice the same entry (RFC 6047): beside the text, where calendars follow it by themselves, and as a file for whoever opens it by hand.
        alternative.Add(Part(calendar));
        var file = Part(calendar);
        file.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment);
        file.FileName = CalendarEntry.FileName;
        mail.Body = new Multipart("mixed") { alternative, file };
        return mail;
    }

    private static TextPart Part(CalendarFile calendar)
    {
        var part = new TextPart("calendar") { Text = calendar.Text, ContentTransferEncoding = ContentEncoding.Base64 };
        part.ContentType.Parameters.Add("method", calendar.Method);
        return part;
    }

    private static string Html(MailText said, string link)
    {
        var html = new StringBuilder($"<!doctype html>\n<html lang=\"{said.Language}\" dir=\"{(said.Language == "ar" ? "rtl" : "ltr")}\"><head><meta charset=\"utf-8\"><title>{Encode(said.Subject)}</title></head><body>\n");
        foreach (var paragraph in said.Text.Trim().Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var text = Encode(paragraph).Replace("\n", "<br>\n", StringComparison.Ordinal);
            html.Append("<p>").Append(paragraph == link ? $"<a href=\"{Encode(link)}\" dir=\"ltr\">{text}</a>" : text).Append("</p>\n");
        }
        return html.Append("</body></html>\n").ToString();
    }

    // Line breaks are made by hand, so they must stay what they are.
    private static string Encode(string text) => string.Join('\n', text.Split('\n').Select(HtmlEncoder.Default.Encode));
}
