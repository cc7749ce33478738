namespace Matchmaking.Rig;

/// <summary>A fresh folder that is gone after disposal.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("matchmaking-").FullName;

    public string Path { get; }

    /// <summary>The full path of a file or folder inside; nothing is created.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        // A process that has just been killed may still be giving up its last file.
        for (var attempt = 1; Directory.Exists(Path); attempt++)
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && attempt < 20)
            {
                Thread.Sleep(50);
            }
    }
}
