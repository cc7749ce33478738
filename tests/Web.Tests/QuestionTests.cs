using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Web.Components;
using Matchmaking.Web.Visitor;

namespace Matchmaking.Web.Tests;

public sealed class QuestionTests
{
    [Fact]
    public async Task Your_data_shows_what_was_answered_and_the_day_on_which_it_goes()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        site.Api.Stored = site.Api.Stored with { Goals = ["recognition"] };
        var html = System.Net.WebUtility.HtmlDecode(await browser.GetStringAsync("/privacy", TestContext.Current.CancellationToken));
        Assert.Contains("/ask/1?from=check", html, StringComparison.Ordinal);
        Assert.Contains("Abschluss anerkennen", html, StringComparison.Ordinal);
        Assert.Contains($"Am {Matchmaking.Contracts.Texts.Words.Date(DateOnly.FromDateTime(StubApi.Now.AddDays(30).UtcDateTime), "de")} wird alles von selbst gelöscht.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("wird alles von selbst", await site.Browser().GetStringAsync("/privacy?lang=de", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_way_from_the_start_to_the_list_hands_in_what_was_answered()
    {
        await using var site = new Site();
        var browser = site.Browser();
        Assert.Equal("/ask/1", await Go(Site.Post(browser, "/", "/start", ("language", "uk"))));
        Assert.Equal("/ask/2", await Go(Site.Post(browser, "/ask/1", ("goals", "learn-german"), ("goals", "work"), ("goals", "advice"), ("go", "next"))));
        Assert.Equal("/ask/3", await Go(Site.Post(browser, "/ask/2", ("topics", "housing"), ("go", "next"))));
        Assert.Equal("/ask/4", await Go(Site.Post(browser, "/ask/3", ("languages", "uk"), ("languages", "ru"), ("go", "next"))));
        Assert.Equal("/ask/6", await Go(Site.Post(browser, "/ask/4", ("speaking", "A2"), ("certificate", "no"), ("go", "next"))));
        Assert.Equal("/ask/7", await Go(Site.Post(browser, "/ask/6", ("paper", "unknown"), ("go", "next"))));
        Assert.Equal("/ask/8", await Go(Site.Post(browser, "/ask/7", ("note", "allowed"), ("go", "next"))));
        Assert.Equal("/ask/9", await Go(Site.Post(browser, "/ask/8", ("job", "медсестра, медбрат"), ("years", "4"), ("recognition", "none"), ("go", "next"))));
        Assert.Equal("/ask/10", await Go(Site.Post(browser, "/ask/9", ("age", "27plus"), ("time", "1-3"), ("go", "next"))));
        Assert.Equal("/check", await Go(Site.Post(browser, "/ask/10", ("hours", "10"), ("hours", "11"), ("hours", "14"), ("childcare", "yes"), ("interpret", "yes"), ("gender", "female"), ("go", "next"))));
        Assert.Equal("/matches", await Go(Site.Post(browser, "/check", ("consents", "matching"), ("consents", "share-with-exhibitor"), ("email", "a@example.org"), ("go", "next"))));

        var call = Assert.Single(site.Api.Writes);
        var needs = JsonSerializer.Deserialize<Needs>(call.Body!, JsonSerializerOptions.Web)!;
        Assert.Equal("uk", needs.Language);
        Assert.Equal(["learn-german", "work", "advice"], needs.Goals!);
        Assert.Equal(["housing"], needs.Topics!);
        Assert.Equal(["uk", "ru"], needs.ConversationLanguages!);
        Assert.Equal(new German("A2", null, false), needs.German);
        Assert.Equal(new Occupation("2221", 4), needs.Occupation);
        Assert.Equal(("unknown", "allowed", "none", "27plus", "1-3", true), (needs.CoursePaper, needs.WorkNote, needs.Recognition, needs.AgeBand, needs.TimeInGermany, needs.Childcare));
        Assert.Equal([(10, 12), (14, 15)], needs.Availability!.Select(a => (a.From.Hour, a.To.Hour)));
        Assert.Equal(new InterpreterWish("uk", "female"), needs.Interpreter);
        Assert.Equal(["matching", "share-with-exhibitor"], needs.Consents!);
        Assert.Equal(("a@example.org", "online"), (needs.Contact!.Email, needs.Channel));
        Assert.Contains("Ваші наступні кроки", await browser.GetStringAsync("/matches", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Everything_can_be_skipped_but_the_one_consent()
    {
        await using var site = new Site();
        var browser = site.Browser();
        var at = "/ask/1";
        for (var n = 0; n < 12 && at != "/check"; n++) at = await Go(Site.Post(browser, at, ("go", "skip")));
        Assert.Equal("/check", at);
        var refused = await Site.Post(browser, "/check", ("go", "next"), ("email", "not an address"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var html = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("href=\"#consent-matching\"", html);
        Assert.Contains("href=\"#email\"", html);
        Assert.Contains("value=\"not an address\"", html);
        Assert.Empty(site.Api.Writes);
        Assert.Equal("/matches", await Go(Site.Post(browser, "/check", ("consents", "matching"), ("go", "next"))));
    }

    [Fact]
    public async Task Back_and_skip_keep_what_was_answered()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "work"), ("go", "next"));
        Assert.Equal("/ask/1", await Go(Site.Post(browser, "/ask/3", ("languages", "ar"), ("go", "back"))));
        Assert.Matches("value=\"work\" checked", await browser.GetStringAsync("/ask/1", TestContext.Current.CancellationToken));
        Assert.Equal("/ask/3", await Go(Site.Post(browser, "/ask/1", ("go", "skip"))));
        Assert.Matches("value=\"work\" checked", await browser.GetStringAsync("/ask/1", TestContext.Current.CancellationToken));
        Assert.Matches("value=\"ar\" checked", await browser.GetStringAsync("/ask/3", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("learn-german", "none"), InlineData("learn-german", "B1"), InlineData("work", "A1"), InlineData("work", "C1"), InlineData("advice", "unknown"), InlineData("unknown", "B2"), InlineData(null, null)]
    public async Task The_number_of_all_questions_is_never_taken_back(string? goal, string? german)
    {
        await using var site = new Site();
        var browser = site.Browser();
        var (at, places) = ("/ask/1", new List<(int Place, int Of)>());
        while (at != "/check")
        {
            var said = Regex.Match(await browser.GetStringAsync(at, TestContext.Current.CancellationToken), "<b>Frage (\\d+)(?: von (\\d+))?</b>");
            places.Add((int.Parse(said.Groups[1].Value), said.Groups[2].Success ? int.Parse(said.Groups[2].Value) : 0));
            var answer = at switch { "/ask/1" => ("goals", goal), "/ask/4" => ("speaking", german), _ => ("", null) };
            at = await Go(answer.Item2 is { } code ? Site.Post(browser, at, (answer.Item1, code), ("go", "next")) : Site.Post(browser, at, ("go", "skip")));
        }
        // On the first page nobody knows it yet.
        Assert.Equal((1, 0), places[0]);
        Assert.Single(places.Skip(1).Select(p => p.Of).Distinct());
        Assert.Equal(places.Select(p => p.Place).Distinct().Order(), places.Select(p => p.Place));
        Assert.Equal(places[^1].Of, places[^1].Place);
    }

    [Fact]
    public async Task What_is_ticked_and_written_is_kept_whichever_way_somebody_leaves_a_page()
    {
        await using var site = new Site();
        var browser = site.Browser();
        var asks = await browser.GetStringAsync("/ask/1", TestContext.Current.CancellationToken);
        foreach (var way in (string[])["/help?back=%2Fask%2F1", "/language?back=%2Fask%2F1"])
        {
            Assert.Contains($"name=\"go\" value=\"{way}\"", asks);
            Assert.Equal(way, await Go(Site.Post(browser, "/ask/1", ("goals", way.Contains("help") ? "work" : "recognition"), ("go", way))));
            Assert.Matches($"value=\"{(way.Contains("help") ? "work" : "recognition")}\" checked", await browser.GetStringAsync("/ask/1", TestContext.Current.CancellationToken));
        }
        Assert.Equal("/ask/3?from=check", await Go(Site.Post(browser, "/check", ("consents", "quality-review"), ("email", "o@example.org"), ("go", "/ask/3?from=check"))));
        var check = await browser.GetStringAsync("/check", TestContext.Current.CancellationToken);
        Assert.Matches("value=\"quality-review\" checked", check);
        Assert.Contains("value=\"o@example.org\"", check);
        Assert.Equal("/", await Go(Site.Post(browser, "/ask/1", ("goals", "work"), ("go", "//elsewhere.example"))));
        // Return in a field goes on: no way out stands before that button.
        foreach (var page in (string[])[asks, check]) Assert.Equal("next", System.Text.RegularExpressions.Regex.Match(page, "name=\"go\" value=\"([^\"]+)\"").Groups[1].Value);
    }

    [Fact]
    public async Task A_change_from_the_overview_leads_back_to_it_over_what_it_opens()
    {
        await using var site = new Site();
        var browser = site.Browser();
        Assert.Equal("/ask/5?from=check", await Go(Site.Post(browser, "/ask/4?from=check", "/ask/4", ("from", "check"), ("speaking", "none"), ("go", "next"))));
        Assert.Equal("/check", await Go(Site.Post(browser, "/ask/5?from=check", "/ask/5", ("from", "check"), ("script", "other"), ("go", "next"))));
        Assert.Contains("andere Schrift", await browser.GetStringAsync("/check", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_unknown_occupation_is_told_at_its_field_and_kept()
    {
        await using var site = new Site();
        var refused = await Site.Post(site.Browser(), "/ask/8", ("job", "Astronautin"), ("years", "3"), ("go", "next"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var html = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("value=\"Astronautin\"", html);
        Assert.Contains("id=\"job-mistake\"", html);
        Assert.Contains("href=\"#job\"", html);
    }

    [Fact]
    public async Task A_search_shows_occupations_to_choose_from_and_loses_nothing()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/", "/start", ("language", "uk"));
        await Site.Post(browser, "/ask/8", ("isco", "5120"), ("years", "4"), ("recognition", "started"), ("go", "next"));
        // The button, and going on with what is not a whole name.
        Assert.Equal("/ask/8?job=zahn", await Go(Site.Post(browser, "/ask/8", ("job", "zahn"), ("isco", "5120"), ("years", "5"), ("recognition", "started"), ("go", "search"))));
        Assert.Equal("/ask/8?job=zahn&from=check", await Go(Site.Post(browser, "/ask/8?from=check", "/ask/8", ("from", "check"), ("job", "zahn"), ("isco", "5120"), ("years", "5"), ("go", "next"))));
        var html = await browser.GetStringAsync("/ask/8?job=zahn", TestContext.Current.CancellationToken);
        Assert.Contains("Стоматолог<small class=\"de\" lang=\"de\" dir=\"ltr\">Zahnärztin, Zahnarzt</small>", html);
        Assert.Matches("name=\"searched\" value=\"zahn\"", html);
        Assert.Matches("value=\"5120\" checked", html);
        Assert.Matches("value=\"5\" selected", html);
        // The word still stands in its field when one of the results is chosen.
        Assert.Equal("/ask/9", await Go(Site.Post(browser, "/ask/8?job=zahn", "/ask/8", ("job", "zahn"), ("searched", "zahn"), ("isco", "2261"), ("years", "5"), ("go", "next"))));
        Assert.Contains("Стоматолог, років: 5", await browser.GetStringAsync("/check", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_search_without_a_choice_asks_for_one_and_back_keeps_the_answer()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/8", ("isco", "5120"), ("go", "next"));
        var refused = await Site.Post(browser, "/ask/8?job=zahn", "/ask/8", ("job", "zahn"), ("searched", "zahn"), ("go", "next"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Wählen Sie einen Beruf aus", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        foreach (var written in (string[])["zahn", "Astronautin", ""])
        {
            await Go(Site.Post(browser, "/ask/8", ("job", written), ("searched", ""), ("isco", "5120"), ("go", "back")));
            Assert.Matches("value=\"5120\" checked", await browser.GetStringAsync("/ask/8", TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Not_to_know_the_occupation_is_an_answer_and_no_occupation()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/8", ("isco", "unknown"), ("years", "4"), ("go", "next"));
        Assert.Contains("<dd>Ich weiß es nicht</dd>", await browser.GetStringAsync("/check", TestContext.Current.CancellationToken));
        Assert.Matches("value=\"unknown\" checked", await browser.GetStringAsync("/ask/8", TestContext.Current.CancellationToken));
        await Site.Post(browser, "/check", ("consents", "matching"), ("go", "next"));
        Assert.Null(JsonSerializer.Deserialize<Needs>(site.Api.Writes.Single().Body!, JsonSerializerOptions.Web)!.Occupation);
    }

    [Fact]
    public async Task Each_question_can_be_skipped_and_each_whose_answer_may_be_unknown_can_be_answered_so()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "work"), ("goals", "advice"), ("go", "next"));
        await Site.Post(browser, "/ask/4", ("speaking", "A1"), ("go", "next"));
        Dictionary<int, string[]> unknown = new()
        {
            [1] = ["goals"],
            [2] = ["topics"],
            [4] = ["speaking", "certificate"],
            [5] = ["script"],
            [6] = ["paper"],
            [7] = ["note"],
            [8] = ["isco", "recognition"],
            [9] = ["age", "time"],
            [10] = ["hours"],
        };
        foreach (var question in Question.All)
        {
            var html = await browser.GetStringAsync($"/ask/{question.Number}", TestContext.Current.CancellationToken);
            Assert.Contains("name=\"go\" value=\"skip\"", html, StringComparison.Ordinal);
            // In which languages somebody talks, they know.
            if (question.Key != "languages") Assert.All(unknown[question.Number], name => Assert.Contains($"name=\"{name}\" value=\"unknown\"", html, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_somebody_does_not_know_is_told_as_that_and_not_as_left_out()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "unknown"), ("go", "next"));
        await Site.Post(browser, "/ask/4", ("certificate", "unknown"), ("go", "next"));
        await Site.Post(browser, "/ask/8", ("isco", "2221"), ("recognition", "unknown"), ("go", "next"));
        await Site.Post(browser, "/ask/10", ("hours", "unknown"), ("hours", "11"), ("go", "next"));
        Assert.Matches("name=\"certificate\" value=\"unknown\" checked", await browser.GetStringAsync("/ask/4", TestContext.Current.CancellationToken));
        var times = await browser.GetStringAsync("/ask/10", TestContext.Current.CancellationToken);
        Assert.Matches("name=\"hours\" value=\"unknown\" checked", times);
        Assert.DoesNotMatch("name=\"hours\" value=\"11\" checked", times);

        var check = await browser.GetStringAsync("/check", TestContext.Current.CancellationToken);
        foreach (var (number, question) in new[] { (4, "Haben Sie dafür ein Zertifikat?"), (8, "Ist Ihr Abschluss in Deutschland anerkannt?"), (10, "Wann passt es Ihnen?") })
        {
            var told = Regex.Match(check, $"<div><dt>(?:(?!<div>).)*value=\"/ask/{number}\\?from=check\"", RegexOptions.Singleline).Value;
            Assert.Contains($"{question} <b>Ich weiß es nicht</b>", told, StringComparison.Ordinal);
            Assert.DoesNotContain("nicht beantwortet", told, StringComparison.Ordinal);
        }

        // Who knows it later, knows it.
        await Site.Post(browser, "/ask/4", ("certificate", "no"), ("go", "next"));
        // Without a script the answer of before stays ticked beside the new one.
        await Site.Post(browser, "/ask/10", ("hours", "unknown"), ("hours", "11"), ("go", "next"));
        Assert.Matches("name=\"hours\" value=\"11\" checked", await browser.GetStringAsync("/ask/10", TestContext.Current.CancellationToken));
        check = await browser.GetStringAsync("/check", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Haben Sie dafür ein Zertifikat?", check, StringComparison.Ordinal);
        Assert.DoesNotContain("Wann passt es Ihnen?", check, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_occupation_can_be_chosen_without_a_keyboard_and_has_its_pictogram()
    {
        await using var site = new Site();
        var html = await site.Browser().GetStringAsync("/ask/8", TestContext.Current.CancellationToken);
        Assert.All(OccupationList.All, o => Assert.Contains($"name=\"isco\" value=\"{o.Isco}\"", html));
        var drawn = new SignSheet();
        foreach (var sign in OccupationList.All.Select(o => o.Sign).OfType<string>()) drawn.Need(sign);
        Assert.Contains("id=\"p-care\"", drawn.Symbols());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(9)]
    public async Task Each_answer_of_a_question_that_pictures_can_ask_has_one_of_its_own(int number)
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "advice"), ("goals", "work"), ("go", "next"));
        await Site.Post(browser, "/ask/4", ("speaking", "A1"), ("go", "next"));
        var html = await browser.GetStringAsync($"/ask/{number}", TestContext.Current.CancellationToken);
        var tiles = Regex.Matches(html, "<label class=\"tile.*?</label>", RegexOptions.Singleline).Select(t => t.Value).ToArray();
        Assert.NotEmpty(tiles);
        var drawn = tiles.Select(t => Regex.Match(t, "<use href=\"#(p-[^\"]+)\"").Groups[1].Value).ToArray();
        Assert.All(drawn, id => Assert.Contains($"<symbol id=\"{id}\"", html, StringComparison.Ordinal));
        // Of two questions on one page each can be left unsaid, by the same sign.
        var own = drawn.Where(id => id != "p-unsaid").ToArray();
        Assert.Equal(own.Distinct(), own);
    }

    [Fact]
    public async Task Codes_that_were_not_offered_are_not_handed_on()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "nationality"), ("goals", "work"), ("go", "next"));
        await Site.Post(browser, "/check", ("consents", "matching"), ("consents", "everything"), ("go", "next"));
        var needs = JsonSerializer.Deserialize<Needs>(site.Api.Writes.Single().Body!, JsonSerializerOptions.Web)!;
        Assert.Equal(["work"], needs.Goals!);
        Assert.Equal(["matching"], needs.Consents!);
    }

    [Fact]
    public async Task Handed_in_twice_it_is_one_submission_by_its_key_and_a_page_loaded_again_has_the_same_one()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "work"), ("go", "next"));
        var (first, again) = (await KeyOn(browser), await KeyOn(browser));
        Assert.Equal(first, again);
        Assert.Equal(43, first.Length);

        // Two presses: the second leaves the browser before the first is answered, so it knows nothing of it.
        var hurried = site.Browser();
        await Site.Post(hurried, "/ask/1", ("goals", "work"), ("go", "next"));
        foreach (var visitor in (HttpClient[])[browser, hurried])
            Assert.Equal("/matches", await Go(Site.Post(visitor, "/check", ("key", first), ("consents", "matching"), ("go", "next"))));
        // Other answers are another submission, and a new form has a new key.
        await Go(Site.Post(site.Browser(), "/check", ("key", first), ("consents", "matching"), ("email", "a@example.org"), ("go", "next")));
        Assert.NotEqual(first, await KeyOn(browser));
        var keys = site.Api.Writes.Select(w => w.Key).ToArray();
        Assert.Equal((3, keys[0], 2), (keys.Length, keys[1], keys.Distinct().Count()));
        Assert.All(keys, k => Assert.InRange(k!.Length, 16, 100));
    }

    [Theory, InlineData(410, "visitor-erased"), InlineData(422, "idempotency-key-reused")]
    public async Task A_page_from_before_an_erasure_asks_once_more_and_then_means_it_anew(int status, string code)
    {
        await using var site = new Site();
        var browser = site.Browser();
        site.Api.RefuseSubmission = (status, code);
        var old = await KeyOn(browser);
        var refused = await Site.Post(browser, "/check", ("key", old), ("consents", "matching"), ("go", "next"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("von früher", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var fresh = await KeyOn(browser);
        Assert.NotEqual(old, fresh);
        Assert.Equal("/matches", await Go(Site.Post(browser, "/check", ("key", fresh), ("consents", "matching"), ("go", "next"))));
        Assert.Equal(2, site.Api.Writes.Select(w => w.Key).Distinct().Count());
    }

    private static async Task<string> KeyOn(HttpClient browser) =>
        Regex.Match(await browser.GetStringAsync("/check", TestContext.Current.CancellationToken), "name=\"key\" value=\"([^\"]*)\"").Groups[1].Value;

    [Fact]
    public async Task Who_changes_answers_later_keeps_their_profile()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        Assert.Equal("/matches", await Go(Site.Post(browser, "/check", ("key", await KeyOn(browser)), ("consents", "matching"), ("go", "next"))));
        Assert.Equal(("PUT", $"/api/visitors/{StubApi.Visitor}", StubApi.Token), site.Api.Writes.Select(w => (w.Method, w.Path, w.Bearer)).Single());
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_called_that_and_costs_no_answer()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var browser = site.Browser();
        browser.DefaultRequestHeaders.ExpectContinue = true;
        await Site.Post(browser, "/ask/1", ("goals", "work"), ("go", "next"));

        var answer = await Site.Post(browser, "/ask/8", ("job", new string('x', 70_000)), ("go", "next"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Der Text ist zu lang", html);
        Assert.Contains("href=\"/ask/8\"", html);
        Assert.Matches("value=\"work\"[^>]* checked", await browser.GetStringAsync("/ask/1", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        foreach (var path in (string[])["/ask/1", "/check", "/book", "/start", "/language", "/privacy/erase", "/privacy/forget", "/kiosk", "/kiosk/end", "/kiosk/leave", $"/link/{StubApi.Visitor}/{StubApi.Token}", "/sign-in", "/sign-in/demo", "/sign-in/good-code", "/sign-out", "/organiser/import", "/organiser/import/check", $"/day/{StubApi.Id(300)}/cancel", "/exhibitor/check-in", "/organiser/schedule", $"/organiser/schedule/{StubApi.Id(501)}/publish", $"/organiser/schedule/{StubApi.Id(501)}/cancel"])
        {
            var response = await browser.PostAsync(path, new FormUrlEncodedContent([new("consents", "matching")]), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
        Assert.Empty(site.Api.Writes);
    }

    [Fact]
    public async Task A_kiosk_forgets_the_person_and_says_where_it_stands()
    {
        await using var site = new Site();
        var browser = await site.Kiosk();
        await Site.Post(browser, "/kiosk", "/start", ("language", "ar"));
        await Site.Post(browser, "/ask/1", ("goals", "work"), ("go", "next"));
        var html = await browser.GetStringAsync("/ask/1", TestContext.Current.CancellationToken);
        Assert.Contains("class=\"kiosk\"", html);
        Assert.Contains("/kiosk/timeout?back=", html);
        await Site.Post(browser, "/check", ("consents", "matching"), ("go", "next"));
        Assert.Equal("kiosk", JsonSerializer.Deserialize<Needs>(site.Api.Writes.Single().Body!, JsonSerializerOptions.Web)!.Channel);
        Assert.Equal("/kiosk", await Go(Site.Post(browser, "/kiosk/timeout", "/kiosk/end")));
        Assert.DoesNotContain("checked", await browser.GetStringAsync("/ask/1", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/matches", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<string> Go(Task<HttpResponseMessage> post)
    {
        var response = await post;
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.Location!.ToString();
    }
}
