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
        var warm = people.Select(person => Time(() => Touch(rules.JudgeAll(person, catalogue)))).ToArray();
        // A new set of rules and a new catalogue have nothing in common yet: what happens once after either was published.
        var cold = people.Take(200).Select(person => Time(() => Touch(packs.At(Day).JudgeAll(person, catalogue)))).ToArray();
        var told = people.Take(200).Select(person => Time(() => Tell(rules.JudgeAll(person, catalogue), catalogue.Count))).ToArray();
        var single = people.Take(50).Select(person => Time(() => OneByOne(rules, catalogue, person))).ToArray();
        Print("verdicts on all", warm);
        Print("the same, first visitor of a rule set", cold);
        Print("verdicts, reasons and sources of all", told);
        Print("each offer for itself", single);
        Samples.Result(name + ".ms", Samples.Median(warm));
        Samples.Result(name + ".p99.ms", Samples.Quantile(warm, .99));
        Samples.Result(name + ".cold.ms", Samples.Median(cold));
        Samples.Result(name + ".cold.p99.ms", Samples.Quantile(cold, .99));
        Samples.Result(name + ".told.ms", Samples.Median(told));
    }

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

    private static void Print(string what, double[] times) => Console.WriteLine(
        $"  {what,-40}median {Samples.Format(Samples.Median(times), "0.000"),8} ms   p99 {Samples.Format(Samples.Quantile(times, .99), "0.000"),8} ms");

    private static Task<int> Usage()
    {
        Console.Error.WriteLine("eligibility [--offers 10000] [--visitors 2000]");
        return Task.FromResult(64);
    }
}
