using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>For people to read, and the last lines for checks.</summary>
internal static class LastFairTable
{
    public static void Print(LastFairFigures figures, LastFair last)
    {
        Console.WriteLine();
        Console.WriteLine("The last fair, which nobody learned from; 95 % intervals by the bootstrap over visitors");
        Console.WriteLine($"{"",-16}{"NDCG@5 by the truth",-26}{"Gini of stands",-26}{"true use",-24}{"visitors with a meeting",-26}{"asked",6}{"held",6}");
        foreach (var row in figures.Rows)
            Console.WriteLine($"{row.Name,-16}{row.Ndcg,-26}{row.Gini,-26}{Whole(row.Use),-24}{row.Met,-26}{row.Requested,6}{row.Held,6}");

        Console.WriteLine();
        Console.WriteLine("Share of the way from the baseline to the oracle");
        for (var i = 0; i < figures.Closed.Count; i++) Console.WriteLine($"  learned from {i + 1}: {figures.Closed[i]}");

        Console.WriteLine();
        Console.WriteLine($"Groups of at least {DayFigures.SmallestGroup} people: NDCG@5");
        Console.WriteLine($"{"",-20}{"people",8}{"learned",10}{"baseline",10}{"oracle",10}");
        foreach (var (name, people, learned, baseline, oracle) in figures.Groups)
            Console.WriteLine(FormattableString.Invariant($"{name,-20}{people,8}{learned,10:0.000}{baseline,10:0.000}{oracle,10:0.000}"));
        Console.WriteLine($"  worst group over mean: learned {figures.WorstGroup}, baseline {figures.WorstGroupOfBaseline}");

        Console.WriteLine();
        Console.WriteLine("Estimates of the newest model's first five places from the baseline's lists, use per list, beside the truth");
        foreach (var check in last.Estimated)
            Console.WriteLine($"  {check.Method,-6}{check.Estimator,-22}{Said(check.Estimate),-30}" + FormattableString.Invariant($" truth {check.Truth:0.000} ")
                + (check.Covered switch { true => "covered", false => "not covered", null => "refused: " + check.Refused }));

        Reports(last.Reports);

        Console.WriteLine();
        Result("ndcg5.baseline", last.Baseline.Ndcg.Average());
        Result("ndcg5.learned", last.Learned[^1].Ndcg.Average());
        Result("ndcg5.oracle", last.Oracle.Ndcg.Average());
        Result("use-ratio", figures.UseRatio.Value);
        Result("estimates-covered", last.Estimated.Count(e => e.Covered == true));
        Result("estimates-told", last.Estimated.Count(e => e.Covered is not null));
        Result("gini-ratio", figures.GiniRatio.Value);
        Result("worst-group", figures.WorstGroup.Value);
        Result("closed", figures.Closed[^1].Value);
    }

    private static void Reports(IReadOnlyList<ReportCheck> reports)
    {
        if (reports.Count == 0) return;
        Console.WriteLine();
        Console.WriteLine("Reports on further fairs: what the challenger's first five places bring, use per list, against what the champion's do");
        Console.WriteLine($"{"champion",-12}{"challenger",-12}{"estimate",-28}{"truth",-8}{"effective",-12}{"change",-10}{"report"}");
        foreach (var r in reports)
            Console.WriteLine(FormattableString.Invariant(
                $"{r.Champion,-12}{r.Challenger,-12}{Said(r.Estimated),-28}{r.TrueChallenger,-8:0.000}{r.Value.EffectiveSize,-12:0}{r.Change,-10:+0.0%;-0.0%}{r.Sentence}"));
        ReportCheck[] worse = [.. reports.Where(r => r.IsWorse)], fine = [.. reports.Where(r => !r.IsWorse)];
        Console.WriteLine();
        Result("offpolicy.cases", reports.Count(r => r.Covered is not null));
        Result("offpolicy.coverage", Share(reports, r => r.Covered));
        Result("offpolicy.gain-coverage", Share(reports, r => r.GainCovered));
        Result("offpolicy.bias", reports.Where(r => r.Covered is not null).Select(r => r.Estimated.Mean!.Value / r.TrueChallenger - 1).DefaultIfEmpty().Average());
        Result("worse.cases", worse.Length);
        Result("worse.called-worse", Share(worse, r => r.Sentence == "worse"));
        Result("worse.called-no-worse", Share(worse, r => r.Sentence == "no-worse"));
        Result("fine.called-no-worse", Share(fine, r => r.Sentence == "no-worse"));
        Result("fine.called-worse", Share(fine, r => r.Sentence == "worse"));
    }

    private static double Share(IEnumerable<ReportCheck> reports, Func<ReportCheck, bool?> of) => reports.Select(of).OfType<bool>().Select(yes => yes ? 1d : 0).DefaultIfEmpty().Average();

    private static string Said(Estimate estimate) => estimate.Mean is { } mean
        ? FormattableString.Invariant($"{mean:0.000} ({estimate.Low:0.000} to {estimate.High:0.000})")
        : "-";

    private static string Whole(Spread use) => FormattableString.Invariant($"{use.Value:0} ({use.Low:0} to {use.High:0})");

    private static void Result(string name, double value) => Console.WriteLine(FormattableString.Invariant($"RESULT simulate.{name}={value:0.000}"));
}
