using System.Security.Claims;

namespace Matchmaking.ServiceDefaults.Auth;

public static class Claims
{
    public const string Visitor = "visitor";
    public const string Role = "role";
    public const string Exhibitor = "exhibitor";
    public const string Issuer = "matchmaking";

    /// <summary>The visitor who asks, or null.</summary>
    public static Guid? VisitorId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Visitor), out var id) ? id : null;

    /// <summary>The exhibitor for whom the caller works, or null.</summary>
    public static Guid? ExhibitorId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Exhibitor), out var id) ? id : null;
}

public static class Roles
{
    public const string Visitor = "visitor", Exhibitor = "exhibitor", Analyst = "analyst", Organiser = "organiser", Service = "service";
}

/// <summary>Names of the authorization policies; an endpoint without one is closed.</summary>
public static class Policies
{
    public const string Visitor = "visitor", Exhibitor = "exhibitor", Analyst = "analyst", Organiser = "organiser";

    /// <summary>A visitor or an exhibitor: the two sides of a meeting.</summary>
    public const string Party = "party";

    /// <summary>Another of our services, by the shared key.</summary>
    public const string Service = "service";
}
