using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;

namespace Matchmaking.ServiceDefaults.Http;

/// <summary>
/// A name in the address that a call does not know is refused: a filter mistyped would else filter nothing, and nobody would notice. What a call knows
/// is what its description says. A call without a query costs one comparison.
/// </summary>
internal sealed class KnownQueries(IApiDescriptionGroupCollectionProvider descriptions)
{
    private readonly Lazy<Dictionary<(string? Method, string? Path), HashSet<string>>> _known = new(() => descriptions.ApiDescriptionGroups.Items
        .SelectMany(group => group.Items).GroupBy(call => (call.HttpMethod, call.RelativePath))
        .ToDictionary(calls => calls.Key, calls => calls.SelectMany(call => call.ParameterDescriptions).Where(p => p.Source == BindingSource.Query)
            .Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase)));

    /// <returns>null: all is well, or the path is none of the API's, or belongs to a call that we only pass on.</returns>
    public IResult? Refusal(HttpContext context)
    {
        if (!context.Request.QueryString.HasValue || !context.Request.Path.StartsWithSegments("/api")) return null;
        if (context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } path }
            || !_known.Value.TryGetValue((context.Request.Method, path.TrimStart('/')), out var known)) return null;
        var faults = context.Request.Query.Keys.Where(name => !known.Contains(name))
            .Select(name => known.Count == 0 ? new FieldFault(name, "no-queries") : new FieldFault(name, "unknown-query", string.Join(", ", known))).ToArray();
        return faults.Length == 0 ? null : Problem.Invalid(faults);
    }
}
