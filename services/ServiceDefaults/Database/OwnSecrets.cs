using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>A random value that one service alone knows; in its database, so that replicas and restarts share it.</summary>
public sealed class OwnSecret
{
    public required string Name { get; init; }
    public required byte[] Value { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<OwnSecret>(row =>
    {
        row.ToTable("own_secrets");
        row.HasKey(s => s.Name);
        row.Property(s => s.Name).HasColumnName("name").HasMaxLength(40);
        row.Property(s => s.Value).HasColumnName("value");
        row.Property(s => s.CreatedAt).HasColumnName("created_at");
    });
}

/// <summary>Makes each secret at its first use and keeps it in memory: it does not change.</summary>
public sealed class OwnSecrets<TDb>(IServiceScopeFactory scopes, TimeProvider clock) where TDb : DbContext
{
    /// <summary>256 bits, as long as what HMAC-SHA-256 gives.</summary>
    private const int Bytes = 32;
    private readonly ConcurrentDictionary<string, byte[]> _known = [];

    /// <param name="name">What it is for.</param>
    public async ValueTask<byte[]> OfAsync(string name, CancellationToken cancel)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var rows = db.Set<OwnSecret>();
        if (await rows.AsNoTracking().SingleOrDefaultAsync(s => s.Name == name, cancel) is not { } secret)
        {
            rows.Add(secret = new OwnSecret { Name = name, Value = RandomNumberGenerator.GetBytes(Bytes), CreatedAt = clock.GetUtcNow() });
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null)
            {
                // Another replica was faster at the same first use: its secret holds.
                db.ChangeTracker.Clear();
                secret = await rows.AsNoTracking().SingleAsync(s => s.Name == name, cancel);
            }
        }
        return _known[name] = secret.Value;
    }
}
