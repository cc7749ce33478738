using System.Reflection;
using Microsoft.Playwright;

namespace Matchmaking.Rig;

/// <summary>The three screens that every page is made for.</summary>
public enum Screen
{
    /// <summary>390 x 844, touch.</summary>
    Phone,

    /// <summary>1080 x 1920, upright, touch.</summary>
    Kiosk,

    /// <summary>1440 x 900.</summary>
    Desktop,
}

/// <summary>
/// The distribution's Chromium, driven by Playwright: where it need not be what stands at a kiosk, in its headless shell, which is the same engine without what
/// surrounds it (history, profiles, a model on the device): it does the same in four fifths of the time, and closing it was never seen to hang.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;

    private Browser(IPlaywright playwright, IBrowser chromium) => (this.playwright, this.chromium) = (playwright, chromium);

    public static async Task<Browser> StartAsync()
    {
        var program = Programs.Find("chromium-headless-shell", "/usr/bin/chromium-headless-shell");
        UseDriverOfPackage();
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = Arguments,
        });
        return new Browser(playwright, chromium);
    }

    /// <summary>For what <see cref="OpenAsync"/> does not offer.</summary>
    public IBrowser Chromium => chromium;

    /// <summary>A fresh person at a screen: no cookies, no cache. Close it with <c>await using</c>.</summary>
    /// <param name="screen">Size and touch.</param>
    /// <param name="locale">Goes into Accept-Language, e.g. "ar" or "de-DE".</param>
    /// <param name="address">What relative addresses start from.</param>
    /// <param name="javaScript">False proves that a page works without.</param>
    public Task<IBrowserContext> OpenAsync(Screen screen, string locale = "de-DE", Uri? address = null, bool javaScript = true) =>
        chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = SizeOf(screen),
            HasTouch = screen is not Screen.Desktop,
            IsMobile = screen is Screen.Phone,
            Locale = locale,
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
            BaseURL = address?.ToString(),
            JavaScriptEnabled = javaScript,
        });

    /// <summary>The whole Chromium with its own profile on disk, as a kiosk has one: cookies, history, cache. Closing it leaves the folder.</summary>
    /// <param name="folder">Is made where it is not there.</param>
    public Task<IBrowserContext> OpenProfileAsync(string folder, Screen screen) =>
        playwright.Chromium.LaunchPersistentContextAsync(folder, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Programs.Find("chromium", "/usr/bin/chromium"),
            Args = Arguments,
            ViewportSize = SizeOf(screen),
            HasTouch = screen is not Screen.Desktop,
            Locale = "de-DE",
        });

    private static ViewportSize SizeOf(Screen screen) => screen switch
    {
        Screen.Phone => new ViewportSize { Width = 390, Height = 844 },
        Screen.Kiosk => new ViewportSize { Width = 1080, Height = 1920 },
        _ => new ViewportSize { Width = 1440, Height = 900 },
    };

    /// <summary>Takes a picture to artifacts/screenshots/name.png of the repository and returns its path.</summary>
    /// <param name="page">As it stands, fonts loaded.</param>
    /// <param name="name">File name without extension.</param>
    /// <param name="fullPage">False: only what the screen shows.</param>
    public static async Task<string> ScreenshotAsync(IPage page, string name, bool fullPage = true)
    {
        var path = Path.Combine(Repository.Root, "artifacts", "screenshots", name + ".png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }

    // tests/Directory.Build.props keeps Playwright from copying its driver into every output folder, so we say where it lies.
    private static void UseDriverOfPackage()
    {
        const string variable = "PLAYWRIGHT_DRIVER_SEARCH_PATH";
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 }) return;
        var package = typeof(Browser).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(data => data.Key == "PlaywrightPackage").Value;
        Environment.SetEnvironmentVariable(variable, package);
    }
}
