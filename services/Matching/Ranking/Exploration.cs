using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// A little chance, so that later rankings can learn what was never shown high: with probability <paramref name="Share"/> one of the places
/// 3 to 10, each as likely, changes with one of the places 11 to 20, each as likely among those that may. May: not more than
/// <see cref="Margin"/> worse, no third offer of a stand in the first ten, and no goal loses its place among the first five. Where none may,
/// nothing changes. With n places and m(i) candidates of place i, an offer stays at i with 1 - Share/n (1 where m(i) is 0), a given candidate
/// comes there with Share/(n m(i)): these are the propensities, exact without sampling. Chance is a function of
/// visitor, profile, catalogue and day: whoever asks twice, of whichever replica, gets the same.
/// </summary>
/// <param name="Share">0 to 1.</param>
internal sealed record Exploration(double Share, ulong First, ulong Second, ulong Third)
{
    public static readonly Exploration None = new(0, 0, 0, 0);

    public const float Margin = .3f;
    private const int From = 2;

    /// <summary>Another salt makes other draws, should a fair be simulated again.</summary>
    public static Exploration Of(double share, Guid visitor, long profileVersion, long catalogueVersion, DateOnly day, string salt = "list")
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{visitor:N} {profileVersion} {catalogueVersion} {day:yyyy-MM-dd} {salt}")));
        return new Exploration(share, Number(0), Number(8), Number(16));

        ulong Number(int at) => BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(at));
    }

    /// <param name="offers">The arranged list; changed in at most two places.</param>
    /// <param name="scores">By offer index.</param>
    /// <returns>For each of the first <see cref="ListOrder.Head"/> places: the probability that its offer stands there.</returns>
    public double[] Apply(in VisitorFacts visitor, CatalogueSnapshot c, Span<int> offers, float[] scores)
    {
        var propensities = new double[Math.Min(ListOrder.Head, offers.Length)];
        Array.Fill(propensities, 1);
        var places = Math.Min(ListOrder.Top, offers.Length) - From;
        if (Share <= 0 || places <= 0) return propensities;

        var goals = new Goals(visitor, c, offers);
        var (drawn, each) = (Draw(First) < Share ? From + (int)(Draw(Second) * places) : -1, Share / places);
        var (other, chance) = (-1, 0d);
        var may = new List<int>(ListOrder.Head - ListOrder.Top);
        for (var place = From; place < From + places; place++)
        {
            may.Clear();
            for (var from = ListOrder.Top; from < propensities.Length; from++)
                if (May(c, offers, scores, goals, place, from)) may.Add(from);
            if (may.Count == 0) continue;
            propensities[place] -= each;
            foreach (var from in may) propensities[from] -= each / may.Count;
            if (place == drawn) (other, chance) = (may[(int)(Draw(Third) * may.Count)], each / may.Count);
        }

        if (other < 0) return propensities;
        (offers[drawn], offers[other]) = (offers[other], offers[drawn]);
        propensities[drawn] = propensities[other] = chance;
        return propensities;
    }

    private static bool May(CatalogueSnapshot c, ReadOnlySpan<int> offers, float[] scores, Goals goals, int place, int from)
    {
        var (leaves, comes) = (offers[place], offers[from]);
        if (scores[comes] < scores[leaves] - Margin) return false;
        var (same, served, after) = (1, 0, 0);
        for (var i = 0; i < ListOrder.Top; i++)
        {
            if (i != place && c.Exhibitor[offers[i]] == c.Exhibitor[comes]) same++;
            if (i >= ListOrder.Promise) continue;
            served |= goals.ServedBy(c, offers[i]);
            after |= goals.ServedBy(c, i == place ? comes : offers[i]);
        }
        return same <= ListOrder.PerStand && (served & ~after) == 0;
    }

    private static double Draw(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
