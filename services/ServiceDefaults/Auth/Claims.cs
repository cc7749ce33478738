using System.Security.Claims;

namespace Matchmaking.ServiceDefaults.Auth;

public static class Claims
{
    public const string Visitor = "visitor";
    public const string Role = "role";
    public const string Exhibitor = "exhibitor";
    public const string Meeting = "meeting";
    public const string Issuer = "matchmaking";

    /// <summary>The visitor who asks, or null.</summary>
    public static Guid? VisitorId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Visitor), out var id) ? id : null;

    /// <summary>The one meeting that the caller may answer, where the right came with a mail; else null.</summary>
    public static Guid? OnlyMeeting(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Meeting), out var id) ? id : null;

    /// <summary>The exhibitor for whom the caller works, or null.</summary>
    public static Guid? ExhibitorId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Exhibitor), out var id) ? id : null;
}

public static class Roles
{
    public const string Visitor = "visitor", Exhibitor = "exhibitor", Analyst = "analyst", Organiser = "organiser", Service = "service";

    /// <summary>Who holds the link of a request's mail: may see that meeting and answer it, nothing else.</summary>
    public const string Answerer = "answerer";
}

/// <summary>Names of the authorization policies; an endpoint without one is closed.</summary>
public static class Policies
{
    public const string Visitor = "visitor", Exhibitor = "exhibitor", Analyst = "analyst", Organiser = "organiser";

    /// <summary>A visitor or an exhibitor: the two sides of a meeting.</summary>
    public const string Party = "party";

    /// <summary>Either side of a meeting, or who holds the link of its request's mail.</summary>
    public const string Reader = "reader";

    /// <summary>The exhibitor, or who holds the link of the request's mail.</summary>
    public const string Answerer = "answerer";

    /// <summary>Another of our services, by the shared key.</summary>
    public const string Service = "service";
}
