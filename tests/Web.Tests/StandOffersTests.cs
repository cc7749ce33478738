using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Tests;

/// <summary>An exhibitor's own offers: list, form, preview.</summary>
public sealed partial class StandOffersTests
{
    private static readonly string Page = $"/exhibitor/offers/{Data.StandOffers[0].Id}";
    private static readonly (string, string)[] Typed =
    [
        ("type", "course/exam"), ("title", " Prüfung am Abend "), ("title-uk", "Вечірній іспит"), ("title-ar", ""), ("entry", "A2"), ("exit", "B1"), ("topic", "learn-german"), ("topic", "housing"), ("isco", "2221"),
        ("job", "Köchin, Koch"), ("job", ""), ("language", "de"), ("language", "ar"), ("trait", "evening"), ("conditions", "mit Ausweis"), ("version", "3"), ("show", "uk"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_has_all_of_them_says_what_is_withdrawn_and_by_whom_and_no_level_leads_to_nothing()
    {
        await using var site = new Site();
        var html = WebUtility.HtmlDecode(await (await site.Staff("exhibitor")).GetStringAsync("/exhibitor/offers", Cancel));
        Assert.Contains("2 Angebote sind veröffentlicht", html);
        foreach (var said in (string[])["Integrationskurs am Abend", "von A1 bis B1", "ab B1", "bis A2", "von Ihnen geändert", "von Ihnen zurückgezogen", "nicht mehr in der Liste der Organisation", "Weiterbildung"]) Assert.Contains(said, html);
        Assert.DoesNotContain("→", Visible().Replace(html, ""));
        Assert.Equal(2, Regex.Count(html, "/withdraw\""));
        Assert.Equal(2, Regex.Count(html, "Wieder anbieten"));
    }

    [Fact]
    public async Task A_look_shows_both_cards_and_each_change_and_keeps_nothing()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var answer = await Site.Post(browser, Page, [.. Typed, ("do", "preview")]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.All(site.Api.Writes.Where(c => c.Path.EndsWith(Data.StandOffers[0].Id.ToString(), StringComparison.Ordinal)), c => Assert.Equal(("PUT", "?dryRun=true"), (c.Method, c.Query)));
        var sent = JsonSerializer.Deserialize<OfferDraft>(site.Api.Writes.Last().Body!, JsonSerializerOptions.Web)!;
        Assert.Equal(("course", "exam", "Prüfung am Abend", "A2", "B1", "mit Ausweis", 3L), (sent.Kind, sent.Type, sent.Title, sent.Entry, sent.Exit, sent.Conditions, sent.Version));
        Assert.Equal(["uk: Вечірній іспит"], sent.Titles!.Select(t => $"{t.Key}: {t.Value}"));
        Assert.Equal(["2221", "5120"], sent.Isco!);
        Assert.Equal(["learn-german", "housing"], sent.Topics!);

        var cards = Card().Matches(html).Select(m => m.Value).ToArray();
        Assert.Equal(["de", "uk"], cards.Select(c => Regex.Match(c, "lang=\"(\\w+)\"").Groups[1].Value));
        Assert.Contains("Prüfung am Abend", cards[0]);
        Assert.Contains("Hier spricht man", cards[0]);
        Assert.Contains("abends", cards[0]);
        Assert.Contains("Вечірній іспит", cards[1]);
        Assert.Contains("Prüfung am Abend", cards[1]);
        Assert.Contains("Курс німецької", cards[1]);
        Assert.DoesNotContain("Hier spricht man", cards[1]);
        Assert.Matches("<del>Integrationskurs am Abend</del> → <ins>Prüfung am Abend</ins>", html);
        Assert.Contains("<ins>abends</ins>", html);
        Assert.Contains("<ins>Deutsch lernen, Wohnung</ins>", html);
    }

    [Fact]
    public async Task Only_what_was_looked_at_is_kept()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var unseen = await Site.Post(browser, Page, [.. Typed, ("do", "keep")]);
        Assert.Equal(HttpStatusCode.OK, unseen.StatusCode);
        var seen = Regex.Match(await unseen.Content.ReadAsStringAsync(Cancel), "name=\"seen\" value=\"([^\"]+)\"").Groups[1].Value;
        Assert.NotEmpty(seen);
        Assert.Equal(HttpStatusCode.OK, (await Site.Post(browser, Page, [.. Typed, ("trait", "free"), ("seen", seen), ("do", "keep")])).StatusCode);
        Assert.All(site.Api.Writes.Where(c => c.Method == "PUT"), c => Assert.Equal("?dryRun=true", c.Query));

        var kept = await Site.Post(browser, Page, [.. Typed, ("seen", seen), ("do", "keep")]);
        Assert.Equal($"/exhibitor/offers?done={Data.StandOffers[0].Id}#o-{Data.StandOffers[0].Id:N}", kept.Headers.Location!.ToString());
        Assert.Equal(("PUT", ""), site.Api.Writes.Last() is var call ? (call.Method, call.Query) : default);
        Assert.Contains("Das Angebot ist veröffentlicht.", await browser.GetStringAsync($"/exhibitor/offers?done={Data.StandOffers[0].Id}", Cancel));
    }

    [Fact]
    public async Task Who_worked_on_an_older_one_loses_nothing_and_decides_once_more()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        (string, string)[] old = [.. Typed.Where(f => f.Item1 != "version"), ("version", "2")];
        var html = WebUtility.HtmlDecode(await (await Site.Post(browser, Page, [.. old, ("do", "preview")])).Content.ReadAsStringAsync(Cancel));
        Assert.Contains("Jemand anders hat dieses Angebot inzwischen geändert", html);
        Assert.Contains("value=\"Prüfung am Abend\"", html);
        Assert.Contains("mit Ausweis</textarea>", html);
        Assert.Contains("name=\"version\" value=\"3\"", html);
        Assert.Matches("<del>Integrationskurs am Abend</del> → <ins>Prüfung am Abend</ins>", html);
        Assert.DoesNotContain("secret title", html);
        var seen = Regex.Match(html, "name=\"seen\" value=\"([^\"]+)\"").Groups[1].Value;
        Assert.Equal(HttpStatusCode.SeeOther, (await Site.Post(browser, Page, [.. Typed, ("seen", seen), ("do", "keep")])).StatusCode);

        Assert.Equal("/exhibitor/offers?problem=changed-meanwhile", (await Site.Post(browser, "/exhibitor/offers", Page + "/withdraw", ("version", "2"))).Headers.Location!.ToString());
        Assert.StartsWith("/exhibitor/offers?done=", (await Site.Post(browser, "/exhibitor/offers", Page + "/withdraw", ("version", "3"))).Headers.Location!.ToString());
    }

