using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Matchmaking.ServiceDefaults.Problems;

/// <summary>
/// Refusals as RFC 9457 problem details: a type that ends in a stable code, a title in the caller's language, and for fields what is
/// wrong and how to mend it. Texts come from resources; each service adds its own.
/// </summary>
public static class Problem
{
    public const string TypePrefix = "urn:matchmaking:problem:";
    private static readonly List<ResourceManager> Texts = [new("Matchmaking.ServiceDefaults.Problems.ProblemTexts", typeof(Problem).Assembly)];
    private const int LongestEcho = 60;
    private static readonly Lock Gate = new();

    /// <summary>Adds a service's texts: resource names are problem codes, or "field." and a field fault's code.</summary>
    public static void AddTexts(ResourceManager texts)
    {
        lock (Gate)
            if (!Texts.Exists(t => t.BaseName == texts.BaseName)) Texts.Add(texts);
    }

    public static ProblemHttpResult Of(string code, int status) => TypedResults.Problem(Details(code, status));

    public static ProblemHttpResult Invalid(IEnumerable<FieldFault> faults)
    {
        var details = new HttpValidationProblemDetails(faults.GroupBy(f => f.Field)
            .ToDictionary(g => g.Key, g => g.Select(f => string.Format(CultureInfo.CurrentUICulture, Text("field." + f.Code), [.. f.Arguments.Select(Brief)])).Distinct().ToArray()));
        Fill(details, "invalid", StatusCodes.Status400BadRequest);
        return TypedResults.Problem(details);
    }

    /// <summary>What was sent is named in the answer, not sent back whole.</summary>
    private static object Brief(object argument) => argument is string { Length: > LongestEcho } text && !text.Contains(", ", StringComparison.Ordinal) ? text[..LongestEcho] + "…" : argument;

    /// <param name="errors">By place in what was sent, in words that say what to do.</param>
    public static ProblemHttpResult Of(string code, int status, ILookup<string, string> errors)
    {
        var details = new HttpValidationProblemDetails(errors.ToDictionary(e => e.Key, e => e.Distinct().ToArray()));
        Fill(details, code, status);
        return TypedResults.Problem(details);
    }

    public static ProblemHttpResult Invalid(string field, string code, params object[] arguments) => Invalid([new FieldFault(field, code, arguments)]);

    internal static ProblemDetails Details(string code, int status)
    {
        var details = new ProblemDetails();
        Fill(details, code, status);
        return details;
    }

    private static void Fill(ProblemDetails details, string code, int status)
    {
        details.Type = TypePrefix + code;
        details.Status = status;
        details.Title = Text(code);
    }

    private static string Text(string code)
    {
        lock (Gate)
            foreach (var texts in Texts)
                if (texts.GetString(code, CultureInfo.CurrentUICulture) is { } text) return text;
        throw new MissingManifestResourceException($"There is no text for the problem '{code}'.");
    }
}

/// <param name="Field">Path in the body, as "german.speaking".</param>
/// <param name="Code">What is wrong; its text is the resource "field.{code}" and takes the arguments.</param>
public sealed record FieldFault(string Field, string Code, params IReadOnlyList<object> Arguments);
