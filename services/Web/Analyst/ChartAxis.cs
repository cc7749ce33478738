namespace Matchmaking.Web.Analyst;

/// <summary>What a number is: how it is written, and what its axis must hold.</summary>
internal enum Scale
{
    /// <summary>0 to 1, written as a number.</summary>
    Score,

    /// <summary>0 to 1, written in per cent.</summary>
    Share,

    /// <summary>Around nought, with its sign.</summary>
    Difference,

    /// <summary>Around one.</summary>
    Ratio,

    /// <summary>From nought, without a known end.</summary>
    Amount, Minutes, Count,
}

/// <summary>As much of the scale as the values need, in steps that can be read.</summary>
/// <param name="Middle">What is neither better nor worse, where there is such a thing.</param>
internal sealed record ChartAxis(double From, double To, double[] Ticks, double? Middle)
{
    private const int MostSteps = 5;

    private static readonly double[] Steps = [.. from power in Enumerable.Range(-3, 12) from step in new[] { 1, 2, 5 } select step * Math.Pow(10, power)];

    public static ChartAxis Of(Scale scale, IEnumerable<double> values)
    {
        double[] all = [.. values.Where(double.IsFinite)];
        var middle = scale switch { Scale.Difference => 0d, Scale.Ratio => 1d, _ => (double?)null };
        var (low, high) = (all.DefaultIfEmpty(0).Min(), all.DefaultIfEmpty(1).Max());
        if (middle is { } even)
        {
            var reach = Math.Max(.02, Math.Max(even - low, high - even));
            // A ratio has nothing below nought.
            (low, high) = (scale == Scale.Ratio ? Math.Max(0, even - reach) : even - reach, even + reach);
        }
        else if (scale is not (Scale.Score or Scale.Share)) low = 0;
        if (high - low < .04) (low, high) = (low - .02, high + .02);
        // What is written in whole numbers has ticks at whole numbers.
        var least = scale is Scale.Minutes or Scale.Count ? 1 : 0;
        var step = Steps.First(s => s >= least && (high - low) / s <= MostSteps);
        var (from, to) = (Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step);
        if (scale is Scale.Score or Scale.Share) (from, to) = (Math.Max(0, from), Math.Min(1, to));
        if (scale is Scale.Amount or Scale.Minutes or Scale.Count) from = Math.Max(0, from);
        return new(from, to, [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(n => from + (n * step))], middle);
    }

    public bool IsMiddle(double tick) => Middle is { } middle && Math.Abs(tick - middle) < 1e-9;

    /// <summary>0 to 1; beyond its ends just beyond.</summary>
    public double At(double value) => Math.Clamp((value - From) / (To - From), -.02, 1.02);
}

/// <summary>One line of a chart.</summary>
/// <param name="By">What it is a part of; said once for all that follow.</param>
/// <param name="Look">Needs a look; <paramref name="Words"/> say why.</param>
/// <param name="Base">Only to be compared with.</param>
/// <param name="Rows">Where the people stand that it is of, for its number in the table.</param>
/// <param name="German">Its name is a stand's, in German whatever the page speaks.</param>
/// <param name="Mark">What should have been: a tick on the same axis.</param>
public sealed record ChartRow(string By, string Name, Contracts.Matching.Figure Figure, bool Look = false, bool Base = false, double? Mark = null, string? Words = null, string? Rows = null, bool German = false)
{
    public string Title => By.Length == 0 ? Name : Name.Length == 0 ? By : $"{By}: {Name}";
}
