using System.Buffers;
using System.Runtime.CompilerServices;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking.Scoring;
using Microsoft.Extensions.ObjectPool;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// A learned model made ready to rank: both forests compiled, the offers' part of them done once for each catalogue and dropped with it. Immutable to
/// its users and safe for any number of them: a request keeps the one it began with.
/// </summary>
internal sealed class ServedModel
{
    private static readonly ObjectPool<PairColumns> Columns = new DefaultObjectPool<PairColumns>(new PairPolicy());
    private readonly FactoredScorer _usefulness, _acceptance;
    private readonly ConditionalWeakTable<CatalogueSnapshot, Offers> _prepared = [];
    private readonly ConditionalWeakTable<CatalogueSnapshot, Offers>.CreateValueCallback _prepare;

    private sealed record Offers(OfferMasks Usefulness, OfferMasks Acceptance);

    public ServedModel(LearnedModel model)
    {
        (Model, RankedBy) = (model, new RankedBy("model", model.Version));
        _usefulness = new FactoredScorer(model.Usefulness, Features.VisitorCount, Features.OfferCount);
        _acceptance = new FactoredScorer(model.Acceptance, Features.VisitorCount, Features.OfferCount);
        _prepare = c => new Offers(
            _usefulness.Prepare(c.Count, (offer, row) => Features.OfOffer(c, offer, row)), _acceptance.Prepare(c.Count, (offer, row) => Features.OfOffer(c, offer, row)));
    }

    public LearnedModel Model { get; }
    public RankedBy RankedBy { get; }

    /// <summary>Does a catalogue's part beforehand, so that no request waits for it.</summary>
    public void Prepare(CatalogueSnapshot catalogue) => _prepared.GetValue(catalogue, _prepare);

    /// <summary>Scores every offer for one visitor, on the baseline's scale. Allocates nothing, however many offers there are.</summary>
    /// <param name="time">By exhibitor, as in <see cref="Ranker.Rank"/>.</param>
    /// <param name="scores">By index of the offer.</param>
    public void Score(in VisitorFacts visitor, CatalogueSnapshot catalogue, Judgements judged, float[]? time, Span<float> scores)
    {
        var offers = _prepared.GetValue(catalogue, _prepare);
        Span<float> who = stackalloc float[Features.VisitorCount], pair = stackalloc float[Features.PairCount];
        Features.OfVisitor(visitor, who);
        var pairs = Columns.Get();
        var chances = ArrayPool<float>.Shared.Rent(catalogue.Count);
        pairs.Reset(catalogue.Count);
        for (var offer = 0; offer < catalogue.Count; offer++)
        {
            Features.OfPair(visitor, catalogue, offer, judged.VerdictOn(offer), Ranker.Time(time, catalogue, offer), pair);
            pairs.Set(offer, pair);
        }
        _usefulness.Score(offers.Usefulness, who, pairs, scores);
        _acceptance.Score(offers.Acceptance, who, pairs, chances);
        for (var offer = 0; offer < catalogue.Count; offer++) scores[offer] = Model.Score.Of(scores[offer], chances[offer]);
        ArrayPool<float>.Shared.Return(chances);
        Columns.Return(pairs);
    }

    private sealed class PairPolicy : PooledObjectPolicy<PairColumns>
    {
        public override PairColumns Create() => new(Features.PairCount);

        public override bool Return(PairColumns columns) => true;
    }
}
