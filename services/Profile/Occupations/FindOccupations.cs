using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Profile.Occupations;

/// <summary>The list of occupations, and what somebody typed found in it. It changes with the program alone: browsers and proxies may keep answers for an hour.</summary>
internal static class FindOccupations
{
    public const int Default = 12, Largest = 300;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/occupations", Handle).WithTags("Occupations")
            .WithSummary("Occupations by what is typed in any of their languages, the best first; without q the whole list, what is named most first")
            .Produces(StatusCodes.Status304NotModified).AllowAnonymous();

    private static Results<Ok<IReadOnlyList<OccupationView>>, StatusCodeHttpResult, ProblemHttpResult> Handle(
        HttpContext context, string? q = null, string? language = null, int take = Default)
    {
        if (take is < 1 or > Largest) return Problem.Invalid("take", "out-of-range", 1, Largest);
        var spoken = OccupationList.Spoken(language ?? CultureInfo.CurrentUICulture.Name);
        var (answer, tag) = (context.Response.GetTypedHeaders(), new EntityTagHeaderValue($"\"{OccupationList.Revision}-{spoken}\""));
        answer.ETag = tag;
        answer.CacheControl = new() { Public = true, MaxAge = TimeSpan.FromHours(1) };
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        IEnumerable<ListedOccupation> found = string.IsNullOrWhiteSpace(q)
            ? OccupationList.Common.Concat(OccupationList.All.Where(o => o.Common is null)).Take(take)
            : OccupationSearch.Find(q, spoken, take);
        return TypedResults.Ok<IReadOnlyList<OccupationView>>([.. found.Select(o => View(o, spoken))]);
    }

    private static OccupationView View(ListedOccupation o, string spoken) =>
        new(o.Isco, o.In(spoken).Name, spoken, OccupationList.Drafts.Contains(spoken), o.German, o.Field);
}
