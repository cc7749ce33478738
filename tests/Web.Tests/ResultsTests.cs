using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Matching;

namespace Matchmaking.Web.Tests;

/// <summary>The list of next steps and what can be done with it, by links and forms alone.</summary>
public sealed partial class ResultsTests
{
    private static readonly string First = $"/offers/{StubApi.Id(100)}", Hidden = $"/offers/{StubApi.Id(105)}";

    [Theory, InlineData("de"), InlineData("ar"), InlineData("kmr")]
    public async Task The_list_comes_in_groups_whose_places_follow_each_other(string language)
    {
        await using var site = new Site();
        var html = await GetAsync(await site.Visitor(language), "/matches");
        Assert.Equal(2, Regex.Count(html, "<h2 class=\"group\">"));
        Assert.Equal(["1", "2", "3", "4", "5"], Rank().Matches(html).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_only_those_that_would_leave_something_are_offered()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var all = await GetAsync(browser, "/matches");
        Assert.Contains("only=own-language", all);
        Assert.Contains("only=childcare", all);
        Assert.DoesNotContain("only=bookmarked", all); // nothing is bookmarked

        var own = await GetAsync(browser, "/matches?only=own-language");
        Assert.Equal(["1", "3"], Rank().Matches(own).Select(m => m.Groups[1].Value)); // places stay those of the list
        Assert.DoesNotContain("only=own-language&amp;only=childcare", own); // would leave nothing
        Assert.Contains("href=\"/matches\"", own); // and back
        Assert.Equal(5, Rank().Count(await GetAsync(browser, "/matches?only=nonsense&kind=nonsense")));
        Assert.Empty(Rank().Matches(await GetAsync(browser, "/matches?only=evening&kind=course")));
    }

    [Fact]
    public async Task A_bookmark_is_set_shown_alone_put_on_the_day_and_its_slip_and_taken_back()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var set = await Site.Post(browser, "/matches", "/choose", ("offer", StubApi.Id(104).ToString()), ("choice", "bookmarked"), ("back", "/matches?kind=leisure"));
        Assert.Equal($"/matches?kind=leisure#o-{StubApi.Id(104):N}", set.Headers.Location!.ToString());
        Assert.Equal("bookmarked", site.Api.Choices[StubApi.Id(104)].Choice);
        Assert.Equal(["5"], Rank().Matches(await GetAsync(browser, "/matches?only=bookmarked")).Select(m => m.Groups[1].Value));
        Assert.Contains("Sprachcafé, jeden Mittwoch", await GetAsync(browser, "/day"));
        Assert.Contains("Sprachcafé, jeden Mittwoch", await GetAsync(browser, "/day/slip"));
        await Site.Post(browser, "/matches", "/choose", ("offer", StubApi.Id(104).ToString()), ("choice", "none"), ("back", "/matches"));
        Assert.Empty(site.Api.Choices);
        Assert.DoesNotContain("Sprachcafé, jeden Mittwoch", await GetAsync(browser, "/day"));
    }

