using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Journeys;

/// <summary>The list of next steps: never stale, in the visitor's language, by the rules of the day.</summary>
public abstract class ListTests(RunningFair fair)
{
    [Fact]
    public async Task A_changed_profile_is_seen_in_the_list_at_once()
    {
        var visitor = await Newcomer.ArriveAsync(fair);
        await visitor.MatchesAsync();
        string[][] goals = [["learn-german"], ["work"], ["leisure", "family"], ["advice", "offices"]];
        for (var round = 0; round < 20; round++)
        {
            var put = (await fair.CallAsync(HttpMethod.Put, visitor.Path, visitor.Needs with { Goals = goals[round % goals.Length] }, visitor.Token)).Read<VisitorProfile>();
            var list = await visitor.MatchesAsync();
            Assert.Equal(put.Version, list.ProfileVersion);
            Assert.NotEmpty(list.Items);
        }
        Assert.Equal(21, (await fair.GetAsync(visitor.Path, visitor.Token)).Read<VisitorProfile>().Version);
    }

    [Fact]
    public async Task The_rules_of_the_day_decide_and_say_why()
    {
        var needs = Newcomer.NewNeeds("de") with { CoursePaper = "none", Contact = null };
        var before = await CourseAsync("2026-02-08T00:00:00+00:00");
        var after = await CourseAsync("2026-02-09T00:00:00+00:00");
        Assert.Equal(("likely", "ask"), (before.Verdict, after.Verdict));
        Assert.Contains(before.Rules, r => r.Source.Contains("44 (4)", StringComparison.Ordinal));
        var why = Assert.Single(after.Rules, r => r.Source.Contains("02/26", StringComparison.Ordinal));
        Assert.NotEmpty(why.Text);
        Assert.NotEqual(before.Rules.Select(r => r.Pack), after.Rules.Select(r => r.Pack));
        Assert.Equal("bamf", after.Office);

        async Task<TypeVerdict> CourseAsync(string at) => (await fair.PostAsync("/api/eligibility/preview", new EligibilityPreview(needs, at)))
            .Read<EligibilityResult>().Types.Single(t => t.Type == "integrationskurs");
    }

    [Fact]
    public async Task Who_reads_Arabic_gets_Arabic()
    {
        var visitor = await Newcomer.ArriveAsync(fair, "ar");
        var list = await visitor.MatchesAsync();
        Assert.All(list.Items.SelectMany(i => i.Reasons), r => Assert.Contains(r.Text, IsArabic));
        if (list.Demo) Assert.All(list.Items.Take(5), i => Assert.Contains(i.Title, IsArabic));
        Assert.All(list.Items, i => Assert.NotEmpty(i.TitleDe));
        var mail = await RunningFair.UntilAsync("the visitor's first mail", async () => (await fair.MailsAsync()).FirstOrDefault(m => m.To == visitor.Email));
        Assert.Contains(mail.Subject, IsArabic);
        // The page speaks another language for once: so does the list.
        var german = (await fair.GetAsync(visitor.Path + "/matches", visitor.Token, ("Accept-Language", "de"))).Read<Matches>();
        Assert.All(german.Items.SelectMany(i => i.Reasons), r => Assert.DoesNotContain(r.Text, IsArabic));
    }

    [Fact]
    public async Task The_link_in_a_mail_opens_the_visitors_pages()
    {
        var visitor = await Newcomer.ArriveAsync(fair);
        var mail = await RunningFair.UntilAsync("the visitor's first mail", async () => (await fair.MailsAsync()).FirstOrDefault(m => m.To == visitor.Email));
        var link = mail.Text.Split('\n').Single(l => l.Contains("/link/", StringComparison.Ordinal)).Trim();
        Assert.StartsWith(fair.Address.ToString(), link, StringComparison.Ordinal);
        var token = link.Split('/')[^1];
        Assert.NotEqual(visitor.Token, token);
        foreach (var path in (string[])[visitor.Path, visitor.Path + "/matches", visitor.Path + "/meetings", "/api/notices"])
            (await fair.GetAsync(path, token)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Everything_describes_itself_and_is_well()
    {
        foreach (var path in fair.Descriptions)
            Assert.Contains("\"openapi\"", (await fair.GetAsync(path)).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        foreach (var path in (string[])["/health/live", "/health/ready", "/api/fairs/current", "/.well-known/jwks.json"])
            (await fair.GetAsync(path)).Expect(HttpStatusCode.OK);
        var page = (await fair.GetAsync("/api/offers?kind=course&pageSize=5&q=Integrationskurs")).Read<PageOf<OfferView>>();
        Assert.NotEmpty(page.Items);
        (await fair.GetAsync("/api/nothing/here")).Refused(404, "not-found");
    }

    private static bool IsArabic(char c) => c is >= '\u0600' and <= '\u06ff';
}
