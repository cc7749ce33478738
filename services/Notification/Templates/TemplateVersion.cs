using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Templates;

/// <summary>A text of a notice as an organiser wrote it; the highest version of a kind and a language holds.</summary>
internal sealed class TemplateVersion
{
    public Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Language { get; init; }
    public int Version { get; init; }

    /// <summary>null: back to the text that comes with the product.</summary>
    public string? Text { get; init; }

    /// <summary>Account of the organiser.</summary>
    public required string By { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<TemplateVersion>(row =>
    {
        row.ToTable("template_versions");
        row.Property(t => t.Id).ValueGeneratedNever();
        row.Property(t => t.Kind).HasMaxLength(40);
        row.Property(t => t.Language).HasMaxLength(20);
        row.Property(t => t.By).HasMaxLength(100);
        row.HasIndex(t => new { t.Kind, t.Language, t.Version }).IsUnique().HasDatabaseName("ux_template_versions");
    });
}
