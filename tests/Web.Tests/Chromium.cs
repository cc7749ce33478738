using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>Debian's browser, for the tests that look at pages as people do.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    public static bool Installed => File.Exists(Program);

    public static BrowserTypeLaunchOptions Options => new()
    {
        ExecutablePath = Program,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage",
        ],
    };
}
