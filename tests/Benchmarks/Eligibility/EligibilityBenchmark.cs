using System.Diagnostics;
using System.Globalization;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Benchmarks.Eligibility;

/// <summary>
/// How long one visitor's verdicts on a whole catalogue take, on one core: with offers as a city has them, with offers of which no two are
/// alike, and with a published pack beside that tells every single one of those apart.
/// </summary>
internal static class EligibilityBenchmark
{
    private const int Rounds = 5;
    private static readonly DateOnly Day = new(2026, 11, 28);

    /// <summary>Looks at all traits, so that its cases are as many as the offers: the worst that can be published.</summary>
    private static readonly string WidePack = """
        {
          "id": "wide", "version": "1", "owner": "o", "title": "t", "validFrom": "2026-01-01", "appliesTo": {"kinds": ["course"]},
          "rules": [
            {"id": "any", "when": {"any": [TRAITS]}, "verdict": "yes", "source": "s", "texts": {"de": "x"}},
            {"id": "none", "when": {"not": {"any": [TRAITS]}}, "verdict": "likely", "source": "s", "texts": {"de": "x"}}
          ]
        }
        """.Replace("TRAITS", string.Join(", ", Vocabulary.Traits.Select(trait => $$"""{"offer": "trait", "is": "{{trait}}"}""")));

    /// <summary>Milliseconds, one for each visitor.</summary>
    private sealed record Figures(double[] Warm, double[] Day, double[] Cold, double[] Told, double[] Single);

    public static Task<int> RunAsync(string[] args)
    {
        var (offers, visitors) = (10_000, 2_000);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n < 1) return Usage();
            if (args[i] == "--offers") offers = n;
            else if (args[i] == "--visitors") visitors = n;
            else return Usage();
        }
        OneCore.Stay();
        var (wide, problems) = RulePackSet.BuiltIn.With([new PackFile("wide", WidePack)]);
        if (problems.Count > 0) throw new InvalidOperationException(problems[0].ToString());

        Measure("eligibility", "offers as a city has them", RulePackSet.BuiltIn, InventedOffers.Usual(offers, 1), visitors);
        var distinct = InventedOffers.AllDistinct(offers, 1);
        Measure("eligibility.distinct", "no two offers alike", RulePackSet.BuiltIn, distinct, visitors);
        Measure("eligibility.wide", "no two alike, and a pack that tells all apart", wide, distinct, visitors);
        return Task.FromResult(0);
    }

    private static void Measure(string name, string says, RulePackSet packs, CatalogueSnapshot catalogue, int visitors)
    {
        var people = InventedOffers.Visitors(visitors, 2);
        var rules = packs.At(Day);
        Console.WriteLine($"\n{says}: {catalogue.Count} offers, {catalogue.Sides.Length} distinct, {rules.Packs.Count} packs, {people.Length} visitors");
        Check(rules, catalogue, people[0]);
        foreach (var person in people) Touch(rules.JudgeAll(person, catalogue)); // compiled, and warm

        GC.Collect();
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Round(packs, rules, catalogue, people)).ToArray();
        Print("verdicts on all", "", r => r.Warm);
        Print("the same, first visitor of a new day", ".day", r => r.Day);
        Print("the same, first visitor of a new catalogue", ".cold", r => r.Cold);
        Print("verdicts, reasons and sources of all", ".told", r => r.Told);
        Print("each offer for itself", null, r => r.Single);

        void Print(string what, string? result, Func<Figures, double[]> of)
        {
            var (medians, late) = (rounds.Select(r => Samples.Median(of(r))).ToArray(), rounds.Select(r => Samples.Quantile(of(r), .99)).ToArray());
            Console.WriteLine($"  {what,-43}median {Samples.Interval(medians, "0.000")} ms, p99 {Samples.Interval(late, "0.000")} ms");
            if (result is null) return;
            Samples.Result($"{name}{result}.ms", Samples.Median(medians));
            Samples.Result($"{name}{result}.p99.ms", Samples.Median(late));
        }
    }

    private static Figures Round(RulePackSet packs, RulesOfDay rules, CatalogueSnapshot catalogue, VisitorFacts[] people) => new(
        [.. people.Select(person => Time(() => Touch(rules.JudgeAll(person, catalogue))))],
        [.. people.Take(100).Select(person => Time(() => Touch(packs.At(Day).JudgeAll(person, catalogue))))],
        [.. people.Take(100).Select(person =>
        {
            // The same offers published once more: nothing that was worked out for the others holds for it.
            var fresh = CatalogueSnapshot.Build(catalogue.Fair, 2, catalogue.Exhibitors, catalogue.Offers);
            return Time(() => Touch(packs.At(Day).JudgeAll(person, fresh)));
        })],
        [.. people.Take(50).Select(person => Time(() => Tell(rules.JudgeAll(person, catalogue), catalogue.Count)))],
        [.. people.Take(20).Select(person => Time(() => OneByOne(rules, catalogue, person)))]);

    private static double Time(Action judge)
    {
        var start = Stopwatch.GetTimestamp();
        judge();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Touch(Judgements judged) => GC.KeepAlive(judged.VerdictOn(0));

    private static void Tell(Judgements judged, int offers)
    {
        for (var i = 0; i < offers; i++) GC.KeepAlive(judged.On(i));
    }

    private static void OneByOne(RulesOfDay rules, CatalogueSnapshot catalogue, in VisitorFacts visitor)
    {
        for (var i = 0; i < catalogue.Count; i++) GC.KeepAlive(rules.Judge(visitor, catalogue, i));
    }

    /// <summary>Fast and wrong would be no use.</summary>
    private static void Check(RulesOfDay rules, CatalogueSnapshot catalogue, in VisitorFacts visitor)
    {
        var all = rules.JudgeAll(visitor, catalogue);
        for (var i = 0; i < catalogue.Count; i++)
            if (all.VerdictOn(i) != rules.Judge(visitor, catalogue, i).Verdict) throw new InvalidOperationException($"Offer {i} is judged otherwise alone.");
    }

    private static Task<int> Usage()
    {
        Console.Error.WriteLine("eligibility [--offers 10000] [--visitors 2000]");
        return Task.FromResult(64);
    }
}
