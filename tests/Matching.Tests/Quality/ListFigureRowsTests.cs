using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Tests.Models;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>Down from a figure to those whom it counts: exactly them, and nobody where it is not told.</summary>
public sealed class ListFigureRowsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2)]
    public void Rows_are_those_that_the_figure_counts_in_any_slice(int seed)
    {
        var people = InventedPeople.Crowd(200, seed);
        var (told, silent) = (new HashSet<string>(), 0);
        foreach (var filter in (FigureFilter[])[new(), new(Language: "uk"), new(Language: "ar", German: "A1"), new(Category: "course"), new(Exhibitor: DemoFair.School), new(Exhibitor: DemoFair.School, Language: "uk"), new(Age: "under18", Channel: "kiosk", Language: "vi")])
            foreach (var figure in (string[])["people", "funnel.opened", "funnel.requested", "funnel.held", "funnel.requested 1", "funnel.opened 6-10", "order.ndcg", "order.mrr", "order.mrr popularity", "order.lead chance", "exposure.gini", $"exposure.share {DemoFair.Association}", "answer.minutes", "stand.asked", "stand.acceptance", "need.people learn-german", "need.unserved learn-german", "gap.difference funnel.requested german A1", "gap.difference order.ndcg language uk"])
            {
                var desk = InventedPeople.Desk(people, filter);
                if (figure.StartsWith("stand.", StringComparison.Ordinal) && filter.Exhibitor is null) continue;
                var named = figure.Split(' ', 2);
                var (of, rows, counts) = new FigureBehindRows(desk, RulePackSet.BuiltIn, null, new(CaseScorers.Baseline), MeetingCaps.None, DemoFair.Before, Cancel).Counted(named[0], named.ElementAtOrDefault(1));
                Assert.Equal((figure, filter, of.N), (figure, filter, of.Value is null ? 0 : rows.Length));
                if (of.Value is null) silent++;
                else told.Add(figure);
                if (of.Value is not null && named[0] is ['f', ..] or "stand.acceptance" or "need.unserved") Assert.Equal(of.Value.Value, (double)rows.Count(counts) / rows.Length);
                Assert.Equal(desk.Told.Intersect(rows).Count(), rows.Length);
            }
        Assert.Empty(((string[])["people", "funnel.requested 1", "order.mrr popularity", "order.lead chance", $"exposure.share {DemoFair.Association}", "stand.asked", "stand.acceptance", "need.unserved learn-german"]).Except(told));
        Assert.True(silent > 2, $"{silent}");
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Whom_no_rows_name_whatever_is_asked_are_nobody_or_enough(int seed)
    {
        var people = InventedPeople.Crowd(300, seed);
        var (listed, left, inRows) = (0, 0, new bool[people.Count]);
        foreach (var filter in (FigureFilter[])[new(), new(Language: "uk"), new(Language: "ar"), new(Language: "uk", German: "A1"), new(Language: "fa"), new(Exhibitor: DemoFair.School)])
            foreach (var figure in (string[])["people", "funnel.opened", "funnel.requested", "funnel.requested 1", "exposure.gini", $"exposure.share {DemoFair.Association}", "stand.asked", "stand.acceptance", "need.unserved learn-german", "gap.difference funnel.requested german A1"])
            {
                if (figure.StartsWith("stand.", StringComparison.Ordinal) && filter.Exhibitor is null) continue;
                var named = figure.Split(' ', 2);
                var desk = InventedPeople.Desk(people, filter);
                var counted = new FigureBehindRows(desk, RulePackSet.BuiltIn, null, new(CaseScorers.Baseline), MeetingCaps.None, DemoFair.Before, Cancel).Counted(named[0], named.ElementAtOrDefault(1));
                var rows = desk.Listed(counted);
                Assert.Empty(rows.Except(counted.People.Where(p => people[p].Reviewed)));
                foreach (var p in rows) inRows[p] = true;
                (listed, left) = (listed + rows.Length, left + counted.People.Length - rows.Length);
            }
        // Whatever is asked, those whom no rows name are of each language nobody or enough.
        foreach (var group in people.Select((p, i) => (Language: p.Labels[3], Named: inRows[i])).GroupBy(p => p.Language))
            Assert.True(group.Count(p => !p.Named) is 0 or >= Blocks.Least, $"{group.Key}: {group.Count(p => !p.Named)}");
        Assert.True(listed > 1000, $"{listed} listed, {left} left");
    }

    [Fact]
    public void Behind_a_stands_share_are_those_to_whom_it_was_shown_and_with_them_the_others_whose_lists_it_is_a_share_of()
    {
        // The association's only offer stands third on the lists of 30, and nowhere on those of 40.
        Person[] people = [.. Enumerable.Range(0, 70).Select(i => InventedPeople.Of("uk", shown: i < 30 ? [DemoFair.Course, DemoFair.Debt, DemoFair.Meeting] : [DemoFair.Course, DemoFair.Debt]))];
        var (told, rows, counts) = Of(new());
        Assert.Equal((70, 30), (rows.Length, rows.Count(counts)));
        Assert.Equal(30 / 2d / (30 / 2d + 70 * (1 + 1 / Math.Log2(3))), told.Value!.Value, 12);
        Assert.Equal(ExposureFigures.Of(InventedPeople.Desk(people), new Dictionary<Guid, (int, int)>()).Stands.Single(s => s.ExhibitorId == DemoFair.Association).Share, told.Value);
        // Of a kind of offers the stand has another share, and of those who were not asked about none.
        Assert.Equal(1, Of(new(Category: "leisure")).Figure.Value);
        Assert.Equal((null, FigureDesk.TooFew), (Of(new(Language: "vi")).Figure.Value, Of(new(Language: "vi")).Figure.Missing));

        CountedPeople Of(FigureFilter filter) =>
            new FigureBehindRows(InventedPeople.Desk(people, filter), RulePackSet.BuiltIn, null, null, MeetingCaps.None, DemoFair.Before, Cancel).Counted("exposure.share", $"{DemoFair.Association}");
    }

    [Fact]
    public async Task They_come_by_pages_name_nobody_are_noted_and_are_refused_where_the_figure_is_not_told()
    {
        await using var host = await MatchingHost.StartAsync();
        var ids = await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: 120);
        await host.QueryAsync(async db =>
        {
            var refused = await db.Visitors.OrderBy(v => v.Since).FirstAsync(Cancel);
            refused.Needs = refused.Needs with { Consents = ["matching"] };
            return await db.SaveChangesAsync(Cancel);
        });
        var analyst = host.Staff("analyst");
        var first = await analyst.GetAsync("/api/quality/rows?figure=funnel.opened", Cancel).ReadAsync<FigureRows>();
        var second = await analyst.GetAsync($"/api/quality/rows?figure=funnel.opened&after={first.Next}", Cancel).ReadAsync<FigureRows>();
        var last = await analyst.GetAsync($"/api/quality/rows?figure=funnel.opened&after={second.Next}", Cancel).ReadAsync<FigureRows>();
        FigureRowOf[] all = [.. first.Rows, .. second.Rows, .. last.Rows];
        Assert.Equal((120, 120, 115, 115, null), (first.Figure.N, first.People, all.Length, all.Select(r => r.Person).Distinct().Count(), last.Next));
        // Who did not agree is counted, and not among the rows; with them four others, or what is left would be one person.
        var refusing = await host.QueryAsync(db => db.Visitors.OrderBy(v => v.Since).Select(v => v.RecordKey).FirstAsync(Cancel));
        Assert.DoesNotContain(all, r => r.Person == ListFigureRows.PseudonymOf(refusing));
        Assert.InRange(all.Count(r => r.Counts), Math.Round(first.Figure.Value!.Value * 120) - 5, Math.Round(first.Figure.Value.Value * 120));
        Assert.Contains(all, r => r.Places.Any(p => p is { Position: 3, Came: ["opened"] }));
        var text = await analyst.GetStringAsync("/api/quality/rows?figure=people", Cancel);
        var keys = await host.QueryAsync(db => db.Visitors.Select(v => v.RecordKey).ToListAsync(Cancel));
        Assert.All(ids.Concat(keys), id => Assert.DoesNotContain(id.ToString(), text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(4, await host.QueryAsync(db => db.QualityLooks.CountAsync(l => l.What.StartsWith("/api/quality/rows"), Cancel)));

        // The last of all days is one, too.
        Assert.Equal(HttpStatusCode.OK, (await analyst.GetAsync("/api/quality/rows?figure=people&to=9999-12-31", Cancel)).StatusCode);
        // Nobody asked for a meeting, and of a group of nobody nothing is told.
        var few = await analyst.GetAsync("/api/quality/rows?figure=people&language=vi", Cancel);
        Assert.Equal((HttpStatusCode.Conflict, "too-few"), (few.StatusCode, await few.ProblemAsync()));
        foreach (var wrong in (string[])["", "?figure=beauty", "?figure=people&after=-1", "?figure=funnel.opened&of=8", "?figure=order.lead", "?figure=exposure.share", "?figure=exposure.share&of=school", "?figure=order.ndcg&of=beauty", "?figure=policy.logged&of=place", "?figure=policy.logged&other=baseline", "?figure=people&language=xx"])
            Assert.Equal((wrong, HttpStatusCode.BadRequest), (wrong, (await analyst.GetAsync("/api/quality/rows" + wrong, Cancel)).StatusCode));
    }
}
