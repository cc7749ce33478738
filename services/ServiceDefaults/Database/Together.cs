using System.Collections.Concurrent;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>
/// Lets work that waits at the same time share one run, and with it one transaction: alone an item never waits for company, under load the
/// commit is paid once for many. If a shared run fails, each item is run on its own, so that one bad item harms no other.
/// </summary>
/// <param name="most">Items in one run.</param>
/// <param name="run">Does them all or throws, having done none.</param>
public sealed class Together<T>(int most, Func<IReadOnlyList<T>, Task> run)
{
    private readonly ConcurrentQueue<(T Item, TaskCompletionSource Done)> _waiting = new();
    private int _running;

    /// <summary>Completes when the item is done; throws what its own run threw.</summary>
    public Task RunAsync(T item)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((item, done));
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0) _ = DrainAsync();
        return done.Task;
    }

    private async Task DrainAsync()
    {
        do
        {
            while (_waiting.TryDequeue(out var first))
            {
                var some = new List<(T Item, TaskCompletionSource Done)> { first };
                while (some.Count < most && _waiting.TryDequeue(out var next)) some.Add(next);
                await SettleAsync(some);
            }
            // A full fence: who adds an item after the last look must see that nobody runs any more.
            Interlocked.Exchange(ref _running, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _running, 1, 0) == 0);
    }

    private async Task SettleAsync(List<(T Item, TaskCompletionSource Done)> some)
    {
        try
        {
            await run(some.ConvertAll(s => s.Item));
            foreach (var (_, done) in some) done.TrySetResult();
        }
        catch (Exception) when (some.Count > 1)
        {
            foreach (var one in some) await SettleAsync([one]);
        }
        catch (Exception e)
        {
            some[0].Done.TrySetException(e);
        }
    }
}
