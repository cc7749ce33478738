using Matchmaking.ServiceDefaults.Auth;

namespace Matchmaking.Profile.Accounts;

/// <summary>
/// A sign-in that lasts a day at the fair. Its tokens live a quarter of an hour, and each new one is asked for here: so an end (sign-out, an account
/// that is gone) is felt within that time, although no service asks another about a token.
/// </summary>
internal sealed class StaffSession
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(10);

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>null: a demo's sign-in by role.</summary>
    public Guid? AccountId { get; init; }
    public required string Role { get; init; }
    public Guid? ExhibitorId { get; init; }

    /// <summary>SHA-256 of the renewal, which is told once and kept nowhere.</summary>
    public required string RenewalHash { get; init; }
    public DateTimeOffset EndsAt { get; init; }

    public string Subject => AccountId?.ToString() ?? "demo";

    public static (StaffSession Session, string Renewal) Begin(string role, Guid? exhibitorId, Guid? accountId, DateTimeOffset now)
    {
        var renewal = CapabilityToken.Create();
        return (new StaffSession { AccountId = accountId, Role = role, ExhibitorId = exhibitorId, RenewalHash = CapabilityToken.Hash(renewal), EndsAt = now + Lifetime }, renewal);
    }
}
