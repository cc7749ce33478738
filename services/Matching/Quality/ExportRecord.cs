using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Learning.Tables;
using Matchmaking.Matching.Models;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// The record of a fair as files in one archive, with a dictionary of what they mean: pseudonymous rows without identity, contact or note, read in one
/// snapshot. From it `figures` repeats every figure (<see cref="FiguresCommand"/>), and `evaluate` and `train` learn.
/// </summary>
internal static class ExportRecord
{
    public const string Dictionary = "dictionary.csv", Facts = "fair.json", Model = "model.bin";

    private const int AtOnce = 1 << 16;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/quality/export", HandleAsync).WithSummary("The record of a fair as CSV or Parquet files in one zip archive, pseudonymous, with a data dictionary; every export is noted")
            .RequireAuthorization(Policies.Analyst).Refuses(404, "not-found");

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> HandleAsync(
        HttpContext http, MatchingDb db, PublishedCatalogues catalogues, RulePacks packs, Champion champion, IOptions<MatchingOptions> options, TimeProvider clock, CancellationToken cancel, string? format = null, Guid? fair = null)
    {
        if (format is not (null or "csv" or "parquet")) return Problem.Invalid([new FieldFault("format", "unknown-code", format, "csv, parquet")]);
        var catalogue = await catalogues.OfAsync(fair, cancel);
        if (catalogue is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var now = clock.GetUtcNow();
        db.QualityLooks.Add(QualityLook.Of(http, now));
        await db.SaveChangesAsync(cancel);

        FairRecord record;
        IReadOnlyList<PackFile> published;
        await using (await OneSnapshot.TakeAsync(db, cancel))
        {
            record = await FairRecord.ReadAsync(db, catalogue, now, cancel);
            published = [.. (await db.RulePacks.AsNoTracking().OrderBy(p => p.Id).ToListAsync(cancel)).Select(p => p.File)];
        }
        // The archive writes the few bytes of its headers at once; contents go out as the client takes them.
        if (http.Features.Get<IHttpBodyControlFeature>() is { } body) body.AllowSynchronousIO = true;
        var (caps, model) = (options.Value.Caps, champion.Current?.Model.Write());
        var facts = new RecordFacts(record.At, caps.AtOnce, caps.AtStand, record.Cuts, catalogue.Published, published);
        var tables = new RecordTables(record, packs.Current, caps).All;
        return TypedResults.Stream(to => WriteAsync(to, tables, parquet: format == "parquet", facts, model, http.RequestAborted), "application/zip", $"{catalogue.Fair.Key}-record.zip");
    }

    internal static async Task WriteAsync(Stream to, IReadOnlyList<RecordTable> tables, bool parquet, RecordFacts facts, byte[]? model, CancellationToken cancel)
    {
        await using var archive = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        var ending = parquet ? TableFile.Parquet : TableFile.Csv;
        await TextAsync(Dictionary, [CsvLines.LineOf(["file", "column", "cells", "means"]), .. tables.SelectMany(t => t.Columns.Select(c => CsvLines.LineOf([t.Name + ending, c.Name, Said(CaseFiles.KindOf(c.Name)), c.Means])))]);
        foreach (var table in tables)
            if (parquet) await ParquetAsync(table);
            else await TextAsync(table.Name + ending, table.Lines);
        await TextAsync(Facts, [JsonSerializer.Serialize(facts, JsonSerializerOptions.Web)]);
        if (model is null) return;
        await using var entry = await archive.CreateEntry(Model).OpenAsync(cancel);
        await entry.WriteAsync(model, cancel);

        // Parquet is compressed by itself.
        async Task ParquetAsync(RecordTable table)
        {
            await using var entry = await archive.CreateEntry(table.Name + ending, CompressionLevel.NoCompression).OpenAsync(cancel);
            await table.WriteParquetAsync(entry, cancel);
        }

        async Task TextAsync(string name, IEnumerable<string> lines)
        {
            await using var entry = await archive.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancel);
            var waiting = new StringBuilder();
            foreach (var line in lines)
                if (waiting.Append(line).Length > AtOnce) await FlushAsync();
            await FlushAsync();

            async Task FlushAsync()
            {
                await entry.WriteAsync(Encoding.UTF8.GetBytes(waiting.ToString()), cancel);
                waiting.Clear();
            }
        }
    }

    private static string Said(CellKind kind) => kind switch { CellKind.YesNo => "yes or no", CellKind.Whole => "whole number", CellKind.Number => "number", CellKind.Time => "time", _ => "text" };
}
