using System.Numerics;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// From scores to one list of next steps. The head of the list is filled one place after the other with the best offer, where "best" also
/// means: goals that had little of the list so far come up (calibration), more of the same type, kind or stand goes down (diversity).
/// Two promises are kept strictly where the catalogue allows: every goal is in the first <see cref="Promise"/> places (up to five goals),
/// and no stand has more than <see cref="PerStand"/> of the first <see cref="Top"/>. The rest follows by score.
/// </summary>
internal static class ListOrder
{
    public const int Promise = 5, Top = 10, Head = 20, PerStand = 2;

    private const float Calibration = .20f, SameType = .05f, SameKind = .015f, SameStand = .05f;
    private const int Saturation = 3;

    /// <summary>
    /// The order of a list: as it was shown before, or arranged with the fair's balance and a little chance. Balance and chance end with the head;
    /// what follows goes by score, so that a head that is kept keeps the whole list.
    /// </summary>
    /// <returns>Propensities of the head; none where it was kept.</returns>
    public static double[] Shape(in VisitorFacts visitor, CatalogueSnapshot c, Span<int> offers, float[] scores, Shaping? shaping)
    {
        if (shaping?.Kept is { } kept && TryKeep(c, offers, kept))
        {
            ByScore(offers[Math.Min(kept.Count, offers.Length)..], scores);
            return [];
        }
        var shaped = scores;
        if (shaping?.Balance is { } balance)
        {
            shaped = new float[scores.Length];
            foreach (var offer in offers) shaped[offer] = scores[offer] + balance.Shift(visitor, c, offer);
        }
        Arrange(visitor, c, offers, shaped);
        ByScore(offers[Math.Min(Head, offers.Length)..], scores);
        return (shaping?.Exploration ?? Exploration.None).Apply(visitor, c, offers, scores);
    }

    /// <summary>
    /// Brings what was shown to the front in its order; false, and nothing changed, where it is not the head of these offers. It may be shorter than
    /// a head: what a visitor did not want, and now does, comes after it.
    /// </summary>
    private static bool TryKeep(CatalogueSnapshot c, Span<int> offers, IReadOnlyList<Guid> kept)
    {
        if (kept.Count > Math.Min(Head, offers.Length) || (kept.Count == 0 && offers.Length > 0)) return false;
        var front = new int[kept.Count];
        for (var place = 0; place < front.Length; place++)
            if (!c.TryOffer(kept[place], out front[place]) || !offers.Contains(front[place])) return false;
        if (front.Distinct().Count() != front.Length) return false;
        int[] rest = [.. offers.ToArray().Except(front)];
        front.CopyTo(offers);
        rest.CopyTo(offers[front.Length..]);
        return true;
    }

    // Ties go by key, which is what the index stands for: the same list whatever order the catalogue came in.
    private static void ByScore(Span<int> offers, float[] scores) =>
        offers.Sort((a, b) => scores[b].CompareTo(scores[a]) is var order and not 0 ? order : a.CompareTo(b));

    /// <summary>Arranges offers for a visitor.</summary>
    /// <param name="offers">Offer indexes; left in the order of the list.</param>
    /// <param name="scores">By offer index.</param>
    public static void Arrange(in VisitorFacts visitor, CatalogueSnapshot c, Span<int> offers, float[] scores)
    {
        ByScore(offers, scores);

        var wants = new Goals(visitor, c, offers);
        var goals = BitOperations.PopCount((uint)wants.Wanted);

        Span<int> perWish = stackalloc int[16], perType = stackalloc int[Vocabulary.Types.Count], perKind = stackalloc int[Vocabulary.Kinds.Count];
        perWish.Clear(); perType.Clear(); perKind.Clear();
        var perStand = new int[c.Exhibitors.Length];
        var unseen = wants.Wanted;
        for (var place = 0; place < Math.Min(Head, offers.Length); place++)
        {
            var must = place < Promise && BitOperations.PopCount((uint)unseen) >= Promise - place;
            var best = Best(offers, place, must ? unseen : 0, place < Top, perWish, perType, perKind);
            if (best < 0 && must) best = Best(offers, place, 0, place < Top, perWish, perType, perKind);
            if (best < 0) best = place; // only full stands are left

            var offer = offers[best];
            offers[place..best].CopyTo(offers[(place + 1)..]);
            offers[place] = offer;
            var served = wants.ServedBy(c, offer);
            unseen &= ~served;
            for (var wish = 0; wish < perWish.Length; wish++) perWish[wish] += served >> wish & 1;
            perType[c.Side(offer).Type]++;
            perKind[c.Side(offer).Kind]++;
            perStand[c.Exhibitor[offer]]++;
        }

        int Best(Span<int> offers, int place, int must, bool limitStands, Span<int> perWish, Span<int> perType, Span<int> perKind)
        {
            var (best, most) = (-1, float.NegativeInfinity);
            for (var i = place; i < offers.Length; i++)
            {
                var offer = offers[i];
                // Candidates come by falling score: once even the greatest bonus cannot lift one over the best, none that follows can win.
                if (best >= 0 && scores[offer] + Calibration <= most) break;
                var stand = perStand[c.Exhibitor[offer]];
                if (limitStands && stand >= PerStand) continue;
                var served = wants.ServedBy(c, offer);
                if (must != 0 && (served & must) == 0) continue;
                var side = c.Side(offer);
                var value = scores[offer] - SameType * Math.Min(Saturation, perType[side.Type]) - SameKind * Math.Min(Saturation, perKind[side.Kind]) - SameStand * stand
                            + Calibration * Deficit(served, place, perWish);
                if (value > most) (best, most) = (i, value);
            }
            return best;
        }

        // How far the goals that an offer serves are behind their equal share of the places so far: at most 1.
        float Deficit(int served, int place, Span<int> perWish)
        {
            if (goals == 0 || served == 0) return 0;
            var sum = 0f;
            for (var wish = 0; wish < perWish.Length; wish++)
                if ((served >> wish & 1) != 0) sum += 1f / goals - (place == 0 ? 0 : (float)perWish[wish] / place);
            return sum;
        }
    }
}
