using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Quality;

/// <summary>An order that is to be estimated from lists that were shown by another.</summary>
/// <param name="Learned">null: fixed rules, which have learned from nothing.</param>
internal sealed record OtherOrder(CaseScorer Scores, LearnedModel? Learned = null)
{
    public static OtherOrder Of(LearnedModel model) => new(CaseScorers.Learned(model), model);

    /// <summary>Whether it may have learned from this list: it would be praised for knowing what came of it.</summary>
    public bool HasSeen(ShownList list) => Learned?.MayKnow(list.At) == true;
}
