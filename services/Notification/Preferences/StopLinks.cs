using System.Buffers.Text;
using System.Security.Cryptography;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Database;

namespace Matchmaking.Notification.Preferences;

/// <summary>
/// Links that end mails: whom they are for, sealed, so that nobody can make one for somebody else, and every mail ever sent has one that works. Such a
/// link can do nothing else: whoever forwards a mail gives away no more than that.
/// </summary>
internal sealed class StopLinks(OwnSecrets<NotificationDb> secrets)
{
    private const string Name = "stop-links";
    private const int IdBytes = 16, SealBytes = 16, Length = 1 + IdBytes + SealBytes;

    /// <param name="page">Any address of the fair's pages.</param>
    /// <returns>null: whoever is signing in has asked for that very mail.</returns>
    public async ValueTask<Uri?> LinkAsync(string side, Guid recipient, string page, CancellationToken cancel)
    {
        if (side == Sides.Account || !Uri.TryCreate(page, UriKind.Absolute, out var origin)) return null;
        var token = new byte[Length];
        token[0] = side == Sides.Visitor ? (byte)'v' : (byte)'x';
        recipient.TryWriteBytes(token.AsSpan(1), bigEndian: true, out _);
        Seal(await secrets.OfAsync(Name, cancel), token.AsSpan(0, 1 + IdBytes)).CopyTo(token.AsSpan(1 + IdBytes));
        return new Uri(origin, "/stop/" + Base64Url.EncodeToString(token));
    }

    /// <returns>null: no link of ours.</returns>
    public async ValueTask<Recipient?> ReadAsync(string text, CancellationToken cancel)
    {
        var token = new byte[Length];
        if (text.Length != Length * 4 / 3 || !Base64Url.IsValid(text, out var length) || length != Length || Base64Url.DecodeFromChars(text, token) != Length) return null;
        if (!CryptographicOperations.FixedTimeEquals(Seal(await secrets.OfAsync(Name, cancel), token.AsSpan(0, 1 + IdBytes)), token.AsSpan(1 + IdBytes))) return null;
        var id = new Guid(token.AsSpan(1, IdBytes), bigEndian: true);
        return token[0] == 'v' ? Recipient.Visitor(id) : Recipient.Exhibitor(id);
    }

    private static byte[] Seal(byte[] secret, ReadOnlySpan<byte> who) => HMACSHA256.HashData(secret, who)[..SealBytes];
}
