using Matchmaking.ServiceDefaults;
using MimeKit;

namespace Matchmaking.Notification.Channels;

/// <summary>Mails as files, one for each notice, in the folder "mail" of DataFolder of this process.</summary>
internal sealed class MailFolder(Backbone backbone)
{
    private readonly string _folder = Path.Combine(backbone.DataFolder, "mail");

    /// <summary>Whole or not at all; the same notice again replaces its file.</summary>
    public async Task WriteAsync(Guid notice, MimeMessage mail, CancellationToken cancel)
    {
        OwnFiles.CreateFolder(_folder);
        var draft = Path.Combine(_folder, $"{notice}.{Guid.NewGuid():N}.tmp");
        try
        {
            // Readable by any mail program: what SMTP negotiates, a file cannot.
            mail.Prepare(EncodingConstraint.SevenBit);
            await using (var file = OwnFiles.Create(draft)) await mail.WriteToAsync(file, cancel);
            File.Move(draft, FileOf(notice), overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    public void Delete(IEnumerable<Guid> notices)
    {
        if (!Directory.Exists(_folder)) return;
        foreach (var notice in notices) File.Delete(FileOf(notice));
    }

    public IReadOnlyList<Guid> List() => [.. from file in Files() where Guid.TryParse(Path.GetFileNameWithoutExtension(file.Name), out _) select Guid.Parse(Path.GetFileNameWithoutExtension(file.Name))];

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

    private FileInfo[] Files() => Directory.Exists(_folder) ? new DirectoryInfo(_folder).GetFiles("*.eml") : [];

    private string FileOf(Guid notice) => Path.Combine(_folder, $"{notice}.eml");
}

/// <summary>The channel while no SMTP host is set.</summary>
internal sealed class FileChannel(MailFolder folder) : IMailChannel
{
    public Task SendAsync(Guid notice, MimeMessage mail, CancellationToken cancel) => folder.WriteAsync(notice, mail, cancel);

    public void Recall(Guid notice) => folder.Delete([notice]);
}
