using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Texts;
using Matchmaking.Rig;

namespace Matchmaking.Web.Tests;

/// <summary>What it takes to come in: bytes, and taps.</summary>
public sealed partial class FirstPageTests
{
    private const int MostBytes = 60_000, MostTaps = 10;

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_page_weighs_less_than_60_kilobytes_on_the_wire_all_told()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        using var wire = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = site.ClientOptions.BaseAddress };
        using var reader = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = site.ClientOptions.BaseAddress };
        foreach (var language in Words.Languages)
        {
            var html = await reader.GetStringAsync($"/?lang={language}", Cancel);
            var files = Linked().Matches(html).Select(m => m.Groups[1].Value).Distinct().ToList();
            var manifest = JsonDocument.Parse(await reader.GetStringAsync(files.Single(f => f.Contains(".webmanifest")), Cancel));
            files.AddRange(manifest.RootElement.GetProperty("icons").EnumerateArray().Select(i => i.GetProperty("src").GetString()!));
            Assert.Equal(8, files.Count);
            var all = 0L;
            foreach (var path in files.Prepend($"/?lang={language}")) all += await Weight(wire, path);
            Assert.True(all < MostBytes, $"{language}: {all}");
            TestContext.Current.SendDiagnosticMessage($"{language}: {all} bytes");
        }
    }

    /// <summary>Body and head of the answer, as a browser asks for it.</summary>
    private static async Task<long> Weight(HttpClient wire, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br, zstd");
        using var answer = await wire.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        if (!path.EndsWith(".png", StringComparison.Ordinal) && !path.Contains(".png?")) Assert.Contains("br", answer.Content.Headers.ContentEncoding);
        return (await answer.Content.ReadAsByteArrayAsync(Cancel)).Length + answer.Headers.ToString().Length + answer.Content.Headers.ToString().Length;
    }

    [Fact]
    public async Task What_is_packed_is_the_same_when_unpacked_and_who_takes_nothing_packed_gets_it_plain()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        using var plain = new HttpClient { BaseAddress = site.ClientOptions.BaseAddress };
        using var packed = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.Brotli }) { BaseAddress = site.ClientOptions.BaseAddress };
        foreach (var file in (string[])["/look.css", "/pages.css", "/pages.js", "/leaf.svg", "/fair.webmanifest", "/leaf-512.png"])
        {
            using var whole = await plain.GetAsync(file, Cancel);
            Assert.Empty(whole.Content.Headers.ContentEncoding);
            Assert.Equal(await whole.Content.ReadAsByteArrayAsync(Cancel), await packed.GetByteArrayAsync(file, Cancel));
            Assert.Equal("Accept-Encoding", whole.Headers.Vary.ToString());
        }
    }

    [Fact]
    public async Task The_page_can_be_installed()
    {
        await using var site = new Site();
        using var browser = site.Browser();
        var manifest = JsonDocument.Parse(await browser.GetStringAsync("/fair.webmanifest", Cancel)).RootElement;
        Assert.Contains(manifest.GetProperty("display").GetString(), (string[])["standalone", "fullscreen", "minimal-ui"]);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(manifest.GetProperty("start_url").GetString(), Cancel)).StatusCode);
        foreach (var icon in manifest.GetProperty("icons").EnumerateArray())
        {
            var png = await browser.GetByteArrayAsync(icon.GetProperty("src").GetString(), Cancel);
            // Its width, as a PNG's head says it.
            Assert.Equal(icon.GetProperty("sizes").GetString()!.Split('x')[0], $"{System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16))}");
        }
        // A kiosk is no place to install anything.
        Assert.DoesNotContain("webmanifest", await (await site.Kiosk()).GetStringAsync("/kiosk", Cancel), StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task At_most_ten_taps_lead_from_the_start_to_a_meeting(bool kiosk)
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(kiosk ? Screen.Kiosk : Screen.Phone);
        var page = await context.NewPageAsync();
        await page.GotoAsync(origin + (kiosk ? "/kiosk" : "/"));
        if (kiosk) await page.Locator("main form .main").ClickAsync();
        var taps = 0;
        async Task Tap(string what)
        {
            taps++;
            await page.Locator(what).First.TapAsync();
        }
        await Tap("button[value=uk]");
        await Tap(".tile:has([value=work])");
        await Tap("button[value=rest]");
        await Tap(".tile:has([value=matching])");
        await Tap(".dock .main");
        await Tap(".match.first .book .btn");
        await page.ArriveAsync("/day[?]new=");
        Assert.True(taps <= MostTaps, $"{taps}");
        Assert.Single(site.Api.Calls, c => c is { Method: "POST", Path: "/api/meetings" });
    }

    [GeneratedRegex("(?:href|src)=\"(/[a-z0-9-]+\\.[a-z]+\\?v=[0-9a-f]+)\"")]
    private static partial Regex Linked();
}
