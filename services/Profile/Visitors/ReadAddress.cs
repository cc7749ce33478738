using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Accounts;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

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

    /// <param name="kind">What is to be sent: of some kinds an address gets only so many (429).</param>
    /// <param name="notice">Which notice it is, so that a second try at the same one does not count.</param>
    private static async Task<Results<Ok<Address>, ProblemHttpResult>> OfVisitorAsync(
        Guid id, string? kind, Guid? notice, ProfileDb db, FreshMarks marks, PublicLinks links, Seals secrets, IOptions<ProfileOptions> options,
        TimeProvider clock, CancellationToken cancel)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var visitor = await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel);
            if (visitor is null or { Email: null, Phone: null } || (kind == MailTicket.ListReady && visitor.Email is null)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
            if (kind == MailTicket.ListReady && !await MailTicket.TakeAsync(db, await secrets.SealAsync(cancel), visitor.Email!, MailTicket.ListReady,
                options.Value.Limits.ListMailsPerDay, TimeSpan.FromDays(1), notice ?? Guid.CreateVersion7(), now, cancel))
                return Problem.Of("mail-limit", StatusCodes.Status429TooManyRequests);
            var token = CapabilityToken.Create();
            var hash = CapabilityToken.Hash(token);
            db.VisitorTokens.Add(new VisitorToken { Hash = hash, VisitorId = id, CreatedAt = now });
            db.Announce(new VisitorLinkIssued(id, hash, now), id, visitor.Version);
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException e) when (MailTicket.IsTaken(e))
            {
                db.ChangeTracker.Clear();
                continue;
            }
            await marks.LeaveAsync("token:" + hash, visitor.Version);
            return TypedResults.Ok(new Address(visitor.Email, visitor.Needs.Language ?? "de", links.Visitor(id, token), null, visitor.Phone));
        }
    }

    /// <param name="meeting">Whose request is told: then the link opens a page that answers it, without signing in, until the request runs out.</param>
    private static async Task<Results<Ok<Address>, ProblemHttpResult>> OfExhibitorAsync(
        Guid id, Guid? meeting, DateTimeOffset? until, ProfileDb db, PublicLinks links, SigningKeys keys, CancellationToken cancel)
    {
        if (await db.Exhibitors.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, cancel) is not { Email: not null } exhibitor) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var link = meeting is { } asked && until is { } end ? links.Answer(asked, await keys.IssueAnswerAsync(id, asked, end, cancel)) : links.Inbox;
        return TypedResults.Ok(new Address(exhibitor.Email, "de", link, exhibitor.Name));
    }

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
