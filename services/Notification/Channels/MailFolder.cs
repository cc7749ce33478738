using Matchmaking.ServiceDefaults;
using MimeKit;

namespace Matchmaking.Notification.Channels;

/// <summary>Mails as files, in the folder "mail".</summary>
internal sealed class MailFolder(Backbone backbone) : NoticeFiles(backbone, "mail", ".eml")
{
    public Task WriteAsync(Guid notice, MimeMessage mail, CancellationToken cancel) => WriteAsync(notice, file =>
    {
        // Readable by any mail program: what SMTP negotiates, a file cannot.
        mail.Prepare(EncodingConstraint.SevenBit);
        return mail.WriteToAsync(file, cancel);
    });

    /// <summary>The newest mails first.</summary>
    public async Task<IReadOnlyList<(MimeMessage Mail, DateTimeOffset At)>> ReadNewestAsync(int most, CancellationToken cancel)
    {
        var mails = new List<(MimeMessage, DateTimeOffset)>();
        foreach (var file in Files().OrderByDescending(f => f.LastWriteTimeUtc).ThenByDescending(f => f.Name, StringComparer.Ordinal).Take(most))
        {
            try { mails.Add((await MimeMessage.LoadAsync(file.FullName, cancel), file.LastWriteTimeUtc)); }
            catch (FileNotFoundException) { } // erased a moment ago
        }
        return mails;
    }
}

/// <summary>The channel while no SMTP host is set.</summary>
internal sealed class FileChannel(MailFolder folder) : IMailChannel
{
    public Task SendAsync(Guid notice, MimeMessage mail, CancellationToken cancel) => folder.WriteAsync(notice, mail, cancel);

    public void Recall(Guid notice) => folder.Delete([notice]);
}
