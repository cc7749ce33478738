using Matchmaking.ServiceDefaults;

namespace Matchmaking.Notification.Channels;

/// <summary>What went to people, as files: one for each notice, in a folder of DataFolder of this process, readable by its owner alone.</summary>
/// <param name="ending">With the dot.</param>
internal abstract class NoticeFiles(Backbone backbone, string folder, string ending)
{
    private readonly string _folder = Path.Combine(backbone.DataFolder, folder);

    /// <summary>Whole or not at all; the same notice again replaces its file.</summary>
    protected async Task WriteAsync(Guid notice, Func<Stream, Task> write)
    {
        OwnFiles.CreateFolder(_folder);
        var draft = Path.Combine(_folder, $"{notice}.{Guid.NewGuid():N}.tmp");
        try
        {
            await using (var file = OwnFiles.Create(draft)) await write(file);
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

    protected FileInfo[] Files() => Directory.Exists(_folder) ? new DirectoryInfo(_folder).GetFiles("*" + ending) : [];

    private string FileOf(Guid notice) => Path.Combine(_folder, notice + ending);
}
