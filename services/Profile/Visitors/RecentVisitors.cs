using Microsoft.Extensions.Caching.Memory;

namespace Matchmaking.Profile.Visitors;

/// <summary>
/// Visitors as this replica saved them last, for a minute: who answers question after question is not read anew before each save. A row is
/// taken out, never shared; if another replica was quicker, the version in the update's condition refuses it, and the row is read.
/// </summary>
internal sealed class RecentVisitors : IDisposable
{
    private const int MostKept = 5_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly MemoryCache _rows = new(new MemoryCacheOptions { SizeLimit = MostKept, ExpirationScanFrequency = TimeSpan.FromSeconds(30) });

    public Visitor? Take(Guid id)
    {
        if (!_rows.TryGetValue<Place>(id, out var place)) return null;
        _rows.Remove(id);
        return place!.Take();
    }

    /// <param name="visitor">As saved; no context may track it any longer.</param>
    public void Keep(Visitor visitor) => _rows.Set(visitor.Id, new Place(visitor), new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Kept, Size = 1 });

    public void Forget(Guid id) => _rows.Remove(id);

    public void Dispose() => _rows.Dispose();

    /// <summary>Two who come at once do not both get the row.</summary>
    private sealed class Place(Visitor visitor)
    {
        private Visitor? _visitor = visitor;

        public Visitor? Take() => Interlocked.Exchange(ref _visitor, null);
    }
}
