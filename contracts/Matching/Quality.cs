namespace Matchmaking.Contracts.Matching;

/// <summary>One number with what it takes to trust it.</summary>
/// <param name="Definition">Of GET /api/quality/definitions: what is counted, by which formula, from which source.</param>
/// <param name="Value">null: it cannot be told; <paramref name="Missing"/> says why.</param>
/// <param name="Low">Of the 95 % interval; null: there is none, because nothing is estimated or too few people are in it.</param>
/// <param name="N">How many people it is of.</param>
/// <param name="Missing">"no-data": nobody; "too-few": so few that they could be told apart; "no-model": the fixed rules state no chance; "learned-from": the model has learned from all these lists, and only later ones can judge it.</param>
public sealed record Figure(string Definition, double? Value, double? Low, double? High, int N, string? Missing);

/// <summary>
/// GET /api/quality/figures. Every figure is of whole blocks of at least five people, ten with `published`: whatever is subtracted from whatever, no remainder is of a few.
/// </summary>
/// <param name="From">When those came of whom it is told; what came of their lists counts whenever it happened. It is what was asked for, widened to pieces of at least 500 people.</param>
/// <param name="AtMost">People of all blocks in which anybody fits the filter. Who is in a block with people of other groups is not told with either.</param>
/// <param name="Policy">Of the order that was asked for with `other` or `weights`; empty where none was.</param>
public sealed record QualityFigureSet(
    Guid FairId, DateTimeOffset From, DateTimeOffset To, Figure People, int AtMost, IReadOnlyList<FunnelRow> Funnel, IReadOnlyList<OrderRow> Order, IReadOnlyList<GapRow> Gaps,
    ExposureRows Exposure, CalibrationRows Calibration, Figure FirstAnswer, IReadOnlyList<NeedRow> Needs, IReadOnlyList<UnneededOffer> OffersWithoutNeed, IReadOnlyList<RuleRow> Rules,
    IReadOnlyList<PolicyRow> Policy, bool Demo, DateTimeOffset At);

/// <summary>Of those who were shown something: who opened, requested, was accepted, had the meeting, found it useful.</summary>
/// <param name="Place">"1", "6-10", …; null: of the whole list, and of what was found elsewhere.</param>
public sealed record FunnelRow(string? Place, IReadOnlyList<Figure> Steps);

/// <param name="Order">"shown", "popularity" or "chance".</param>
/// <param name="Coverage">Of what was shown alone.</param>
/// <param name="Lead">NDCG of what was shown less this order's, person by person.</param>
public sealed record OrderRow(string Order, Figure Ndcg, Figure Precision, Figure Recall, Figure Mrr, Figure? Coverage, Figure? Lead);

/// <summary>A group against all others within the filter.</summary>
/// <param name="Of">The definition whose mean is compared.</param>
/// <param name="By">"language", "german", "age", "channel".</param>
/// <param name="Worse">At 5 % for all groups of the answer together.</param>
/// <param name="Test">Welch's t; null: it could not be compared.</param>
/// <param name="Freedom">Its degrees of freedom.</param>
public sealed record GapRow(string Of, string By, string Group, Figure Mean, Figure Difference, Figure Ratio, bool Worse, double? Test, double Freedom);

public sealed record ExposureRows(Figure Gini, Figure Tail, Figure Floor, IReadOnlyList<StandRow> Stands);

/// <param name="Share">Of all attention, 0 to 1.</param>
/// <param name="FloorKept">It has at least 15 % of an equal share.</param>
/// <param name="Seats">That were given in all.</param>
/// <param name="FreeSeats">That can be booked now.</param>
public sealed record StandRow(Guid ExhibitorId, string Name, double Share, bool FloorKept, Figure Asked, Figure Acceptance, Figure NoShow, int Seats, int FreeSeats);

public sealed record CalibrationRows(Figure Error, Figure Brier, IReadOnlyList<CalibrationBin> Bins);

/// <param name="Stated">Mean chance that the model stated.</param>
/// <param name="Kept">Share of those that were agreed on and held.</param>
public sealed record CalibrationBin(double From, double To, double? Stated, Figure Kept);

/// <param name="Unserved">Share of those who have it for whom the rules leave no offer that serves it.</param>
public sealed record NeedRow(string Need, Figure People, Figure Unserved, int Offers, int FreeSeats);

/// <summary>An offer that fits fewer than five people within the filter: none has a need that it serves, or a rule is against it.</summary>
public sealed record UnneededOffer(Guid OfferId, string Title, string Exhibitor);

/// <param name="People">Share of people to whom it says so about some offer.</param>
public sealed record RuleRow(string Pack, string Version, string Rule, string Verdict, Figure People);

