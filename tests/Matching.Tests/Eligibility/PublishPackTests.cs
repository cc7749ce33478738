using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Tests.Eligibility;

/// <summary>A pack that is published while the fair runs holds from then on, beside and over those that came with the program.</summary>
public sealed class PublishPackTests
{
    private const string WorkForAll = """
        {
          "id": "work-note", "version": "test", "owner": "o", "title": "t", "validFrom": "2026-06-01", "validTo": "2026-06-30", "appliesTo": {"types": ["vacancy"]},
          "rules": [{"id": "all", "when": {"always": true}, "verdict": "yes", "source": "s", "texts": {"de": "Im Juni dürfen alle.", "en": "In June all may."}}]
        }
        """;

    private static readonly Needs NoNote = new() { Language = "en", WorkNote = "not-allowed", Consents = ["matching"] };

    [Theory]
    [InlineData("2026-05-31", "ask", "work-note"), InlineData("2026-06-01", "yes", "test"), InlineData("2026-06-30", "yes", "test"), InlineData("2026-07-01", "ask", "work-note")]
    public void A_published_pack_takes_its_days_from_the_one_before_and_leaves_the_others(string day, string verdict, string version)
    {
        var set = RulePackSet.BuiltIn.With([new("work", WorkForAll)]).Set!;
        var rules = set.At(DateOnly.Parse(day));
        Assert.Equal(verdict, rules.JudgeType(VisitorFacts.Of(NoNote), "vacancy").Verdict.Code());
        Assert.Equal(version == "test", Assert.Single(rules.Packs, p => p.Id == "work-note").Version == "test");
    }

    [Fact]
    public async Task An_organiser_publishes_a_pack_and_takes_it_back_without_a_restart()
    {
        await using var host = await MatchingHost.StartAsync();
        using var organiser = host.Staff("organiser");
        var before = await VerdictAsync(host);
        Assert.Equal("ask", before.Verdict);

        var published = await organiser.PostAsync("/api/rule-packs", Json(WorkForAll.Replace("2026-06-01", "2020-01-01").Replace("2026-06-30", "2030-01-01")));
        Assert.Equal(HttpStatusCode.Created, published.StatusCode);
        var now = await VerdictAsync(host);
        Assert.Equal(("yes", "In June all may.", "work-note test"), (now.Verdict, now.Rules[0].Text, now.Rules[0].Pack));
        var listed = (await organiser.GetFromJsonAsync<List<RulePackView>>("/api/rule-packs"))!;
        Assert.NotNull(listed.Single(p => p.Version == "test").PublishedAt);
        Assert.Null(listed.First(p => p.Id == "training").PublishedAt);

        Assert.Equal(HttpStatusCode.NoContent, (await organiser.DeleteAsync("/api/rule-packs/work-note/test")).StatusCode);
        Assert.Equal("ask", (await VerdictAsync(host)).Verdict);
        Assert.Equal(HttpStatusCode.NotFound, (await organiser.DeleteAsync("/api/rule-packs/work-note/test")).StatusCode);
    }

