using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>Somebody of the staff looked at figures: who, when, and at which. Rows are only ever added; the organiser reads them.</summary>
internal sealed class QualityLook
{
    private const int LongestWhat = 2000, LongestBy = 100;

    /// <summary>UUIDv7.</summary>
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Subject of the token: the account, not the person's name.</summary>
    public required string By { get; init; }
    public required string Role { get; init; }

    /// <summary>The address that was asked for, with its filters.</summary>
    public required string What { get; init; }

    public static QualityLook Of(HttpContext http, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        At = now,
        By = Cut(http.User.FindFirstValue("sub") ?? "", LongestBy),
        Role = Cut(http.User.FindFirstValue(Claims.Role) ?? "", 20),
        What = Cut(http.Request.Path + http.Request.QueryString.ToString(), LongestWhat),
    };

    public static void Map(ModelBuilder model) => model.Entity<QualityLook>(row =>
    {
        row.ToTable("quality_looks");
        row.Property(l => l.Id).ValueGeneratedNever();
        row.Property(l => l.By).HasMaxLength(LongestBy);
        row.Property(l => l.Role).HasMaxLength(20);
        row.Property(l => l.What).HasMaxLength(LongestWhat);
        row.HasIndex(l => l.At).HasDatabaseName("ix_quality_looks_at");
    });

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}

/// <summary>Who looked at figures, newest first.</summary>
internal static class ListLooks
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/quality/looks", HandleAsync).WithSummary("Who looked at which figures, and when; the last 500, or the 500 before a time").RequireAuthorization(Policies.Organiser);

    private static async Task<Ok<IReadOnlyList<FigureLook>>> HandleAsync(MatchingDb db, CancellationToken cancel, DateTimeOffset? before = null)
    {
        var end = before?.ToUniversalTime();
        return TypedResults.Ok<IReadOnlyList<FigureLook>>(await db.QualityLooks.Where(l => end == null || l.At < end).OrderByDescending(l => l.At).ThenByDescending(l => l.Id).Take(Most)
            .Select(l => new FigureLook(l.At, l.By, l.Role, l.What)).ToListAsync(cancel));
    }
}
