namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// What a stand's seats bring in the rest of a day on which nobody knows who comes next, given best one by one: by backward induction over those who
/// will still wish for it, as single resources are sold in revenue management (Talluri and van Ryzin 2004, ch. 2). The value of one seat more is the price
/// below which none is given away.
/// </summary>
internal sealed class SeatValues
{
    /// <summary>At [n, r]: with n people still to wish for the stand and r seats left.</summary>
    private readonly double[,] _worth;

    /// <param name="gains">What each of those who may come has from a seat here, beyond what they would have anyway, with how many of the open seats suit them.</param>
    /// <param name="open">Seats at which nobody sits.</param>
    /// <param name="left">How many of them can be given, which a stand's most may limit.</param>
    /// <param name="comers">How many people will still wish for the stand and can come.</param>
    public SeatValues(IReadOnlyList<(double Gain, int Suits)> gains, int open, int left, double comers)
    {
        var steps = (int)Math.Ceiling(comers) + 1;
        _worth = new double[gains.Count == 0 ? 1 : steps + 1, left + 1];
        if (gains.Count == 0) return;
        var dearest = gains.OrderByDescending(g => g.Gain).ToArray();
        // By seats left: over the n dearest, the share of people who find one that suits them, and their gain.
        var (fits, sums) = (new double[left + 1][], new double[left + 1][]);
        for (var r = 1; r <= left; r++)
        {
            var chance = ChanceOfOne(open, open - (left - r));
            (fits[r], sums[r]) = (new double[dearest.Length + 1], new double[dearest.Length + 1]);
            for (var i = 0; i < dearest.Length; i++)
            {
                var share = chance[dearest[i].Suits] / dearest.Length;
                (fits[r][i + 1], sums[r][i + 1]) = (fits[r][i] + share, sums[r][i] + share * dearest[i].Gain);
            }
        }
        for (var n = 1; n <= steps; n++)
            for (var r = 1; r <= left; r++)
            {
                var price = _worth[n - 1, r] - _worth[n - 1, r - 1];
                var taken = CountAbove(dearest, price);
                _worth[n, r] = _worth[n - 1, r] + sums[r][taken] - price * fits[r][taken];
            }
    }

    /// <summary>What is lost if there is one seat less.</summary>
    public double Price(double comers, int left)
    {
        var last = _worth.GetLength(0) - 1;
        var (r, n) = (Math.Min(left, _worth.GetLength(1) - 1), Math.Clamp(comers, 0, last));
        if (r == 0) return 0;
        var (below, above) = ((int)n, Math.Min((int)n + 1, last));
        return At(below) + (n - below) * (At(above) - At(below));

        double At(int step) => _worth[step, r] - _worth[step, r - 1];
    }

    /// <summary>At k: the chance that of so many seats left one is among the k of all open ones that suit somebody, if any may be gone.</summary>
    private static double[] ChanceOfOne(int open, int left)
    {
        var chance = new double[open + 1];
        for (var suits = 1; suits <= open; suits++)
        {
            var none = 1.0;
            for (var n = 0; n < left && none > 0; n++) none *= Math.Max(0, (double)(open - suits - n) / (open - n));
            chance[suits] = 1 - none;
        }
        return chance;
    }

    private static int CountAbove((double Gain, int Suits)[] dearest, double price)
    {
        var (low, high) = (0, dearest.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (dearest[middle].Gain > price) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
