using System.Text.Json;
using Matchmaking.ServiceDefaults.Cache;

namespace Matchmaking.Web.Kiosk;

/// <summary>
/// Kiosks at which somebody has called staff: one call a kiosk, in the shared cache, for half an hour at most. It knows which kiosk and since when; who
/// stands there it does not.
/// </summary>
internal sealed class StaffCalls(SharedNotes notes, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private const string Group = "kiosk-calls";

    /// <summary>A second press changes nothing: since when stays true.</summary>
    /// <returns>False: the shared cache is away.</returns>
    public async Task<bool> Call(KioskSeat kiosk) =>
        await Of(kiosk) is not null || await notes.PutInAsync(Group, kiosk.Id, JsonSerializer.Serialize(new Called(Guid.NewGuid(), kiosk.Name, clock.GetUtcNow())), Life);

    public async Task<StaffCall?> Of(KioskSeat kiosk) => (await Open())?.FirstOrDefault(c => c.Kiosk == kiosk.Id);

    public Task<bool> End(KioskSeat kiosk) => notes.DropFromAsync(Group, kiosk.Id);

    /// <summary>By the staff's own list, where a call that is gone meanwhile is none to end.</summary>
    public async Task End(Guid call)
    {
        if ((await Open())?.FirstOrDefault(c => c.Id == call) is { } open) await notes.DropFromAsync(Group, open.Kiosk);
    }

    /// <summary>Somebody goes. A note of its own, so that it cannot bring back a call that ends at the same moment.</summary>
    public async Task<bool> Go(Guid call) => await notes.AddAsync(Going(call), "", Life) is not null;

    /// <summary>Who has waited longest first; null: the shared cache is away.</summary>
    public async Task<IReadOnlyList<StaffCall>?> Open()
    {
        if (await notes.AllInAsync(Group) is not { } all) return null;
        var open = new List<StaffCall>();
        foreach (var (kiosk, text) in all)
        {
            var called = JsonSerializer.Deserialize<Called>(text)!;
            if (called.Since + Life <= clock.GetUtcNow()) await notes.DropFromAsync(Group, kiosk);
            else open.Add(new(kiosk, called.Name, called.Id, called.Since, (await notes.ReadAsync(Going(called.Id))).Text is not null));
        }
        return [.. open.OrderBy(c => c.Since)];
    }

    private static string Going(Guid call) => $"kiosk-call-going:{call}";

    private sealed record Called(Guid Id, string Name, DateTimeOffset Since);
}

/// <param name="Kiosk">Id of its seat.</param>
/// <param name="Name">Of the kiosk; empty: it has none.</param>
/// <param name="Going">Somebody has said that they go there.</param>
public sealed record StaffCall(string Kiosk, string Name, Guid Id, DateTimeOffset Since, bool Going);
