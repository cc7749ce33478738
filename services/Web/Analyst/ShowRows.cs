using System.Text;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;
using Microsoft.AspNetCore.WebUtilities;

namespace Matchmaking.Web.Analyst;

/// <summary>Down from a figure: those whom it counts, one match of theirs; and out: the record as files, the card of a model.</summary>
internal static class ShowRows
{
    public static void MapRows(this RouteGroupBuilder pages)
    {
        pages.MapGet("/analyst/rows", (Visit visit, MatchingClient matching, ProfileClient profile, string? figure, string? of, string? after, string? published, CancellationToken cancel) => Gate.For(visit, "analyst", async pass =>
        {
            var inquiry = Inquiry.In(visit.Path);
            var asked = QueryHelpers.AddQueryString(inquiry.Sent(measured: true, published == "true", "/api/quality/rows"), "figure", figure ?? "");
            if (of is not null) asked = QueryHelpers.AddQueryString(asked, "of", of);
            var reply = await matching.Rows(pass, after is null ? asked : QueryHelpers.AddQueryString(asked, "after", after), cancel);
            return reply.Problem switch
            {
                null => Page.Show<RowsPage>(new { Rows = reply.Value!, Desk = Desk.Without(inquiry, await DeskChoices.Of(pass, matching, profile, cancel)) with { Published = published == "true" } }),
                // The pages of figures say what is wrong with a question, or that it is of too few.
                { Status: 400 or 404 or 409 or 422 } => Page.Go(inquiry.At("/analyst/ranking")),
                var refusal => Page.Refused(refusal, staff: true),
            };
        }));
        pages.MapGet("/analyst/match/{person}/{offer:guid}", (string person, Guid offer, Visit visit, MatchingClient matching, CancellationToken cancel) => Gate.For(visit, "analyst", async pass =>
        {
            var reply = await matching.Match(pass, person, offer, Inquiry.In(visit.Path).Fair, cancel);
            return reply.Problem is { } refusal ? Page.Refused(refusal, staff: true) : Page.Show<MatchPage>(new { Match = reply.Value! });
        }));
        pages.MapGet("/analyst/record", (Visit visit, MatchingClient matching, string? format, CancellationToken cancel) => Gate.For(visit, "analyst", async pass =>
        {
            var inquiry = Inquiry.In(visit.Path);
            if (format is not (null or "csv" or "parquet") || (inquiry.Fair is null && inquiry["fair"].Length > 0)) return Page.Error("missing");
            var reply = await matching.Record(pass, inquiry.Fair, parquet: format == "parquet", cancel);
            return reply.Problem is { } refusal ? Page.Refused(refusal, staff: true) : TypedResults.Stream(reply.Value!, "application/zip", "record.zip");
        }));
        pages.MapGet("/analyst/models/{version}/card", (string version, Visit visit, MatchingClient matching, CancellationToken cancel) => Gate.For(visit, "analyst", async pass =>
        {
            var reply = await matching.ModelCard(pass, version, cancel);
            return reply.Problem is { } refusal ? Page.Refused(refusal, staff: true) : TypedResults.File(Encoding.UTF8.GetBytes(reply.Value!), "text/markdown; charset=utf-8", $"model-{version}.md");
        }));
    }
}
