using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Profile.Offers;

/// <summary>Paging and searching of the published catalogue, which is small enough (hundreds) to be filtered in memory.</summary>
internal static class CataloguePage
{
    public const int Default = 50, Largest = 200;

    /// <param name="kinds">That there are.</param>
    public static ProblemHttpResult? Check(int page, int pageSize, string? kind, IReadOnlyList<string> kinds, string? language) =>
        kind is not null && !kinds.Contains(kind) ? Problem.Invalid("kind", "unknown-code", kind, string.Join(", ", kinds))
        : language is not null && !NeedsRules.IsLanguage(NeedsRules.Reduced(language)) ? Problem.Invalid("language", "language", language)
        : page < 1 ? Problem.Invalid("page", "out-of-range", 1, int.MaxValue)
        : pageSize is < 1 or > Largest ? Problem.Invalid("pageSize", "out-of-range", 1, Largest)
        : null;

    public static bool Says(string? query, params string?[] texts) =>
        string.IsNullOrWhiteSpace(query) || texts.Any(t => t?.Contains(query.Trim(), StringComparison.OrdinalIgnoreCase) ?? false);

    public static PageOf<TView> Of<T, TView>(List<T> all, int page, int pageSize, Func<T, TView> view) =>
        new([.. all.Skip((int)Math.Min(int.MaxValue, (long)(page - 1) * pageSize)).Take(pageSize).Select(view)], page, pageSize, all.Count);
}
