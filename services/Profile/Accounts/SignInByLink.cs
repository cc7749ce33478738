using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Profile.Accounts;

/// <summary>Staff sign in by a link in a mail: ask for it, open it, exchange its code for a token by POST.</summary>
internal static class SignInByLink
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A button pressed twice is answered by one mail.</summary>
    private static readonly TimeSpan OnePress = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/staff/links", AskAsync).WithTags("Accounts").WithSummary("Ask for a sign-in link; the answer is the same whether the address is known or not")
            .AllowAnonymous().RequireRateLimiting(Defaults.PublicWrites);
        app.MapPost("/api/staff/tokens", ExchangeAsync).WithTags("Accounts").WithSummary("The code of a sign-in link for a token; a code works once")
            .AllowAnonymous().RequireRateLimiting(Defaults.PublicWrites).Refuses(401, "sign-in-over");
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> AskAsync(
        SignInLinkAsked asked, ProfileDb db, Seals secrets, IOptions<ProfileOptions> options, TimeProvider clock, CancellationToken cancel)
    {
        if (asked.Email is not { } email || !NeedsRules.IsEmail(email)) return Problem.Invalid("email", "email");
        var address = email.ToLowerInvariant();
        var seal = await secrets.SealAsync(cancel);
        while (true)
        {
            var now = clock.GetUtcNow();
            var accounts = await db.Accounts.AsNoTracking().Where(a => a.Email == address).ToListAsync(cancel);
            // Nothing of what follows shows in the answer: neither that nobody is known by this address, nor that it has had its share.
            if (accounts.Count == 0) break;
            if (!await MailTicket.TakeAsync(db, seal, address, MailTicket.SignIn, options.Value.Limits.SignInLinksPerHour, Hour, Guid.CreateVersion7(), now, cancel)) break;
            // Pressed twice: the link of the other press is on its way. Looked at after the tickets, so that a press which took one meanwhile is seen,
            // and only at links that wait: one that was used already is no answer to who asks again.
            var (ids, since) = (accounts.ConvertAll(a => a.Id), now - OnePress);
            if (await db.SignInLinks.AnyAsync(l => ids.Contains(l.AccountId) && l.CreatedAt > since && l.UsedAt == null, cancel)) break;
            foreach (var account in accounts)
            {
                var link = new SignInLink { AccountId = account.Id, CreatedAt = now };
                db.SignInLinks.Add(link);
                db.Announce(new SignInLinkRequested(account.Id, link.Id, now), account.Id, 1);
            }
            try
            {
                await db.SaveChangesAsync(cancel);
                break;
            }
            catch (DbUpdateException e) when (MailTicket.IsTaken(e)) { db.ChangeTracker.Clear(); }
        }
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<Ok<StaffToken>, ProblemHttpResult>> ExchangeAsync(SignInCode given, ProfileDb db, SigningKeys keys, TimeProvider clock, CancellationToken cancel)
    {
        var hash = CapabilityToken.Hash(given.Code ?? "");
        var link = await db.SignInLinks.SingleOrDefaultAsync(l => l.CodeHash == hash, cancel);
        if (link is null || !link.Use(clock.GetUtcNow())) return Problem.Of("sign-in-over", StatusCodes.Status401Unauthorized);
        // Their address may have been replaced since the mail went out.
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == link.AccountId, cancel) is not { } account) return Problem.Of("sign-in-over", StatusCodes.Status401Unauthorized);
        var token = await RenewToken.BeginAsync(db, keys, account.Role, account.ExhibitorId, account.Id, clock.GetUtcNow(), cancel);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateConcurrencyException) { return Problem.Of("sign-in-over", StatusCodes.Status401Unauthorized); }
        return TypedResults.Ok(token);
    }
}
