using Matchmaking.Benchmarks.Eligibility;
using Matchmaking.Benchmarks.Evaluate;
using Matchmaking.Benchmarks.Flow;
using Matchmaking.Benchmarks.Quality;
using Matchmaking.Benchmarks.Schedule;
using Matchmaking.Benchmarks.Scorer;
using Matchmaking.Benchmarks.Serve;
using Matchmaking.Benchmarks.Simulate;

// One line each; what a benchmark takes after its name, it reads itself.
var benchmarks = new Dictionary<string, (string Says, Func<string[], Task<int>> Run)>
{
    ["eligibility"] = ("one visitor's verdicts on 10,000 offers by the rule packs, on one core", EligibilityBenchmark.RunAsync),
    ["evaluate"] = ("how well lists for new visitors are ordered: our learner against popularity and ridge, on any data", EvaluateBenchmark.RunAsync),
    ["flow"] = ("from a profile's PUT to its readable list, against the floors of bus and database", FlowBenchmark.RunAsync),
    ["quality"] = ("the analyst's first view of a large record, against an empty page", QualityBenchmark.RunAsync),
    ["schedule"] = ("how good whole schedules are, and seats given to people as they come, against the best that can be had", ScheduleBenchmark.RunAsync),
    ["scorer"] = ("one visitor's scores for all offers, against ML.NET and LightGBM's C API on the same model", ScorerBenchmark.RunAsync),
    ["serve"] = ("a visitor's whole list over HTTP, against an empty endpoint that returns the same bytes", ServeBenchmark.RunAsync),
    ["simulate"] = ("a laboratory in which it is known what visitors want: does learning work, for whom, and what does it cost others", SimulateBenchmark.RunAsync),
};

if (args is [var name, .. var rest] && benchmarks.TryGetValue(name, out var chosen)) return await chosen.Run(rest);
Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/Benchmarks -- NAME [OPTIONS]");
foreach (var (known, (says, _)) in benchmarks) Console.Error.WriteLine($"  {known,-12}{says}");
return 64;
