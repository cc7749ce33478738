namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// The offers' part of a forest, prepared once for a catalogue: for blocks of 64 offers, tree by tree, one word per offer, so that a block is
/// read from its first byte to its last while it is scored. Immutable after <see cref="FactoredScorer.Prepare"/>.
/// </summary>
internal sealed class OfferMasks
{
    /// <summary>Offers in a block. The last block is filled up; what stands there is scored and thrown away.</summary>
    public const int Lanes = 64;

    private readonly int _trees, _keep;
    private readonly AlignedArray<uint> _masks;
    private readonly float[] _rows;

    /// <param name="keep">Features to be kept for each offer; 0 unless a tree has to be walked down.</param>
    public OfferMasks(FactoredScorer scorer, int count, int trees, int keep)
    {
        (Scorer, Count, _trees, _keep) = (scorer, count, trees, keep);
        _masks = new AlignedArray<uint>(Blocks(count) * trees * Lanes);
        _rows = new float[(long)count * keep];
    }

    public FactoredScorer Scorer { get; }
    public int Count { get; }

    public static int Blocks(int offers) => (offers + Lanes - 1) / Lanes;

    public ReadOnlySpan<uint> Block(int offer) => _masks.Span.Slice(offer / Lanes * _trees * Lanes, _trees * Lanes);

    public ReadOnlySpan<float> Row(int offer) => _rows.AsSpan(offer * _keep, _keep);

    internal Span<uint> Writable(int offer) => _masks.Span.Slice(offer / Lanes * _trees * Lanes, _trees * Lanes);

    internal void KeepRow(int offer, ReadOnlySpan<float> row)
    {
        if (_keep > 0) row.CopyTo(_rows.AsSpan(offer * _keep, _keep));
    }
}

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
