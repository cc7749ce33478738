using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Matching;
using Matchmaking.Rig;
using Matchmaking.Web.Analyst;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>The analyst's desk: what is asked stands in the address, what cannot be told says why, and what is wrong says it at its field.</summary>
public sealed partial class FigurePageTests
{
    private static readonly string[] Pages = ["/analyst", "/analyst/ranking", "/analyst/fairness", "/analyst/exposure", "/analyst/gaps", "/analyst/compare", "/analyst/report"];
    private static readonly string[] Languages = ["de", "en", "uk", "ar"];

    [Fact]
    public async Task A_question_goes_to_the_service_and_along_to_every_page_of_the_desk()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        const string Question = "from=2026-11-26&channel=kiosk&language=ar&exhibitor=01930000-0000-7000-8000-000000000002&k=10";
        foreach (var path in Pages)
        {
            site.Api.Calls.Clear();
            var html = await TextAsync(browser, $"{path}?{Question}&b-language=uk");
            foreach (var to in (string[])[.. Pages, "/analyst/models"])
            {
                var link = Link(html, to);
                foreach (var part in $"{Question}&b-language=uk".Split('&')) Assert.Contains(part, link);
            }
            var asked = site.Api.Calls.Where(c => c.Path == "/api/quality/figures").Select(c => c.Query).ToList();
            Assert.Contains(asked, q => Question.Split('&').All(q.Contains));
            Assert.Equal(path.EndsWith("report", StringComparison.Ordinal), asked[0].Contains("published=true"));
            Assert.Equal(path.EndsWith("compare", StringComparison.Ordinal) ? 2 : 1, asked.Count);
            // The form shows it, and what it has no field for goes along all the same.
            Assert.Contains("<option value=\"kiosk\" selected", html);
            Assert.Contains(path.EndsWith("compare", StringComparison.Ordinal) ? "name=\"b-language\"" : "<input type=\"hidden\" name=\"b-language\" value=\"uk\"", html);
            Assert.Contains("Channel: Kiosk", html);
        }
        // Models keep it as well; another order is asked for where it is shown alone, for it takes long.
        Assert.Contains("channel=kiosk", Link(await TextAsync(browser, $"/analyst/models?{Question}"), "/analyst/ranking"));
        site.Api.Calls.Clear();
        await TextAsync(browser, "/analyst/fairness?other=baseline");
        Assert.DoesNotContain(site.Api.Calls, c => c.Query.Contains("other="));
        Assert.Contains("other=baseline", Link(await TextAsync(browser, "/analyst/ranking?other=baseline"), "/analyst/gaps"));
    }

    [Fact]
    public async Task What_the_service_finds_wrong_stands_at_its_field_and_what_was_typed_is_kept()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        site.Api.RefuseFigures = (400, "invalid", new() { ["to"] = ["The end must be after the start."], ["channel"] = ["“fax” is not possible here."] });
        foreach (var path in Pages)
        {
            var response = await browser.GetAsync($"{path}?from=2026-11-28&to=gestern&channel=fax", TestContext.Current.CancellationToken);
            var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            Assert.Matches("id=\"to\" name=\"to\" type=\"text\" value=\"gestern\"[^>]*aria-invalid=\"true\" aria-describedby=\"to-mistake\"", html);
            Assert.Matches("id=\"to-mistake\">.*?The end must be after the start\\.", html);
            Assert.Contains("<option value=\"fax\" selected", html);
            Assert.Matches("id=\"channel-mistake\">.*?“fax” is not possible here\\.", html);
            Assert.Contains("href=\"#to\"", html);
            Assert.DoesNotContain("<svg class=\"chart", html);
            Assert.Matches("<details open", html);
        }
        // Of two questions each has its own.
        var two = await browser.GetStringAsyncOf("/analyst/compare?channel=kiosk&b-channel=fax");
        Assert.Contains("id=\"b-channel-mistake\"", two);
    }

    [Theory]
    [InlineData("fair=nothing", null, "fair", "There is no such fair.")]
    [InlineData("fair=01930000-0000-7000-8000-000000000077", 404, "fair", "There is no such fair.")]
    [InlineData("exhibitor=x", null, "exhibitor", "There is no such stand at this fair.")]
    [InlineData("k=many", null, "k", "Please give a number from 1 to 20.")]
    [InlineData("other=20200101-0000-none", 404, "other", "There is no such model (any more).")]
    [InlineData("other=20200101-0000-none", 422, "other", "It learned on other features than this program computes.")]
    public async Task A_fair_a_stand_or_a_model_that_is_not_there_is_said_at_its_field(string question, int? status, string field, string words)
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        if (status is { } refused) site.Api.RefuseFigures = (refused, refused == 422 ? "model-features" : "not-found", null);
        site.Api.Calls.Clear();
        var html = await browser.GetStringAsyncOf($"/analyst/ranking?{question}");
        Assert.Equal(status is null ? 0 : 1, site.Api.Calls.Count(c => c.Path == "/api/quality/figures"));
        Assert.Matches($"id=\"{field}-mistake\">.*?{Regex.Escape(words)}", html);
        Assert.Contains(question[(question.IndexOf('=') + 1)..], html);
    }

    [Fact]
    public async Task Where_nothing_can_be_told_a_sentence_says_why_and_no_chart_is_drawn()
    {
        await using var site = new Site();
        foreach (var language in Languages)
        {
            var browser = await site.Staff("analyst", language);
            foreach (var (set, key) in ((QualityFigureSet?, string)[])[(FigureData.Nobody, "desk.nobody"), (FigureData.TooFew, "desk.toofew"), (null, "desk.nofair")])
            {
                site.Api.Figures[""] = set ?? FigureData.Nobody;
                site.Api.RefuseFigures = set is null ? (404, "not-found", null) : null;
                foreach (var path in Pages.Select(p => p == "/analyst" ? "/analyst?channel=kiosk" : p))
                {
                    var html = await TextAsync(browser, path);
                    Assert.Contains(Matchmaking.Web.Texts.Pages.In(key, language), WithoutMarks(html));
                    Assert.DoesNotContain("<svg class=\"chart", html);
                    Assert.DoesNotContain("NaN", html);
                }
            }
        }
    }

    [Fact]
    public async Task A_figure_has_its_interval_its_people_its_definition_and_where_it_is_not_told_the_reason()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        var ranking = await TextAsync(browser, "/analyst/ranking?other=baseline");
        foreach (var words in (string[])["NDCG@5: as shown", ">584<", ">0.61<", ">0.58<", ">0.64<", "DCG@k / ideal DCG@k", "Järvelin and Kekäläinen 2002", "place 11-20", "Too few people: single ones could be recognised", "The order shown is better than popularity and chance.",
            "The other order would bring more.", "Effective sample size: 12.", "This cannot be told.", "they must be worth 100 places"]) Assert.Contains(words, ranking);
        Assert.Matches("<path class=\"span\" d=\"M[0-9.]+ 12H[0-9.]+\"", ranking);
        var fairness = await TextAsync(browser, "/analyst/fairness");
        foreach (var words in (string[])["Served worse: language Tigrinya, German none yet.", "Age: under 18", "Channel: Kiosk", "Mean of the group less that of all others", "Of no group can it be said that it is served worse."]) Assert.Contains(words, fairness);
        var stands = await TextAsync(browser, "/analyst/exposure");
        foreach (var words in (string[])["More people asked than there are seats:", "86 % (76 % to 96 %)", "under it"]) Assert.Contains(words, stands);
        var gaps = await TextAsync(browser, "/analyst/gaps");
        foreach (var words in (string[])["no offer", "Schnupperkurs 11", "says no: integrationskurs 44-4", "30 to 45"]) Assert.Contains(words, gaps);
        foreach (var path in Pages) Assert.DoesNotContain("NaN", await TextAsync(browser, path));
    }

    [Fact]
    public async Task A_count_that_is_not_told_says_so_and_no_share_or_verdict_is_made_of_it()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        site.Api.Summary = Data.Quality with { Held = null, Useful = null, Judged = null, Ndcg5 = null, Ndcg5Interval = null };
        var some = await TextAsync(browser, "/analyst");
        var funnel = Regex.Match(some, "<section[^>]*aria-labelledby=\"t\".*?</section>", RegexOptions.Singleline).Value;
        Assert.Contains("We do not know yet", some);
        Assert.Matches("<th scope=\"row\">Confirmed</th><td class=\"n\"><a [^>]*><span class=\"hide\">Confirmed: </span>703<span class=\"hide\">, [^<]*</span></a></td><td class=\"n\">82 %</td>", funnel);
        foreach (var step in (string[])["Talk took place", "“It helped me”"]) Assert.Matches($"<th scope=\"row\">{step}</th><td class=\"n\">too few people</td><td class=\"n\"></td>", funnel);
        Assert.Contains("Too few people: single ones could be recognised", funnel);
        Assert.DoesNotContain("judged lists", some);
        Assert.DoesNotContain("No list has an outcome yet", some);

        site.Api.Summary = new(null, null, null, null, null, null, null, null, null, null, null, null, [], [], [], new("baseline", "1"), false, StubApi.Now);
        var few = await TextAsync(browser, "/analyst");
        Assert.DoesNotContain("<svg class=\"chart", few);
        Assert.DoesNotContain("NaN", few);
        Assert.Contains("Too few people: single ones could be recognised", few);
        site.Api.Summary = site.Api.Summary with { Visitors = 40, Requested = 12, Held = 0 };
        Assert.Contains("Appointments asked for: 12. No talk has taken place yet.", await TextAsync(browser, "/analyst"));
    }

    [Fact]
    public async Task Fixed_rules_state_no_chance_and_one_visitor_gives_no_interval()
    {
        await using var site = new Site();
        Figure Rules(string id) => new(id, null, null, null, 0, "no-model");
        site.Api.Figures[""] = FigureData.Told with { Calibration = new(Rules("chance.error"), Rules("chance.brier"), []), FirstAnswer = new("answer.minutes", 20, null, null, 1, null), Exposure = FigureData.Told.Exposure with { Stands = [FigureData.Told.Exposure.Stands[0]] } };
        var browser = await site.Staff("analyst", "en");
        Assert.Contains("The fixed rules state no chance", await TextAsync(browser, "/analyst/ranking"));
        foreach (var path in Pages)
        {
            var html = await TextAsync(browser, path);
            Assert.DoesNotContain("NaN", html);
            Assert.DoesNotContain("∞", html);
        }
    }

    [Fact]
    public async Task Two_questions_are_told_apart_only_where_their_intervals_do_not_touch()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        Assert.Contains("Both questions are the same.", await TextAsync(browser, "/analyst/compare"));
        Figure Ndcg(double value) => new("order.ndcg", value, value - .03, value + .03, 200, null);
        site.Api.Figures["language=uk"] = FigureData.Told with { Order = [FigureData.Told.Order[0] with { Ndcg = Ndcg(.4), Recall = new("order.recall", .69, .65, .73, 200, null), Mrr = FigureData.TooFew.Order[0].Mrr }, .. FigureData.Told.Order.Skip(1)] };
        var html = await TextAsync(browser, "/analyst/compare?channel=kiosk&b-language=uk");
        Assert.DoesNotContain("Both questions are the same.", html);
        Assert.Contains("The first question is higher: the intervals do not touch.", Panel(html, "c-order.ndcg"));
        Assert.Contains("The intervals overlap", Panel(html, "c-order.recall"));
        Assert.Contains("One side cannot be told", Panel(html, "c-order.mrr"));
        Assert.Equal(2, Regex.Count(Regex.Match(Panel(html, "c-order.ndcg"), "<svg class=\"chart broad\".*?</svg>", RegexOptions.Singleline).Value, "class=\"span\""));
        Assert.Contains("The second question is higher", Panel(await TextAsync(browser, "/analyst/compare?language=uk"), "c-order.ndcg"));
    }

    [Fact]
    public async Task While_the_page_is_open_figures_go_on_and_what_was_unfolded_stays_so()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.Chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync($"{origin}/?lang=en");
        await page.GotoAsync($"{origin}/sign-in");
        await page.Locator("button[value=analyst]").ClickAsync();
        await page.GotoAsync($"{origin}/analyst/gaps");
        var panel = page.Locator("section[aria-labelledby=answer]");
        Assert.Contains("35", await panel.Locator(".kpi").InnerTextAsync());
        await panel.Locator("summary").First.ClickAsync();
        Assert.Contains("13:40", await page.Locator("#as-of").InnerTextAsync());
        site.Api.Figures[""] = FigureData.Told with { FirstAnswer = FigureData.Told.FirstAnswer with { Value = 40 }, At = StubApi.Now };
        await page.Clock.FastForwardAsync(20_000);
        await Assertions.Expect(panel.Locator(".kpi")).ToHaveTextAsync("40");
        await Assertions.Expect(page.Locator("#as-of")).ToContainTextAsync("14:00");
        Assert.True(await panel.Locator("details").First.EvaluateAsync<bool>("fold => fold.open"));
        Assert.Equal("SUMMARY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
        // A report is of its moment.
        await page.GotoAsync($"{origin}/analyst/report");
        Assert.Equal(0, await page.Locator("[data-fresh='20']").CountAsync());
    }

    [Fact]
    public void Every_figure_of_the_service_has_its_name()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "services", "Matching", "Quality", "FigureDefinitions.cs"));
        var ids = Defined().Matches(source).Select(m => m.Groups[1].Value).ToList();
        Assert.True(ids.Count > 25);
        foreach (var id in ids)
            foreach (var language in Languages) Assert.NotEqual($"figure.{id}", Matchmaking.Web.Texts.Pages.In($"figure.{id}", language));
    }

    [Theory, InlineData(0d, 0d), InlineData(1d, 1d), InlineData(.5, .5), InlineData(0d, 1d), InlineData(-.0001, .0001), InlineData(.61, .64), InlineData(3d, 5_000_000d)]
    public void An_axis_holds_its_values_and_is_never_flat(double low, double high)
    {
        foreach (var scale in Enum.GetValues<Scale>())
        {
            if (scale is Scale.Score or Scale.Share && high > 1 || scale is not Scale.Difference && low < 0) continue;
            var axis = ChartAxis.Of(scale, [low, high]);
            Assert.True(axis.To > axis.From, $"{scale}");
            Assert.InRange(axis.Ticks.Length, 2, 7);
            Assert.InRange(axis.At(low), 0, 1);
            Assert.InRange(axis.At(high), 0, 1);
            if (axis.Middle is { } middle) Assert.InRange(axis.At(middle), 0, 1);
        }
        Assert.True(ChartAxis.Of(Scale.Share, []) is { From: 0, To: 1 });
    }

    private static string Panel(string html, string id) => Regex.Match(html, $"<section[^>]*aria-labelledby=\"{Regex.Escape(id)}\".*?</section>", RegexOptions.Singleline).Value;

    private static string Link(string html, string path) => Regex.Match(html, $"<nav class=\"tabs\".*?href=\"({Regex.Escape(path)}(?:\\?[^\"]*)?)\"", RegexOptions.Singleline).Groups[1].Value;

    private static string WithoutMarks(string html) => Regex.Replace(html, "</?bdi[^>]*>", "");

    // Without tokens of forms: in letters drawn at random any word may stand.
    private static async Task<string> TextAsync(HttpClient browser, string path) =>
        FormToken().Replace(WebUtility.HtmlDecode(await browser.GetStringAsync(path, TestContext.Current.CancellationToken)), "");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]*\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("new\\(\"([a-z][a-z.-]+)\"")]
    private static partial Regex Defined();
}

file static class Answers
{
    /// <summary>Whatever its status.</summary>
    public static async Task<string> GetStringAsyncOf(this HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
