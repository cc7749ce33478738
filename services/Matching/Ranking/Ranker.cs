using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Ranking;

/// <param name="Offer">Index in the snapshot that was ranked.</param>
/// <param name="Score">Stays in the service: it compares offers for one visitor and says nothing to people.</param>
internal sealed record RankedOffer(int Offer, Verdict Verdict, string? Office, IReadOnlyList<MatchReason> Reasons, float Score);

/// <param name="RankedBy">What ranked, as it is told to the outside.</param>
/// <param name="Propensities">For each place of the head: with which probability its offer stood there; empty where the order was kept.</param>
/// <param name="Candidates">How many offers could have stood on the list: not ruled out, and not taken out.</param>
internal sealed record RankedList(IReadOnlyList<RankedOffer> Items, RankedBy RankedBy, IReadOnlyList<RulePackRef> RulePacks, IReadOnlyList<double> Propensities, int Candidates)
{
    /// <summary>True where the list stands as it was shown before.</summary>
    public bool Kept => Propensities.Count == 0 && Items.Count > 0;
}

/// <summary>What shapes a list beside the visitor, the offers and the rules.</summary>
/// <param name="Kept">The head as it was shown before: it stays.</param>
/// <param name="Without">Offers that the visitor does not want. A list is made without them; from one that is kept they go, and the others stay as they stood.</param>
internal sealed record Shaping(FairBalance? Balance = null, Exploration? Exploration = null, IReadOnlyList<Guid>? Kept = null, IReadOnlySet<Guid>? Without = null);

/// <summary>
/// One list of next steps for one visitor: judge, score, arrange, explain. Pure: the same facts, catalogue and rules give the same list, and
/// the order in which the catalogue arrived does not matter. Offers are ranked for a person, never persons for an offer.
/// </summary>
internal static class Ranker
{
    /// <summary>Ranks the whole catalogue, best first.</summary>
    /// <param name="includeNo">Also those with verdict "no", at the end.</param>
    /// <param name="time">By exhibitor index: the share (0-1) of the visitor's times at which the stand has free seats; null: not asked.</param>
    /// <param name="most">Where the list is cut.</param>
    /// <param name="shaping">null: by score alone, nothing left to chance.</param>
    /// <param name="model">What scores; null: <see cref="Baseline"/>.</param>
    public static RankedList Rank(
        in VisitorFacts visitor, CatalogueSnapshot catalogue, RulesOfDay rules, bool includeNo = false, float[]? time = null, int most = int.MaxValue,
        Shaping? shaping = null, ServedModel? model = null)
    {
        var judged = rules.JudgeAll(visitor, catalogue);
        var scores = new float[catalogue.Count];
        var offers = new int[catalogue.Count];
        Span<float> pair = stackalloc float[Features.PairCount];
        int open = 0, closed = catalogue.Count;
        model?.Score(visitor, catalogue, judged, time, scores);
        for (var i = 0; i < catalogue.Count; i++)
        {
            var verdict = judged.VerdictOn(i);
            if (model is null)
            {
                Features.OfPair(visitor, catalogue, i, verdict, Time(time, catalogue, i), pair);
                scores[i] = Baseline.Score(pair);
            }
            if (verdict == Verdict.No) offers[--closed] = i;
            else if (!IsUnwanted(i) || shaping!.Kept?.Contains(catalogue.Offers[i].Id) == true) offers[open++] = i;
        }

        var propensities = ListOrder.Shape(visitor, catalogue, offers.AsSpan(0, open), scores, shaping);
        var (count, candidates) = (open, shaping?.Without is { Count: > 0 } ? offers.Take(open).Count(o => !IsUnwanted(o)) : open);
        if (includeNo)
        {
            offers.AsSpan(closed).CopyTo(offers.AsSpan(open));
            count = open + catalogue.Count - closed;
            ListOrder.Arrange(visitor, catalogue, offers.AsSpan(open..count), scores);
        }

        var items = new List<RankedOffer>(Math.Min(count, most));
        for (var place = 0; place < count && items.Count < most; place++)
        {
            var offer = offers[place];
            if (IsUnwanted(offer)) continue;
            items.Add(Explain(visitor, catalogue, offer, judged.On(offer), Time(time, catalogue, offer), shaping?.Balance, pair) with { Score = scores[offer] });
        }

        return new RankedList(items, model?.RankedBy ?? Baseline.RankedBy, rules.Refs, propensities, candidates);

        bool IsUnwanted(int offer) => shaping?.Without is { Count: > 0 } without && without.Contains(catalogue.Offers[offer].Id);
    }

    /// <summary>Verdict and reasons of one offer, wherever it would stand.</summary>
    public static RankedOffer Explain(in VisitorFacts visitor, CatalogueSnapshot catalogue, RulesOfDay rules, int offer, FairBalance? balance = null)
    {
        Span<float> pair = stackalloc float[Features.PairCount];
        return Explain(visitor, catalogue, offer, rules.Judge(visitor, catalogue, offer), float.NaN, balance, pair);
    }

    private static RankedOffer Explain(in VisitorFacts visitor, CatalogueSnapshot catalogue, int offer, Judgement judgement, float time, FairBalance? balance, Span<float> pair)
    {
        Features.OfPair(visitor, catalogue, offer, judgement.Verdict, time, pair);
        var reasons = Why.Of(visitor, catalogue, offer, judgement, pair, balance?.Full[catalogue.Exhibitor[offer]] == true);
        return new RankedOffer(offer, judgement.Verdict, judgement.Office, reasons, 0);
    }

    /// <summary>How long the list of <see cref="Rank"/> is.</summary>
    public static int Count(in VisitorFacts visitor, CatalogueSnapshot catalogue, RulesOfDay rules)
    {
        var judged = rules.JudgeAll(visitor, catalogue);
        var count = 0;
        for (var i = 0; i < catalogue.Count; i++)
            if (judged.VerdictOn(i) != Verdict.No) count++;
        return count;
    }

    internal static float Time(float[]? time, CatalogueSnapshot c, int offer) => time is null ? float.NaN : time[c.Exhibitor[offer]];
}
