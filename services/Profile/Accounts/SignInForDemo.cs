using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Fairs;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Profile.Accounts;

/// <summary>Sign-in by choosing a role: in one process and in demo mode alone. Elsewhere the address does not exist.</summary>
internal static class SignInForDemo
{
    private static readonly IReadOnlyList<string> DemoRoles = [Roles.Exhibitor, Roles.Analyst, Roles.Organiser];

    public static void Map(IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        if (!services.GetRequiredService<Backbone>().Embedded || !services.GetRequiredService<IOptions<ProfileOptions>>().Value.Demo.Enabled) return;
        app.MapPost("/api/demo/sign-in", HandleAsync).WithTags("Demo").WithSummary("A staff token, without an account").AllowAnonymous().Refuses(404, "not-found");
    }

    private static async Task<Results<Ok<StaffToken>, ProblemHttpResult>> HandleAsync(DemoSignIn asked, ProfileDb db, CurrentFair current, SigningKeys keys, TimeProvider clock, CancellationToken cancel)
    {
        if (asked.Role is not { } role || !DemoRoles.Contains(role)) return Problem.Invalid("role", "unknown-code", asked.Role ?? "null", string.Join(", ", DemoRoles));
        if (role != Roles.Exhibitor) return await EnterAsync(null);
        var fair = await current.GetAsync(cancel);
        var exhibitor = await db.Exhibitors.AsNoTracking().Where(x => x.FairId == fair!.Id && x.Published && (asked.ExhibitorId == null || x.Id == asked.ExhibitorId))
            .OrderBy(x => x.Key).FirstOrDefaultAsync(cancel);
        return exhibitor is null
            ? Problem.Of("not-found", StatusCodes.Status404NotFound)
            : await EnterAsync(exhibitor.Id);

        async Task<Ok<StaffToken>> EnterAsync(Guid? exhibitorId)
        {
            var token = await RenewToken.BeginAsync(db, keys, role, exhibitorId, null, clock.GetUtcNow(), cancel);
            await db.SaveChangesAsync(cancel);
            return TypedResults.Ok(token);
        }
    }
}