/// <summary>What another order would bring, as in the reports of models.</summary>
/// <param name="Method">"place": same offer, same place, by recorded propensity. "seen": by how much more it would be looked at.</param>
/// <param name="EffectiveSize">(sum of weights)^2 / sum of squared weights; under 100 it is refused.</param>
/// <param name="Support">Share of the other order's first five places of which the record can say anything; under 0.8 it is refused.</param>
/// <param name="Refused">"effective-size" or "support".</param>
public sealed record PolicyRow(string Method, Figure Logged, Figure Snips, Figure DoublyRobust, Figure Difference, double? EffectiveSize, double? Support, string? Refused);

/// <summary>What a figure is; in English, as the description of the API.</summary>
/// <param name="Source">Literature or decision that it follows.</param>
public sealed record FigureDefinition(string Id, string Unit, string Counts, string Formula, string Source);

/// <summary>What the organiser says of a fair in its report: plain text, an empty line between paragraphs; empty: nothing.</summary>
/// <param name="Version">0: nobody has written yet.</param>
public sealed record FairWords(Guid FairId, string Text, int Version, DateTimeOffset? At);

/// <param name="Text">Required; at most 4,000 characters, empty for none.</param>
/// <param name="Version">That was read before: words that somebody else wrote meanwhile are not overwritten.</param>
public sealed record NewFairWords(string? Text, int Version);

/// <summary>One row of GET /api/quality/looks: somebody of the staff looked at figures.</summary>
/// <param name="By">The account.</param>
/// <param name="What">The address that was asked for, with its filters.</param>
public sealed record FigureLook(DateTimeOffset At, string By, string Role, string What);

/// <summary>GET /api/quality/rows: those whom a figure counts, each with the places of lists on which it came to what is counted.</summary>
/// <param name="Figure">As it is told; <paramref name="People"/> are as many as its n, rows are of those of them who agreed to a review.</param>
/// <param name="Of">Of which it is, where a figure is one of many: as it was asked.</param>
/// <param name="Next">To be given as `after` for the rows that follow; null: these are the last.</param>
public sealed record FigureRows(Figure Figure, string? Of, int People, IReadOnlyList<FigureRowOf> Rows, int? Next);

/// <param name="Person">Pseudonym: the same in every answer, and nobody's id.</param>
/// <param name="Counts">True where it is one of those of whom the figure's share is, false where it is one of the others that it is a share of.</param>
/// <param name="Lists">How many lists it was shown; the places are of the last.</param>
/// <param name="Places">Empty of who did not agree to a review: they are counted, and their own list is not looked at.</param>
public sealed record FigureRowOf(string Person, bool Counts, int Lists, string? Model, IReadOnlyList<FigurePlace> Places);

/// <param name="Position">From 1; null: found elsewhere.</param>
/// <param name="Came">"opened", "requested", "accepted", "declined", "held", "no-show".</param>
/// <param name="Title">Of the offer, in German; null: it is no longer in the catalogue.</param>
public sealed record FigurePlace(int? Position, Guid OfferId, IReadOnlyList<string> Came, string? Title = null);

/// <summary>GET /api/quality/matches/{person}/{offerId}: one offer for one visitor as the last list had it, of who agreed to a review.</summary>
/// <param name="Person">As in <see cref="FigureRowOf"/>.</param>
/// <param name="Position">From 1; null: not on the list.</param>
/// <param name="Propensity">Chance with which it stood there, above 0 to 1.</param>
/// <param name="Candidates">Offers that could have stood on the list; null: not known.</param>
/// <param name="Packs">By which the list was judged, as "id version".</param>
/// <param name="Day">Whose rules held.</param>
/// <param name="AsAnswered">False: answers have changed since the list; all that follows is of those of now.</param>
/// <param name="Known">What was answered, by name, as the codes of the questionnaire; what is missing was not.</param>
/// <param name="Office">Code of the office that decides or is to be asked; null where nobody needs to be.</param>
/// <param name="OfficeName">In the language of who asks.</param>
/// <param name="Score">By what ranked the list; null: that model is no longer kept, nor are <paramref name="Outputs"/> and places then.</param>
/// <param name="Place">By score among what the rules do not exclude, before a list is balanced.</param>
/// <param name="Came">"opened", "requested", "accepted", "declined", "held", "no-show".</param>
/// <param name="Verdicts">Single other answers by which the verdict would be better.</param>
/// <param name="Places">For each question the other answer by which the offer would stand highest, where that is another place.</param>
public sealed record ShownMatch(
    string Person, Guid OfferId, string Title, string Exhibitor, DateTimeOffset ShownAt, int? Position, double? Propensity, int? Candidates, RankedBy RankedBy, IReadOnlyList<string> Packs,
    DateOnly Day, bool AsAnswered, IReadOnlyDictionary<string, string> Known, string Verdict, string? Office, string? OfficeName, IReadOnlyList<RuleHit> Rules, double? Score, int? Place,
    IReadOnlyList<OutputExplained> Outputs, IReadOnlyList<string> Came, IReadOnlyList<VerdictChange> Verdicts, IReadOnlyList<PlaceChange> Places);

/// <param name="Field">Of the questionnaire.</param>
/// <param name="Value">The other answer.</param>
public sealed record PlaceChange(string Field, string Value, int Place);
