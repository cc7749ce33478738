using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Matchmaking.Matching.Learning.Tables;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// `train`: a model from three files, without broker or database. What it writes is taken in by the upload of models, and is a challenger like any other.
/// The report goes to standard output as JSON.
/// </summary>
internal static class TrainCommand
{
    public const string Name = "train";
    private const int Done = 0, Refused = 2, Misused = 64;
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private sealed record Options(string Visitors = "", string Offers = "", string Outcomes = "", string Out = "", int Seed = 1)
    {
        public static Options? Parse(ReadOnlySpan<string> args)
        {
            var options = new Options();
            for (var i = 0; i < args.Length; i += 2)
            {
                var next = i + 1 == args.Length ? null : (args[i], args[i + 1]) switch
                {
                    ("--visitors", var file) => options with { Visitors = file },
                    ("--offers", var file) => options with { Offers = file },
                    ("--outcomes", var file) => options with { Outcomes = file },
                    ("--out", var file) => options with { Out = file },
                    ("--seed", var text) when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => options with { Seed = seed },
                    _ => null,
                };
                if (next is null) return null;
                options = next;
            }
            return options is { Visitors: "" } or { Offers: "" } or { Outcomes: "" } or { Out: "" } ? null : options;
        }
    }

    /// <returns>0, or 2 where the files cannot be learned from, or 64 where the call is wrong.</returns>
    public static int Run(ReadOnlySpan<string> args, TextWriter say, TextWriter complain, CancellationToken cancel)
    {
        if (Options.Parse(args) is not { } options)
        {
            complain.WriteLine("""
                train --visitors v.csv --offers o.csv --outcomes x.csv --out model.bin [--seed 1]
                  visitors: an id, then the questionnaire's codes (goals, topics, languages, german, script, isco, years, ageBand, ...)
                  offers:   an id, then kind, type, entry, exit, topics, traits, languages, isco, exhibitor, tables, ...
                  outcomes: visitor, offer, grade (0-5), and if known time, position, propensity, came, useful
                  Each as CSV, or as Apache Parquet where its name ends in .parquet.
                """);
            return Misused;
        }
        if (Load(options, out var cases) is { } unreadable)
        {
            complain.WriteLine(unreadable);
            return Refused;
        }
        var result = ModelTraining.Train(cases, options.Seed, cancel);
        if (result is not TrainingResult.Trained trained)
        {
            var refused = (TrainingResult.Refused)result;
            complain.WriteLine($"{refused.Code}: {Sentence(refused)}");
            return Refused;
        }
        var model = new LearnedModel(VersionOf(trained, options.Seed), trained.Usefulness, trained.Acceptance, trained.Score, trained.Facts, trained.Report);
        try
        {
            File.WriteAllBytes(options.Out, model.Write());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            complain.WriteLine(new Refusal(options.Out, 0, "cannot be written", "Name a file in a folder that is there and may be written to."));
            return Refused;
        }
        say.WriteLine(JsonSerializer.Serialize(new { model.Version, trained.Facts, trained.Report }, Readable));
        return Done;
    }

    /// <summary>The same files and seed give the same name and the same bytes.</summary>
    private static string VersionOf(TrainingResult.Trained trained, int seed)
    {
        var content = new LearnedModel("x", trained.Usefulness, trained.Acceptance, trained.Score, trained.Facts, trained.Report).Write();
        return string.Create(CultureInfo.InvariantCulture, $"file-{trained.Facts.To.UtcDateTime:yyyyMMdd}-{seed}-{Convert.ToHexStringLower(SHA256.HashData(content))[..8]}");
    }

    private static Refusal? Load(Options options, out IReadOnlyList<ShownCase> cases)
    {
        cases = [];
        return TableFile.Read(options.Visitors, out var visitors) ?? TableFile.Read(options.Offers, out var offers) ?? TableFile.Read(options.Outcomes, out var outcomes)
            ?? ReadCases.Read((options.Visitors, visitors), (options.Offers, offers), (options.Outcomes, outcomes), out cases);
    }

    private static string Sentence(TrainingResult.Refused refused)
    {
        var (there, need) = (refused.Args.ElementAtOrDefault(0), refused.Args.ElementAtOrDefault(1));
        return refused.Code switch
        {
            "too-few-lists" => $"{there} lists; at least {need} are needed.",
            "too-few-visitors" => $"{there} visitors; at least {need} are needed.",
            "no-outcomes" => $"{there} outcomes; at least {need} are needed. Record what visitors did with what they were shown.",
            "one-sided-outcomes" => $"all outcomes have the grade {there}. Export also what was shown and left, with grade 0.",
            "not-finite" => $"{there} lists have numbers that are not finite.",
            "out-of-range" => $"{there} lists have propensities, ratings or offers that cannot be.",
            "unknown-offers" => $"{there} of {need} offers shown are not in the table of offers.",
            _ => "nothing can be learned.",
        };
    }
}
