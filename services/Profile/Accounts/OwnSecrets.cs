using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Accounts;

/// <summary>A random value that this service alone knows; beside the signing keys in its database, so that replicas and restarts share it.</summary>
internal sealed class OwnSecret
{
    public required string Name { get; init; }
    public required byte[] Value { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Hashes that nobody can repeat without the service's secret, not even for what is easily guessed, such as an address.</summary>
internal sealed class Seal(byte[] secret)
{
    /// <param name="purpose">Keeps what is hashed for one thing from being taken for another.</param>
    public byte[] Of(string purpose, params ReadOnlySpan<string> parts)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        Add(mac, purpose);
        foreach (var part in parts) Add(mac, part);
        return mac.GetHashAndReset();
    }

    public string HexOf(string purpose, params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(Of(purpose, parts));

    // With its length, so that "ab" + "c" is not "a" + "bc".
    private static void Add(IncrementalHash mac, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        mac.AppendData(length);
        mac.AppendData(bytes);
    }
}

/// <summary>
/// Makes the secret at the first use and keeps it in memory. It does not change: were the row deleted, keys of requests would be forgotten and
/// limits begin anew, but every link goes on working, as only hashes of tokens are stored anyway.
/// </summary>
internal sealed class OwnSecrets(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const string Name = "hashes";
    private volatile Seal? _seal;

    public async ValueTask<Seal> SealAsync(CancellationToken cancel)
    {
        if (_seal is { } known) return known;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
        if (await db.OwnSecrets.AsNoTracking().SingleOrDefaultAsync(s => s.Name == Name, cancel) is not { } secret)
        {
            secret = new OwnSecret { Name = Name, Value = RandomNumberGenerator.GetBytes(32), CreatedAt = clock.GetUtcNow() };
            db.OwnSecrets.Add(secret);
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null)
            {
                // Another replica was faster at the same first use: its secret holds.
                db.ChangeTracker.Clear();
                secret = await db.OwnSecrets.AsNoTracking().SingleAsync(s => s.Name == Name, cancel);
            }
        }
        return _seal = new Seal(secret.Value);
    }
}
