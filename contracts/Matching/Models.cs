using Matchmaking.Contracts.Profile;

namespace Matchmaking.Contracts.Matching;

/// <summary>GET /api/models: what ranks, what could, and how it came to that.</summary>
/// <param name="Serving">What ranks in the replica that answers; the others follow within five seconds.</param>
/// <param name="Champion">The model that a person has put in force; null: the baseline's fixed weights.</param>
/// <param name="Fault">Why the champion does not rank although it should, as a problem code; null: it does. What ranked before goes on then.</param>
/// <param name="RollbackTo">What would rank after a rollback; null: the baseline ranks, there is nothing to roll back.</param>
/// <param name="Challengers">Newest first. A challenger ranks nothing until a person promotes it.</param>
/// <param name="Changes">Promotions and rollbacks, newest first; the last fifty.</param>
/// <param name="Demo">True where the current fair's offers and visitors are invented.</param>
public sealed record ModelsView(
    RankedBy Serving, ModelView? Champion, string? Fault, RankedBy? RollbackTo, IReadOnlyList<ModelView> Challengers, IReadOnlyList<ModelChangeView> Changes,
    TrainingView Training, bool Demo);

/// <summary>A learned model with the report by which a person decides.</summary>
/// <param name="State">"challenger", "champion", or "retired": it was champion once.</param>
/// <param name="FairId">The fair it has learned from; null: from several.</param>
/// <param name="Uploaded">True where it was trained elsewhere.</param>
/// <param name="Fault">Why this program cannot rank by it, as a problem code; null: it can.</param>
public sealed record ModelView(
    string Version, string State, DateTimeOffset CreatedAt, Guid? FairId, bool Uploaded, string Fingerprint, string? Fault, TrainingFacts Facts, ModelReport Report);

/// <summary>One promotion or rollback.</summary>
/// <param name="Kind">"promotion" or "rollback".</param>
/// <param name="By">The name that was given, and <paramref name="Role"/> that of the token.</param>
public sealed record ModelChangeView(int Number, string Kind, DateTimeOffset At, string By, string Role, string Reason, RankedBy From, RankedBy To);

/// <summary>How training stands.</summary>
/// <param name="Version">What the last training made; null: it was refused, or there was none yet.</param>
/// <param name="Refused">Why the last training made no model; null: it made one, or there was none yet.</param>
/// <param name="NewOutcomes">Offers opened and meetings asked for or agreed on since the last training began.</param>
/// <param name="OutcomesNeeded">With so many the next one begins by itself.</param>
public sealed record TrainingView(
    bool Running, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Version, TrainingRefusal? Refused, int NewOutcomes, int OutcomesNeeded);

/// <param name="Args">Numbers that belong to the code; of "too-few-lists", "too-few-visitors" and "no-outcomes" what there is, then what it takes.</param>
public sealed record TrainingRefusal(string Code, IReadOnlyList<double> Args);

/// <summary>POST /api/models/{version}/promote and /api/models/rollback. The same press twice is one change.</summary>
/// <param name="Name">Who decides; kept in the log.</param>
/// <param name="Reason">Why; kept in the log.</param>
/// <param name="Expected">Version of the champion that the caller saw; null: the baseline. With another one in force by now: 409 changed-meanwhile.</param>
public sealed record ModelDecision(string? Name, string? Reason, string? Expected = null);

/// <summary>POST /api/models/explain: why an offer stands where it does for needs that are typed in, not a person's.</summary>
/// <param name="At">As in the eligibility preview; null: today.</param>
/// <param name="Version">Of a model; "baseline"; null: what ranks.</param>
public sealed record RankingQuestion(Needs? Needs, Guid? OfferId, string? At = null, string? Version = null);

/// <param name="Score">On the scale of the baseline. It compares offers for these needs and says nothing else.</param>
/// <param name="Outputs">The baseline's one sum, or the two forests of a model, of whose values the score is made.</param>
public sealed record RankingExplained(RankedBy RankedBy, Guid OfferId, DateOnly At, string Verdict, double Score, IReadOnlyList<OutputExplained> Outputs);

/// <param name="Output">"score", "usefulness" or "acceptance".</param>
/// <param name="Base">What is to be expected of an offer of which nothing is known, all leaves counting alike.</param>
/// <param name="Value"><paramref name="Base"/> and the parts of all features.</param>
/// <param name="BaseScore">What <paramref name="Base"/> makes of the score; those of all outputs and the features' score parts are the score.</param>
/// <param name="Parts">Largest first; features that add nothing are left out.</param>
public sealed record OutputExplained(string Output, double Base, double Value, double BaseScore, IReadOnlyList<FeaturePart> Parts);

