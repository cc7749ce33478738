using System.Collections.Concurrent;
using Matchmaking.ServiceDefaults.Database;

namespace Matchmaking.ServiceDefaults.Tests;

public sealed class TogetherTests
{
    [Fact]
    public async Task Every_item_is_run_once_however_many_come_at_the_same_moment()
    {
        var (runs, done) = (new ConcurrentBag<int>(), new ConcurrentBag<int>());
        var together = new Together<int>(64, async items =>
        {
            runs.Add(items.Count);
            if (items.Count % 3 == 0) await Task.Yield();
            foreach (var item in items) done.Add(item);
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++) await together.RunAsync(worker * 5_000 + i).WaitAsync(TimeSpan.FromSeconds(20));
        })));
        Assert.Equal(Enumerable.Range(0, 40_000), done.Order());
        Assert.All(runs, count => Assert.InRange(count, 1, 64));
    }

    [Fact]
    public async Task What_waits_while_one_runs_shares_the_next_run_and_a_bad_item_harms_no_other()
    {
        var (hold, runs) = (new TaskCompletionSource(), new List<int[]>());
        var together = new Together<int>(64, async items =>
        {
            runs.Add([.. items]);
            await hold.Task;
            if (items.Contains(3)) throw new InvalidOperationException("three");
        });
        var tasks = Enumerable.Range(0, 5).Select(together.RunAsync).ToArray();
        hold.SetResult();
        foreach (var task in tasks.Where((_, i) => i != 3)) await task;
        await Assert.ThrowsAsync<InvalidOperationException>(() => tasks[3]);
        Assert.Equal([[0], [1, 2, 3, 4], [1], [2], [3], [4]], runs);
    }
}
