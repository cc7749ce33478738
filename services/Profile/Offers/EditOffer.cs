using System.Security.Claims;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Exhibitors;
using Matchmaking.Profile.Fairs;
using Matchmaking.Profile.Import;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Profile.Offers;

/// <summary>
/// The exhibitor's own offers: seen, added, changed, withdrawn and brought back. Nothing is deleted, because meetings and lists may hang on it;
/// what an organiser's later file does with them stands in <see cref="MergeOffers"/>.
/// </summary>
internal static class EditOffer
{
    private const int Tries = 20;
    private const string All = "/api/exhibitors/{id:guid}/offers", One = "/api/exhibitors/{id:guid}/offers/{offer:guid}";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(All, ListAsync).WithSummary("The exhibitor's own offers, withdrawn ones as well").RequireAuthorization(Policies.Exhibitor).Refuses(404, "not-found");
        app.MapGet(One, ReadAsync).WithSummary("One of the exhibitor's own offers").RequireAuthorization(Policies.Exhibitor).Refuses(404, "not-found");
        app.MapPut(One, KeepAsync).WithSummary("Change an offer, add one with a new id, or publish one again; ?dryRun=true only shows what would come of it")
            .WithDescription("The rules and messages are those of a row of offers.csv. An offer that is withdrawn is published by this.")
            .RequireAuthorization(Policies.Exhibitor).Refuses(400, "invalid").Refuses(404, "not-found").Refuses(409, "changed-meanwhile", "offers-enough");
        app.MapDelete(One, WithdrawAsync).WithSummary("Withdraw an offer; meetings that were agreed on stay").RequireAuthorization(Policies.Exhibitor)
            .Refuses(404, "not-found").Refuses(409, "changed-meanwhile");
    }

    private static async Task<Results<Ok<List<StandOffer>>, ProblemHttpResult>> ListAsync(Guid id, ClaimsPrincipal caller, ProfileDb db, CancellationToken cancel)
    {
        if (await OwnAsync(id, caller, db, cancel) is null) return Nothing();
        var offers = await db.Offers.AsNoTracking().Where(o => o.ExhibitorId == id).OrderBy(o => o.Key).ToListAsync(cancel);
        return TypedResults.Ok(offers.ConvertAll(OfferEntry.View));
    }

    private static async Task<Results<Ok<StandOffer>, ProblemHttpResult>> ReadAsync(Guid id, Guid offer, ClaimsPrincipal caller, ProfileDb db, CancellationToken cancel)
    {
        if (await OwnAsync(id, caller, db, cancel) is null) return Nothing();
        return await db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.Id == offer && o.ExhibitorId == id, cancel) is { } found ? TypedResults.Ok(OfferEntry.View(found)) : Nothing();
    }

    private static Task<Results<Ok<StandOfferChange>, ProblemHttpResult>> KeepAsync(
        Guid id, Guid offer, OfferDraft draft, ClaimsPrincipal caller, ProfileDb db, IOptions<ProfileOptions> options, TimeProvider clock, CancellationToken cancel, bool dryRun = false) =>
        ChangeAsync(id, offer, draft.Version, caller, db, clock, dryRun, (fair, exhibitor, offers) =>
        {
            var known = offers.Find(o => o.Id == offer);
            var (row, refused) = OfferEntry.Read(draft, known?.Key ?? OwnKey(offer), exhibitor.Key);
            if (refused is not null) return refused;
            if (known is null)
            {
                if (offers.Count(o => o.ExhibitorId == id) >= options.Value.Limits.OffersPerExhibitor) return Problem.Of("offers-enough", StatusCodes.Status409Conflict);
                // Version 0 until it is saved, as for everybody who changes what is not there yet.
                known = new Offer { Id = offer, FairId = fair.Id, ExhibitorId = id, Key = OwnKey(offer), Kind = "", Type = "", Title = "", IsOwn = true, Version = 0, Published = false };
                db.Offers.Add(known);
                offers.Add(known);
            }
            // Who brings back what the organiser's file has no more has made it their own.
            if (known is { Published: false, FileRow: null }) known.IsOwn = true;
            var before = OfferRow.Of(known, exhibitor.Key);
            if (before.Written != row.Written)
            {
                // The file's row as it was understood: a later file that says the same has not changed it.
                if (!known.IsOwn) (known.FileRow, known.EditedAt) = (known.FileRow ?? before.Written, clock.GetUtcNow());
                known.Say(row);
            }
            (known.Published, known.WithdrawnAt) = (true, null);
            return null;
        }, cancel);

    private static Task<Results<Ok<StandOfferChange>, ProblemHttpResult>> WithdrawAsync(
        Guid id, Guid offer, ClaimsPrincipal caller, ProfileDb db, TimeProvider clock, CancellationToken cancel, long? version = null, bool dryRun = false) =>
        ChangeAsync(id, offer, version, caller, db, clock, dryRun, (_, _, offers) =>
        {
            if (offers.Find(o => o.Id == offer) is not { } known) return Nothing();
            // Where the file has it no more, it stays withdrawn by the organiser.
            if (known.Published) (known.Published, known.WithdrawnAt) = (false, clock.GetUtcNow());
            return null;
        }, cancel);

    /// <summary>Changes one offer and announces the catalogue with it. Where something else of the fair was changed at the same moment, it is made anew.</summary>
    private static async Task<Results<Ok<StandOfferChange>, ProblemHttpResult>> ChangeAsync(
        Guid id, Guid offerId, long? expected, ClaimsPrincipal caller, ProfileDb db, TimeProvider clock, bool dryRun,
        Func<Fair, Exhibitor, List<Offer>, ProblemHttpResult?> change, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            db.ChangeTracker.Clear();
            if (await OwnAsync(id, caller, db, cancel) is not { } own) return Nothing();
            // First of all: what is committed after this makes the save fail.
            var fair = await db.Fairs.SingleAsync(f => f.Id == own.FairId, cancel);
            var exhibitors = await db.Exhibitors.Where(e => e.FairId == fair.Id).ToListAsync(cancel);
            var offers = await db.Offers.Where(o => o.FairId == fair.Id).ToListAsync(cancel);
            var (exhibitor, known) = (exhibitors.Single(e => e.Id == id), offers.Find(o => o.Id == offerId));
            // Somebody else's, or of another fair: whether it exists is not told.
            if (known is null ? await db.Offers.AnyAsync(o => o.Id == offerId, cancel) : known.ExhibitorId != id) return Nothing();
            var (row, wasPublished) = (known is null ? null : OfferRow.Of(known, exhibitor.Key), known?.Published ?? false);
            if (change(fair, exhibitor, offers) is { } no) return no;
            var changed = offers.Single(o => o.Id == offerId);
            var changes = OfferEntry.Changes(row, wasPublished, OfferRow.Of(changed, exhibitor.Key), changed.Published);
            // The same again is no conflict: a button was pressed twice.
            if (changes.Count > 0 && expected is not null && expected != (known?.Version ?? 0)) return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
            if (dryRun || changes.Count == 0) return TypedResults.Ok(new StandOfferChange(OfferEntry.View(changed), changes, dryRun));
            changed.Version++;
            PublishCatalogue.Announce(db, fair, exhibitors, offers, clock.GetUtcNow());
            try
            {
                await db.SaveChangesAsync(cancel);
                return TypedResults.Ok(new StandOfferChange(OfferEntry.View(changed), changes));
            }
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null) { }
        }
        return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
    }

    /// <returns>The caller's own exhibitor; null: it is not theirs, or not at the fair any more.</returns>
    private static async Task<Exhibitor?> OwnAsync(Guid id, ClaimsPrincipal caller, ProfileDb db, CancellationToken cancel) =>
        id != caller.ExhibitorId() ? null : await db.Exhibitors.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.Published, cancel);

    /// <summary>Unlike any id that an organiser's table has.</summary>
    private static string OwnKey(Guid offer) => $"own-{offer:N}";

    private static ProblemHttpResult Nothing() => Problem.Of("not-found", StatusCodes.Status404NotFound);
}
