using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// `figures`: all figures of a slice from an export, without broker or database, by the same code as GET /api/quality/figures. They go to standard output as JSON.
/// </summary>
internal static class FiguresCommand
{
    public const string Name = "figures";
    private const int Done = 0, Refused = 2, Misused = 64;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <returns>0, or 2 where the export or the question cannot be answered, or 64 where the call is wrong.</returns>
    public static int Run(ReadOnlySpan<string> args, TextWriter say, TextWriter complain, CancellationToken cancel)
    {
        if (args.Length is not (1 or 2))
        {
            complain.WriteLine("""
                figures export.zip ['language=uk&german=A2&k=5']
                  export.zip as GET /api/quality/export writes it; filters as in the address of GET /api/quality/figures
                """);
            return Misused;
        }
        if (!File.Exists(args[0])) return Complain($"{args[0]}: no such file. Check the path.");
        FigureQuestion question;
        try { question = QuestionOf(args.Length == 2 ? args[1] : ""); }
        catch (Exception e) when (e is JsonException or FormatException) { return Complain($"{args[1]}: {e.Message}"); }
        try
        {
            using var archive = ZipFile.OpenRead(args[0]);
            var (record, facts, champion, why) = ReadRecord.Read(archive);
            if (record is null) return Complain($"{args[0]}: {why}");
            OtherOrder? other = question.Other is null ? null : question.Other == Baseline.RankedBy.Kind ? new(CaseScorers.Baseline)
                : question.Other == champion?.Version ? OtherOrder.Of(champion) : null;
            if (question.Other is not null && other is null) return Complain($"other={question.Other}: an export has the model in force alone; name that one or the baseline.");
            var (packs, _) = RulePackSet.BuiltIn.With(facts!.Packs);
            var answer = AnswerFigures.Of(record, question, packs, champion, other, facts.Caps, cancel);
            if (answer.Figures is null) return Complain(string.Join('\n', answer.Faults.Select(f => $"{f.Field}: {f.Code} {string.Join(' ', f.Arguments)}")));
            say.WriteLine(JsonSerializer.Serialize(answer.Figures, JsonSerializerOptions.Web));
            return Done;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or JsonException or KeyNotFoundException) { return Complain($"{args[0]}: {e.Message}"); }

        int Complain(string what)
        {
            complain.WriteLine(what);
            return Refused;
        }
    }

    /// <summary>As the address names them.</summary>
    private static FigureQuestion QuestionOf(string filters)
    {
        var named = new JsonObject();
        foreach (var (name, values) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(filters))
            named[name == "k" ? "depth" : name] = name switch
            {
                "k" => int.Parse(values.ToString(), System.Globalization.CultureInfo.InvariantCulture),
                "published" => bool.Parse(values.ToString()),
                _ => (JsonNode?)values.ToString(),
            };
        return named.Deserialize<FigureQuestion>(Strict)!;
    }
}
