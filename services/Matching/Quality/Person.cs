using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Quality;

/// <summary>A visitor as figures see one: what was answered, shown and came of it. Neither an id, nor a contact, nor a note.</summary>
/// <param name="Labels">As <see cref="FigureFilter.Attributes"/>.</param>
/// <param name="Reviewed">Agreed that it is checked whether the suggestions helped: only then is the own list judged, alone or in groups.</param>
/// <param name="Lists">By time.</param>
/// <param name="Outcomes">Parallel to <paramref name="Lists"/>.</param>
/// <param name="Came">By offer, wherever it was found.</param>
/// <param name="FirstAnswer">From the first answers of the visitor to the first of a stand; null: none yet.</param>
internal sealed record Person(
    string[] Labels, VisitorFacts Facts, bool Reviewed, ShownList[] Lists, OfferOutcome[][] Outcomes, IReadOnlyDictionary<Guid, OfferOutcome> Came, TimeSpan? FirstAnswer)
{
    /// <summary><see cref="Visitor.RecordKey"/>.</summary>
    public Guid Key { get; init; }

    /// <summary>Of the answers; lists of earlier ones were made from answers that nobody keeps.</summary>
    public long Version { get; init; }

    /// <summary>Meetings, each for itself, without those of an organiser's schedule: asked for, accepted, held, called useful.</summary>
    public IReadOnlyList<int> Meetings { get; init; } = [0, 0, 0, 0];

    private static readonly string[] Answers = [MeetingSteps.Accepted, MeetingSteps.Declined, MeetingSteps.Proposed];

    public static Person Of(Visitor visitor, IReadOnlyList<DateTimeOffset> cuts, IEnumerable<ShownList> shown, IEnumerable<OpenedOffer> opened, IEnumerable<Booking> bookings)
    {
        ShownList[] lists = [.. shown.OrderBy(l => l.At).ThenBy(l => l.Id)];
        OpenedOffer[] looks = [.. opened];
        Booking[] asked = [.. bookings.Where(b => !b.IsPlanned)];
        var answered = asked.SelectMany(b => b.History).Where(s => s.By == MeetingSides.Exhibitor && Answers.Contains(s.What)).Select(s => (DateTimeOffset?)s.At).Min();
        var n = visitor.Needs;
        return new Person(
            [
                ToldSpan.PieceOf(visitor.Since, cuts).ToString(System.Globalization.CultureInfo.InvariantCulture), lists.Length == 0 ? "" : ModelOf(lists[^1]),
                lists.Length == 0 ? "" : FigureFilter.Packs(lists[^1].Packs), n.Language ?? Codes.Unknown, n.German?.Speaking ?? Codes.Unknown, n.AgeBand ?? Codes.Unknown, n.Channel ?? Codes.Unknown,
            ],
            VisitorFacts.Of(n), n.Consents?.Contains(QualityFigures.Consent) == true, lists, ListOutcomes.Of(lists, looks, asked), ListOutcomes.ByOffer(looks, asked),
            answered - visitor.Since)
        {
            Key = visitor.RecordKey,
            Version = visitor.Version,
            Meetings = [asked.Length, asked.Count(b => b.AcceptedAt is not null), asked.Count(b => b.Status == MeetingStatuses.Held), asked.Count(b => b.Useful >= QualityFigures.UsefulFrom)],
        };
    }

    /// <summary>"baseline 2", "model 20260620-1".</summary>
    public static string ModelOf(ShownList list) => $"{list.RankerKind} {list.RankerVersion}";

    /// <summary>The last list: by it an order is judged.</summary>
    public ShownList? Last => Lists.Length == 0 ? null : Lists[^1];

    /// <summary>
    /// How far it came with any of these offers, as <see cref="Grades.Of"/>; 0: shown, and nothing came of it; -1: not even shown.
    /// </summary>
    /// <param name="takes">Which offers.</param>
    public int Reach(Func<Guid, bool> takes)
    {
        var reach = Lists.Any(l => l.Offers.Any(takes)) ? 0 : -1;
        foreach (var (offer, outcome) in Came)
            if (takes(offer)) reach = Math.Max(reach, Grades.Of(outcome));
        return reach;
    }

    /// <summary>The same of what stood on these places, counted from 0, with what came of it there.</summary>
    public int Reach(Func<Guid, bool> takes, int from, int to)
    {
        var reach = -1;
        for (var list = 0; list < Lists.Length; list++)
            for (var place = from; place <= Math.Min(to, Lists[list].Offers.Count - 1); place++)
                if (takes(Lists[list].Offers[place])) reach = Math.Max(reach, Grades.Of(Outcomes[list][place]));
        return reach;
    }

    /// <summary>As training and off-policy estimates take it.</summary>
    /// <param name="visitor">A number within one answer; it is nobody's id.</param>
    public ShownCase Case(int list, int visitor, CatalogueSnapshot catalogue, RulesOfDay rules, MeetingCaps caps) => new(
        new Guid(visitor, 0, 0, new byte[8]), Facts, catalogue, rules, Lists[list].Offers, Lists[list].Propensities, Lists[list].At, new RankedBy(Lists[list].RankerKind, Lists[list].RankerVersion),
        new CaseGroups(Labels[3], Labels[4], Labels[5]), Outcomes[list], Lists[list].Full is { } full ? ShownCase.CannotAsk(catalogue, Lists[list].Offers, full, Outcomes[list], caps) : null);
}
