using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Tests.Models;
using Matchmaking.Matching.Texts;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>Down to one offer for one visitor.</summary>
public sealed class ShowMatchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_match_says_what_was_known_which_rules_spoke_what_it_scored_and_what_came_of_it_and_names_nobody()
    {
        await using var host = await MatchingHost.StartAsync();
        var ids = await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: 40);
        var analyst = host.Staff("analyst");
        var rows = await analyst.GetAsync("/api/quality/rows?figure=funnel.opened", Cancel).ReadAsync<FigureRows>();
        var (row, place) = rows.Rows.SelectMany(r => r.Places.Select(p => (r, p))).First(x => x.p is { Position: 3, Came: ["opened"] } && x.p.OfferId == DemoFair.Course);

        var match = await analyst.GetAsync($"/api/quality/matches/{row.Person}/{place.OfferId}", Cancel).ReadAsync<ShownMatch>();
        Assert.Equal((row.Person, DemoFair.Course, 3, true), (match.Person, match.OfferId, match.Position, match.AsAnswered));
        Assert.Equal(("baseline", "1"), (match.RankedBy.Kind, match.RankedBy.Version));
        Assert.Equal(["opened"], match.Came);
        Assert.Equal(DemoFair.Open.German!.Speaking, match.Known["german"]);
        Assert.DoesNotContain("visitor", match.Known.Keys);
        Assert.Contains(match.Rules, r => r.Source.Length > 0 && r.Text.Length > 0);
        Assert.Equal(match.Office is { } office ? ReasonTexts.Office(office, "de") : null, match.OfficeName);
        // The parts are the score.
        var output = Assert.Single(match.Outputs);
        Assert.Equal(match.Score!.Value, output.BaseScore + output.Parts.Sum(p => p.ScorePart), 5);

        var text = await analyst.GetStringAsync($"/api/quality/matches/{row.Person}/{place.OfferId}", Cancel);
        var keys = await host.QueryAsync(db => db.Visitors.Select(v => v.RecordKey).ToListAsync(Cancel));
        Assert.All(ids.Concat(keys), id => Assert.DoesNotContain(id.ToString(), text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, await host.QueryAsync(db => db.QualityLooks.CountAsync(l => l.What.StartsWith("/api/quality/matches"), Cancel)));
        foreach (var nobody in (string[])["p000000000000", row.Person[..^1]])
            Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync($"/api/quality/matches/{nobody}/{place.OfferId}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync($"/api/quality/matches/{row.Person}/{Guid.NewGuid()}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Another_answer_puts_the_offer_where_it_is_said_and_answers_that_changed_are_told_as_changed()
    {
        await using var host = await MatchingHost.StartAsync();
        await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: 12);
        var fair = (await host.Services.GetRequiredService<PublishedCatalogues>().CurrentAsync(Cancel))!;
        var (people, _) = await host.QueryAsync(db => ShowFigures.PeopleAsync(db, fair.Fair.Id, Cancel));
        var (c, rules) = (fair.Snapshot, host.Services.GetRequiredService<RulePacks>().Current.At(people[0].Last!.Day));
        Assert.True(c.TryOffer(DemoFair.Meeting, out var offer));
        var match = ShowMatch.Of(people[0], people[0].Last!, fair, offer, rules, (null, CaseScorers.Baseline));
        Assert.NotEmpty(match.Places);
        foreach (var change in match.Places)
        {
            Assert.True(VisitorFields.TryParse(change.Field, out var field));
            var facts = people[0].Facts.With(field, field.Values().ToList().IndexOf(change.Value) + 1);
            var (judged, scores) = (rules.JudgeAll(facts, c), new float[c.Count]);
            CaseScorers.Baseline(new ShownCase(default, facts, c, rules, [], [], default, Baseline.RankedBy, new CaseGroups(null, null, null), []), judged, scores);
            var ahead = Enumerable.Range(0, c.Count).Where(o => judged.VerdictOn(o) != Verdict.No).OrderByDescending(o => scores[o]).TakeWhile(o => scores[o] > scores[offer]).Count();
            Assert.Equal((change.Field, ahead + 1), (change.Field, change.Place));
            Assert.NotEqual(match.Place, change.Place);
        }
        // Of a model that is no longer kept neither score nor places are said; what the rules say stands.
        var gone = ShowMatch.Of(people[0], people[0].Last!, fair, offer, rules, null);
        Assert.Equal((null, null, 0, 0, match.Verdict), (gone.Score, gone.Place, gone.Outputs.Count, gone.Places.Count, gone.Verdict));

        var changed = ShowMatch.Of(people[0] with { Version = 2 }, people[0].Last!, fair, offer, rules, null);
        Assert.Equal((true, false), (match.AsAnswered, changed.AsAnswered));
    }

    [Fact]
    public async Task Of_who_did_not_agree_to_a_review_no_match_is_shown()
    {
        await using var host = await MatchingHost.StartAsync();
        await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: 12);
        var analyst = host.Staff("analyst");
        var row = (await analyst.GetAsync("/api/quality/rows?figure=people", Cancel).ReadAsync<FigureRows>()).Rows[0];
        Assert.Equal(HttpStatusCode.OK, (await analyst.GetAsync($"/api/quality/matches/{row.Person}/{DemoFair.Course}", Cancel)).StatusCode);
        await host.QueryAsync(async db =>
        {
            foreach (Visitor visitor in await db.Visitors.ToListAsync(Cancel)) visitor.Needs = visitor.Needs with { Consents = ["matching"] };
            return await db.SaveChangesAsync(Cancel);
        });
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync($"/api/quality/matches/{row.Person}/{DemoFair.Course}", Cancel)).StatusCode);
    }
}