    [Fact]
    public async Task Not_for_me_takes_it_out_offers_the_way_back_and_asks_why_without_insisting()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var gone = await Site.Post(browser, "/matches", "/choose", ("offer", StubApi.Id(101).ToString()), ("choice", "not-for-me"), ("back", "/matches"));
        var html = await GetAsync(browser, gone.Headers.Location!.ToString());
        Assert.DoesNotContain($"id=\"o-{StubApi.Id(101):N}\"", html);
        Assert.Contains("Nicht mehr in Ihrer Liste: Integrationskurs", html);
        Assert.Contains("Rückgängig", html);
        Assert.Contains("value=\"have-it\"", html);
        await Site.Post(browser, "/matches", "/choose", ("offer", StubApi.Id(101).ToString()), ("choice", "not-for-me"), ("reason", "have-it"), ("back", "/matches"));
        Assert.Equal(new OfferChoice("not-for-me", "have-it"), site.Api.Choices[StubApi.Id(101)]);
        Assert.Contains("Habe ich schon", await GetAsync(browser, "/matches/gone"));
        await Site.Post(browser, "/matches/gone", "/choose", ("offer", StubApi.Id(101).ToString()), ("choice", "none"), ("back", "/matches/gone"));
        Assert.Contains($"id=\"o-{StubApi.Id(101):N}\"", await GetAsync(browser, "/matches"));
    }

    [Fact]
    public async Task The_way_back_of_a_choice_never_leads_elsewhere_and_reading_changes_nothing()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var away = await Site.Post(browser, "/matches", "/choose", ("offer", StubApi.Id(101).ToString()), ("choice", "bookmarked"), ("back", "//evil.example/x"));
        Assert.StartsWith("/#", away.Headers.Location!.ToString());
        site.Api.Calls.Clear();
        foreach (var path in (string[])["/matches", "/matches/gone", "/search?q=kurs", $"/compare?id={StubApi.Id(100)}", First]) await GetAsync(browser, path);
        Assert.Empty(site.Api.Writes);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/choose", new FormUrlEncodedContent([new("choice", "bookmarked")]), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory, InlineData("ar", "دورة"), InlineData("uk", "курс"), InlineData("ti", "ትምህርቲ"), InlineData("de", "Kurs & Arbeit <b>")]
    public async Task What_is_typed_goes_to_Matching_as_it_is_and_what_is_found_says_whether_it_is_listed(string language, string typed)
    {
        await using var site = new Site();
        var browser = await site.Visitor(language);
        var html = await GetAsync(browser, $"/search?q={Uri.EscapeDataString(typed)}");
        var call = Assert.Single(site.Api.Calls, c => c.Path.EndsWith("/search", StringComparison.Ordinal));
        Assert.Equal($"?q={typed}", Uri.UnescapeDataString(call.Query));
        Assert.Equal(language, call.Language);
        Assert.Contains($"value=\"{typed.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;")}\"", html);
        Assert.Equal(["1", "2"], Rank().Matches(html).Select(m => m.Groups[1].Value)); // those of the list, with their places
        Assert.Equal(2, Regex.Count(html, "<h2 class=\"group\">"));
        Assert.Contains("data-verdict=\"no\"", html);
    }

    [Fact]
    public async Task Where_nothing_is_found_the_page_says_what_to_do_and_asks_nobody_for_nothing()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        Assert.Contains("Versuchen Sie ein anderes Wort", await GetAsync(browser, "/search?q=nichts"));
        site.Api.Calls.Clear();
        await GetAsync(browser, "/search?q=%20");
        Assert.DoesNotContain(site.Api.Calls, c => c.Path.EndsWith("/search", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Browser().GetAsync("/search?q=kurs", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Why_not_says_verdict_reason_rule_source_office_and_what_would_change_it()
    {
        await using var site = new Site();
        var html = await GetAsync(await site.Visitor(), Hidden);
        foreach (var said in (string[])["Warum nicht?", "data-verdict=\"no\"", "Gewünscht ist Deutsch B1", "BAMF-Rundschreiben 02/26", "BAMF (Bundesamt", "Was das ändern kann", "B1: Über Alltag und Arbeit sprechen", "data-verdict=\"likely\"", "Antrag läuft", "Wie alt sind Sie?"])
            Assert.Contains(said, html);
        Assert.DoesNotContain("action=\"/book\"", html); // asking for a time would be refused
        Assert.DoesNotContain("Warum nicht?", await GetAsync(await site.Visitor(), First));
    }

    [Fact]
    public async Task German_stands_beside_verdict_reasons_and_rules_on_request_only()
    {
        await using var site = new Site();
        var browser = await site.Visitor("ar");
        var offer = $"/offers/{StubApi.Id(101)}";
        var html = await GetAsync(browser, offer);
        Assert.DoesNotContain("Der Kurs fängt bei A2 an", html);
        var beside = await GetAsync(browser, offer + "?de=1");
        foreach (var german in (string[])["Der Kurs fängt bei A2 an", "Neue Zulassungen nach § 44 Absatz 4", "Bundesamt für Migration und Flüchtlinge", "Fragen Sie:"]) Assert.Contains(german, beside);
        Assert.Contains("مستواكم", beside);
        Assert.DoesNotContain("name=\"de\"", await GetAsync(await site.Visitor(), offer)); // German needs no German beside it

        // In the list too, and where one goes on from there.
        Assert.DoesNotContain("Der Kurs fängt bei A2 an", await GetAsync(browser, "/matches"));
        var list = await GetAsync(browser, "/matches?de=1");
        foreach (var said in (string[])["Der Kurs fängt bei A2 an", "Fragen Sie:", "مستواكم", "kind=course&amp;de=1"]) Assert.Contains(said, list);
    }

    [Fact]
    public async Task Two_or_three_are_compared_by_checkboxes_that_belong_to_one_form()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var list = await GetAsync(browser, "/matches");
        Assert.Equal(5, Regex.Count(list, "name=\"id\" value=\"[^\"]+\" form=\"compare\""));
        Assert.Contains("<form id=\"compare\"", list);
        var html = await GetAsync(browser, $"/compare?id={StubApi.Id(100)}&id={StubApi.Id(101)}&id={StubApi.Id(102)}&id={StubApi.Id(103)}");
        Assert.Equal(3, Regex.Count(html, "scope=\"col\"")); // not more than fit beside each other
        Assert.Equal(8, Regex.Count(html, "scope=\"row\""));
        foreach (var said in (string[])["Tisch 22, Halle 1", "von A2 bis B1", "10:40", "Bitte bringen Sie Zeugnisse mit"]) Assert.Contains(said, html);
        Assert.Contains("Wählen Sie zwei oder drei", await GetAsync(browser, "/compare"));
        Assert.Equal(1, Regex.Count(await GetAsync(browser, $"/compare?id={StubApi.Id(100)}&id={StubApi.Id(999)}&id=nonsense"), "scope=\"col\""));
    }

    private static Task<string> GetAsync(HttpClient browser, string path) => browser.GetStringAsync(path, TestContext.Current.CancellationToken);

    [GeneratedRegex("<span class=\"rank num\"[^>]*>(\\d+)</span>")]
    private static partial Regex Rank();
}
