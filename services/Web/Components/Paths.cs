using Matchmaking.ServiceDefaults.Problems;

namespace Matchmaking.Web.Components;

/// <summary>Which paths are pages: at one origin with the services their paths stay theirs.</summary>
internal static class Paths
{
    public static bool ArePages(HttpContext context) => !ApiPaths.Has(context.Request.Path);

    /// <summary>A path of ours to go back to; anything else leads home, so that nobody is sent elsewhere by a link to us.</summary>
    public static string Local(string? path) =>
        path is { Length: > 0 and < 500 } && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\') && !path.Any(char.IsControl) ? path : "/";
}
