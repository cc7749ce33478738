using Matchmaking.ServiceDefaults.Problems;

namespace Matchmaking.Web.Components;

/// <summary>Which paths are pages: at one origin with the services their paths stay theirs.</summary>
internal static class Paths
{
    private const string Home = "/";

    public static bool ArePages(HttpContext context) => !ApiPaths.Has(context.Request.Path);

    /// <summary>A path of ours to go back to; anything else leads home, so that nobody is sent elsewhere by a link to us.</summary>
    public static string Local(string? path) => path is { Length: < 500 } ? Written(path) : Home;

    /// <summary>
    /// As it goes into a header: percent-encoded, and without "." and "..". What is left then is judged, because only then it can have become "//elsewhere".
    /// </summary>
    public static string Written(string path)
    {
        if (!path.StartsWith('/') || path.Contains('\\') || path.Any(char.IsControl)) return Home;
        if (!Uri.TryCreate("http://here" + path, UriKind.Absolute, out var there)) return Home;
        var written = there.PathAndQuery + there.Fragment;
        return written.StartsWith("//", StringComparison.Ordinal) ? Home : written;
    }
}
