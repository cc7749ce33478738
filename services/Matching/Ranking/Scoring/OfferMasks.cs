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
        _masks = new AlignedArray<uint>(checked(Blocks(count) * trees * Lanes));
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
