using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Matchmaking.Profile.Import;

/// <summary>An organiser uploads the files of a fair; with ?dryRun=true only to read what the import would say.</summary>
internal static class ImportFair
{
    private const long MaxBytes = 16 * 1024 * 1024;

    /// <summary>The form is read here and not by the framework: that would judge its type before it is known who asks, and would ask for JSON.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/fairs/import", HandleAsync).WithTags("Fairs").WithSummary("Import fair.csv, exhibitors.csv and offers.csv; answers with a message for each row left out")
            .WithDescription("CSV with a header line; columns separated by commas, semicolons or tabs (a line sep= above the header is heeded); UTF-8, UTF-16 with a byte order mark, or Windows-1252 where that is certain. multipart/form-data with the files exhibitors, offers and, if there is one, fair, and the field name (of a fair without fair.csv). With ?dryRun=true nothing is stored. A fair that has visitors is moved or shortened only with ?moveFair=true: meetings that cannot take place any more are then called off, and both sides are told. Stands of such a fair that are not in the files any more are withdrawn only with ?withdrawStands=true, and their meetings called off likewise. 422 with the same report where nothing at all could be read.")
            .RequireAuthorization(Policies.Organiser)
            .Refuses(400, "invalid", "import-form").Refuses(409, "fair-moves", "stands-go").Refuses(413, "import-too-large").Refuses(415, "import-form").Refuses(422, "import-nothing-read").DisableAntiforgery()
            // In memory: files with addresses in them do not pass through a temporary folder.
            .WithMetadata(new SizeLimit()).WithFormOptions(memoryBufferThreshold: (int)MaxBytes);

    private static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> HandleAsync(HttpRequest request, FairImporter importer, CancellationToken cancel, bool dryRun = false, bool moveFair = false, bool withdrawStands = false,
        bool makeCurrent = false)
    {
        if (!request.HasFormContentType) return Problem.Of("import-form", StatusCodes.Status415UnsupportedMediaType);
        IFormCollection form;
        try { form = await request.ReadFormAsync(cancel); }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge) { return Problem.Of("import-too-large", StatusCodes.Status413PayloadTooLarge); }
        catch (Exception e) when (e is InvalidDataException or IOException && !cancel.IsCancellationRequested) { return Problem.Of("import-form", StatusCodes.Status400BadRequest); }

        var (exhibitors, offers, name) = (form.Files["exhibitors"], form.Files["offers"], form["name"].ToString().Trim());
        var faults = new List<FieldFault>();
        if (exhibitors is null) faults.Add(new FieldFault("exhibitors", "required"));
        if (offers is null) faults.Add(new FieldFault("offers", "required"));
        if (name.Length > 60) faults.Add(new FieldFault("name", "too-long", 60));
        else if (name.Any(c => !char.IsLetterOrDigit(c) && c is not (' ' or '-' or '_' or '.'))) faults.Add(new FieldFault("name", "plain-text"));
        if (faults.Count > 0) return Problem.Invalid(faults);
        var files = new FairFiles(name.Length == 0 ? "fair" : name, await BytesAsync(form.Files["fair"]), await BytesAsync(exhibitors), await BytesAsync(offers));
        var report = await importer.ImportAsync(files, cancel, dryRun, moveFair ? MoveFair.Move : MoveFair.Ask, withdrawStands ? LoseStands.Withdraw : LoseStands.Ask, makeCurrent);
        if (report is { Moves: not null, DryRun: false } && !moveFair) return Unsaid("fair-moves", report);
        if (report is { Gone.Stands.Count: > 0, DryRun: false } && !withdrawStands) return Unsaid("stands-go", report);
        return report.Exhibitors > 0 ? TypedResults.Ok(report) : NothingRead(report);

        async Task<byte[]?> BytesAsync(IFormFile? file)
        {
            if (file is null) return null;
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory, cancel);
            return memory.ToArray();
        }
    }

    /// <summary>Nothing was stored: a word is missing that says so. What it is about goes along, both where both are missing.</summary>
    private static ProblemHttpResult Unsaid(string code, ImportReport report)
    {
        var problem = Problem.Of(code, StatusCodes.Status409Conflict);
        if (report.Moves is not null) problem.ProblemDetails.Extensions["moves"] = report.Moves;
        if (report.Gone is not null) problem.ProblemDetails.Extensions["gone"] = report.Gone;
        return problem;
    }

    /// <summary>A problem document that is a report too.</summary>
    private static ProblemHttpResult NothingRead(ImportReport report)
    {
        var problem = Problem.Of("import-nothing-read", StatusCodes.Status422UnprocessableEntity);
        var members = problem.ProblemDetails.Extensions;
        (members["fair"], members["exhibitors"], members["offers"], members["changed"]) = (report.Fair, 0, 0, false);
        (members["issues"], members["withdrawn"], members["dryRun"]) = (report.Issues, 0, report.DryRun);
        return problem;
    }

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaxBytes;
    }
}
