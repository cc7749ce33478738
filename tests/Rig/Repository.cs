namespace Matchmaking.Rig;

/// <summary>Where this working copy lies on the disk.</summary>
public static class Repository
{
    /// <summary>The folder that holds Matchmaking.sln, found by walking up from the test's own assembly.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Matchmaking.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"No Matchmaking.sln above {AppContext.BaseDirectory}.");
    }
}
