using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Matchmaking.ServiceDefaults.Auth;

/// <summary>A capability: 256 random bits, base64url. Whoever holds it may act for its subject; only its hash is stored.</summary>
public static class CapabilityToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 in lower-case hex. A token has 256 bits of its own, so no salt is needed.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>Knows the subject of a capability; implemented by each service over its own database, without a memory: that is <see cref="CapabilityMemory"/>.</summary>
public interface ICapabilityHolders
{
    /// <returns>The subject whose token has this hash, or null.</returns>
    ValueTask<Guid?> FindAsync(string tokenHash, CancellationToken cancel);
}
