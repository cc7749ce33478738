namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// By what a person decides about a challenger. Everything is a finite number or null (it cannot be told), so that it goes through JSON. Groups of
/// fewer than 20 people are not told.
/// </summary>
/// <param name="Sentence">Of <see cref="Sentences"/>. A recommendation: nothing is promoted by it.</param>
/// <param name="Because">Codes that led to it, of <see cref="Reasons"/>; the weightiest first.</param>
/// <param name="From">Of the lists judged; they are later than those the challenger learned from, and by other visitors.</param>
/// <param name="Ndcg5">By what came of the offers as it is; favours whoever ordered the lists, because upper places are looked at more.</param>
/// <param name="Ndcg5Seen">The same with what came of a place counted by the inverse of how likely it was looked at, visitors together: the sentence goes by it.</param>
/// <param name="Examination">By place: how likely somebody looks that far, the first place 1.</param>
/// <param name="ExaminationKnown">False: too little was opened to estimate it, and 1/log2(1+place) is taken.</param>
internal sealed record ModelReport(
    string Sentence, IReadOnlyList<string> Because, int Lists, int Visitors, DateTimeOffset? From, DateTimeOffset? To,
    Paired Ndcg5, Paired Ndcg5Seen, IReadOnlyList<PolicyValue> Values, IReadOnlyList<GroupGap> Groups, ExposureChange Exposure,
    IReadOnlyList<double> Examination, bool ExaminationKnown)
{
    public static readonly IReadOnlyList<string> Sentences = ["no-worse", "worse", "cannot-tell"];

    public static readonly IReadOnlyList<string> Reasons =
        ["ndcg-worse", "ndcg-better", "ndcg-within", "ndcg-unsure", "value-worse", "value-better", "value-unsure", "group-worse", "stands-vanish", "too-few-lists", "seats-unknown"];
}

/// <summary>A mean with its 95 % interval over visitors, by the bootstrap or, where more than the mean is estimated, by the jackknife; all three null where nothing could be measured.</summary>
internal sealed record Estimate(int N, double? Mean, double? Low, double? High);

/// <summary>The same visitors under both rankers.</summary>
/// <param name="Difference">Challenger less champion, visitor by visitor.</param>
internal sealed record Paired(Estimate Champion, Estimate Challenger, Estimate Difference);

/// <summary>What the challenger's first five places would bring if every stand had a seat, estimated from lists that others had ordered: use per list, 1: a meeting held and found useful.</summary>
/// <param name="Method">"place": only where the challenger puts the same offer on the same place, by recorded propensity. "seen": each offer by how much
/// more it would be looked at on its new place.</param>
/// <param name="Logged">What the lists brought as they were.</param>
/// <param name="Snips">Self-normalised inverse propensity scoring.</param>
/// <param name="DoublyRobust">Model of what comes of an offer, corrected by what did.</param>
/// <param name="Difference">Doubly robust less logged.</param>
/// <param name="EffectiveSize">(sum of weights)^2 / sum of squared weights.</param>
/// <param name="Support">Share of the challenger's first five places of which the lists can say anything.</param>
/// <param name="Refused">"effective-size" or "support": too little to say; the estimates are null then.</param>
internal sealed record PolicyValue(
    string Method, Estimate Logged, Estimate Snips, Estimate DoublyRobust, Estimate Difference, double? EffectiveSize, double? Support, string? Refused);

/// <summary>One group under the challenger, and against the rest of all.</summary>
/// <param name="By">"language", "german" or "age".</param>
/// <param name="Ndcg5">Of the challenger.</param>
/// <param name="Gap">Its mean less that of the rest.</param>
/// <param name="Ratio">Its mean over that of the rest.</param>
/// <param name="Change">Challenger less champion for the same people.</param>
/// <param name="Worse">The whole interval of <paramref name="Change"/> is below 0.</param>
internal sealed record GroupGap(string By, string Group, int People, Estimate Ndcg5, Estimate Gap, double? Ratio, Estimate Change, bool Worse);

/// <summary>How the first five places of whole lists, arranged as they are served, fall on stands. Before: by the champion; after: by the challenger.</summary>
/// <param name="GiniBefore">0: all stands alike; towards 1: one has all.</param>
/// <param name="NeverBefore">Stands with offers, none of which comes into any first five.</param>
/// <param name="CoverageBefore">Share of the offers in at least one first five.</param>
internal sealed record ExposureChange(
    double? GiniBefore, double? GiniAfter, int NeverBefore, int NeverAfter, double? CoverageBefore, double? CoverageAfter, int Stands, int Offers);
