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
        return replacement.Outcome;
    }

    private async Task SaveAsync(IReadOnlyList<Replacement> together)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
        var rows = new Dictionary<Guid, Visitor>();
        foreach (var id in together.Select(r => r.Id).Distinct())
            if (_recent.Take(id) is { } kept) rows[id] = kept;
        var remembered = rows.Count > 0;
        try { await SaveAsync(db, together, rows); }
        catch (DbUpdateConcurrencyException) when (remembered)
        {
            db.ChangeTracker.Clear();
            await SaveAsync(db, together, []);
        }
    }

    /// <param name="rows">As far as they are known; those that are not are read.</param>
    private async Task SaveAsync(ProfileDb db, IReadOnlyList<Replacement> together, Dictionary<Guid, Visitor> rows)
    {
        if (together.Select(r => r.Id).Where(id => !rows.ContainsKey(id)).Distinct().ToArray() is { Length: > 0 } unread)
            await db.Visitors.AsNoTracking().Where(v => unread.Contains(v.Id)).ForEachAsync(v => rows[v.Id] = v);
        var before = rows.Values.Select(v => (v, v.Version)).ToArray();
        if (db is ProfileDbSqlite) db.Visitors.AttachRange(rows.Values);
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
        // The note is on its way while the database commits: whoever reads it early waits a little, and whoever has our answer finds it.
        var noting = Task.WhenAll(rows.Values.Select(v => _marks.PromiseAsync("subject:" + v.Id, v.Version)));
        if (db is ProfileDbSqlite) await db.SaveChangesAsync();
        else if (rows.Count > 0 && !await db.SaveByAsync(announced => ReplacedAnswers.StoreAsync(db, before, announced)))
            throw new DbUpdateConcurrencyException("Somebody else replaced one of these answers.");
        await noting;
        db.ChangeTracker.Clear();
        foreach (var visitor in rows.Values)
        {
            _marks.Confirm("subject:" + visitor.Id, visitor.Version);
            _recent.Keep(visitor);
        }
    }
}
