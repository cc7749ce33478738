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

    /// <summary>Arranges offers for a visitor.</summary>
    /// <param name="offers">Offer indexes; left in the order of the list.</param>
    /// <param name="scores">By offer index.</param>
    public static void Arrange(in VisitorFacts visitor, CatalogueSnapshot c, Span<int> offers, float[] scores)
    {
        // Ties go by key, which is what the index stands for: the same list whatever order the catalogue came in.
        offers.Sort((a, b) => scores[b].CompareTo(scores[a]) is var order and not 0 ? order : a.CompareTo(b));

        int wanted = visitor.Goals != 0 ? visitor.Goals : visitor.Topics, main = 0, any = 0;
        foreach (var offer in offers) (main, any) = (main | c.MainWishes[offer], any | c.Wishes[offer]);
        wanted &= any;
        var goals = BitOperations.PopCount((uint)wanted);

        Span<int> perWish = stackalloc int[16], perType = stackalloc int[Vocabulary.Types.Count], perKind = stackalloc int[Vocabulary.Kinds.Count];
        perWish.Clear(); perType.Clear(); perKind.Clear();
        var perStand = new int[c.Exhibitors.Length];
        var unseen = wanted;
        for (var place = 0; place < Math.Min(Head, offers.Length); place++)
        {
            var must = place < Promise && BitOperations.PopCount((uint)unseen) >= Promise - place;
            var best = Best(offers, place, must ? unseen : 0, place < Top, perWish, perType, perKind);
            if (best < 0 && must) best = Best(offers, place, 0, place < Top, perWish, perType, perKind);
            if (best < 0) best = place; // only full stands are left

            var offer = offers[best];
            offers[place..best].CopyTo(offers[(place + 1)..]);
            offers[place] = offer;
            var served = Serves(offer);
            unseen &= ~served;
            for (var wish = 0; wish < perWish.Length; wish++) perWish[wish] += served >> wish & 1;
            perType[c.Side(offer).Type]++;
            perKind[c.Side(offer).Kind]++;
            perStand[c.Exhibitor[offer]]++;
        }

        // What an offer counts for: what it is for by its type, so that a desk which names every goal does not stand in for a course.
        // Goals that nobody in the catalogue has as the main thing count where they are named at all.
        int Serves(int offer) => wanted & (c.MainWishes[offer] | (c.Wishes[offer] & ~main));

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
                var served = Serves(offer);
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
