using System.Collections.Concurrent;

namespace Matchmaking.Matching.Catalogue;

/// <summary>The snapshot in use of each fair. Readers never wait; a newer version replaces an older one, never the other way round.</summary>
internal sealed class CatalogueStore
{
    private readonly ConcurrentDictionary<Guid, CatalogueSnapshot> _byFair = new();
    private CatalogueSnapshot? _current;

    /// <summary>The fair that is meant where a call names none; null until a catalogue came.</summary>
    public CatalogueSnapshot? Current => Volatile.Read(ref _current);

    public CatalogueSnapshot? Of(Guid fairId) => _byFair.GetValueOrDefault(fairId);

    public IReadOnlyCollection<CatalogueSnapshot> All => [.. _byFair.Values];

    /// <summary>False where the same or a newer version is there already.</summary>
    public bool Swap(CatalogueSnapshot next)
    {
        var kept = _byFair.AddOrUpdate(next.Fair.Id, next, (_, old) => old.Version >= next.Version ? old : next);
        if (!ReferenceEquals(kept, next)) return false;

        // Exchanged in a loop so that of two versions of the current fair the newer stays.
        while (true)
        {
            var current = Volatile.Read(ref _current);
            var sameFair = current?.Fair.Id == next.Fair.Id;
            if (current is not null && (sameFair ? current.Version >= next.Version : !next.Fair.Current)) return true;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _current, next, current), current)) return true;
        }
    }
}
