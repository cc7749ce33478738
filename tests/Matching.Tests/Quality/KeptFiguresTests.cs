using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Tests.Models;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>Figures of a large record are kept, shared by replicas and brought up to date behind the answers.</summary>
public sealed class KeptFiguresTests
{
    private const int People = KeepFigures.Small + 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_large_record_is_told_as_it_was_until_one_replica_has_counted_it_anew_and_then_nobody_who_was_erased_is_in_it(Engine engine)
    {
        await using var host = await StartedAsync(engine);
        await using var other = await StartedAsync(engine, host);
        var ids = await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: People);
        var (analyst, elsewhere) = (host.Staff("analyst"), other.Staff("analyst"));
        var first = await FiguresAsync(analyst, "");
        Assert.Equal((People, DemoFair.Before), (first.People.N, first.At));
        Assert.Equal((People, DemoFair.Before), await SummaryAsync(analyst));

        host.Clock.Advance(TimeSpan.FromSeconds(20));
        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(ids[7], Guid.CreateVersion7(), DemoFair.Before));
        Assert.Equal((People, DemoFair.Before), (await FiguresAsync(elsewhere, "") is var kept ? (kept.People.N, kept.At) : default));
        Assert.Equal((People, DemoFair.Before), await SummaryAsync(elsewhere));

        var counted = await Task.WhenAll(Keep(host).RefreshAsync(Cancel), Keep(other).RefreshAsync(Cancel));
        Assert.Equal(2, counted.Sum());
        foreach (var client in (HttpClient[])[analyst, elsewhere])
        {
            var now = await FiguresAsync(client, "");
            Assert.Equal((People - 1, DemoFair.Before.AddSeconds(20)), (now.People.N, now.At));
            Assert.Equal(await FreshAsync(host, new FigureQuestion()), JsonSerializer.Serialize(now));
            Assert.Equal((People - 1, DemoFair.Before.AddSeconds(20)), await SummaryAsync(client));
        }
        host.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(0, await Keep(host).RefreshAsync(Cancel));
        Assert.Equal(DemoFair.Before.AddSeconds(40), (await FiguresAsync(analyst, "")).At);
        Assert.Equal(9, await host.QueryAsync(db => db.QualityLooks.CountAsync(Cancel)));
    }

    [Fact]
    public async Task Two_who_ask_the_same_at_once_get_one_answer_and_whoever_goes_away_does_not_stop_it()
    {
        await using var host = await StartedAsync(Engine.Sqlite);
        await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: People);
        var fair = (await host.Services.GetRequiredService<PublishedCatalogues>().CurrentAsync(Cancel))!;
        using var leaving = new CancellationTokenSource();
        Task<FigureAnswer> one, two, gone;
        await using (var scope = host.Services.CreateAsyncScope())
        {
            // While this holds the only writer, no answer can be kept: whoever asks joins the one that is counted.
            var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
            await using var writer = await db.Database.BeginTransactionAsync(Cancel);
            gone = Keep(host).AnswerAsync(fair, new FigureQuestion { Language = "uk" }, leaving.Token);
            one = Keep(host).AnswerAsync(fair, new FigureQuestion { Language = "uk" }, Cancel);
            two = Keep(host).AnswerAsync(fair, new FigureQuestion { Language = "uk" }, Cancel);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        }
        Assert.Same((await one).Figures, (await two).Figures);
        Assert.Equal(await FreshAsync(host, new FigureQuestion { Language = "uk" }), JsonSerializer.Serialize((await one).Figures));
        Assert.Equal(1, await host.QueryAsync(db => db.KeptFigures.CountAsync(Cancel)));
    }

    [Fact]
    public async Task What_nobody_has_asked_for_half_an_hour_is_forgotten_but_the_overview_and_what_is_refused_is_not_kept()
    {
        await using var host = await StartedAsync(Engine.Sqlite);
        await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: People);
        var analyst = host.Staff("analyst");
        Assert.Equal(2, await Keep(host).RefreshAsync(Cancel)); // the summary and the overview, unasked
        foreach (var query in (string[])["?language=uk", "?language=ar&k=3", "?published=true"]) await FiguresAsync(analyst, query);
        Assert.Equal(400, (int)(await analyst.GetAsync("/api/quality/figures?model=none", Cancel)).StatusCode);
        Assert.Equal(5, await host.QueryAsync(db => db.KeptFigures.CountAsync(Cancel)));

        host.Clock.Advance(TimeSpan.FromMinutes(20));
        await FiguresAsync(analyst, "?language=uk");
        host.Clock.Advance(TimeSpan.FromMinutes(20));
        await Keep(host).RefreshAsync(Cancel);
        var left = await host.QueryAsync(db => db.KeptFigures.Select(k => k.Question).ToListAsync(Cancel));
        Assert.Equal(3, left.Count);
        Assert.Contains(left, q => q.Contains("uk", StringComparison.Ordinal));

        // Nobody kept it up to date for long: it is counted for whoever asks.
        await host.QueryAsync(db => db.Visitors.Take(20).ExecuteDeleteAsync(Cancel));
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(People - 20, (await FiguresAsync(analyst, "")).People.N);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whatever_figures_follow_from_changes_the_state_of_the_record_and_nothing_else_does(Engine engine)
    {
        await using var host = await StartedAsync(engine);
        var ids = await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: 30);
        var visitor = await host.VisitorAsync();
        var slot = (await host.SlotsAsync(DemoFair.Course))[0];
        Meeting? meeting = null;
        var before = await StateAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(before, await StateAsync());
        foreach (var (what, change) in ((string, Func<Task>)[])
            [
                ("opened", () => visitor.Http.PostAsJsonAsync($"/api/visitors/{visitor.Id}/opened", new OfferOpened(DemoFair.Course), Cancel)),
                ("asked", async () => meeting = await visitor.MeetAsync(DemoFair.Course, slot)),
                ("accepted", () => host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{meeting!.Id}/answer", new MeetingAnswer("accept"), Cancel)),
                ("answers", () => host.ConsumeAsync<RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(visitor.Id, 2, visitor.Token))),
                ("erased", () => host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(ids[3], Guid.CreateVersion7(), DemoFair.Before))),
                ("plan", () => host.OneTableAsync()),
                ("setting", () => { host.Services.GetRequiredService<IOptions<MatchingOptions>>().Value.MeetingsAtStand--; return Task.CompletedTask; }),
                ("catalogue", () => host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue() with { Version = 99 })),
                ("begun", () => { host.Clock.SetUtcNow(slot.Start.AddSeconds(1)); return Task.CompletedTask; }),
            ])
        {
            await change();
            var after = await StateAsync();
            Assert.True(before != after, what);
            before = after;
        }

        async Task<string> StateAsync()
        {
            var fair = (await host.Services.GetRequiredService<PublishedCatalogues>().CurrentAsync(Cancel))!;
            var now = host.Clock.GetUtcNow();
            return (await host.QueryAsync(db => RecordState.ReadAsync(db, fair, host.Services.GetRequiredService<AnswerFigures>().Surroundings(fair, now), now, Cancel))).Text;
        }
    }

    /// <summary>It counts when a test says so.</summary>
    private static Task<MatchingHost> StartedAsync(Engine engine, MatchingHost? beside = null) => MatchingHost.StartAsync(engine, beside: beside, without: typeof(KeepFigures));

    private static KeepFigures Keep(MatchingHost host) => host.Services.GetRequiredService<KeepFigures>();

    private static async Task<string> FreshAsync(MatchingHost host, FigureQuestion question)
    {
        var fair = (await host.Services.GetRequiredService<PublishedCatalogues>().CurrentAsync(Cancel))!;
        return JsonSerializer.Serialize((await host.QueryAsync(async db => await host.Services.GetRequiredService<AnswerFigures>()
            .OfAsync(db, await FairRecord.ReadAsync(db, fair, host.Clock.GetUtcNow(), Cancel), question, Cancel))).Figures);
    }

    private static async Task<(int, DateTimeOffset)> SummaryAsync(HttpClient analyst)
    {
        var summary = await analyst.GetAsync("/api/quality/summary", Cancel).ReadAsync<QualitySummary>();
        return (summary.Visitors!.Value, summary.At);
    }

    private static Task<QualityFigureSet> FiguresAsync(HttpClient analyst, string query) => analyst.GetAsync("/api/quality/figures" + query, Cancel).ReadAsync<QualityFigureSet>();
}
