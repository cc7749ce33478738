using System.Diagnostics;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>
/// Answers that replace earlier ones: visitor row and outbox row in one save, which replacements that come in at the same moment share.
/// A row that this replica saved a moment ago is not read anew; the version in the update's condition tells where another was quicker.
/// </summary>
internal sealed class Replacements
{
    private const int MostTogether = 64;
    private readonly IServiceScopeFactory _scopes;
    private readonly RecentVisitors _recent;
    private readonly FreshMarks _marks;
    private readonly TimeProvider _clock;
    private readonly Together<Replacement> _together;

    private sealed record Replacement(Guid Id, Needs Needs, Activity? Span)
    {
        public VisitorProfile? Outcome { get; set; }
    }

    public Replacements(IServiceScopeFactory scopes, RecentVisitors recent, FreshMarks marks, TimeProvider clock)
    {
        (_scopes, _recent, _marks, _clock) = (scopes, recent, marks, clock);
        _together = new Together<Replacement>(MostTogether, SaveAsync);
    }

    /// <returns>The profile as saved; null where there is no such visitor (any more).</returns>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else replaced the answers at the same moment.</exception>
    public async Task<VisitorProfile?> ReplaceAsync(Guid id, Needs needs)
    {
        var replacement = new Replacement(id, needs, Activity.Current);
        await _together.RunAsync(replacement);
        if (replacement.Outcome is { } saved) await _marks.LeaveAsync("subject:" + id, saved.Version);
        return replacement.Outcome;
    }

    private async Task SaveAsync(IReadOnlyList<Replacement> together)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
        var rows = new Dictionary<Guid, Visitor>();
        foreach (var id in together.Select(r => r.Id).Distinct())
        {
            if (_recent.Take(id) is not { } kept) continue;
            db.Entry(kept).State = EntityState.Unchanged;
            rows[id] = kept;
        }
        var remembered = rows.Count > 0;
        try { await SaveAsync(db, together, rows); }
        catch (DbUpdateConcurrencyException) when (remembered)
        {
            db.ChangeTracker.Clear();
            await SaveAsync(db, together, []);
        }
    }

    private async Task SaveAsync(ProfileDb db, IReadOnlyList<Replacement> together, Dictionary<Guid, Visitor> rows)
    {
        if (together.Select(r => r.Id).Where(id => !rows.ContainsKey(id)).Distinct().ToArray() is { Length: > 0 } unread)
            await db.Visitors.Where(v => unread.Contains(v.Id)).ForEachAsync(v => rows[v.Id] = v);
        var now = _clock.GetUtcNow();
        foreach (var replacement in together)
        {
            replacement.Outcome = null;
            if (!rows.TryGetValue(replacement.Id, out var visitor)) continue;
            var reach = visitor.Reach;
            visitor.Replace(replacement.Needs);
            Activity.Current = replacement.Span;
            visitor.Announce(db, contactChanged: visitor.Reach != reach, now);
            replacement.Outcome = visitor.View;
        }
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        foreach (var visitor in rows.Values) _recent.Keep(visitor);
    }
}
