using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Matchmaking.Web.Organiser;

/// <summary>/organiser/import: an organiser's tables are looked at first, with what was not understood, and taken over by a second button.</summary>
internal static class ImportFiles
{
    public static void MapImport(this RouteGroupBuilder pages)
    {
        // In memory: files with addresses in them do not pass through a temporary folder.
        var import = pages.MapGroup("").WithMetadata(new SizeLimit()).WithFormOptions(memoryBufferThreshold: (int)MostBytes, valueLengthLimit: (int)MostBytes);
        import.MapPost("/organiser/import/check", (HttpContext context, Visit visit, ProfileClient profile, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "organiser", async pass =>
            {
                var upload = await FairUpload.ChosenAsync(await context.Request.ReadFormAsync(cancel), cancel);
                if (!upload.HasNeeded) return Page.Go("/organiser?problem=files#import");
                if (upload.Files.Values.Sum(f => f.LongLength) > FairUpload.MaxBytes) return Page.Error("large");
                var reply = await profile.Import(pass, upload, dryRun: true, cancel);
                return reply.Problem is { } problem ? Refused(problem) : await Looked(pass, matching, upload, reply.Value!, unsaid: false, cancel);
            }));
        import.MapPost("/organiser/import", (HttpContext context, Visit visit, ProfileClient profile, MatchingClient matching, FairBoard board, IDataProtectionProvider protection, CancellationToken cancel) =>
            Gate.For(visit, "organiser", async pass =>
            {
                var form = await context.Request.ReadFormAsync(cancel);
                if (FairUpload.Carried(form) is not { HasNeeded: true } upload) return Page.Go("/organiser?problem=files#import");
                var reply = await profile.Import(pass, upload, dryRun: false, cancel, moveFair: form["move"] == "1", withdrawStands: form["withdraw"] == "1", makeCurrent: form["current"] == "1");
                // Nobody has said so yet, or the first visitors came in between: looked at once more.
                if (reply.Problem is { Code: "fair-moves" or "stands-go" })
                    return await profile.Import(pass, upload, dryRun: true, cancel) is { Value: { } again } ? await Looked(pass, matching, upload, again, unsaid: true, cancel) : Page.Go("/organiser#import");
                if (reply.Problem is { } problem) return Refused(problem);
                if (reply.Value is not { Exhibitors: > 0 } report) return Page.Show<ImportPage>(new { Report = reply.Value!, Carried = upload }, 422);
                board.Forget();
                var waitsFor = report.Waits() ? visit.Fair?.Name : null;
                return Page.Go("/organiser?done=" + new ImportReceipt(report.Exhibitors, report.Offers, report.LeftOut(), visit.Now, waitsFor).Sealed(protection));
            }));
        // Who loads the report again, or comes back to it later, begins with the files.
        pages.MapGet("/organiser/import/check", () => Page.Go("/organiser"));
        pages.MapGet("/organiser/import", () => Page.Go("/organiser"));
    }

    /// <summary>The report; with the meetings that it would break if the fair moves, or loses stands or offers.</summary>
    private static async Task<IResult> Looked(StaffPass pass, MatchingClient matching, FairUpload upload, ImportReport report, bool unsaid, CancellationToken cancel)
    {
        FairMeetingsInTheWay? lost = null;
        if ((report.Moves?.FairId ?? report.Gone?.FairId) is { } fair)
        {
            var change = new FairChange(fair, report.Moves?.Opens, report.Moves?.Closes, [.. (report.Gone?.Stands ?? []).Select(s => s.Id)], report.Gone?.Offers);
            var asked = await matching.InTheWay(pass, change, cancel);
            // A fair of which Matching has not heard yet has no meetings there.
            if (asked.Problem is { Status: not 404 } refusal) return Page.Refused(refusal, staff: true);
            lost = asked.Value ?? new FairMeetingsInTheWay(0, []);
        }
        return Page.Show<ImportPage>(new { Report = report, Carried = upload, Lost = lost, IsUnsaid = unsaid }, report.Exhibitors == 0 ? 422 : unsaid ? 409 : 200);
    }

    /// <summary>Rows that were not understood, of which one may have several faults.</summary>
    public static int LeftOut(this ImportReport report) => report.Issues.Where(i => i.Skipped).Select(i => (i.File, i.Row)).Distinct().Count();

    /// <summary>Stored, but people have come to another fair that is not over.</summary>
    public static bool Waits(this ImportReport report) => report.Issues.Any(i => i.Code == "waits");

    private static IResult Refused(Problem problem) => problem.Status switch
    {
        413 => Page.Error("large"),
        400 when problem.Errors.ContainsKey("name") => Page.Go("/organiser?problem=name#import"),
        _ => Page.Refused(problem, staff: true),
    };

    /// <summary>The form around the files takes some more, and the page carries them packed but in letters.</summary>
    private const long MostBytes = FairUpload.MaxBytes + 1024 * 1024;

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MostBytes;
    }
}
