namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>One place of the new list, as far as the old list tells of it.</summary>
/// <param name="Weight">By how much more likely the new list shows it so than the old one did; 0: the old list tells nothing of it.</param>
/// <param name="Reward">What came of what the old list showed.</param>
/// <param name="ExpectedLogged">What a model expected of that.</param>
/// <param name="ExpectedNew">What the model expects of what the new list shows.</param>
internal readonly record struct LoggedPlace(double Weight, double Reward, double ExpectedLogged, double ExpectedNew);

/// <summary>
/// What a ranking would bring that was not the one who ranked. By hand: with weights w, rewards r, models q (logged) and q' (new), over n lists and each
/// place apart: SNIPS = sum over places of (sum w r / sum w); doubly robust = (1/n) sum (q' + w (r - q)); effective size = (sum w)^2 / sum w^2.
/// </summary>
internal static class OffPolicy
{
    /// <summary>No place counts for more than this many; what the cut takes away, the doubly robust estimate has from its model.</summary>
    public const double MostWeight = 20;

    /// <param name="lists">By list and place; all of the same length.</param>
    /// <param name="times">How often each list counts.</param>
    public static double Snips(IReadOnlyList<LoggedPlace[]> lists, int[] times)
    {
        if (lists.Count == 0) return double.NaN;
        var value = 0d;
        for (var place = 0; place < lists[0].Length; place++)
        {
            var (sum, weights) = (0d, 0d);
            for (var i = 0; i < lists.Count; i++)
            {
                sum += times[i] * lists[i][place].Weight * lists[i][place].Reward;
                weights += times[i] * lists[i][place].Weight;
            }
            value += sum / weights;
        }
        return value;
    }

    public static double DoublyRobust(LoggedPlace[] list) => list.Sum(p => p.ExpectedNew + p.Weight * (p.Reward - p.ExpectedLogged));

    public static double EffectiveSize(IEnumerable<LoggedPlace[]> lists)
    {
        var (sum, squares) = (0d, 0d);
        foreach (var place in lists.SelectMany(l => l)) (sum, squares) = (sum + place.Weight, squares + place.Weight * place.Weight);
        return squares == 0 ? 0 : sum * sum / squares;
    }
}
