using System.Data.Common;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Choices;

/// <summary>Bookmarks an offer, takes it out of the list, takes that back, and tells what was chosen. The later choice holds; the same again changes nothing.</summary>
internal static class ChooseOffer
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/visitors/{id:guid}/choices", ListAsync).WithTags("Matches").WithSummary("Offers that the visitor bookmarked or took out of the list, the latest first")
            .RequireAuthorization(Policies.Visitor).OwnVisitor();
        routes.MapPut("/api/visitors/{id:guid}/choices/{offerId:guid}", ChooseAsync).WithTags("Matches").WithSummary("Bookmark an offer, or take it out of the list; the later choice holds")
            .RequireAuthorization(Policies.Visitor).OwnVisitor().Refuses(404, "not-found");
        routes.MapDelete("/api/visitors/{id:guid}/choices/{offerId:guid}", TakeBackAsync).WithTags("Matches").WithSummary("Take a choice back; where there is none, nothing changes")
            .RequireAuthorization(Policies.Visitor).OwnVisitor();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChooseAsync(
        Guid id, Guid offerId, OfferChoice choice, MatchingDb db, PublishedCatalogues catalogues, ReadyLists ready, TimeProvider clock, CancellationToken cancel)
    {
        if (Faults(choice).ToArray() is { Length: > 0 } faults) return Problem.Invalid(faults);
        if (await catalogues.OfferAsync(offerId, cancel) is not { } offer || !await db.Visitors.AnyAsync(v => v.Id == id && v.FairId == offer.Fair.Id, cancel))
            return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var now = clock.GetUtcNow().UtcDateTime;
        try
        {
            // One statement: of two presses at once neither is refused.
            await db.Database.ExecuteSqlAsync($"""
                insert into offer_choices (visitor_id, offer_id, choice, reason, at) values ({id}, {offerId}, {choice.Choice}, {choice.Reason}, {now})
                on conflict (visitor_id, offer_id) do update set choice = excluded.choice, reason = excluded.reason, at = excluded.at
                where offer_choices.choice <> excluded.choice or coalesce(offer_choices.reason, '') <> coalesce(excluded.reason, '')
                """, cancel);
        }
        catch (DbException e) when (!Refusals.IsOutage(e))
        {
            if (await db.Visitors.AnyAsync(v => v.Id == id, cancel)) throw;
            return Problem.Of("not-found", StatusCodes.Status404NotFound); // The visitor has just gone.
        }
        ready.Forget(id);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> TakeBackAsync(Guid id, Guid offerId, MatchingDb db, ReadyLists ready, CancellationToken cancel)
    {
        await db.Choices.Where(c => c.VisitorId == id && c.OfferId == offerId).ExecuteDeleteAsync(cancel);
        ready.Forget(id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<IReadOnlyList<OfferChosen>>, ProblemHttpResult>> ListAsync(Guid id, HttpContext http, MatchingDb db, PublishedCatalogues catalogues, CancellationToken cancel)
    {
        if (await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel) is not { } visitor) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var language = CallerLanguage.Of(http, visitor.Needs.Language);
        var chosen = new List<OfferChosen>();
        foreach (var choice in await db.Choices.AsNoTracking().Where(c => c.VisitorId == id).OrderByDescending(c => c.At).ThenBy(c => c.OfferId).ToListAsync(cancel))
        {
            // An offer that was withdrawn meanwhile is nowhere to be shown.
            if (await catalogues.OfferAsync(choice.OfferId, cancel) is not { } offer || !offer.Catalogue.Snapshot.TryOffer(choice.OfferId, out var at)) continue;
            chosen.Add(new OfferChosen(choice.OfferId, choice.Choice, choice.Reason, choice.At, offer.Offer.Kind, offer.Catalogue.Snapshot.Title(at, language), offer.Offer.Title,
                offer.Exhibitor.Name, StandSign.In(offer.Exhibitor.Where, language)));
        }
        return TypedResults.Ok<IReadOnlyList<OfferChosen>>(chosen);
    }

    private static IEnumerable<FieldFault> Faults(OfferChoice choice)
    {
        if (choice.Choice is null) yield return new FieldFault("choice", "required");
        else if (!OfferChoices.All.Contains(choice.Choice)) yield return new FieldFault("choice", "unknown-code", choice.Choice, string.Join(", ", OfferChoices.All));
        if (choice.Reason is { } reason && (choice.Choice != OfferChoices.NotForMe || !OfferChoices.Reasons.Contains(reason)))
            yield return new FieldFault("reason", "unknown-code", reason, choice.Choice == OfferChoices.NotForMe ? string.Join(", ", OfferChoices.Reasons) : "null");
    }
}
