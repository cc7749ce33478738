using System.Globalization;

namespace Matchmaking.Web.Analyst;

/// <summary>Numbers as a reader of the page's language writes them, in digits 0 to 9; and as SVG wants them.</summary>
internal static class Figures
{
    private static readonly CultureInfo Latin = CultureInfo.GetCultureInfo("en");

    // Arabic readers at a German fair meet 0-9 and a point (look/README); the others have their own signs.
    private static CultureInfo Reader => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ar" ? Latin : CultureInfo.CurrentUICulture;

    public static string Number(double value) => value.ToString("0.00", Reader);

    public static string Count(int value) => value.ToString("#,0", Reader);

    /// <summary>With its sign, always: "+0,02", "−0,09", "±0,00".</summary>
    public static string Signed(double value)
    {
        var round = Math.Round(value, 2);
        return (round > 0 ? "+" : round < 0 ? "−" : "±") + Math.Abs(round).ToString("0.00", Reader);
    }

    public static string Percent(double share, string format = "0") => (share * 100).ToString(format, Reader) + " %";

    /// <summary>95 % interval of a share, after Wilson: true to its word with few cases, too, and never outside 0 to 1.</summary>
    public static (double Low, double High) Interval(int hits, int of)
    {
        if (of == 0) return (0, 1);
        const double Z = 1.959964;
        var (share, spread) = ((double)hits / of, Z * Z / of);
        var middle = (share + spread / 2) / (1 + spread);
        var half = Z / (1 + spread) * Math.Sqrt((share * (1 - share) + spread / 4) / of);
        return (middle - half, middle + half);
    }

    public static Scale ScaleOf(string definition) => definition switch
    {
        "order.lead" or "gap.difference" or "policy.difference" => Scale.Difference,
        "gap.ratio" => Scale.Ratio,
        "answer.minutes" => Scale.Minutes,
        "people" or "need.people" or "stand.asked" => Scale.Count,
        "policy.logged" or "policy.snips" or "policy.robust" => Scale.Amount,
        "order.ndcg" or "order.precision" or "order.recall" or "order.mrr" or "exposure.gini" or "chance.error" or "chance.brier" => Scale.Score,
        _ => Scale.Share,
    };

    public static string Said(Scale scale, double value) => scale switch
    {
        Scale.Difference => Signed(value),
        Scale.Share => Percent(value, value is > 0 and < .1 ? "0.#" : "0"),
        Scale.Minutes or Scale.Count => Count((int)Math.Round(value)),
        _ => Number(value),
    };

    public static string Said(string definition, double value) => Said(ScaleOf(definition), value);

    public static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