    [Theory]
    [InlineData("\"always\": true", "\"field\": \"workNote\", \"is\": \"allowed\"", "pack", "Keine Regel gilt für workNote = unknown")]
    [InlineData("\"de\": \"Im Juni dürfen alle.\", ", "", "rules[all]", "Regel „all“: „texts“ hat kein Deutsch. → Schreiben Sie")]
    [InlineData("\"vacancy\"", "\"job-shadowing\"", "pack", "Den Typ „job-shadowing“ gibt es nicht. → Nehmen Sie eines von other, ")]
    [InlineData("\"always\": true", "\"field\": \"nationality\", \"is\": \"x\"", "rules[all]", "Das Feld „nationality“ gibt es nicht")]
    [InlineData("\"version\": \"test\"", "\"version\": \"../1\"", "pack", "„version“ ist zu lang oder hat andere Zeichen")]
    [InlineData("\"validTo\": \"2026-06-30\"", "\"validTo\": \"2026-05-31\"", "pack", "„validTo“ 2026-05-31 liegt vor")]
    [InlineData("\"version\": \"test\"", "\"version\": \"2023-01\"", "pack", "work-note 2023-01: Die Version „2023-01“ von „work-note“ gibt es schon")]
    public async Task A_pack_with_a_fault_is_refused_with_its_place_and_the_old_ones_go_on_holding(string was, string now, string place, string found)
    {
        await using var host = await MatchingHost.StartAsync();
        using var organiser = host.Staff("organiser");
        var refused = await organiser.PostAsync("/api/rule-packs", Json(WorkForAll.Replace(was, now)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.EndsWith("rule-pack", problem.GetProperty("type").GetString());
        Assert.Contains(found, problem.GetProperty("errors").GetProperty(place)[0].GetString());
        Assert.Equal("ask", (await VerdictAsync(host)).Verdict);
    }

    [Theory]
    [InlineData("en", "pack, rule \"all\": \"texts\" has no German. → write"), InlineData("de", "pack, Regel „all“: „texts“ hat kein Deutsch. → Schreiben Sie"), InlineData("ar", "pack, Regel „all“")]
    public async Task An_organiser_is_told_in_German_or_English_as_asked(string language, string says)
    {
        await using var host = await MatchingHost.StartAsync();
        using var organiser = host.Staff("organiser");
        organiser.DefaultRequestHeaders.AcceptLanguage.Clear();
        organiser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var refused = await organiser.PostAsync("/api/rule-packs", Json(WorkForAll.Replace("\"de\": \"Im Juni dürfen alle.\", ", "")));
        Assert.StartsWith(says, (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty("rules[all]")[0].GetString());
    }

    [Fact]
    public async Task An_organiser_who_publishes_is_told_of_days_without_an_answer_and_of_a_pack_that_says_otherwise()
    {
        await using var host = await MatchingHost.StartAsync();
        using var organiser = host.Staff("organiser");
        var other = WorkForAll.Replace("\"id\": \"work-note\"", "\"id\": \"work-in-june\"").Replace("""{"always": true}""", """{"any": [{"field": "workNote", "known": true}, {"field": "workNote", "known": false}]}""");
        var first = (await (await organiser.PostAsync("/api/rule-packs", Json(other))).Content.ReadFromJsonAsync<RulePackPublished>())!;
        Assert.Contains(first.Notes, n => n.StartsWith("Nach dem 2026-06-30 gilt kein Paket „work-in-june“ mehr"));
        var differs = Assert.Single(first.Notes, n => n.Contains("work-note"));
        Assert.Equal("Das Paket „work-note“ (2023-01) sagt am selben Tag für workNote = permission-needed „ask“, dieses sagt „yes“. Es gilt das Schlechtere: „ask“. Soll dieses Paket jenes ersetzen, geben Sie ihm die id „work-note“.", differs);

        var autumn = other.Replace("\"test\"", "\"autumn\"").Replace("2026-06-01", "2026-09-01").Replace("2026-06-30", "2026-09-30");
        Assert.Equal(HttpStatusCode.Created, (await organiser.PostAsync("/api/rule-packs", Json(autumn))).StatusCode);
        var listed = (await organiser.GetFromJsonAsync<List<RulePackView>>("/api/rule-packs"))!;
        Assert.Contains("Vom 2026-07-01 bis 2026-08-31 gilt kein Paket „work-in-june“: An diesen Tagen sagt niemand etwas zu dieser Frage.", listed.Single(p => p.Version == "test").Notes);
        Assert.All(listed.Where(p => p.PublishedAt is null), p => Assert.All(p.Notes, n => Assert.Contains("work-in-june", n)));
    }

    [Fact]
    public async Task A_pack_that_replaces_another_on_its_days_leaves_nothing_to_be_told()
    {
        await using var host = await MatchingHost.StartAsync();
        using var organiser = host.Staff("organiser");
        var published = (await (await organiser.PostAsync("/api/rule-packs", Json(WorkForAll))).Content.ReadFromJsonAsync<RulePackPublished>())!;
        Assert.Equal(("work-note", "test"), (published.Id, published.Version));
        Assert.Empty(published.Notes);
    }

    [Theory]
    [InlineData("0001-01-01", "9999-12-31"), InlineData("2026-06-01", "9999-12-31"), InlineData("0001-01-01", "2026-06-01")]
    public async Task A_pack_may_hold_from_the_first_or_to_the_last_day_that_there_is(string from, string to)
    {
        await using var host = await MatchingHost.StartAsync();
        using var organiser = host.Staff("organiser");
        Assert.Equal(HttpStatusCode.Created, (await organiser.PostAsync("/api/rule-packs", Json(WorkForAll.Replace("2026-06-01", from).Replace("2026-06-30", to)))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await organiser.GetAsync("/api/rule-packs")).StatusCode);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_left_out_and_the_others_hold_and_can_be_followed_by_more()
    {
        await using var host = await MatchingHost.StartAsync();
        using var organiser = host.Staff("organiser");
        var always = WorkForAll.Replace("2026-06-01", "2023-01-01").Replace("2026-06-30", "2030-01-01");
        Assert.Equal(HttpStatusCode.Created, (await organiser.PostAsync("/api/rule-packs", Json(always))).StatusCode);
        await host.QueryAsync(async db =>
        {
            // As a newer program might have written it.
            db.RulePacks.Add(new KeptPack { Id = Guid.CreateVersion7(), PackId = "work-note", Version = "2", Json = always.Replace("\"test\"", "\"2\"").Replace("\"yes\"", "\"certainly\""), At = DemoFair.Before });
            return await db.SaveChangesAsync();
        });
        var packs = (RulePacks)host.Services.GetService(typeof(RulePacks))!;
        await packs.FollowAsync(default);
        Assert.Equal("yes", (await VerdictAsync(host)).Verdict);

        Assert.Equal(HttpStatusCode.Created, (await organiser.PostAsync("/api/rule-packs", Json(always.Replace("\"test\"", "\"3\"").Replace("\"yes\"", "\"likely\"")))).StatusCode);
        Assert.Equal("likely", (await VerdictAsync(host)).Verdict);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_changes_nothing()
    {
        await using var host = await MatchingHost.StartAsync();
        await host.QueryAsync(async db =>
        {
            db.RulePacks.Add(new KeptPack { Id = Guid.CreateVersion7(), PackId = "x", Version = "1", Json = "{\"id\": 7", At = DemoFair.Before });
            return await db.SaveChangesAsync();
        });
        var packs = (RulePacks)host.Services.GetService(typeof(RulePacks))!;
        await packs.FollowAsync(default);
        Assert.Same(RulePackSet.BuiltIn, packs.Current);
        Assert.Equal("ask", (await VerdictAsync(host)).Verdict);
    }

    private static async Task<TypeVerdict> VerdictAsync(MatchingHost host)
    {
        using var anybody = host.Anyone();
        anybody.DefaultRequestHeaders.AcceptLanguage.Clear();
        var answer = await anybody.PostAsJsonAsync("/api/eligibility/preview", new EligibilityPreview(NoNote));
        return (await answer.Content.ReadFromJsonAsync<EligibilityResult>())!.Types.Single(t => t.Type == "vacancy");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
