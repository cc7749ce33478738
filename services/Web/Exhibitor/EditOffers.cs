using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Contracts.Texts;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>/exhibitor/offers: what the stand offers; each can be changed, withdrawn and brought back, and a look at the card comes before it is kept.</summary>
internal static class EditOffers
{
    public static void MapStandOffers(this RouteGroupBuilder pages)
    {
        pages.MapGet("/exhibitor/offers", (Visit visit, ProfileClient profile, string? done, string? problem, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var offers = await profile.StandOffers(pass, cancel);
                if (offers.Problem is { } refusal) return Page.Refused(refusal, staff: true);
                return await Gate.WithExhibitor(pass, profile, exhibitor => Page.Show<StandOffersPage>(new { Exhibitor = exhibitor, Offers = (IReadOnlyList<StandOffer>)offers.Value!, Done = Page.IdIn(done), Problem = problem }), cancel);
            }));
        pages.MapGet("/exhibitor/offers/new", (Visit visit, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", pass => Gate.WithExhibitor(pass, profile, exhibitor => Form(exhibitor, Guid.CreateVersion7(), new OfferDraft(Version: 0)), cancel)));
        pages.MapGet("/exhibitor/offers/{id:guid}", (Guid id, Visit visit, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass => (await profile.StandOffer(pass, id, cancel)) switch
            {
                { Problem: { } refusal } => Page.Refused(refusal, staff: true),
                var found => await Gate.WithExhibitor(pass, profile, exhibitor => Form(exhibitor, id, found.Value!.Offer, found.Value), cancel),
            }));
        pages.MapPost("/exhibitor/offers/{id:guid}", (Guid id, HttpContext context, Visit visit, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var form = await context.Request.ReadFormAsync(cancel);
                var draft = Read(form);
                // Kept is what was looked at, and nothing that was typed after it.
                var keep = form["do"] == "keep" && form["seen"] == Seal(draft);
                var reply = await profile.KeepOffer(pass, id, draft, dryRun: !keep, cancel);
                if (keep && reply.Problem is null) return Page.Go($"/exhibitor/offers?done={id}#o-{id:N}");
                if (reply.Problem is { Status: not (400 or 409) } refusal) return Page.Refused(refusal, staff: true);
                var stands = (await profile.StandOffer(pass, id, cancel)).Value;
                if (reply.Problem is { Code: "changed-meanwhile" })
                {
                    // Nothing that was typed is lost: it is compared with what holds by now, and the next press is a decision.
                    draft = draft with { Version = stands?.Version ?? 0 };
                    var against = await profile.KeepOffer(pass, id, draft, dryRun: true, cancel);
                    return await Gate.WithExhibitor(pass, profile, exhibitor => Form(exhibitor, id, draft, stands, against.Value, against.Problem, isStale: true, form["show"]), cancel);
                }
                return await Gate.WithExhibitor(pass, profile, exhibitor => Form(exhibitor, id, draft, stands, reply.Value, reply.Problem, isStale: false, form["show"]), cancel);
            }));
        pages.MapPost("/exhibitor/offers/{id:guid}/withdraw", (Guid id, HttpContext context, Visit visit, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass => (await profile.WithdrawOffer(pass, id, Number((await context.Request.ReadFormAsync(cancel))["version"]), cancel)).Problem switch
            {
                null => Page.Go($"/exhibitor/offers?done={id}#o-{id:N}"),
                { Status: 409 } problem => Page.Go($"/exhibitor/offers?problem={Uri.EscapeDataString(problem.Code)}"),
                var problem => Page.Refused(problem, staff: true),
            }));
    }

    /// <param name="stands">As it is now; null: it is new.</param>
    /// <param name="change">What would come of the draft; null where that was not asked, or where it is not sound.</param>
    /// <param name="show">The language of the second card.</param>
    private static IResult Form(
        ExhibitorView exhibitor, Guid id, OfferDraft draft, StandOffer? stands = null, StandOfferChange? change = null, Problem? problem = null, bool isStale = false, string? show = null) =>
        Page.Show<OfferFormPage>(new
        {
            Exhibitor = exhibitor,
            Id = id,
            Draft = draft,
            Stands = stands,
            Change = change,
            Problem = problem?.Code,
            Told = problem?.Errors ?? new Dictionary<string, string[]>(),
            IsStale = isStale,
            Seen = change is null ? null : Seal(draft),
            Show = Words.Languages.Contains(show ?? "") ? show : null,
        });

    private static OfferDraft Read(IFormCollection form)
    {
        // The type says the kind: one choice instead of two that have to fit.
        var (kind, type) = form["type"].ToString().Split('/') is [var k, var t] ? (k, t) : (null, Text("type"));
        return new OfferDraft(kind, type, Text("title"),
            OfferCodes.TitleLanguages.Select(l => (l, text: Text("title-" + l))).Where(x => x.text is not null).ToDictionary(x => x.l, x => x.text),
            Text("entry"), Text("exit"), Some("topic"), [.. Some("isco").Concat(Some("job").Select(Job)).Distinct()], Some("language"), Some("trait"), Text("conditions"), Number(form["version"]));

        string? Text(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

        List<string> Some(string name) => [.. form[name].Select(value => value?.Trim()).OfType<string>().Where(value => value.Length > 0)];
    }

    /// <summary>The code of an occupation that was chosen by its name; what is none is left to the service to refuse.</summary>
    private static string Job(string typed) =>
        OccupationList.All.FirstOrDefault(o => o.In(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName).Name.Equals(typed, StringComparison.CurrentCultureIgnoreCase))?.Isco ?? typed;

    private static string Seal(OfferDraft draft) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(draft)))[..16];

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
