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
    [InlineData("\"always\": true", "\"field\": \"workNote\", \"is\": \"allowed\"", "pack", "no rule applies")]
    [InlineData("\"de\": \"Im Juni dürfen alle.\", ", "", "rules[all]", "no German")]
    [InlineData("\"version\": \"test\"", "\"version\": \"2023-01\"", "pack", "there is a version")]
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
