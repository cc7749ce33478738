using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Rig;
using Matchmaking.Web.Kiosk;
using Matchmaking.Web.Visitor;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Matchmaking.Web.Tests;

/// <summary>A list goes from a kiosk to a phone by a code of one use: in one process, and over two replicas that share a Redis.</summary>
public sealed partial class HandoffTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One site, or two replicas: the kiosk's, and that which phones come to.</summary>
    private sealed class Fair : IAsyncDisposable
    {
        private RedisServer? redis;

        public required Site Here { get; init; }
        public required Site There { get; init; }
        public string Redis => redis!.ConnectionString;

        public static async Task<Fair> Start(bool replicas)
        {
            if (!replicas)
            {
                var one = new Site { OneProcess = true };
                return new() { Here = one, There = one };
            }
            var redis = await RedisServer.StartAsync();
            return new() { Here = new() { Redis = redis.ConnectionString }, There = new() { Redis = redis.ConnectionString }, redis = redis };
        }

        public void Pass(TimeSpan time)
        {
            Here.Clock.Advance(time);
            if (There != Here) There.Clock.Advance(time);
        }

        public async ValueTask DisposeAsync()
        {
            await Here.DisposeAsync();
            await There.DisposeAsync();
            if (redis is not null) await redis.DisposeAsync();
        }
    }

    /// <summary>A kiosk at which somebody has their list.</summary>
    private static async Task<HttpClient> Kiosk(Site site)
    {
        var kiosk = await site.Kiosk();
        await kiosk.GetAsync("/ask/1?lang=de", Cancel);
        await kiosk.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", Cancel);
        return kiosk;
    }

    private static async Task<string> Code(HttpClient kiosk)
    {
        Assert.Equal("/day/phone", (await Site.Post(kiosk, "/day", "/day/phone")).Headers.Location?.ToString());
        return Shown().Match(await kiosk.GetStringAsync("/day/phone", Cancel)).Groups[1].Value;
    }

    private static Task<HttpResponseMessage> Take(HttpClient phone, string code, string page = "/handoff") => Site.Post(phone, page, "/handoff", ("code", code));

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_code_opens_the_list_on_a_phone_once_and_the_kiosk_keeps_it(bool replicas)
    {
        await using var fair = await Fair.Start(replicas);
        var kiosk = await Kiosk(fair.Here);
        var code = await Code(kiosk);
        Assert.Matches("^[BCDFHJKLMPRSTWXZ]{4} [BCDFHJKLMPRSTWXZ]{4}$", code);

        var phone = fair.There.Browser();
        // As people type.
        Assert.Equal("/day", (await Take(phone, code.ToLowerInvariant().Replace(' ', '-'))).Headers.Location?.ToString());
        foreach (var browser in (HttpClient[])[phone, kiosk]) Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/matches", Cancel)).StatusCode);
        Assert.Contains("Ihre Liste ist jetzt auf dem Handy", await kiosk.GetStringAsync("/day/phone", Cancel));

        var other = fair.There.Browser();
        var second = await Take(other, code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Contains("gilt nicht mehr", await second.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/matches", Cancel)).StatusCode);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Of_twelve_phones_at_the_same_moment_one_gets_the_list(bool replicas)
    {
        await using var fair = await Fair.Start(replicas);
        var code = await Code(await Kiosk(fair.Here));
        var phones = Enumerable.Range(0, 12).Select(n => (n % 2 == 0 ? fair.Here : fair.There).Browser()).ToArray();
        // Each has its form open, and presses.
        var tokens = await Task.WhenAll(phones.Select(p => p.GetStringAsync("/handoff", Cancel)));
        var answers = await Task.WhenAll(phones.Select((p, n) => p.PostAsync("/handoff", new FormUrlEncodedContent([new("code", code),
            new("__RequestVerificationToken", WebUtility.HtmlDecode(Regex.Match(tokens[n], "__RequestVerificationToken\" value=\"([^\"]+)").Groups[1].Value))]), Cancel)));
        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.SeeOther));
        Assert.Equal(11, answers.Count(a => a.StatusCode == HttpStatusCode.UnprocessableEntity));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task After_ten_minutes_a_code_opens_nothing_and_a_new_one_costs_one_press(bool replicas)
    {
        await using var fair = await Fair.Start(replicas);
        var kiosk = await Kiosk(fair.Here);
        var code = await Code(kiosk);
        fair.Pass(HandoffCodes.Life);
        var late = await Take(fair.There.Browser(), code, "/handoff?lang=ar");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("هذا الرمز لم يعد صالحًا", await late.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("Ihre Liste ist noch da", await kiosk.GetStringAsync("/day/phone", Cancel));
        Assert.Equal("/day", (await Take(fair.There.Browser(), await Code(kiosk))).Headers.Location?.ToString());
        // A new one takes the place of the one before.
        var (first, next) = (await Code(kiosk), await Code(kiosk));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Take(fair.There.Browser(), first)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Take(fair.There.Browser(), next)).StatusCode);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Guessing_ends_after_thirty_tries_and_right_codes_do_not_count(bool replicas)
    {
        await using var fair = await Fair.Start(replicas);
        var kiosk = await Kiosk(fair.Here);
        for (var n = 0; n < HandoffCodes.WrongPerAddress + 5; n++) Assert.Equal(HttpStatusCode.SeeOther, (await Take(fair.There.Browser(), await Code(kiosk))).StatusCode);
        var guesser = fair.There.Browser();
        for (var n = 0; n < HandoffCodes.WrongPerAddress; n++) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Take(guesser, "BBBBBBBB")).StatusCode);
        var code = await Code(kiosk);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Take(guesser, "CCCCCCCC")).StatusCode);
        // Even a hit is not told; and it is not spent.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Take(guesser, code)).StatusCode);
        Assert.Contains(code, await kiosk.GetStringAsync("/day/phone", Cancel));
        fair.Pass(HandoffCodes.Life);
        Assert.Equal(HttpStatusCode.SeeOther, (await Take(guesser, await Code(kiosk))).StatusCode);
    }

    [Fact]
    public async Task In_Redis_a_code_has_its_time_and_what_it_opens_is_sealed()
    {
        await using var fair = await Fair.Start(replicas: true);
        var code = await Code(await Kiosk(fair.Here));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(fair.Redis);
        var key = "matchmaking:note:handoff:" + code.Replace(" ", "");
        Assert.InRange((await redis.GetDatabase().KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromMinutes(9), HandoffCodes.Life);
        Assert.DoesNotContain(StubApi.Token, (await redis.GetDatabase().StringGetAsync(key)).ToString());
    }

    [Fact]
    public async Task While_the_shared_cache_is_away_the_kiosk_says_so_and_loses_nothing()
    {
        await using var site = new Site();
        var kiosk = await Kiosk(site);
        var answer = await Site.Post(kiosk, "/day", "/day/phone");
        Assert.Contains("Gerade geht es nicht", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, (await kiosk.GetAsync("/matches", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Take(site.Browser(), "BCDFHJKL")).StatusCode);
    }

    [Fact]
    public async Task A_phone_with_another_list_is_asked_first_and_a_service_that_is_away_costs_no_code()
    {
        await using var fair = await Fair.Start(replicas: false);
        var code = await Code(await Kiosk(fair.Here));
        var phone = fair.Here.Browser();
        await phone.GetAsync($"/link/{StubApi.Friend}/{StubApi.Token}", Cancel);
        fair.Here.Api.Down = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Take(phone, code)).StatusCode);
        fair.Here.Api.Down = false;

        var asked = await (await Take(phone, code)).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("action=\"/handoff\"", asked);
        Assert.DoesNotContain(StubApi.Token, asked);
        fair.Here.Api.Calls.Clear();
        await phone.GetAsync("/matches", Cancel);
        Assert.Contains(fair.Here.Api.Calls, c => c.Path == $"/api/visitors/{StubApi.Friend}/matches");

        Assert.Equal("/day", (await Site.Post(phone, "/handoff", "/handoff", ("code", code.Replace(" ", "")), ("asked", "1"))).Headers.Location?.ToString());
        await phone.GetAsync("/matches", Cancel);
        Assert.Contains(fair.Here.Api.Calls, c => c.Path == $"/api/visitors/{StubApi.Visitor}/matches");
    }

    [Fact]
    public async Task On_a_screen_stands_a_code_for_once_and_on_paper_the_link_that_lasts()
    {
        await using var site = new Site { OneProcess = true };
        var kiosk = await Kiosk(site);
        await kiosk.GetAsync("/matches?lang=uk", Cancel);
        var lasting = await Drawn(site, $"http://localhost/link/{StubApi.Visitor}/{StubApi.Token}?to=day");
        Assert.DoesNotContain(lasting, await kiosk.GetStringAsync("/day", Cancel));
        var slip = await kiosk.GetStringAsync("/day/slip", Cancel);
        Assert.Contains("own on-paper", slip);
        Assert.Contains(lasting, slip);
        var code = await Code(kiosk);
        var page = await kiosk.GetStringAsync("/day/phone", Cancel);
        Assert.Contains(await Drawn(site, $"http://localhost/handoff?lang=uk#{code.Replace(" ", "")}"), page);
        Assert.DoesNotContain(lasting, page);
        Assert.DoesNotContain(StubApi.Token, page);
    }

    [Fact]
    public async Task A_form_from_elsewhere_hands_in_no_code()
    {
        await using var site = new Site { OneProcess = true };
        var code = await Code(await Kiosk(site));
        Assert.Equal(HttpStatusCode.BadRequest, (await site.Browser().PostAsync("/handoff", new FormUrlEncodedContent([new("code", code)]), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Take(site.Browser(), code)).StatusCode);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_phones_camera_brings_the_list_over_and_no_line_that_a_server_writes_has_the_secret(bool script)
    {
        await using var site = new Site { OneProcess = true };
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        await using var kiosk = await rig.OpenAsync(Screen.Kiosk);
        var screen = await kiosk.NewPageAsync();
        await screen.GotoAsync(origin + "/kiosk");
        await screen.Locator("main form .main").ClickAsync();
        await screen.Locator("button[value=ar]").ClickAsync();
        await screen.Locator("button[value=rest]").ClickAsync();
        await screen.Locator(".tile:has([value=matching])").ClickAsync();
        await screen.Locator(".dock .main").ClickAsync();
        await screen.ArriveAsync("/matches$");
        await screen.GotoAsync(origin + "/day");
        await screen.Locator("form[action='/day/phone'] button").ClickAsync();
        var code = (await screen.Locator(".code").TextContentAsync())!.Replace(" ", "");

        await using var pocket = await rig.OpenAsync(Screen.Phone, "de-DE", javaScript: script);
        var phone = await pocket.NewPageAsync();
        await phone.GotoAsync($"{origin}/handoff?lang=ar#{code}");
        if (!script)
        {
            await phone.Locator("#code").FillAsync(code);
            await phone.Locator("main form button").ClickAsync();
        }
        await phone.ArriveAsync("/day$");
        Assert.Equal("ar", await phone.Locator("html").GetAttributeAsync("lang"));
        // The kiosk hears of it, and still has the list.
        await screen.Locator(".handoff .done").WaitForAsync();
        await screen.Locator(".dock a[href='/day']").ClickAsync();
        await screen.ArriveAsync("/day$");
        // Nor has the way back: the same camera's address opens nothing more.
        await phone.GotoAsync($"{origin}/handoff#{code}");
        if (script) await phone.Locator(".mistakes").WaitForAsync();

        Assert.Contains(site.Lines, l => l.StartsWith("POST /handoff", StringComparison.Ordinal));
        Assert.DoesNotContain(site.Lines, l => l.Contains(code, StringComparison.OrdinalIgnoreCase) || l.Contains(StubApi.Token, StringComparison.Ordinal));
        if (script) Assert.Equal($"{origin}/handoff", phone.Url);
    }

    /// <summary>How a text is drawn as a QR code: what a page has of it.</summary>
    private static async Task<string> Drawn(Site site, string text)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<QrCode>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Text"] = text, ["Label"] = "x" }))).ToHtmlString());
        return Regex.Match(html, " d=\"([^\"]+)\"").Groups[1].Value;
    }

    [GeneratedRegex("class=\"code\"[^>]*>([A-Z ]+)<")]
    private static partial Regex Shown();
}
