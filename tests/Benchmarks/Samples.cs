using System.Globalization;

namespace Matchmaking.Benchmarks;

/// <summary>Figures of several rounds: what is believed is the median, and how far the rounds were apart is always said.</summary>
internal static class Samples
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>By linear interpolation between the two nearest ranks.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return double.NaN;
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }

    public static string Interval(IReadOnlyCollection<double> rounds, string format) => string.Create(
        CultureInfo.InvariantCulture, $"{Format(Median(rounds), format)} ({Format(rounds.Min(), format)} to {Format(rounds.Max(), format)}, {rounds.Count} rounds)");

    public static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The line that a check looks for.</summary>
    public static void Result(string name, double value) => Console.WriteLine($"RESULT {name}={Format(value, "0.###")}");
}
