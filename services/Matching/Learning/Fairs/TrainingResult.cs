using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>A model, or why there is none.</summary>
internal abstract record TrainingResult
{
    private TrainingResult() { }

    /// <param name="Code">Of <see cref="RefusalCodes"/>.</param>
    /// <param name="Args">Numbers for the sentence: what there is, then what it takes.</param>
    public sealed record Refused(string Code, params IReadOnlyList<double> Args) : TrainingResult;

    /// <summary>
    /// Both forests read rows of <see cref="Features.All"/>, NaN: not known. A model is these two, <see cref="Score"/>, and
    /// <see cref="Features.Fingerprint"/> as it was.
    /// </summary>
    /// <param name="Usefulness">How much a visitor wants an offer that they look at, about 0 to 1; estimates of little fall below 0.</param>
    /// <param name="Acceptance">The chance that a request is accepted and the meeting held, about 0 to 1.</param>
    /// <param name="Report">How the same training on the earlier lists did on the later ones. The model itself has learned from all.</param>
    public sealed record Trained(Forest Usefulness, Forest Acceptance, LearnedScore Score, ModelReport Report, TrainingFacts Facts) : TrainingResult;

    /// <summary>Every code of a refusal.</summary>
    public static readonly IReadOnlyList<string> RefusalCodes =
        ["too-few-lists", "too-few-visitors", "no-outcomes", "one-sided-outcomes", "not-finite", "out-of-range", "unknown-offers"];
}

/// <summary>What a model was trained from.</summary>
/// <param name="Outcomes">Places of lists of which anything came.</param>
/// <param name="Requests">Those of which it is known whether the stand agreed.</param>
/// <param name="UnknownOffers">Places passed over because the catalogue no longer has the offer.</param>
/// <param name="ExplorationLists">Lists in which something was left to chance.</param>
internal sealed record TrainingFacts(
    DateTimeOffset From, DateTimeOffset To, int Lists, int Visitors, int Outcomes, int Requests, int UnknownOffers, int ExplorationLists, int Seed);
