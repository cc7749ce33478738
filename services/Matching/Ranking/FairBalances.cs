using System.Collections.Concurrent;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The balance of each fair as of at most five seconds ago, from the database alone, so that replicas agree within seconds. One request counts
/// anew while the others go on with what was counted before.
/// </summary>
internal sealed class FairBalances(IServiceScopeFactory scopes, FreeTimes times, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<Guid, Picture> _last = [];

    private sealed record Picture(CatalogueSnapshot Catalogue, long At, FairBalance Balance);

    public async ValueTask<FairBalance> OfFairAsync(FairCatalogue fair, CancellationToken cancel)
    {
        // Indexes are those of one snapshot: the picture of another says nothing.
        var known = Last(fair);
        if (known is not null && IsFresh(known)) return known.Balance;
        if (known is null) await _gate.WaitAsync(cancel);
        else if (!await _gate.WaitAsync(0, cancel)) return known.Balance;
        try
        {
            if (Last(fair) is { } meanwhile && IsFresh(meanwhile)) return meanwhile.Balance;
            var at = clock.GetTimestamp();
            var balance = FairBalance.Of(fair.Snapshot, await CountAsync(fair, cancel));
            _last[fair.Fair.Id] = new Picture(fair.Snapshot, at, balance);
            return balance;
        }
        finally { _gate.Release(); }
    }

    public void Dispose() => _gate.Dispose();

    private Picture? Last(FairCatalogue fair) => _last.TryGetValue(fair.Fair.Id, out var last) && last.Catalogue == fair.Snapshot ? last : null;

    private bool IsFresh(Picture picture) => clock.GetElapsedTime(picture.At) < Fresh;

    private async Task<FairCounts> CountAsync(FairCatalogue fair, CancellationToken cancel)
    {
        var id = fair.Fair.Id;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        var lists = await db.ShownLists.AsNoTracking().Where(l => l.FairId == id).OrderByDescending(l => l.At).ThenBy(l => l.Id).Take(FairBalance.Window)
            .Select(l => new { l.At, l.Offers }).ToListAsync(cancel);
        var since = lists.Count > 0 ? lists[^1].At : DateTimeOffset.MaxValue;
        var requests = lists.Count == 0 ? [] : await db.Bookings.Where(b => b.FairId == id && b.RequestedAt >= since).GroupBy(b => b.ExhibitorId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var free = await times.OfFairAsync(fair, cancel);
        return new FairCounts([.. lists.Select(l => l.Offers)], requests, free.ToDictionary(f => f.Key, f => FreeTimes.Seats(f.Value)));
    }
}
