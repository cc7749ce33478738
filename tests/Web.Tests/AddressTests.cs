using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Web.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Web.Tests;

/// <summary>Where a page sends people, and what it makes of an address that was changed by hand.</summary>
public sealed class AddressTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>All that such pieces can be put together to, five at most: wherever a browser goes from there, it is to us.</summary>
    [Fact]
    public void No_way_back_leads_elsewhere_whatever_it_is_put_together_from()
    {
        string[] pieces = ["/", ".", "..", "%2e", "%2F", "\\", "evil.com", "x", "?", "#", "@", ":", "\t", "ä"];
        var (here, queue, tried) = (new Uri("https://fair.example/ask/3"), new Queue<(string Text, int Pieces)>([("", 0)]), 0);
        while (queue.TryDequeue(out var at))
        {
            tried++;
            var back = Paths.Local(at.Text);
            Assert.True(back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\') && back.All(char.IsAscii), $"{at.Text} became {back}");
            Assert.True(new Uri(here, back).Host == here.Host, $"{at.Text} became {back}");
            Assert.Equal(back, Paths.Local(back));
            if (at.Pieces < 5) foreach (var piece in pieces) queue.Enqueue((at.Text + piece, at.Pieces + 1));
        }
        Assert.Equal(Enumerable.Range(0, 6).Sum(n => (int)Math.Pow(pieces.Length, n)), tried);
        Assert.Equal("/ask/3?x=1#y", Paths.Local("/ask/3?x=1#y"));
    }

    [Theory]
    [InlineData("/.//evil.com"), InlineData("/..//evil.com"), InlineData("/x/..//evil.com"), InlineData("/%2e//evil.com"), InlineData("//evil.com"), InlineData("/\\evil.com"), InlineData("https://evil.com")]
    public async Task A_form_sends_nobody_elsewhere(string back)
    {
        await using var site = new Site();
        Assert.Equal("/", (await Site.Post(site.Browser(), "/language", ("language", "en"), ("back", back))).Headers.Location!.ToString());
        Assert.Equal("/", (await Site.Post(site.Browser(), "/kiosk/timeout", "/kiosk/stay", ("back", back))).Headers.Location!.ToString());
        Assert.Contains("name=\"back\" value=\"/\"", await site.Browser().GetStringAsync($"/language?back={Uri.EscapeDataString(back)}", Cancel));
    }

    /// <summary>A handler whose answer is dropped says 200 with nothing in it; so every form's address is called once.</summary>
    [Fact]
    public async Task Every_form_is_answered_by_a_page_or_a_way_on()
    {
        await using var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings("de"));
        var forms = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true).Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => !p.StartsWith("/api", StringComparison.Ordinal) && !p.StartsWith("/internal", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(forms.Count > 20, string.Join(' ', forms));
        foreach (var pattern in forms)
        {
            var path = Regex.Replace(pattern, @"\{(\w+)[^}]*\}", m => m.Groups[1].Value switch { "visitor" => $"{StubApi.Visitor}", "id" => $"{StubApi.Id(300)}", "n" or "number" => "1", _ => StubApi.Token });
            var answer = await Site.Post(await site.Visitor(), "/language", path);
            var page = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.SeeOther || page.Contains("</html>", StringComparison.Ordinal), $"{path}: {(int)answer.StatusCode}, {page.Length} characters");
        }
    }

    [Theory, InlineData("exhibitor", "/exhibitor/day?done=xx"), InlineData("visitor", "/day?new=xx"), InlineData("organiser", "/organiser?done=xx"), InlineData("analyst", "/analyst/models?done=xx&problem=xx")]
    public async Task A_value_in_an_address_that_means_nothing_is_passed_over(string who, string path)
    {
        await using var site = new Site();
        var browser = who == "visitor" ? await site.Visitor() : await site.Staff(who);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path, Cancel)).StatusCode);
    }
}
