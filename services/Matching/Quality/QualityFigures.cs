using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Problems;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// Whether the matching is good, for whom it is worse, and what is missing: the figures of the desk under the same names, of whoever came in a span, and
/// counts that say how the fair goes.
/// </summary>
internal static class QualityFigures
{
    public const int SmallestGroup = 20, SmallestNeed = 5, UsefulFrom = 4;
    /// <summary>Who gave it agreed that it is checked whether the suggestions helped, and that the order is learned from it.</summary>
    public const string Consent = "quality-review";
    private const int MostMissing = 12;

    /// <returns>null where there are faults.</returns>
    public static QualitySummary? Of(FairRecord record, FigureQuestion question, List<FieldFault> faults)
    {
        if (question.Desk(record.Fair, record.People, record.Cuts, faults) is not { } asked) return null;
        var (desk, demo) = (asked.Desk, record.Fair.Fair.Demo);
        // People of a demo are invented: where the desk tells nothing, as they are so few, it is told of each of them.
        var each = demo ? new FigureDesk(desk.Catalogue, desk.People, desk.Filter, desk.Depth, least: 1) : desk;
        var judged = OrderFigures.JudgedOf(desk);
        var (ndcg, coverage) = (Told(d => OrderFigures.Ndcg(d, judged)), Told(OrderFigures.Coverage));
        var exposure = ExposureFigures.SharesOf(desk) is { Stands.Count: > 0 } shares ? shares : ExposureFigures.SharesOf(each);
        var stands = desk.Catalogue.Snapshot.Exhibitors;
        var newest = desk.People.Where(p => desk.Filter.Takes(p.Labels)).SelectMany(p => p.Lists).MaxBy(l => l.At);
        var (people, meetings) = SummaryCounts.Of(each);
        return new QualitySummary(
            people[0], people[1], people[2], meetings[0], meetings[1], meetings[2], meetings[3], ndcg.Value, ndcg is { Low: { } low, High: { } high } ? [low, high] : null,
            ndcg.Value is not null ? ndcg.N : SummaryCounts.Count(each, OrderFigures.ToldOf(each, judged), _ => 1), coverage.Value, exposure.Gini.Value, Groups(desk, judged),
            [.. exposure.Stands.Select(s => new Exposure(stands[s.Stand].Id, stands[s.Stand].Name, s.Share)).OrderByDescending(e => e.Share).ThenBy(e => e.Exhibitor, StringComparer.Ordinal)],
            Missing(need => Told(d => SupplyFigures.Need(d, need)), desk.Catalogue.Snapshot, record.Seats),
            newest is null ? new RankedBy("baseline", "none yet") : new RankedBy(newest.RankerKind, newest.RankerVersion), demo, record.At, asked.From, asked.To);

        Figure Told(Func<FigureDesk, Figure> of) => of(desk) is { Value: not null } told ? told : of(each);
    }

    /// <summary>Groups of at least twenty people; those of whom too few were judged without a difference.</summary>
    private static GroupQuality[] Groups(FigureDesk desk, IReadOnlyList<OrderFigures.Judged> judged)
    {
        var rows = GapFigures.Of(desk, judged).Where(r => r.Of == GapFigures.Compared[0]).ToDictionary(r => (r.By, r.Group));
        return [.. GapFigures.By.Select((by, i) => (By: by, At: i + 3)).Where(a => a.By != "channel").SelectMany(a => desk.People.Select(p => p.Labels[a.At]).Distinct()
            .Select(name => (Name: name, People: desk.Everybody?.Within(desk.Filter.With(a.By, name)).Length ?? 0)).Where(g => g.People >= SmallestGroup)
            .OrderByDescending(g => g.People).ThenBy(g => g.Name, StringComparer.Ordinal)
            .Select(g => rows.GetValueOrDefault((a.By, g.Name)) is { Difference: { Value: { } gap } difference } row
                ? new GroupQuality(a.By, g.Name, g.People, row.Mean.Value, gap, difference.Low, difference.High, row.Worse) : new GroupQuality(a.By, g.Name, g.People, null, null, null, null, false)))];
    }

    /// <summary>Needs for which there are fewest seats a head.</summary>
    private static Shortage[] Missing(Func<string, Figure> people, CatalogueSnapshot catalogue, IReadOnlyDictionary<Guid, (int All, int Free)> seats) =>
        [.. Vocabulary.Wishes.Select(need => new Shortage(need, (int)(people(need).Value ?? 0), SupplyFigures.Serving(catalogue, need, seats).FreeSeats)).Where(s => s.People >= SmallestNeed)
            .OrderBy(s => (double)s.FreeSeats / s.People).ThenByDescending(s => s.People).Take(MostMissing)];
}
