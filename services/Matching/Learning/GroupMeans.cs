using System.Numerics.Tensors;
using Matchmaking.Matching.Learning.Encoders;
using Matchmaking.Matching.Learning.Numerics;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>
/// How much better than on average an offer did with those who are like the visitor in one respect, summed over all respects; shrunk, so that small groups
/// hardly speak. Asked only about visitors who are not among those it was made from.
/// </summary>
internal sealed class GroupMeans
{
    /// <summary>So many average visitors are added to every group.</summary>
    private const float Shrink = 20;

    private readonly VisitorEncoder _encoder;
    private readonly Matrix _means;

    public GroupMeans(OutcomeTable data, IReadOnlyList<int> visitors)
    {
        _encoder = new VisitorEncoder(data.Visitors, visitors);
        var profiles = _encoder.Encode(visitors);
        var shares = Targets.Shares(data, visitors);
        _means = profiles.TransposedTimes(shares.Minus(shares.Mean()));
        var sizes = profiles.Mean();
        for (var j = 0; j < sizes.Length; j++) TensorPrimitives.Divide(_means.Row(j), sizes[j] * visitors.Count + Shrink, _means.Row(j));
    }

    public Matrix Score(IReadOnlyList<int> visitors) => _encoder.Encode(visitors).Times(_means);
}
