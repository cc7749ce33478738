namespace Matchmaking.Web.Clients;

/// <summary>What a visitor's browser holds: the right to their own things.</summary>
internal sealed record VisitorPass(Guid Id, string Token);

/// <param name="Role">"exhibitor", "analyst" or "organiser".</param>
internal sealed record StaffPass(string Token, string Role, Guid? Exhibitor, DateTimeOffset ExpiresAt);
