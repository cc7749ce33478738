using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Ranking;

/// <summary>What is known of a fair's stands at a moment, from what is stored.</summary>
/// <param name="Lists">The first places of the lists shown last, newest first; at most <see cref="FairBalance.Window"/>.</param>
/// <param name="Requests">By exhibitor: meetings asked for while these lists were shown.</param>
/// <param name="Free">By exhibitor: seats that can still be booked. A stand that has no times at all is not in it.</param>
internal sealed record FairCounts(IReadOnlyList<IReadOnlyList<Guid>> Lists, IReadOnlyDictionary<Guid, int> Requests, IReadOnlyDictionary<Guid, int> Free);

/// <summary>
/// What one visitor's list owes to all the others, by exhibitor index. Pure; compares offers that are nearly as good, hides none, and knows
/// nothing of verdicts: those with "no" are arranged behind all others whatever is added here.
/// <para>Price of scarce seats: expected demand is what the last lists led to, namely requests and a tenth (<see cref="AskShare"/>) of those who
/// saw the stand in their first five, assumed to come once more. Demand over free seats is the pressure; below one half seats are plenty and
/// cost nothing, then the price rises with its square to <see cref="MostPrice"/> at one and a half.</para>
/// <para>Floor: a stand's exposure is the sum of 1/log2(1+place) over the first ten places of the last lists. Below <see cref="Floor"/> of the
/// equal share a stand's offers are lifted by <see cref="MostLift"/>, which fades out up to twice the floor. It goes only to offers that serve
/// what the visitor came for, so it displaces at most offers whose score is within <see cref="MostLift"/>.</para>
/// </summary>
internal sealed class FairBalance
{
    public const int Window = 500;
    public const float MostPrice = .12f, MostLift = .10f;

    /// <summary>Share of an equal part of all exposure. What people want differs, so a floor is far below equality.</summary>
    public const double Floor = .15;

    private const double AskShare = .1, Plenty = .5;

    /// <summary>Of fewer lists nothing can be said about who is never shown.</summary>
    private const int FewLists = 30;
    private const int AskedWithin = 5;

    private FairBalance(int stands) => (Price, Lift, Full) = (new float[stands], new float[stands], new bool[stands]);

    public float[] Price { get; }
    public float[] Lift { get; }

    /// <summary>The stand has times, and all seats are taken. One can still go there.</summary>
    public bool[] Full { get; }

    public static FairBalance Of(CatalogueSnapshot c, FairCounts counts)
    {
        var balance = new FairBalance(c.Exhibitors.Length);
        var seen = new int[c.Exhibitors.Length];
        foreach (var list in counts.Lists)
            foreach (var stand in list.Take(AskedWithin).Select(o => c.TryOffer(o, out var offer) ? c.Exhibitor[offer] : -1).Where(s => s >= 0).Distinct()) seen[stand]++;
        var exposure = Exposure(c, counts.Lists);
        var offering = c.Exhibitor.Distinct().Count();
        var floor = offering == 0 ? 0 : Floor * exposure.Sum() / offering;
        for (var stand = 0; stand < seen.Length; stand++)
        {
            var id = c.Exhibitors[stand].Id;
            if (counts.Free.TryGetValue(id, out var free))
            {
                balance.Full[stand] = free == 0;
                balance.Price[stand] = PriceOf(free, counts.Requests.GetValueOrDefault(id) + AskShare * seen[stand]);
            }
            if (counts.Lists.Count >= FewLists && floor > 0) balance.Lift[stand] = MostLift * (float)Math.Clamp(2 - exposure[stand] / floor, 0, 1);
        }
        return balance;
    }

    /// <param name="demand">Meetings that are expected to be asked for.</param>
    public static float PriceOf(int free, double demand)
    {
        if (demand <= 0) return 0;
        var over = free == 0 ? 1 : Math.Clamp(demand / free - Plenty, 0, 1);
        return MostPrice * (float)(over * over);
    }

    /// <summary>By exhibitor index: how much of the first ten places each stand had, the upper ones counting more.</summary>
    public static double[] Exposure(CatalogueSnapshot c, IEnumerable<IReadOnlyList<Guid>> lists)
    {
        var exposure = new double[c.Exhibitors.Length];
        foreach (var list in lists)
            for (var place = 0; place < Math.Min(ListOrder.Top, list.Count); place++)
                if (c.TryOffer(list[place], out var offer)) exposure[c.Exhibitor[offer]] += 1 / Math.Log2(place + 2);
        return exposure;
    }

    /// <summary>What is added to the score of an offer for this visitor: from -<see cref="MostPrice"/> to <see cref="MostLift"/>.</summary>
    public float Shift(in VisitorFacts visitor, CatalogueSnapshot c, int offer)
    {
        var (stand, wishes) = (c.Exhibitor[offer], visitor.Goals | visitor.Topics);
        return (wishes == 0 || (wishes & c.Wishes[offer]) != 0 ? Lift[stand] : 0) - Price[stand];
    }
}
