using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Models;

/// <summary>What was promoted ranks in every replica; what cannot be read ranks nowhere and stops nothing.</summary>
public sealed class ChampionTests
{
    private static readonly byte Advice = Vocabulary.Kind("advice");

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Every_replica_follows_a_promotion_and_a_rollback_while_lists_are_read_and_none_of_them_is_lost_or_mixed(Engine engine)
    {
        await using var one = await MatchingHost.StartAsync(engine);
        await using var two = await MatchingHost.StartAsync(engine, beside: one);
        MatchingHost[] replicas = [one, two];
        var visitor = await one.VisitorAsync();
        using HttpClient analyst = one.Staff("analyst"), elsewhere = two.Staff("analyst");
        await PromoteTests.UploadAsync(analyst, AnyModel.Preferring("m-1", Advice));

        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var begun = replicas.Select(_ => new TaskCompletionSource()).ToArray();
        var followed = replicas.Select(_ => new TaskCompletionSource()).ToArray();
        var readers = replicas.Select((host, i) => Task.Run(async () =>
        {
            using var reader = host.With(visitor.Token);
            var seen = new List<Matches>();
            do
            {
                // Whatever is not a list fails here.
                seen.Add(await reader.GetAsync($"/api/visitors/{visitor.Id}/matches", enough.Token).ReadAsync<Matches>());
                begun[i].TrySetResult();
                if (seen[^1].RankedBy.Kind == "model") followed[i].TrySetResult();
            }
            while (!followed[i].Task.IsCompleted || seen[^1].RankedBy.Kind == "model");
            return seen;
        })).ToArray();
        await BeforeTheEnd(begun);
        await PromoteTests.PromoteAsync(analyst, "m-1", null).ReadAsync<ModelChangeView>();
        await BeforeTheEnd(followed);
        await PromoteTests.RollBackAsync(elsewhere, "m-1").ReadAsync<ModelChangeView>();
        foreach (var seen in await Task.WhenAll(readers))
        {
            Assert.Equal([false, true, false], Turns(seen));
            Assert.All(seen, list => Assert.Equal(list.RankedBy.Kind == "model" ? ("m-1", "advice") : (Baseline.RankedBy.Version, "course"), (list.RankedBy.Version, list.Items[0].Kind)));
            Assert.All(seen, list => Assert.All(list.Items, m => Assert.Contains(m.Reasons, r => r.Side == "for")));
        }

        Task BeforeTheEnd(TaskCompletionSource[] all) => Task.WhenAny([Task.WhenAll(all.Select(t => t.Task)), .. readers]);

        static IEnumerable<bool> Turns(List<Matches> seen) => seen.Select(list => list.RankedBy.Kind == "model").Where((model, i) => i == 0 || model != (seen[i - 1].RankedBy.Kind == "model"));
    }

    /// <summary>The looks themselves take milliseconds; the five seconds are promised in the API.</summary>
    [Fact]
    public void Replicas_look_for_models_and_rules_often_enough_to_follow_within_five_seconds() =>
        Assert.All([Champion.LookAgain, RulePacks.LookAgain], often => Assert.InRange(often, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(4)));

    [Fact]
    public async Task A_list_that_a_model_ranked_is_recorded_as_its_own_and_stays_as_long_as_the_model_does()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        using var analyst = host.Staff("analyst");
        await PromoteTests.UploadAsync(analyst, AnyModel.Preferring("m-1", Advice));
        await PromoteTests.PromoteAsync(analyst, "m-1", null);
        await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches").ReadAsync<Matches>();
        for (var i = 0; await host.QueryAsync(db => db.ShownLists.CountAsync(l => l.RankerKind == "model" && l.RankerVersion == "m-1")) == 0; i++)
        {
            Assert.True(i < 500, "the list was not recorded");
            await Task.Delay(20);
        }
        await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches").ReadAsync<Matches>();
        Assert.Equal(1, await host.QueryAsync(db => db.ShownLists.CountAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_champion_that_cannot_be_read_leaves_the_one_before_it_ranking_also_after_a_restart(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        using var analyst = host.Staff("analyst");
        foreach (var version in (string[])["m-1", "m-2"]) await PromoteTests.UploadAsync(analyst, AnyModel.Of(version));
        await PromoteTests.PromoteAsync(analyst, "m-1", null);
        var champion = host.Services.GetRequiredService<Champion>();
        var before = champion.Current;

        // As a newer program in another replica would have written it.
        await host.QueryAsync(async db =>
        {
            var body = AnyModel.Of("m-2").Write();
            body[4] = 9;
            await db.Models.Where(m => m.Version == "m-2").ExecuteUpdateAsync(m => m.SetProperty(r => r.Body, body));
            db.ModelChanges.Add(new ModelChange { Number = 2, Kind = ModelChange.Promotion, From = "m-1", To = "m-2", By = "A", Role = "analyst", Reason = "r", At = DemoFair.Before });
            return await db.SaveChangesAsync();
        });
        await champion.FollowAsync(default);
        Assert.Same(before, champion.Current);
        var view = await PromoteTests.ViewAsync(analyst);
        Assert.Equal(("m-1", "m-2", ModelFaults.Format), (view.Serving.Version, view.Champion!.Version, view.Fault));

        await using (var restarted = await MatchingHost.StartAsync(engine, beside: host))
            Assert.Equal(("m-1", ModelFaults.Format), (restarted.Services.GetRequiredService<Champion>().Current!.RankedBy.Version, restarted.Services.GetRequiredService<Champion>().Now.Fault));

        // The one below breaks as well: who has it in memory keeps it, who starts now has the baseline, and whoever mends the row is followed.
        await host.QueryAsync(db => db.Models.Where(m => m.Version == "m-1").ExecuteUpdateAsync(m => m.SetProperty(r => r.Body, new byte[] { 1 })));
        await champion.FollowAsync(default);
        Assert.Same(before, champion.Current);
        await using (var restarted = await MatchingHost.StartAsync(engine, beside: host))
        {
            using var again = restarted.Staff("analyst");
            Assert.Equal(("baseline", ModelFaults.Format), ((await PromoteTests.ViewAsync(again)).Serving.Kind, (await PromoteTests.ViewAsync(again)).Fault));
        }
        await host.QueryAsync(db => db.Models.Where(m => m.Version == "m-2").ExecuteUpdateAsync(m => m.SetProperty(r => r.Body, AnyModel.Of("m-2").Write())));
        await champion.FollowAsync(default);
        Assert.Equal(("m-2", null), (champion.Current!.RankedBy.Version, champion.Now.Fault));
    }
}
