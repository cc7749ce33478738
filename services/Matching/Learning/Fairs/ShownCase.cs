using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// One list as it was shown, and what came of it: what a ranking for fairs is learned from and judged by. Whoever makes cases from stored rows
/// takes those of people who agreed to a review of quality, and counts what came of an offer with the last list that showed it before.
/// </summary>
/// <param name="Visitor">Pseudonymous; lists of one visitor stay together wherever data are split.</param>
/// <param name="Catalogue">What the index of an offer means; best that of the moment. Offers it does not have are passed over and counted.</param>
/// <param name="Rules">Of the day on which the list was shown.</param>
/// <param name="Offers">In the order shown: the first has place 1.</param>
/// <param name="Propensities">Parallel to <paramref name="Offers"/>: with which probability each stood on its place, above 0 to 1; empty: 1.</param>
/// <param name="Outcomes">Parallel to <paramref name="Offers"/>.</param>
/// <param name="Full">Parallel to <paramref name="Offers"/>: whether nobody could ask, since the stand had no free seat or the visitor as many meetings as may be, at all or there (<see cref="CannotAsk"/>); null: not known, and who did not ask may have been unable to.</param>
internal sealed record ShownCase(
    Guid Visitor, VisitorFacts Facts, CatalogueSnapshot Catalogue, RulesOfDay Rules, IReadOnlyList<Guid> Offers, IReadOnlyList<double> Propensities,
    DateTimeOffset At, RankedBy RankedBy, CaseGroups Groups, IReadOnlyList<OfferOutcome> Outcomes, IReadOnlyList<bool>? Full = null)
{
    /// <summary>
    /// Adds to the full stands what a visitor came to after asking as often as one may, at all or at this stand: people look from the top, and who looks far down
    /// has often asked so much above that they can ask no more. Read as "not wanted" that would be a word against everything that stands low, and against stands
    /// of which much is wanted.
    /// </summary>
    /// <param name="full">Parallel to the offers, as are the outcomes.</param>
    public static bool[] CannotAsk(CatalogueSnapshot catalogue, IReadOnlyList<Guid> offers, IReadOnlyList<bool> full, IReadOnlyList<OfferOutcome> outcomes, MeetingCaps caps)
    {
        var (asked, askedAt, cannot) = (0, new int[catalogue.Exhibitors.Length], new bool[full.Count]);
        for (var place = 0; place < full.Count; place++)
        {
            // Whose an offer was that the catalogue does not have any more, nobody knows.
            int? stand = catalogue.TryOffer(offers[place], out var offer) ? catalogue.Exhibitor[offer] : null;
            cannot[place] = full[place] || asked >= caps.AtOnce || (stand is { } at && askedAt[at] >= caps.AtStand);
            if (!outcomes[place].Asked) continue;
            asked++;
            if (stand is { } here) askedAt[here]++;
        }
        return cannot;
    }
}

/// <summary>By what gaps between people are measured, and small groups taught more often. Codes of the questionnaire; null: not answered.</summary>
internal sealed record CaseGroups(string? Language, string? German, string? AgeBand)
{
    public IReadOnlyList<(string By, string Group)> All => [("language", Language ?? Unknown), ("german", German ?? Unknown), ("age", AgeBand ?? Unknown)];

    private const string Unknown = "unknown";
}

/// <summary>What came of one offer on a list. A later step implies the earlier ones.</summary>
/// <param name="Accepted">The stand agreed to a meeting, also where it was called off later.</param>
/// <param name="Declined">The stand said no, or let the request expire.</param>
/// <param name="Useful">How useful the visitor found it, 1 to 5; null: not said.</param>
internal readonly record struct OfferOutcome(
    bool Opened = false, bool Requested = false, bool Accepted = false, bool Declined = false, bool Held = false, bool NoShow = false, int? Useful = null)
{
    public bool Asked => Requested || Accepted || Declined || Held || NoShow || Useful is not null;
}
