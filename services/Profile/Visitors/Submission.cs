using System.Buffers.Text;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Accounts;

namespace Matchmaking.Profile.Visitors;

/// <summary>
/// That needs came with an Idempotency-Key. The same again within a day gets the same answer, the token included: it is not kept but derived,
/// from the key and the service's secret. Neither key nor body is kept, only what nobody can compute without that secret.
/// </summary>
internal sealed class Submission
{
    /// <summary>
    /// A key is all by which two askers are told apart, and whoever sends the same key and the same needs gets the token: so it has to be random.
    /// Sixteen characters leave out numbers that count up and names of pages.
    /// </summary>
    public const int ShortestKey = 16;

    /// <summary>Longer than anybody presses a button again or a client tries again. Afterwards the key is used up.</summary>
    public static readonly TimeSpan Answered = TimeSpan.FromDays(1);

    /// <summary>How long the key of an erased visitor is known: a late repeat must not bring back what was erased.</summary>
    public static readonly TimeSpan RememberedErased = TimeSpan.FromDays(7);

    public required string KeyHash { get; init; }

    /// <summary>Empty after an erasure.</summary>
    public required string BodyHash { get; set; }

    /// <summary>null after an erasure: then nothing leads from the row to anybody.</summary>
    public Guid? VisitorId { get; set; }

    /// <summary>When it came; after an erasure, when that was.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The token that this key stands for at this fair, and the row to keep.</summary>
    public static (string Token, Submission Row) Of(Seal seal, Guid fair, string key, Needs needs, DateTimeOffset now) => (
        Base64Url.EncodeToString(seal.Of("visitor token", fair.ToString(), key)),
        new Submission
        {
            KeyHash = seal.HexOf("submission key", fair.ToString(), key),
            BodyHash = seal.HexOf("submission body", JsonSerializer.Serialize(needs, JsonSerializerOptions.Web)),
            At = now,
        });

    public void Erase(DateTimeOffset now)
    {
        VisitorId = null;
        BodyHash = "";
        At = now;
    }
}
