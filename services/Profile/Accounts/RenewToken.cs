using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Accounts;

/// <summary>
/// A member of staff's session goes on, or ends. The renewal stays the same for the whole session: two tabs that renew at once, or an answer that
/// is lost on the way, would else throw an exhibitor out in the middle of the day. No rate limit: pages renew for all stands from one address.
/// </summary>
internal static class RenewToken
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/staff/tokens/renew", RenewAsync).WithSummary("A new token of a session that was begun less than ten hours ago").AllowAnonymous().Refuses(401, "session-over");
        app.MapPost("/api/staff/sign-out", EndAsync).WithSummary("End a session; its last token runs out within a quarter of an hour").AllowAnonymous();
    }

    /// <summary>Adds a session, which the caller saves; ended ones go on that occasion.</summary>
    public static async Task<StaffToken> BeginAsync(ProfileDb db, SigningKeys keys, string role, Guid? exhibitorId, Guid? accountId, DateTimeOffset now, CancellationToken cancel)
    {
        await db.StaffSessions.Where(s => s.EndsAt < now).ExecuteDeleteAsync(cancel);
        var (session, renewal) = StaffSession.Begin(role, exhibitorId, accountId, now);
        db.StaffSessions.Add(session);
        return await keys.IssueAsync(session, cancel) with { Renewal = renewal };
    }

    private static async Task<Results<Ok<StaffToken>, ProblemHttpResult>> RenewAsync(StaffRenewal given, ProfileDb db, SigningKeys keys, TimeProvider clock, CancellationToken cancel)
    {
        var hash = CapabilityToken.Hash(given.Renewal ?? "");
        var session = await db.StaffSessions.AsNoTracking().SingleOrDefaultAsync(s => s.RenewalHash == hash, cancel);
        if (session is null || session.EndsAt <= clock.GetUtcNow()) return Over();
        // Who was taken from the list of staff is not signed in by what they were.
        if (session.AccountId is { } account && !await db.Accounts.AnyAsync(a => a.Id == account && a.Role == session.Role && a.ExhibitorId == session.ExhibitorId, cancel)) return Over();
        return TypedResults.Ok(await keys.IssueAsync(session, cancel));
    }

    /// <summary>The same answer whether there was such a session or not.</summary>
    private static async Task<NoContent> EndAsync(StaffRenewal given, ProfileDb db, CancellationToken cancel)
    {
        var hash = CapabilityToken.Hash(given.Renewal ?? "");
        await db.StaffSessions.Where(s => s.RenewalHash == hash).ExecuteDeleteAsync(cancel);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Over() => Problem.Of("session-over", StatusCodes.Status401Unauthorized);
}
