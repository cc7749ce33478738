using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Matchmaking.Profile.Import;

/// <summary>An organiser uploads the files of a fair.</summary>
internal static class ImportFair
{
    private const long MaxBytes = 16 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/fairs/import", HandleAsync).WithTags("Fairs").WithSummary("Import fair.csv, exhibitors.csv and offers.csv (multipart); answers with a message for each row left out")
            .RequireAuthorization(Policies.Organiser).DisableAntiforgery().WithMetadata(new SizeLimit());

    private static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> HandleAsync(
        IFormFile? fair, IFormFile? exhibitors, IFormFile? offers, [FromForm] string? name, FairImporter importer, CancellationToken cancel)
    {
        if (exhibitors is null) return Problem.Invalid("exhibitors", "required");
        if (offers is null) return Problem.Invalid("offers", "required");
        if (name is { Length: > 60 } || name?.Any(c => !char.IsLetterOrDigit(c) && c is not (' ' or '-' or '_' or '.')) == true) return Problem.Invalid("name", "too-long", 60);
        var files = new FairFiles(string.IsNullOrWhiteSpace(name) ? "fair" : name.Trim(), await BytesAsync(fair), await BytesAsync(exhibitors), await BytesAsync(offers));
        return TypedResults.Ok(await importer.ImportAsync(files, cancel));

        async Task<byte[]?> BytesAsync(IFormFile? file)
        {
            if (file is null) return null;
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory, cancel);
            return memory.ToArray();
        }
    }

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => MaxBytes;
    }
}
