using System.Globalization;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;

namespace Matchmaking.ServiceDefaults.OpenApi;

/// <summary>The problems an operation may answer with, and "come again".</summary>
internal static class Answers
{
    public const string Problem = "Problem";
    private const string MediaType = "application/problem+json";
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static void Add(
        OpenApiOperation operation, IList<object> metadata, IReadOnlyList<string> callers, Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription description, OpenApiDocument document)
    {
        var responses = operation.Responses ??= [];
        var body = operation.RequestBody is not null;
        var asked = description.ParameterDescriptions.Select(p => p.Source).ToArray();
        var refusals = new SortedDictionary<int, List<string>>();
        if (body) Say(400, "malformed", "invalid");
        else if (asked.Contains(BindingSource.Query) || asked.Contains(BindingSource.Header)) Say(400, "malformed", "invalid");
        // Every call refuses names in its address that it does not know: see KnownQueries.
        else if (description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true) Say(400, "invalid");
        if (callers.Count > 0) Say(401, "unauthorized");
        if (callers.Count > 0) Say(403, "forbidden");
        if (asked.Contains(BindingSource.Path)) Say(404, "not-found");
        if (body) Say(413, "too-large");
        if (body) Say(415, "unsupported-media-type");
        if (metadata.OfType<EnableRateLimitingAttribute>().Any()) Say(429, "too-many-requests");
        // A capability that another service has just issued may still be on its way: see CapabilityHandler.
        var comesAgain = callers.Contains(Roles.Visitor);
        if (comesAgain && description.HttpMethod != "GET") Say(503, "not-ready");
        foreach (var note in metadata.OfType<RefusalNote>()) Say(note.Status, [.. note.Codes]);

        if (comesAgain && description.HttpMethod == "GET")
            responses.TryAdd("202", new OpenApiResponse { Description = "Not ready yet: what was sent a moment ago is still on its way. Come again.", Headers = RetryAfter() });
        foreach (var (status, codes) in refusals)
            responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(" ", codes.Distinct().Select(c => $"`{c}`: {Title(c, status)}")),
                Headers = status is 429 or 503 ? RetryAfter() : null,
                Content = new Dictionary<string, OpenApiMediaType> { [MediaType] = new() { Schema = new OpenApiSchemaReference(Problem, document) } },
            };

        void Say(int status, params string[] codes)
        {
            if (!refusals.TryGetValue(status, out var said)) refusals[status] = said = [];
            said.AddRange(codes);
        }
    }

    public static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457 problem details.",
        Required = new HashSet<string> { "type", "title", "status" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = $"\"{Problems.Problem.TypePrefix}\" and the code, which is stable." },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For people, in the language of Accept-Language." },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With code \"invalid\": for each field (a path as \"german.speaking\") what is wrong and how to mend it.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static Dictionary<string, IOpenApiHeader> RetryAfter() => new()
    {
        ["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" } },
    };

    private static string Title(string code, int status)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = English;
            return Problems.Problem.Details(code, status).Title!;
        }
        finally { CultureInfo.CurrentUICulture = before; }
    }
}
