using System.Text.Json;
using System.Text.Json.Serialization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Learning.Fairs;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>The answer to one question as it was last counted, for all replicas. Told figures alone: nobody's row is in it, and what is suppressed was never in it.</summary>
internal sealed class KeptFigures
{
    private static readonly JsonSerializerOptions Given = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Follows from build, fair and question: another build may count otherwise and keeps its own.</summary>
    public Guid Id { get; init; }
    public Guid FairId { get; init; }

    /// <summary>A <see cref="FigureQuestion"/> as JSON; that of a fair's summary is none of them, see <see cref="SummaryOf"/>.</summary>
    public required string Question { get; init; }

    /// <summary>Of the record it was counted from, <see cref="RecordState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Lists in that record.</summary>
    public int Lists { get; init; }

    /// <summary>A <see cref="QualityFigureSet"/> as JSON, or a <see cref="QualitySummary"/>.</summary>
    public required string Body { get; init; }

    /// <summary>Until when it was last seen to hold.</summary>
    public DateTimeOffset At { get; init; }
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Until when one replica counts it anew, Unix milliseconds by the database's clock; 0: nobody does.</summary>
    public long HeldUntil { get; init; }

    public QualityFigureSet Figures => JsonSerializer.Deserialize<QualityFigureSet>(Body, JsonSerializerOptions.Web)! with { At = At };

    public QualitySummary Summary => JsonSerializer.Deserialize<QualitySummary>(Body, JsonSerializerOptions.Web)! with { At = At };

    public static string SummaryOf(FairCatalogue fair) => $"summary {fair.Fair.Id}";

    public static string TextOf(FigureQuestion question, FairCatalogue fair) =>
        JsonSerializer.Serialize(question with { Fair = fair.Fair.Id, Published = question.Published == true ? true : null }, Given);

    public static FigureQuestion QuestionOf(string text) => JsonSerializer.Deserialize<FigureQuestion>(text, JsonSerializerOptions.Web)!;

    public static Guid IdOf(string question) => CaseFiles.Id($"{typeof(KeptFigures).Module.ModuleVersionId} {question}");

    public static void Map(ModelBuilder model) => model.Entity<KeptFigures>(row =>
    {
        row.ToTable("kept_figures");
        row.Property(k => k.Id).ValueGeneratedNever();
        row.Ignore(k => k.Figures);
        row.Ignore(k => k.Summary);
    });

    /// <param name="told">Figures or a summary.</param>
    public static async Task StoreAsync(MatchingDb db, string question, Guid fairId, RecordState state, object told, DateTimeOffset counted, DateTimeOffset? asked, CancellationToken cancel)
    {
        var (id, body, at, ever) = (IdOf(question), JsonSerializer.Serialize(told, JsonSerializerOptions.Web), counted.UtcDateTime, (asked ?? DateTimeOffset.UnixEpoch).UtcDateTime);
        // Of two that counted at once the one stays that saw the record later.
        await db.Database.ExecuteSqlAsync($"""
            insert into kept_figures (id, fair_id, question, state, lists, body, at, asked_at, held_until) values ({id}, {fairId}, {question}, {state.Text}, {state.Lists}, {body}, {at}, {ever}, 0)
            on conflict (id) do update set state = excluded.state, lists = excluded.lists, body = excluded.body, at = excluded.at, held_until = 0,
                asked_at = case when excluded.asked_at > kept_figures.asked_at then excluded.asked_at else kept_figures.asked_at end
            where kept_figures.at <= excluded.at
            """, cancel);
    }
}

/// <summary>What tells whether anything has changed from which figures follow: numbers of rows, their newest times and sums of their versions.</summary>
internal sealed record RecordState(string Text, int Lists)
{
    public static async Task<RecordState> ReadAsync(MatchingDb db, FairCatalogue catalogue, string surroundings, DateTimeOffset now, CancellationToken cancel)
    {
        var fair = catalogue.Fair.Id;
        var lists = await db.ShownLists.CountAsync(l => l.FairId == fair, cancel);
        var rows = await db.Database.SqlQuery<string>($"""
            select (select cast(count(*) as text) || ' ' || coalesce(cast(sum(version) as text), '') || ' ' || coalesce(cast(max(since) as text), '') from visitors where fair_id = {fair})
                || ' ' || (select coalesce(cast(max(at) as text), '') from shown_lists where fair_id = {fair})
                || ' ' || (select cast(count(*) as text) || ' ' || coalesce(cast(max(at) as text), '') from opened_offers)
                || ' ' || (select cast(count(*) as text) || ' ' || coalesce(cast(sum(version) as text), '') || ' ' || coalesce(cast(max(requested_at) as text), '') from meetings where fair_id = {fair})
                || ' ' || (select cast(count(*) as text) from walk_ins)
                || ' ' || (select cast(count(*) as text) || ' ' || cast(count(case when withdrawn then 1 end) as text) || ' ' || cast(count(case when walk_in then 1 end) as text)
                    from seats join slots on slots.id = seats.slot_id where slots.fair_id = {fair}) as "Value"
            """).SingleAsync(cancel);
        var (ahead, open, limits) = (
            await db.Slots.CountAsync(s => s.FairId == fair && s.Start > now, cancel), await db.Slots.CountAsync(s => s.FairId == fair && s.WalkInsFrom <= now, cancel),
            await db.Slots.Where(s => s.FairId == fair).SumAsync(s => s.StandLimit ?? 0, cancel));
        return new RecordState($"{lists} {rows} {ahead} {open} {limits} {surroundings}", lists);
    }
}
