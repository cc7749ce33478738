using System.Collections.Concurrent;

namespace Matchmaking.ServiceDefaults.Auth;

/// <summary>
/// Whose capability a hash is, for a minute, so that a page's many calls, and those of the next pages, ask the database once. Misses are never remembered, as a token may
/// be on its way. An erasure drops its subject at once; on another replica an erased subject's token may open a door for the rest of that
/// minute, behind which nobody is found any more.
/// </summary>
internal sealed class CapabilityMemory(TimeProvider clock)
{
    private const int MostRemembered = 10_000;
    internal static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (Guid Subject, DateTimeOffset Until)> _hits = new();
    private long _erasures;

    public Guid? Recall(string hash) => _hits.TryGetValue(hash, out var hit) && hit.Until > clock.GetUtcNow() ? hit.Subject : null;

    /// <summary>To be taken before the database is asked: what was found before an erasure must not be remembered after it.</summary>
    public long Erasures => Interlocked.Read(ref _erasures);

    public void Remember(string hash, Guid subject, long erasuresBefore)
    {
        if (_hits.Count >= MostRemembered) _hits.Clear();
        _hits[hash] = (subject, clock.GetUtcNow() + Remembered);
        if (Erasures != erasuresBefore) _hits.TryRemove(hash, out _);
    }

    public void Forget(Guid subject)
    {
        Interlocked.Increment(ref _erasures);
        foreach (var (hash, hit) in _hits)
            if (hit.Subject == subject) _hits.TryRemove(hash, out _);
    }
}
