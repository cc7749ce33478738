using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.Web.Components;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Matchmaking.Web.Tests;

/// <summary>The pages against the stub, and a browser's manners: cookies, form tokens, no automatic redirects.</summary>
internal sealed partial class Site : WebApplicationFactory<View>
{
    public StubApi Api { get; } = new();
    public FakeTimeProvider Clock { get; } = new(StubApi.Now);

    /// <summary>Where the keys of cookies and forms are; null: in memory, and no Redis at all.</summary>
    public string? Redis { get; init; }

    /// <summary>Of cookies and forms, where a second site is to understand those of the first.</summary>
    public IDataProtectionProvider? Keys { get; init; }

    /// <summary>As where one process is the whole fair: what replicas would share is in its memory.</summary>
    public bool OneProcess { get; init; }

    /// <summary>What a server can write down of each request: its line as it came, and the page it says it comes from.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Services:Profile", "http://profile").UseSetting("Services:Matching", "http://matching").UseSetting("Services:Notification", "http://notification");
        builder.UseSetting("Demo:Enabled", "true").UseSetting("ConnectionStrings:redis", Redis ?? "127.0.0.1:1,connectTimeout=50");
        builder.ConfigureTestServices(services =>
        {
            if (Redis is null) services.AddDataProtection().UseEphemeralDataProtectionProvider();
            if (Keys is not null) services.AddSingleton(Keys);
            foreach (var name in (string[])["profile", "matching", "notification"])
                services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => Api).SetHandlerLifetime(Timeout.InfiniteTimeSpan);
            services.AddSingleton<TimeProvider>(Clock);
            if (OneProcess) services.AddSingleton(new SharedNotes(Clock, NullLogger<SharedNotes>.Instance));
            services.AddTransient<IStartupFilter>(_ => new Listener(Lines));
        });
    }

    private sealed class Listener(ConcurrentQueue<string> lines) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                lines.Enqueue($"{context.Request.Method} {context.Features.Get<IHttpRequestFeature>()!.RawTarget} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Referer}");
                return go(context);
            });
            next(app);
        };
    }

    public HttpClient Browser() => CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true, BaseAddress = ClientOptions.BaseAddress });

    /// <summary>A browser that opened the visitor's link.</summary>
    public async Task<HttpClient> Visitor(string language = "de")
    {
        var browser = Browser();
        await browser.GetAsync($"/?lang={language}", TestContext.Current.CancellationToken);
        await browser.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);
        return browser;
    }

    /// <summary>A browser that somebody of the fair has made a kiosk.</summary>
    public async Task<HttpClient> Kiosk()
    {
        var browser = Browser();
        await Post(browser, "/kiosk", "/kiosk");
        return browser;
    }

    public async Task<HttpClient> Staff(string role, string language = "de")
    {
        var browser = Browser();
        await browser.GetAsync($"/?lang={language}", TestContext.Current.CancellationToken);
        await Post(browser, "/sign-in", "/sign-in/demo", ("role", role), ("exhibitor", StubApi.Stand.ToString()));
        return browser;
    }

    /// <summary>Posts the way a browser does: with the token of the form on the page.</summary>
    public static async Task<HttpResponseMessage> Post(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page, TestContext.Current.CancellationToken);
        var token = WebUtility.HtmlDecode(FormToken().Match(html).Groups[1].Value);
        var form = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("__RequestVerificationToken", token));
        return await browser.PostAsync(action, new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> Post(HttpClient browser, string page, params (string Name, string Value)[] fields) => Post(browser, page, page, fields);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
