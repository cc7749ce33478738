using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Quality;

/// <summary>An order that is to be estimated from lists that were shown by another.</summary>
/// <param name="LearnedTo">When the last of the lists was shown that it has learned from; of fixed rules nothing.</param>
internal sealed record OtherOrder(CaseScorer Scores, DateTimeOffset LearnedTo = default)
{
    public static OtherOrder Of(LearnedModel model) => new(CaseScorers.Learned(model), model.Facts.To);

    /// <summary>Whether it may have learned from this list: it would be praised for knowing what came of it.</summary>
    public bool HasSeen(ShownList list) => list.At <= LearnedTo;
}
