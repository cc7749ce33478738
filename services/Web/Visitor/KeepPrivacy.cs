using System.Text;
using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Door;

namespace Matchmaking.Web.Visitor;

/// <summary>/privacy: what is stored, here and in the browser, all of it as a file, and the end of it in every service.</summary>
internal static class KeepPrivacy
{
    public static void MapPrivacy(this RouteGroupBuilder pages)
    {
        pages.MapGet("/privacy", async (HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, CancellationToken cancel) =>
        {
            var reply = visit.Visitor is { } pass ? await profile.Visitor(pass, cancel) : default;
            if (reply.Problem is { } refusal && !FindAnswers.OpensNothing(refusal)) return Page.Refused(refusal);
            // What is stored, not what is on its way there.
            return Page.Show<PrivacyPage>(new
            {
                Stored = reply.Value is { } kept ? Draft.Of(kept.Needs, visit.Fair, visit.Zone) : null,
                Device = reply.Value is null ? cookies.ReadDraft<Draft>(context) : null,
                Until = reply.Value is { } until ? DateOnly.FromDateTime(until.ExpiresAt.UtcDateTime) : (DateOnly?)null,
            });
        });
        pages.MapGet("/privacy/export", async (Visit visit, IHttpClientFactory http, TimeProvider clock, CancellationToken cancel) =>
        {
            if (visit.Visitor is not { } pass) return Page.Error("expired");
            // A file would stay on the disk of a screen that everybody uses; the page says where it can be had.
            if (visit.Kiosk) return Page.Go("/privacy");
            var reply = await ExportVisitor.ComposeAsync(http, pass, clock.GetUtcNow(), cancel);
            return reply.Problem is { } refusal ? Page.Refused(refusal)
                : TypedResults.File(Encoding.UTF8.GetBytes(reply.Value!), "application/json", "matchmaking-export.json");
        });
        pages.MapPost("/privacy/forget", (HttpContext context) =>
        {
            Cookies.DropDraft(context);
            return Page.Go("/privacy");
        });
        pages.MapGet("/privacy/erase", (Visit visit) => visit.Visitor is null ? Page.Error("expired") : Page.Show<ErasePage>());
        pages.MapPost("/privacy/erase", async (HttpContext context, Visit visit, ProfileClient profile, CancellationToken cancel) =>
        {
            if (visit.Visitor is not { } pass) return Page.Error("expired");
            var reply = await profile.Erase(pass, cancel);
            if (reply.Problem is { } refusal) return Page.Refused(refusal);
            Cookies.Wipe(context);
            Cookies.KeepLanguage(context, visit.Language);
            return Page.Go($"/erasures/{reply.Value!.ErasureId}");
        });
        pages.MapGet("/erasures/{id:guid}", async (Guid id, ProfileClient profile, CancellationToken cancel) =>
        {
            var reply = await profile.Erasure(id, cancel);
            return reply.Problem is { } refusal ? Page.Refused(refusal) : Page.Show<ErasedPage>(new { Status = (ErasureStatus)reply.Value! });
        });
    }
}
