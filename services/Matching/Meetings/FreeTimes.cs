using System.Collections.Frozen;
using Matchmaking.Matching.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <param name="Free">Seats left. The other formats of the same time have the same ones.</param>
internal sealed record FreeSlot(Guid Id, Guid ExhibitorId, DateTimeOffset Start, DateTimeOffset End, string Format, int Free);

/// <summary>
/// Free slots of a whole fair by exhibitor, as of at most a second ago: to show beside each match, where a query for each stand would be too
/// much. A picture to choose by; whether a seat is had, the database says when it is taken.
/// </summary>
internal sealed class FreeTimes(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Picture? _last;

    private sealed record Picture(Guid FairId, DateTimeOffset At, FrozenDictionary<Guid, FreeSlot[]> ByExhibitor);

    /// <summary>A stand whose seats are all taken has an empty list; one without times to come is not in it.</summary>
    public async ValueTask<FrozenDictionary<Guid, FreeSlot[]>> OfFairAsync(FairCatalogue fair, CancellationToken cancel)
    {
        if (Current(fair) is { } known) return known.ByExhibitor;
        await _gate.WaitAsync(cancel);
        try
        {
            if (Current(fair) is { } meanwhile) return meanwhile.ByExhibitor;
            var now = clock.GetUtcNow();
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
            var slots = await (from slot in db.Slots
                               where slot.FairId == fair.Fair.Id && slot.Start > now && slot.Seats.Any()
                               orderby slot.Start
                               select new FreeSlot(slot.Id, slot.ExhibitorId, slot.Start, slot.End, slot.Format,
                                   slot.StandLimit != null && slot.StandLimit <= db.Bookings.Count(b => b.ExhibitorId == slot.ExhibitorId && b.TableNo != null) ? 0
                                       : slot.Seats.Count(s => !s.Withdrawn && (!s.WalkIn || slot.WalkInsFrom <= now)
                                           && !db.Bookings.Any(b => b.ExhibitorId == slot.ExhibitorId && b.TableNo == s.TableNo && b.Start < slot.End && slot.Start < b.End)
                                           && !db.WalkIns.Any(w => w.ExhibitorId == slot.ExhibitorId && w.TableNo == s.TableNo
                                               && db.Slots.Any(at => at.Id == w.SlotId && at.Start < slot.End && slot.Start < at.End)))))
                .ToListAsync(cancel);
            var free = slots.GroupBy(s => s.ExhibitorId).ToFrozenDictionary(g => g.Key, g => g.Where(s => s.Free > 0).ToArray());
            if (_last is { } before && before.FairId == fair.Fair.Id && AreSame(before.ByExhibitor, free)) free = before.ByExhibitor;
            _last = new Picture(fair.Fair.Id, now, free);
            return free;
        }
        finally { _gate.Release(); }
    }

    /// <summary>How many meetings more the stand could have: what is free in several formats at one time is there once.</summary>
    public static int Seats(IEnumerable<FreeSlot> slots) => slots.GroupBy(s => s.Start).Sum(g => g.Max(s => s.Free));

    /// <summary>While nothing moves the same instance is given out, so that what was made from it is known to be still true.</summary>
    private static bool AreSame(FrozenDictionary<Guid, FreeSlot[]> a, FrozenDictionary<Guid, FreeSlot[]> b) =>
        a.Count == b.Count && a.All(stand => b.TryGetValue(stand.Key, out var slots) && stand.Value.AsSpan().SequenceEqual(slots));

    private Picture? Current(FairCatalogue fair) => _last is { } last && last.FairId == fair.Fair.Id && clock.GetUtcNow() - last.At < Fresh ? last : null;
}