/// <param name="Meaning">Range and unit of the value.</param>
/// <param name="Value">null: not known.</param>
/// <param name="Part">What it adds to the output: its exact Shapley value; of the baseline its summand.</param>
/// <param name="ScorePart">What it adds to the score.</param>
public sealed record FeaturePart(string Feature, string Meaning, double? Value, double Part, double ScorePart);

/// <summary>What a model was trained from.</summary>
/// <param name="Outcomes">Places of lists of which anything came.</param>
/// <param name="Requests">Those of which it is known whether the stand agreed.</param>
/// <param name="UnknownOffers">Places passed over because the catalogue no longer has the offer.</param>
/// <param name="ExplorationLists">Lists in which something was left to chance.</param>
public sealed record TrainingFacts(
    DateTimeOffset From, DateTimeOffset To, int Lists, int Visitors, int Outcomes, int Requests, int UnknownOffers, int ExplorationLists, int Seed);

/// <summary>By what a person decides about a challenger. Groups of fewer than 20 people are not told.</summary>
/// <param name="Sentence">"no-worse", "worse" or "cannot-tell": a recommendation, nothing is promoted by it.</param>
/// <param name="Because">Codes that led to it, the weightiest first.</param>
/// <param name="From">Of the lists judged; they are later than those the challenger learned from, and by other visitors.</param>
/// <param name="Examination">By place: how likely somebody looks that far, the first place 1.</param>
/// <param name="ExaminationKnown">False: too little was opened to estimate it, and 1/log2(1+place) is taken.</param>
public sealed record ModelReport(
    string Sentence, IReadOnlyList<string> Because, int Lists, int Visitors, DateTimeOffset? From, DateTimeOffset? To,
    Paired Ndcg5, Paired Ndcg5Seen, IReadOnlyList<PolicyValue> Values, IReadOnlyList<GroupGap> Groups, ExposureChange Exposure,
    IReadOnlyList<double> Examination, bool ExaminationKnown);

/// <summary>A mean with its 95 % bootstrap interval over visitors; all three null where nothing could be measured.</summary>
public sealed record Estimate(int N, double? Mean, double? Low, double? High);

/// <summary>The same visitors under both rankers.</summary>
/// <param name="Difference">Challenger less champion, visitor by visitor.</param>
public sealed record Paired(Estimate Champion, Estimate Challenger, Estimate Difference);

/// <summary>What the challenger's first five places would bring, estimated from lists that others had ordered: use per list, 1: a meeting held and found useful.</summary>
/// <param name="Method">"place": only where the challenger puts the same offer on the same place, by recorded propensity. "seen": each offer by how much
/// more it would be looked at on its new place.</param>
/// <param name="Logged">What the lists brought as they were.</param>
/// <param name="Snips">Self-normalised inverse propensity scoring.</param>
/// <param name="DoublyRobust">Model of what comes of an offer, corrected by what did.</param>
/// <param name="Difference">Doubly robust less logged.</param>
/// <param name="EffectiveSize">(sum of weights)^2 / sum of squared weights.</param>
/// <param name="Support">Share of the challenger's first five places of which the lists can say anything.</param>
/// <param name="Refused">"effective-size" or "support": too little to say; the estimates are null then.</param>
public sealed record PolicyValue(
    string Method, Estimate Logged, Estimate Snips, Estimate DoublyRobust, Estimate Difference, double? EffectiveSize, double? Support, string? Refused);

/// <summary>One group under the challenger, and against the rest of all.</summary>
/// <param name="By">"language", "german" or "age".</param>
/// <param name="Ndcg5">Of the challenger.</param>
/// <param name="Gap">Its mean less that of the rest.</param>
/// <param name="Ratio">Its mean over that of the rest.</param>
/// <param name="Change">Challenger less champion for the same people.</param>
/// <param name="Worse">The whole interval of <paramref name="Change"/> is below 0.</param>
public sealed record GroupGap(string By, string Group, int People, Estimate Ndcg5, Estimate Gap, double? Ratio, Estimate Change, bool Worse);

/// <summary>How the first five places of whole lists, arranged as they are served, fall on stands. Before: by the champion; after: by the challenger.</summary>
/// <param name="GiniBefore">0: all stands alike; towards 1: one has all.</param>
/// <param name="NeverBefore">Stands with offers, none of which comes into any first five.</param>
/// <param name="CoverageBefore">Share of the offers in at least one first five.</param>
public sealed record ExposureChange(
    double? GiniBefore, double? GiniAfter, int NeverBefore, int NeverAfter, double? CoverageBefore, double? CoverageAfter, int Stands, int Offers);
