using System.Collections;
using System.Globalization;
using System.Net;
using System.Resources;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Matchmaking.Contracts.Texts;
using Matchmaking.Rig;
using Matchmaking.Web.Texts;

namespace Matchmaking.Web.Tests;

/// <summary>
/// A service says why it refuses in four languages, and people read fourteen: so what they read is ours, by the refusal's code, in theirs. Every code that a
/// service has words for is tried, also one that is not met today.
/// </summary>
public sealed partial class RefusalTests
{
    private static readonly string[] Codes = [.. Directory.GetFiles(Path.Combine(Repository.Root, "services"), "Problem*.resx", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) is "Problems.resx" or "ProblemTexts.resx" && !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
        .SelectMany(f => XDocument.Load(f).Root!.Elements("data").Select(d => (string)d.Attribute("name")!)).Where(c => !c.StartsWith("field.", StringComparison.Ordinal)).Distinct().Order()];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Languages => [.. Words.Languages];

    [Theory, MemberData(nameof(Languages))]
    public async Task Why_something_did_not_work_is_said_in_the_visitors_own_language(string language)
    {
        Assert.True(Codes.Length > 50, string.Join(' ', Codes));
        var own = Own(language);
        await using var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings(language));
        var browser = await site.Visitor(language);
        var wrong = new List<string>();
        foreach (var code in (string[])[.. Codes, "webhook-exists", "of-tomorrow"])
        {
            var said = Alert().Match(await browser.GetStringAsync($"/day/{StubApi.Id(300)}?problem={code}", Cancel)).Groups[1].Value;
            var plain = WebUtility.HtmlDecode(Tag().Replace(said, ""));
            if (plain != (own.GetValueOrDefault($"problem.{code}") ?? own["problem.other"])) wrong.Add($"{code}: {plain}");
        }
        Assert.Empty(wrong);
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task A_refused_press_leads_to_its_reason_in_the_visitors_own_language(string language)
    {
        var own = Own(language);
        await using var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings(language));
        var browser = await site.Visitor(language);
        foreach (var (action, back, code) in ((string, string, string)[])
            [("/book", "/matches", "slot-over"), ($"/day/{StubApi.Id(300)}/cancel", $"/day/{StubApi.Id(300)}", "changed-meanwhile"), ($"/day/{StubApi.Id(300)}/move", $"/day/{StubApi.Id(300)}", "meeting-over"), ("/wait", $"/offers/{StubApi.Id(101)}", "waiting-cap")])
        {
            (string, string)[] fields = [("offer", StubApi.Id(101).ToString()), ("slot", StubApi.Id(1020).ToString()), ("format", "stand")];
            var form = await FormAsync(browser, fields);
            site.Api.RefuseAll = (409, code);
            var answer = await browser.PostAsync(action, form, Cancel);
            site.Api.RefuseAll = null;
            Assert.Equal($"{back}?problem={code}", answer.Headers.Location?.ToString());
            var html = await browser.GetStringAsync(answer.Headers.Location, Cancel);
            Assert.Equal(own[$"problem.{code}"], WebUtility.HtmlDecode(Tag().Replace(Alert().Match(html).Groups[1].Value, "")));
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task A_page_that_cannot_be_shown_says_so_in_the_visitors_own_language(string language)
    {
        var own = Own(language);
        await using var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings(language));
        var browser = await site.Visitor(language);
        var form = await FormAsync(browser, [("offer", StubApi.Id(101).ToString()), ("slot", StubApi.Id(1020).ToString())]);
        foreach (var (status, code, kind) in ((int, string, string)[])[(401, "unauthorized", "expired"), (403, "forbidden", "role"), (404, "not-found", "missing"), (410, "visitor-erased", "missing"), (429, "too-many-requests", "busy"), (500, "internal", "broken"), (503, "not-ready", "unreachable")])
        {
            site.Api.RefuseAll = (status, code);
            foreach (var path in (string[])["/matches", "/matches/gone", "/search?q=kurs", $"/offers/{StubApi.Id(101)}", "/day", "/day/slip", $"/day/{StubApi.Id(300)}", $"/day/{StubApi.Id(300)}.ics", "/notices", "/privacy/export", $"/erasures/{StubApi.Erasure}", $"/stop/{StubApi.StopToken}"])
                await SaysAsync(await browser.GetAsync(path, Cancel), path);
            await SaysAsync(await browser.PostAsync("/book", form, Cancel), "/book");

            async Task SaysAsync(HttpResponseMessage answer, string path)
            {
                var html = await answer.Content.ReadAsStringAsync(Cancel);
                Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
                var title = WebUtility.HtmlDecode(Title().Match(html).Groups[1].Value);
                Assert.True(own[$"error.{kind}.title"] == title, $"{path} {status}: {title}");
            }
        }
    }

    private static async Task<FormUrlEncodedContent> FormAsync(HttpClient browser, (string Name, string Value)[] fields)
    {
        var token = WebUtility.HtmlDecode(Token().Match(await browser.GetStringAsync("/matches", Cancel)).Groups[1].Value);
        return new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("__RequestVerificationToken", token)));
    }

    /// <summary>What there is in this language itself, for visitors or for staff: a text that is missing is not said in German instead.</summary>
    private static Dictionary<string, string> Own(string language) => Of(typeof(Pages).FullName!, language).Concat(Words.StaffLanguages.Contains(language) ? Of("Matchmaking.Web.Texts.Staff", language) : []).ToDictionary();

    private static IEnumerable<KeyValuePair<string, string>> Of(string texts, string language) => new ResourceManager(texts, typeof(Pages).Assembly)
        .GetResourceSet(language == "de" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), true, false)!.Cast<DictionaryEntry>().Select(e => KeyValuePair.Create((string)e.Key, (string)e.Value!));

    [GeneratedRegex("role=\"alert\"><h2>(.*?)</h2>", RegexOptions.Singleline)]
    private static partial Regex Alert();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("<title>([^<]*)</title>")]
    private static partial Regex Title();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
