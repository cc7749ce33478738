using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Models;

internal static class ModelStates
{
    public const string Challenger = "challenger", Champion = "champion", Retired = "retired";

    public static readonly IReadOnlyList<string> All = [Challenger, Champion, Retired];
}

/// <summary>A learned model as it was trained or uploaded. Nothing of it changes but <see cref="State"/>, which repeats what the changes say.</summary>
internal sealed class KeptModel
{
    /// <summary>UUIDv7.</summary>
    public Guid Id { get; init; }
    public required string Version { get; init; }

    /// <summary>The fair it has learned from; null: from several, or not known.</summary>
    public Guid? FairId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public bool Uploaded { get; init; }
    public int Seed { get; init; }

    /// <summary>The features it was learned on; of another list it cannot rank.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>As <see cref="LearnedModel.Write"/> made it.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Facts and report again, in JSON, for those who list models without reading them.</summary>
    public required string Facts { get; init; }
    public required string Report { get; init; }
    public string State { get; set; } = ModelStates.Challenger;

    /// <returns>The model of a version; or why it cannot be read, a code of <see cref="ModelFaults"/>; or neither where none is kept.</returns>
    public static async Task<(LearnedModel? Model, string? Fault)> ReadAsync(MatchingDb db, string version, CancellationToken cancel) =>
        await db.Models.AsNoTracking().Where(m => m.Version == version).Select(m => m.Body).SingleOrDefaultAsync(cancel) is { } body ? LearnedModel.Read(body) : (null, null);

    public static KeptModel Of(LearnedModel model, byte[] body, Guid? fairId, bool uploaded, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Version = model.Version,
        FairId = fairId,
        CreatedAt = now,
        Uploaded = uploaded,
        Seed = model.Facts.Seed,
        Fingerprint = Features.Fingerprint,
        Body = body,
        Facts = JsonSerializer.Serialize(model.Facts, JsonSerializerOptions.Web),
        Report = JsonSerializer.Serialize(model.Report, JsonSerializerOptions.Web),
    };

    public static void Map(ModelBuilder model)
    {
        model.Entity<KeptModel>(row =>
        {
            row.ToTable("models");
            row.Property(m => m.Id).ValueGeneratedNever();
            row.Property(m => m.Version).HasMaxLength(LearnedModel.LongestVersion);
            row.Property(m => m.Fingerprint).HasMaxLength(64);
            // Who promotes a model that was cleared away at the same moment is refused by it.
            row.Property(m => m.State).HasMaxLength(10).IsConcurrencyToken();
            row.HasIndex(m => m.Version).IsUnique().HasDatabaseName("ux_models_version");
        });
        model.Entity<ModelChange>(row =>
        {
            row.ToTable("model_changes");
            row.HasKey(c => c.Number).HasName("pk_model_changes");
            row.Property(c => c.Number).ValueGeneratedNever();
            row.Property(c => c.Kind).HasMaxLength(10);
            row.Property(c => c.By).HasMaxLength(ModelChange.LongestName);
            row.Property(c => c.Role).HasMaxLength(20);
            row.Property(c => c.Reason).HasMaxLength(ModelChange.LongestReason);
            row.Property(c => c.From).HasMaxLength(LearnedModel.LongestVersion);
            row.Property(c => c.To).HasMaxLength(LearnedModel.LongestVersion);
        });
    }
}

/// <summary>
/// A person put a model in force, or took one back. Numbered from 1 without gaps: of two who decide at the same moment one is refused by the key,
/// and what is in force follows from these rows alone.
/// </summary>
internal sealed class ModelChange
{
    public const int LongestName = 100, LongestReason = 500;
    public const string Promotion = "promotion", Rollback = "rollback";

    public int Number { get; init; }
    public required string Kind { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required string Role { get; init; }
    public required string Reason { get; init; }

    /// <summary>Versions; null: the baseline.</summary>
    public string? From { get; init; }
    public string? To { get; init; }

    public ModelChangeView View => new(Number, Kind, At, By, Role, Reason, Named(From), Named(To));

    public static RankedBy Named(string? version) => version is null ? Baseline.RankedBy : new RankedBy("model", version);

    /// <summary>
    /// The models that stand one over the other, the champion last; none: the baseline. A promotion puts one on top, a rollback takes off what is
    /// above the one that it goes back to: so a model that was taken back never comes again by itself.
    /// </summary>
    /// <param name="changes">By number.</param>
    public static List<string> Standing(IEnumerable<ModelChange> changes)
    {
        var standing = new List<string>();
        foreach (var change in changes)
        {
            if (change.Kind == Promotion)
            {
                standing.Add(change.To!);
                continue;
            }
            do standing.RemoveAt(standing.Count - 1);
            while (standing.Count > 0 && standing[^1] != change.To);
        }
        return standing;
    }
}
