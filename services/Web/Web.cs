using System.Text.Encodings.Web;
using System.Text.Unicode;
using Matchmaking.Web.Analyst;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;
using Matchmaking.Web.Kiosk;
using Matchmaking.Web.Organiser;
using Matchmaking.Web.SignIn;
using Matchmaking.Web.Texts;
using Matchmaking.Web.Visitor;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Matchmaking.Web;

/// <summary>The pages: as a process of their own, or beside the services at one origin. They own no path under /api, /health, /openapi and /internal.</summary>
public static class WebPages
{
    public static IHostApplicationBuilder AddWeb(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ServicesOptions>().BindConfiguration("Services").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebOptions>().BindConfiguration("Web").ValidateDataAnnotations().ValidateOnStart();
        AddClient(services, ProfileClient.Name, o => o.Profile);
        AddClient(services, MatchingClient.Name, o => o.Matching);
        AddClient(services, NotificationClient.Name, o => o.Notification);
        services.AddSingleton<ProfileClient>().AddSingleton<MatchingClient>().AddSingleton<NotificationClient>();

        services.AddRazorComponents();
        // Arabic and Cyrillic as letters: as numbers of letters a page weighs six times as much.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "mm.form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        KeepKeys(builder);

        // A localizer of our own: the resources path that another service in the same process sets must not move these texts.
        services.AddSingleton<IStringLocalizer<Pages>>(sp => new StringLocalizer<Pages>(
            new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), sp.GetRequiredService<ILoggerFactory>())));

        // Addresses hold ids and, of a link, the token: they stay out of the logs.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Assets>().AddSingleton<FairBoard>().AddSingleton<Cookies>();
        services.AddScoped<Visit>();
        return builder;
    }

    public static WebApplication MapWeb(this WebApplication app)
    {
        app.UseWhen(Paths.ArePages, pages => pages
            .UseMiddleware<SafetyHeaders>()
            .UseRequestLocalization(Tongues.Localization)
            .UseMiddleware<Hall>());

        app.MapAssets();
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().DisableAntiforgery().AddEndpointFilter<FormGuard>();
        pages.MapStart();
        pages.MapHelp();
        pages.MapKiosk();
        pages.MapQuestions();
        pages.MapCheck();
        pages.MapLink();
        pages.MapMatches();
        pages.MapOffer();
        pages.MapBooking();
        pages.MapDay();
        pages.MapPrivacy();
        pages.MapSignIn();
        pages.MapInbox();
        pages.MapStand();
        pages.MapQuality();
        pages.MapFair();
        pages.MapFallback(Paths.AnyPage, () => Page.Error("missing")).WithMetadata(new HttpMethodMetadata(["GET", "HEAD"]));
        return app;
    }

    private static void AddClient(IServiceCollection services, string name, Func<ServicesOptions, Uri?> address) =>
        services.AddHttpClient(name, (sp, http) =>
        {
            http.BaseAddress = address(sp.GetRequiredService<IOptions<ServicesOptions>>().Value);
            http.Timeout = TimeSpan.FromSeconds(10);
        });

    /// <summary>Replicas must read each other's cookies: keys live in Redis where there is one, else in the data folder.</summary>
    private static void KeepKeys(IHostApplicationBuilder builder)
    {
        var keys = builder.Services.AddDataProtection().SetApplicationName("matchmaking-web");
        if (builder.Configuration.GetConnectionString("redis") is { Length: > 0 } redis)
        {
            var connection = new Lazy<IConnectionMultiplexer>(() =>
            {
                var options = ConfigurationOptions.Parse(redis);
                options.AbortOnConnectFail = false;
                return ConnectionMultiplexer.Connect(options);
            });
            keys.PersistKeysToStackExchangeRedis(() => connection.Value.GetDatabase(), "matchmaking:web:keys");
        }
        else if (builder.Configuration["DataFolder"] is { Length: > 0 } folder)
        {
            keys.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys")));
        }
    }
}
