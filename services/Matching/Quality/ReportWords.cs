using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>What the organiser says of a fair, for the head of its report.</summary>
internal sealed class KeptWords
{
    public const int Longest = 4000;

    public Guid FairId { get; init; }
    public string Text { get; set; } = "";

    /// <summary>Grows with every change.</summary>
    public int Version { get; set; }
    public DateTimeOffset At { get; set; }

    public static void Map(ModelBuilder model) => model.Entity<KeptWords>(row =>
    {
        row.ToTable("report_words");
        row.HasKey(w => w.FairId).HasName("pk_report_words");
        row.Property(w => w.FairId).ValueGeneratedNever();
        row.Property(w => w.Text).HasMaxLength(Longest);
        row.Property(w => w.Version).IsConcurrencyToken();
    });
}

/// <summary>Analysts read them with the report, organisers write them.</summary>
internal static class ReportWords
{
    private const string Path = "/api/quality/words";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ReadAsync).WithSummary("What the organiser says of the current fair, or of ?fair=, in its report").RequireAuthorization(Policies.Analyst).Refuses(404, "not-found");
        routes.MapPut(Path, WriteAsync).WithSummary("Set them; with the version that was read, so that nobody's words are lost")
            .RequireAuthorization(Policies.Organiser).Refuses(404, "not-found").Refuses(409, "changed-meanwhile");
    }

    private static async Task<Results<Ok<FairWords>, ProblemHttpResult>> ReadAsync(MatchingDb db, PublishedCatalogues catalogues, CancellationToken cancel, Guid? fair = null)
    {
        if (await catalogues.OfAsync(fair, cancel) is not { Fair.Id: var id }) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        return TypedResults.Ok(View(await db.ReportWords.AsNoTracking().SingleOrDefaultAsync(w => w.FairId == id, cancel) ?? new KeptWords { FairId = id }));
    }

    private static async Task<Results<Ok<FairWords>, ProblemHttpResult>> WriteAsync(
        NewFairWords words, MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel, Guid? fair = null)
    {
        if (words.Text is null) return Problem.Invalid("text", "required");
        var text = words.Text.ReplaceLineEndings("\n").Trim();
        if (text.Length > KeptWords.Longest) return Problem.Invalid([new FieldFault("text", "too-long", KeptWords.Longest)]);
        if (text.Any(c => char.IsControl(c) && c != '\n')) return Problem.Invalid([new FieldFault("text", "plain-text")]);
        if (await catalogues.OfAsync(fair, cancel) is not { Fair.Id: var id }) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var kept = await db.ReportWords.SingleOrDefaultAsync(w => w.FairId == id, cancel);
        if (words.Version != (kept?.Version ?? 0)) return Changed();
        if (kept is null) db.ReportWords.Add(kept = new KeptWords { FairId = id });
        (kept.Text, kept.Version, kept.At) = (text, kept.Version + 1, clock.GetUtcNow());
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null) { return Changed(); }
        return TypedResults.Ok(View(kept));

        static ProblemHttpResult Changed() => Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
    }

    private static FairWords View(KeptWords kept) => new(kept.FairId, kept.Text, kept.Version, kept.Version == 0 ? null : kept.At);
}
