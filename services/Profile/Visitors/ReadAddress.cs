using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>
/// Where to write, asked by Notification at the moment of sending. A visitor's link is made anew for each mail, because only hashes of the
/// earlier ones are stored; it travels to the other services as its hash.
/// </summary>
internal static class ReadAddress
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/internal").RequireAuthorization(Policies.Service).ExcludeFromDescription();
        group.MapGet("visitors/{id:guid}/address", OfVisitorAsync);
        group.MapGet("exhibitors/{id:guid}/address", OfExhibitorAsync);
        group.MapGet("accounts/{id:guid}/address/{linkId:guid}", OfAccountAsync);
    }

    private static async Task<Results<Ok<Address>, ProblemHttpResult>> OfVisitorAsync(
        Guid id, ProfileDb db, FreshMarks marks, PublicLinks links, TimeProvider clock, CancellationToken cancel)
    {
        var visitor = await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel);
        if (visitor?.Email is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var token = CapabilityToken.Create();
        var hash = CapabilityToken.Hash(token);
        db.VisitorTokens.Add(new VisitorToken { Hash = hash, VisitorId = id, CreatedAt = clock.GetUtcNow() });
        db.Announce(new VisitorLinkIssued(id, hash, clock.GetUtcNow()), id, visitor.Version);
        await db.SaveChangesAsync(cancel);
        await marks.LeaveAsync("token:" + hash, visitor.Version);
        return TypedResults.Ok(new Address(visitor.Email, visitor.Needs.Language ?? "de", links.Visitor(id, token), null));
    }

    private static async Task<Results<Ok<Address>, ProblemHttpResult>> OfExhibitorAsync(Guid id, ProfileDb db, PublicLinks links, CancellationToken cancel) =>
        await db.Exhibitors.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, cancel) is { Email: not null } exhibitor
            ? TypedResults.Ok(new Address(exhibitor.Email, "de", links.Inbox, exhibitor.Name))
            : Problem.Of("not-found", StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Address>, ProblemHttpResult>> OfAccountAsync(
        Guid id, Guid linkId, ProfileDb db, PublicLinks links, TimeProvider clock, CancellationToken cancel)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel);
        var link = await db.SignInLinks.SingleOrDefaultAsync(l => l.Id == linkId && l.AccountId == id, cancel);
        if (account is null || link is null || !link.IsOpen(clock.GetUtcNow())) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        // The code is made only now, so that it exists nowhere but in the mail.
        var code = link.NewCode();
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(new Address(account.Email, "de", links.SignIn(code), null));
    }
}
