using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.ServiceDefaults.Database;

namespace Matchmaking.Profile.Accounts;

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
/// The seal of this service. Were its secret deleted, keys of requests would be forgotten and limits begin anew, but every link goes on working, as only
/// hashes of tokens are stored anyway.
/// </summary>
internal sealed class Seals(OwnSecrets<ProfileDb> secrets)
{
    private volatile Seal? _seal;

    public async ValueTask<Seal> SealAsync(CancellationToken cancel) => _seal ??= new Seal(await secrets.OfAsync("hashes", cancel));
}
