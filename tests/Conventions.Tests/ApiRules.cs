using System.Text.Json.Nodes;

namespace Matchmaking.Conventions.Tests;

/// <summary>What every operation of a description has to say. Each rule gives back its complaints.</summary>
internal static class ApiRules
{
    /// <summary>The product's nouns.</summary>
    private static readonly string[] Nouns = ["Accounts", "Demo", "Eligibility", "Exhibitors", "Fairs", "Matches", "Meetings", "Models", "Notices", "Occupations", "Offers", "Quality", "Visitors"];
    private static readonly string[] Schemes = ["visitor", "staff", "service"];

    /// <param name="open">"GET /api/offers", …: what anyone may call.</param>
    public static IEnumerable<string> Complaints(JsonNode document, IReadOnlySet<string> open)
    {
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject())
                foreach (var complaint in OfOperation($"{method.ToUpperInvariant()} {path}", path, operation!, open)) yield return complaint;
        foreach (var scheme in Schemes.Where(s => document["components"]?["securitySchemes"]?[s] is null)) yield return $"the scheme {scheme} is not described";
    }

    private static IEnumerable<string> OfOperation(string name, string path, JsonNode operation, IReadOnlySet<string> open)
    {
        if (string.IsNullOrWhiteSpace((string?)operation["summary"])) yield return $"{name} has no summary";
        var tags = operation["tags"]?.AsArray().Select(t => (string)t!).ToArray() ?? [];
        if (tags.Length != 1 || !Nouns.Contains(tags[0])) yield return $"{name} has the tags [{string.Join(", ", tags)}], not one of the product's nouns";
        var answers = operation["responses"]!.AsObject().Select(r => int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        if (!answers.Any(a => a < 300)) yield return $"{name} never succeeds";
        var security = operation["security"]?.AsArray().SelectMany(s => s!.AsObject().Select(r => r.Key)).ToArray();
        if (security is null || (security.Length == 0 && !open.Contains(name))) yield return $"{name} does not say who may call it";
        else if (security.Length > 0 && open.Contains(name) && !path.EndsWith("/export", StringComparison.Ordinal)) yield return $"{name} asks for {security[0]}, but anyone may call it";
        var needed = new List<int>();
        if (security is { Length: > 0 }) needed.AddRange([401, 403]);
        if (path.Contains('{')) needed.Add(404);
        if (operation["requestBody"] is not null) needed.AddRange([400, 413, 415]);
        if (path.StartsWith("/api/", StringComparison.Ordinal)) needed.Add(400);
        foreach (var missing in needed.Except(answers)) yield return $"{name} does not tell of {missing}";
        foreach (var (status, answer) in operation["responses"]!.AsObject().Where(r => r.Key[0] is '4' or '5'))
            if ((string?)answer!["content"]?["application/problem+json"]?["schema"]?["$ref"] != "#/components/schemas/Problem") yield return $"{name} answers {status} without a problem document";
        if (path.StartsWith("/api/", StringComparison.Ordinal) && operation["parameters"]?.AsArray().Any(p => (string?)p!["$ref"] == "#/components/parameters/AcceptLanguage") != true)
            yield return $"{name} does not take Accept-Language";
    }

    /// <returns>Codes that a field's schema lists, null aside; null where it lists none.</returns>
    public static IReadOnlyList<string>? CodesOf(JsonNode document, string schema, string field)
    {
        var property = document["components"]!["schemas"]![schema]?["properties"]?[field];
        var codes = property?["enum"] ?? property?["items"]?["enum"];
        return codes is null ? null : [.. codes.AsArray().Select(c => (string?)c).OfType<string>()];
    }
}
