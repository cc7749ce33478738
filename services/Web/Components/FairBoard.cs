using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;

namespace Matchmaking.Web.Components;

/// <summary>The current fair, as every page's head shows it; asked once a minute, and never a reason for a page to fail.</summary>
internal sealed class FairBoard(ProfileClient profile, TimeProvider time)
{
    private sealed record Note(FairView? Fair, DateTimeOffset Until);

    private Note note = new(null, DateTimeOffset.MinValue);

    /// <summary>An import may have changed it.</summary>
    public void Forget() => note = note with { Until = DateTimeOffset.MinValue };

    public async Task<FairView?> Current(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (note.Until > now) return note.Fair;
        try
        {
            var reply = await profile.Fair(cancel);
            note = new(reply.Value, now + TimeSpan.FromSeconds(reply.Refused ? 5 : 60));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            note = new(note.Fair, now + TimeSpan.FromSeconds(5));
        }
        return note.Fair;
    }
}
