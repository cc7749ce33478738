using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;
using Microsoft.AspNetCore.Components;

namespace Matchmaking.Web.Analyst;

/// <summary>The analyst's desk: pages of figures, all of the question in the address.</summary>
internal static class ShowFigures
{
    public static void MapFigures(this RouteGroupBuilder pages)
    {
        MapPage<RankingPage>("/analyst/ranking", measured: true);
        MapPage<FairnessPage>("/analyst/fairness");
        MapPage<StandsPage>("/analyst/exposure");
        MapPage<GapsPage>("/analyst/gaps");
        pages.MapGet("/analyst/report", (Visit visit, MatchingClient matching, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "analyst", pass => ReportAsync(Inquiry.In(visit.Path), pass, matching, profile, cancel)));
        pages.MapPost("/analyst/report", (HttpContext context, Visit visit, MatchingClient matching, ProfileClient profile, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        {
            var (form, inquiry) = (await context.Request.ReadFormAsync(cancel), Inquiry.In(visit.Path));
            var words = new NewFairWords(form["text"].ToString(), int.TryParse(form["version"], CultureInfo.InvariantCulture, out var seen) ? seen : 0);
            var reply = await matching.Words(pass, inquiry.Fair, cancel, words);
            return reply.Problem switch
            {
                null => Page.Go(inquiry.At("/analyst/report")),
                { Status: 400 or 409 } refusal => await ReportAsync(inquiry, pass, matching, profile, cancel, words.Text, refusal),
                var refusal => Page.Refused(refusal, staff: true),
            };
        }));
        pages.MapGet("/analyst/compare", (Visit visit, MatchingClient matching, ProfileClient profile, CancellationToken cancel) => Gate.For(visit, "analyst", async pass =>
        {
            var (inquiry, choices) = (Inquiry.In(visit.Path), await DeskChoices.Of(pass, matching, profile, cancel));
            var (first, second) = (Desk.Of(inquiry, pass, matching, choices, cancel), Desk.Of(inquiry.Second, pass, matching, choices, cancel));
            var (one, other) = (await first, await second);
            return (one.Refusal ?? other.Refusal) is { } refusal ? Page.Refused(refusal, staff: true)
                : Page.Show<ComparePage>(new { one.Desk, Second = other.Desk }, one.Desk.Mistakes.Count + other.Desk.Mistakes.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        }));

        void MapPage<T>(string path, bool measured = false, bool published = false) where T : IComponent =>
            pages.MapGet(path, (Visit visit, MatchingClient matching, ProfileClient profile, CancellationToken cancel) =>
                Gate.For(visit, "analyst", pass => AskAsync<T>(Inquiry.In(visit.Path), pass, matching, profile, cancel, measured, published)));
    }

    /// <param name="entered">What was not kept, because of <paramref name="refusal"/>.</param>
    private static async Task<IResult> ReportAsync(Inquiry inquiry, StaffPass pass, MatchingClient matching, ProfileClient profile, CancellationToken cancel, string? entered = null, Problem? refusal = null)
    {
        var words = matching.Words(pass, inquiry.Fair, cancel);
        var (desk, why) = await Desk.Of(inquiry, pass, matching, await DeskChoices.Of(pass, matching, profile, cancel), cancel, published: true);
        return why is not null ? Page.Refused(why, staff: true)
            : Page.Show<FairReportPage>(new { Desk = desk, Words = (await words).Value, Entered = entered, Changed = refusal is { Status: 409 }, Faults = (IReadOnlyList<string>)[.. refusal?.Errors.SelectMany(e => e.Value) ?? []] }, refusal?.Status ?? (desk.Mistakes.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));
    }

    public static async Task<IResult> AskAsync<T>(Inquiry inquiry, StaffPass pass, MatchingClient matching, ProfileClient profile, CancellationToken cancel, bool measured = false, bool published = false) where T : IComponent
    {
        var (desk, refusal) = await Desk.Of(inquiry, pass, matching, await DeskChoices.Of(pass, matching, profile, cancel), cancel, measured, published);
        return refusal is not null ? Page.Refused(refusal, staff: true) : Page.Show<T>(new { Desk = desk }, desk.Mistakes.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
