using System.Text.Encodings.Web;
using System.Text.Unicode;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.Web.Analyst;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Door;
using Matchmaking.Web.Exhibitor;
using Matchmaking.Web.Kiosk;
using Matchmaking.Web.Organiser;
using Matchmaking.Web.SignIn;
using Matchmaking.Web.Visitor;

namespace Matchmaking.Web;

/// <summary>The pages: as a process of their own, or beside the services at one origin. They own no path under /api, /health, /openapi and /internal.</summary>
public static class WebPages
{
    public static IHostApplicationBuilder AddWeb(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WebOptions>().BindConfiguration("Web").ValidateDataAnnotations().ValidateOnStart()
            .PostConfigure<IConfiguration>((o, settings) => o.PublicAddress ??= settings.GetValue<Uri>("Public:Address"));
        services.AddSingleton<ProfileClient>().AddSingleton<MatchingClient>().AddSingleton<NotificationClient>();

        services.AddRazorComponents();
        // Of pages alone: files are packed already, streams must not wait. That secrets could be guessed from lengths (BREACH) needs a stranger's page that
        // makes this browser ask with its cookies: ours are SameSite, a form's token is masked anew each time.
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/html"];
        });
        // Arabic and Cyrillic as letters: as numbers of letters a page weighs six times as much.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = Cookies.Form;
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));

        services.AddSingleton<Assets>().AddSingleton<FairBoard>().AddSingleton<Cookies>().AddSingleton<HandoffCodes>().AddSingleton<StaffCalls>();
        services.AddScoped<Visit>();
        services.AddSingleton(new MissingPage(context => Page.Error("missing").ExecuteAsync(context)));
        if (!services.Backbone().Embedded) builder.AddForwarding();
        return builder;
    }

    public static WebApplication MapWeb(this WebApplication app)
    {
        // Of everything, as a browser asks once for all; who develops with a certificate of their own must not be held to it for a year.
        if (!app.Environment.IsDevelopment()) app.UseHsts();
        app.UseWhen(Paths.ArePages, pages => pages
            .UseMiddleware<SafetyHeaders>()
            .UseResponseCompression()
            .UseRequestLocalization(Tongues.Localization)
            .UseMiddleware<Hall>());

        if (!app.Services.GetRequiredService<Backbone>().Embedded) app.MapForwarding();
        ExportVisitor.Map(app);
        app.MapAssets();
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().DisableAntiforgery().AddEndpointFilter<FormGuard>();
        ((IEndpointConventionBuilder)pages).Add(Page.AnswersHead);
        pages.MapStart();
        pages.MapHelp();
        pages.MapKiosk();
        pages.MapCalls();
        pages.MapHandOver();
        pages.MapTakeOver();
        pages.MapQuestions();
        pages.MapCheck();
        pages.MapLink();
        pages.MapMatches();
        pages.MapOffer();
        pages.MapSearch();
        pages.MapChoices();
        pages.MapCompare();
        pages.MapBooking();
        pages.MapQueue();
        pages.MapDay();
        pages.MapPrivacy();
        pages.MapVisitorNotices();
        pages.MapStop();
        pages.MapNews();
        app.MapOneClick();
        pages.MapSignIn();
        pages.MapInbox();
        pages.MapProposals();
        pages.MapAnswers();
        pages.MapStand();
        pages.MapCallOff();
        pages.MapCheckIn();
        pages.MapStandPlan();
        pages.MapStandOffers();
        pages.MapStandNotices();
        pages.MapWebhooks();
        pages.MapQuality();
        pages.MapFigures();
        pages.MapRows();
        pages.MapModels();
        pages.MapFair();
        pages.MapStaffCalls();
        pages.MapImport();
        pages.MapSchedule();
        pages.MapFailures();
        pages.MapTexts();
        return app;
    }
}
