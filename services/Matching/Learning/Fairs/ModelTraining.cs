namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>From what was recorded at fairs to a learned ranking and a report by which a person can decide about it.</summary>
internal static class ModelTraining
{
    /// <summary>The same cases and seed give the same model, to the byte. Takes seconds for a fair; runs on one thread.</summary>
    /// <param name="cases">In any order.</param>
    /// <param name="champion">With what the report compares; null: <see cref="CaseScorers.Baseline"/>.</param>
    public static TrainingResult Train(IReadOnlyList<ShownCase> cases, int seed, CancellationToken cancel, CaseScorer? champion = null) =>
        throw new NotImplementedException();

    /// <summary>Two rankers on the same lists, neither of which may have learned from them.</summary>
    public static ModelReport Compare(IReadOnlyList<ShownCase> cases, CaseScorer champion, CaseScorer challenger, int seed) =>
        throw new NotImplementedException();
}
