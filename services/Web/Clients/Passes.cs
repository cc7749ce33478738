using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Clients;

/// <summary>What a visitor's browser holds: the right to their own things.</summary>
internal sealed record VisitorPass(Guid Id, string Token);

/// <param name="Role">"exhibitor", "analyst" or "organiser".</param>
/// <param name="ExpiresAt">Of the token, which is renewed by <see cref="Renewal"/> until <see cref="EndsAt"/>.</param>
internal sealed record StaffPass(string Token, string Role, Guid? Exhibitor, DateTimeOffset ExpiresAt, string? Renewal = null, DateTimeOffset? EndsAt = null)
{
    public static StaffPass Of(StaffToken token) => new(token.Token, token.Role, token.ExhibitorId, token.ExpiresAt, token.Renewal, token.SessionEndsAt);

    /// <summary>A page may take a while: a token's last two minutes are left to those that have begun.</summary>
    public bool WantsRenewal(DateTimeOffset now) => Renewal is not null && now >= ExpiresAt - TimeSpan.FromMinutes(2) && (EndsAt is not { } end || now < end);

    public StaffPass Renewed(StaffToken token) => this with { Token = token.Token, ExpiresAt = token.ExpiresAt };
}
