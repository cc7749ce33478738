using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Tests.Models;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>The figures as the analyst gets them.</summary>
public sealed class ShowFiguresTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Figures_of_slices_are_told_with_their_definitions_and_name_nobody_and_every_look_is_noted(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var ids = await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: 120);
        var visitor = await host.VisitorAsync();
        await visitor.AskAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course))[0], note: "only for the stand");
        var analyst = host.Staff("analyst");

        var all = await FiguresAsync(analyst, "");
        Assert.Equal((121d, 121), (all.People.Value!.Value, all.People.N));
        Assert.Equal((80 / 120d, 120), (all.Funnel[0].Steps[0].Value!.Value, all.Funnel[0].Steps[0].N), (x, y) => Math.Abs(x.Item1 - y.Item1) < .02);
        Assert.Equal(["shown", "popularity", "chance"], all.Order.Select(o => o.Order));
        Assert.InRange(all.Order[0].Ndcg.Value!.Value, all.Order[0].Ndcg.Low!.Value, all.Order[0].Ndcg.High!.Value);
        Assert.True(all.Order[1].Ndcg.Value > all.Order[2].Ndcg.Value, "what the others took is better than chance");
        // One asked, and is not told.
        Assert.All(all.Exposure.Stands, s => Assert.Null(s.Asked.Value));
        Assert.Equal(FigureDesk.NoModel, all.Calibration.Error.Missing);
        Assert.Equal(60, all.Needs.Single(n => n.Need == "debt").People.Value);

        var arabic = await FiguresAsync(analyst, "?language=ar&german=A2&age=unknown&category=advice&k=1");
        Assert.Equal(60, arabic.People.Value);
        Assert.NotEmpty((await FiguresAsync(analyst, "?model=1&exhibitor=" + DemoFair.School)).Funnel);
        Assert.Equal(2, (await FiguresAsync(analyst, "?weights=goal-any:0,topic-any:2")).Policy.Count);
        Assert.Equal(2, (await FiguresAsync(analyst, "?other=baseline&language=uk&published=true")).Policy.Count);

        var text = await analyst.GetStringAsync("/api/quality/figures", Cancel);
        var keys = await host.QueryAsync(db => db.Visitors.Select(v => v.RecordKey).ToListAsync(Cancel));
        Assert.All(ids.Concat(keys), id => Assert.DoesNotContain(id.ToString(), text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("only for the stand", text, StringComparison.Ordinal);
        var defined = (await analyst.GetFromJsonAsync<FigureDefinition[]>("/api/quality/definitions", Cancel))!.Select(d => d.Id).ToHashSet();
        Assert.Empty(DefinitionsIn(JsonDocument.Parse(text).RootElement).Except(defined));

        var looks = (await host.Staff("organiser").GetFromJsonAsync<FigureLook[]>("/api/quality/looks", Cancel))!;
        Assert.Equal(6, looks.Length);
        Assert.All(looks, look => Assert.Equal(("somebody", "analyst"), (look.By, look.Role)));
        Assert.Equal(2, looks.Count(l => l.What == "/api/quality/figures"));
        foreach (var (before, many) in ((DateTimeOffset, int)[])[(looks[^1].At, 0), (looks[0].At.AddSeconds(1).ToOffset(TimeSpan.FromHours(2)), 6)])
            Assert.Equal(many, (await host.Staff("organiser").GetFromJsonAsync<FigureLook[]>($"/api/quality/looks?before={Uri.EscapeDataString($"{before:O}")}", Cancel))!.Length);
        Assert.Contains(looks, l => l.What == "/api/quality/figures?language=ar&german=A2&age=unknown&category=advice&k=1");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var summary = await analyst.GetAsync("/api/quality/summary?from=2026-01-01", Cancel).ReadAsync<QualitySummary>();
        Assert.Equal(all.Order[0].Ndcg.Value, summary.Ndcg5);
        // Groups are the same people as in the figures of them; a table that can be met by video, too, is one seat.
        foreach (var group in (await analyst.GetAsync("/api/quality/summary", Cancel).ReadAsync<QualitySummary>()).ByGroup.Where(g => g.By == "language"))
            Assert.Equal((await FiguresAsync(analyst, "?language=" + group.Group)).People.N, group.People);
        var free = (await host.SlotsAsync(DemoFair.Course)).GroupBy(s => s.Start).Sum(at => at.Max(s => s.Free));
        Assert.Equal((free, free), (all.Needs.Single(n => n.Need == "learn-german").FreeSeats, summary.Missing.Single(m => m.Need == "learn-german").FreeSeats));
        Assert.Single(await host.QueryAsync(db => db.QualityLooks.Where(l => l.What == "/api/quality/summary?from=2026-01-01").ToListAsync(Cancel)));
    }

    [Fact]
    public async Task An_empty_fair_one_visitor_and_a_crowd_to_whom_all_happened_alike_are_answered_without_a_wrong_number()
    {
        await using var host = await MatchingHost.StartAsync();
        var analyst = host.Staff("analyst");
        var empty = await FiguresAsync(analyst, "?other=baseline");
        Assert.Equal((null, FigureDesk.NoData), (empty.People.Value, empty.People.Missing));
        Assert.All(empty.Policy, p => Assert.NotNull(p.Refused));

        var visitor = await host.VisitorAsync();
        var one = await FiguresAsync(analyst, "?other=baseline");
        Assert.Equal((null, FigureDesk.TooFew, 0), (one.People.Value, one.People.Missing, one.AtMost));
        Assert.All(one.Needs, n => Assert.Null(n.People.Value));
        Assert.All(one.Rules, r => Assert.Null(r.People.Value));

        await TrainingTests.SeedAsync(host, _ => true, all: true, people: 60);
        foreach (var query in (string[])["", "?language=uk", "?from=2026-06-15&to=2026-06-15", "?from=2026-06-15T10:00Z&to=2026-06-15T10:00Z", "?other=baseline", "?category=course"])
        {
            var alike = await FiguresAsync(analyst, query);
            Assert.True(alike.People.Value >= 30, query);
            Assert.Equal(1, alike.Funnel[0].Steps[0].Value ?? 1);
            Assert.DoesNotContain(alike.Gaps, g => g.Worse);
        }
        var before = await FiguresAsync(analyst, "?to=2026-01-01");
        Assert.Equal((null, FigureDesk.NoData), (before.People.Value, before.People.Missing));
        Assert.Equal(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero), before.From);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_with_the_field_and_what_would_be_right()
    {
        await using var host = await MatchingHost.StartAsync();
        var analyst = host.Staff("analyst");
        foreach (var (query, field) in ((string, string)[])
            [("from=2026-06-20&to=2026-06-19", "to"), ("from=yesterday", "from"), ("language=xx", "language"), ("german=D1", "german"), ("age=old", "age"), ("channel=mail", "channel"),
             ("category=food", "category"), ("exhibitor=" + Guid.NewGuid(), "exhibitor"), ($"category=course&exhibitor={DemoFair.School}", "exhibitor"), ("model=none", "model"), ("pack=none", "pack"), ("k=0", "k"), ("k=21", "k"),
             ("weights=goal-any:99", "weights"), ("weights=beauty:1", "weights"), ("weights=goal-any:1&other=baseline", "weights"), ("group=language", "group"), ("language=uk&language=ar", "language")])
        {
            var answer = await analyst.GetAsync("/api/quality/figures?" + query, Cancel);
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out var said), $"{query}: {problem}");
            Assert.False(string.IsNullOrWhiteSpace(said[0].GetString()));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync("/api/quality/figures?fair=" + Guid.NewGuid(), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync("/api/quality/figures?other=no-such-model", Cancel)).StatusCode);
        Assert.Empty(await host.QueryAsync(db => db.QualityLooks.ToListAsync(Cancel)));
    }

    private static async Task<QualityFigureSet> FiguresAsync(HttpClient analyst, string query)
    {
        var answer = await analyst.GetAsync("/api/quality/figures" + query, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{query}: {(int)answer.StatusCode} {text}");
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", text, StringComparison.Ordinal);
        return JsonSerializer.Deserialize<QualityFigureSet>(text, JsonSerializerOptions.Web)!;
    }

    private static IEnumerable<string> DefinitionsIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => p.Name == "definition" ? [p.Value.GetString()!] : DefinitionsIn(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(DefinitionsIn),
        _ => [],
    };
}
