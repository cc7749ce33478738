using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Accounts;

/// <summary>A member of staff: of an exhibitor, or an analyst, or an organiser.</summary>
internal sealed class Account
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>In lower case.</summary>
    public required string Email { get; init; }
    public required string Role { get; init; }
    public Guid? ExhibitorId { get; init; }

    /// <summary>Ends what accounts that are gone left open: links in mails, and days that have begun.</summary>
    public static async Task SignOutAsync(ProfileDb db, IReadOnlyCollection<Guid> accounts, CancellationToken cancel)
    {
        await db.SignInLinks.Where(l => accounts.Contains(l.AccountId)).ExecuteDeleteAsync(cancel);
        await db.StaffSessions.Where(s => s.AccountId != null && accounts.Contains(s.AccountId.Value)).ExecuteDeleteAsync(cancel);
    }
}

/// <summary>A sign-in by mail: open for a quarter of an hour, usable once.</summary>
internal sealed class SignInLink
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid AccountId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>null until the mail is made.</summary>
    public string? CodeHash { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }

    public bool IsOpen(DateTimeOffset now) => UsedAt is null && now - CreatedAt < Lifetime;

    public string NewCode()
    {
        var code = CapabilityToken.Create();
        CodeHash = CapabilityToken.Hash(code);
        return code;
    }

    public bool Use(DateTimeOffset now)
    {
        if (!IsOpen(now)) return false;
        UsedAt = now;
        return true;
    }
}

/// <summary>An ES256 key with which staff tokens are signed.</summary>
internal sealed class SigningKey
{
    public required string Id { get; init; }

    /// <summary>PKCS #8.</summary>
    public required byte[] PrivateKey { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
