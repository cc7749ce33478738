using Matchmaking.Matching.Learning.Numerics;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>Learns from the outcomes of some visitors how to order the whole catalogue for others of whom only the profile is known.</summary>
internal interface IRanker
{
    /// <summary>As it stands in results.</summary>
    string Name { get; }

    /// <param name="data">Holds no outcomes but those of the visitors to learn from.</param>
    /// <param name="visitors">Whom to learn from.</param>
    /// <param name="seed">The same data and seed give the same scores.</param>
    void Train(OutcomeTable data, IReadOnlyList<int> visitors, int seed);

    /// <summary>One row of scores over the catalogue for each visitor, from the profile alone.</summary>
    Matrix Score(IReadOnlyList<int> visitors);
}