    [Fact]
    public async Task What_is_wrong_is_named_at_its_field_and_what_was_typed_stays()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var answer = await Site.Post(browser, Page, [.. Typed, ("job", "22a"), ("do", "preview")]);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("<a href=\"#isco\">Berufe</a>: “22a”: expected is a code.", html);
        Assert.Contains("value=\"Prüfung am Abend\"", html);
        Assert.Matches("<input id=\"job1\"[^>]*aria-invalid=\"true\"", html);
        Assert.DoesNotContain("name=\"seen\"", html);
        Assert.Empty(Card().Matches(html));
    }

    [Fact]
    public async Task A_new_offer_has_an_id_from_the_beginning_so_that_a_second_press_adds_no_second()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var html = await browser.GetStringAsync("/exhibitor/offers/new", Cancel);
        var action = Regex.Match(html, "action=\"(/exhibitor/offers/[0-9a-f-]{36})#seen\"").Groups[1].Value;
        Assert.NotEmpty(action);
        Assert.Contains("name=\"version\" value=\"0\"", html);
        var preview = await (await Site.Post(browser, "/exhibitor/offers/new", action, [.. Typed.Where(f => f.Item1 != "version"), ("version", "0"), ("do", "preview")])).Content.ReadAsStringAsync(Cancel);
        Assert.Contains($"action=\"{action}#seen\"", preview);
        Assert.Contains("Neues Angebot", preview);
        Assert.Equal(0, JsonSerializer.Deserialize<OfferDraft>(site.Api.Writes.Last().Body!, JsonSerializerOptions.Web)!.Version);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/exhibitor/offers/{StubApi.Id(699)}", Cancel)).StatusCode);
    }

    [GeneratedRegex("<article class=\"card match\".*?</article>", RegexOptions.Singleline)]
    private static partial Regex Card();

    [GeneratedRegex("<svg.*?</svg>|<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Visible();
}
