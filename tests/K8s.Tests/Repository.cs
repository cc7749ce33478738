namespace Matchmaking.K8s.Tests;

/// <summary>The files under test: found by walking up to the solution, so that the tests run from any folder.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The path as a person would type it from the root, with forward slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Matchmaking.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No Matchmaking.sln above {AppContext.BaseDirectory}.");
    }
}
