namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// The pair's features for all offers of one request, by blocks of 64 offers and feature by feature within them. Made once and filled again for
/// every request: <see cref="Reset"/> allocates only to grow.
/// </summary>
internal sealed class PairColumns(int features)
{
    private AlignedArray<float> _values = new(0);

    public int Features { get; } = features;
    public int Offers { get; private set; }

    public float this[int offer, int feature]
    {
        get => _values.Span[At(offer) + feature * OfferMasks.Lanes];
        set => _values.Span[At(offer) + feature * OfferMasks.Lanes] = value;
    }

    /// <summary>Values are undefined until they are set.</summary>
    public void Reset(int offers)
    {
        var need = OfferMasks.Blocks(offers) * Features * OfferMasks.Lanes;
        if (need > _values.Span.Length) _values = new AlignedArray<float>(need);
        Offers = offers;
    }

    /// <summary>Sets the <see cref="Features"/> values of one offer.</summary>
    public void Set(int offer, ReadOnlySpan<float> row)
    {
        var values = _values.Span;
        var at = At(offer);
        for (var f = 0; f < Features; f++) values[at + f * OfferMasks.Lanes] = row[f];
    }

    public ReadOnlySpan<float> Block(int offer) => _values.Span.Slice(offer / OfferMasks.Lanes * Features * OfferMasks.Lanes, Features * OfferMasks.Lanes);

    private int At(int offer) => offer / OfferMasks.Lanes * Features * OfferMasks.Lanes + offer % OfferMasks.Lanes;
}
