using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Quality;

/// <summary>What the figures are made of: one fair, one span of time.</summary>
/// <param name="FreeSeats">Seats that can be booked now, by exhibitor.</param>
internal sealed record QualityInput(
    FairCatalogue Catalogue, IReadOnlyList<Visitor> Visitors, IReadOnlyList<ShownList> Shown, IReadOnlyList<OpenedOffer> Opened,
    IReadOnlyList<Booking> Bookings, IReadOnlyDictionary<Guid, int> FreeSeats);

/// <summary>
/// Whether the matching is good, for whom it is worse, and what is missing. Counts are of everybody; a person's list is judged, alone and in
/// groups, only with the consent to quality review. Groups are told from 20 people on, and never so that a smaller rest can be worked out.
/// </summary>
internal static class QualityFigures
{
    public const int SmallestGroup = 20, SmallestNeed = 5, UsefulFrom = 4;
    /// <summary>Who gave it agreed that it is checked whether the suggestions helped, and that the order is learned from it.</summary>
    public const string Consent = "quality-review";
    private const int Top = 5, MostMissing = 12;

    public static QualitySummary Of(QualityInput input, DateTimeOffset now)
    {
        var lists = input.Shown.GroupBy(l => l.RecordKey).ToDictionary(g => g.Key, g => g.MaxBy(l => (l.At, l.ProfileVersion))!);
        var judged = Judge(input, lists);
        // People of a demo are invented; of others what was shown to a few, and how well, is told of nobody.
        var fewest = input.Catalogue.Fair.Demo ? 1 : Blocks.Least;
        var values = judged.Count < fewest ? [] : judged.Select(j => j.Ndcg).ToArray();
        var groups = Groups(input.Visitors, judged);
        var gaps = (IReadOnlyList<(double Low, double High)>)[];
        double? mean = values.Length == 0 ? null : values.Average();
        double[]? interval = null;
        if (values.Length > 0)
        {
            var (low, high) = Measures.MeanInterval(values, [.. groups.Select(g => g.Judged)], out gaps);
            interval = [low, high];
        }

        var exposure = lists.Count < fewest ? [] : ExposureOf(input);
        var inTop = lists.Values.SelectMany(l => l.Offers.Take(Top)).Where(o => input.Catalogue.Offer(o) is not null).Distinct().Count();
        var newest = input.Shown.MaxBy(l => l.At);
        var offers = input.Catalogue.Published.Offers.Count;
        return new QualitySummary(
            input.Visitors.Count, lists.Count, input.Opened.Select(o => o.RecordKey).Distinct().Count(), input.Bookings.Count,
            input.Bookings.Count(b => b.AcceptedAt is not null), input.Bookings.Count(b => b.Status == MeetingStatuses.Held),
            input.Bookings.Count(b => b.Useful >= UsefulFrom), mean, interval, judged.Count,
            offers == 0 || lists.Count < fewest ? null : (double)inTop / offers, Measures.Gini(exposure.Select(e => e.Share)),
            [.. groups.Select((g, i) => Told(g, values, mean, gaps.Count > i ? gaps[i] : null))], exposure, Missing(input),
            newest is null ? new RankedBy("baseline", "none yet") : new RankedBy(newest.RankerKind, newest.RankerVersion), input.Catalogue.Fair.Demo, now);
    }

    /// <summary>What became of an offer for a visitor: opened 1, requested 2, accepted 3, held 4, found useful 5.</summary>
    internal static int Grade(Booking booking) =>
        booking.Useful >= UsefulFrom ? 5 : booking.Status == MeetingStatuses.Held ? 4 : booking.AcceptedAt is not null ? 3 : 2;

    private sealed record Judgement(Guid RecordKey, double Ndcg);

    private static List<Judgement> Judge(QualityInput input, Dictionary<Guid, ShownList> lists)
    {
        var consenting = input.Visitors.Where(v => v.Needs.Consents?.Contains(Consent) == true).Select(v => v.RecordKey).ToHashSet();
        var keys = input.Visitors.ToDictionary(v => v.Id, v => v.RecordKey);
        var grades = new Dictionary<Guid, Dictionary<Guid, int>>();
        foreach (var opened in input.Opened) Note(opened.RecordKey, opened.OfferId, 1);
        foreach (var booking in input.Bookings)
            if (keys.TryGetValue(booking.VisitorId, out var key)) Note(key, booking.OfferId, Grade(booking));
        var judged = new List<Judgement>();
        foreach (var (record, list) in lists.OrderBy(l => l.Key))
        {
            if (!consenting.Contains(record) || !grades.TryGetValue(record, out var theirs)) continue;
            var shown = list.Offers.Select(o => theirs.GetValueOrDefault(o)).ToArray();
            if (Measures.Ndcg(shown, theirs.Where(g => !list.Offers.Contains(g.Key)).Select(g => g.Value), Top) is { } ndcg) judged.Add(new Judgement(record, ndcg));
        }
        return judged;

        void Note(Guid visitor, Guid offer, int grade)
        {
            if (!grades.TryGetValue(visitor, out var theirs)) grades[visitor] = theirs = [];
            theirs[offer] = Math.Max(grade, theirs.GetValueOrDefault(offer));
        }
    }

    /// <param name="Judged">Indexes into the judgements.</param>
    private sealed record Group(string By, string Name, int People, int[] Judged);

    private static List<Group> Groups(IReadOnlyList<Visitor> visitors, List<Judgement> judged)
    {
        var at = judged.Select((j, i) => (j.RecordKey, i)).ToDictionary(x => x.RecordKey, x => x.i);
        var told = new List<Group>();
        foreach (var (by, of) in new (string, Func<Needs, string?>)[] { ("language", n => n.Language), ("german", n => n.German?.Speaking), ("age", n => n.AgeBand) })
        {
            var all = visitors.GroupBy(v => of(v.Needs) ?? Codes.Unknown)
                .Select(g => new Group(by, g.Key, g.Count(), [.. g.Where(v => at.ContainsKey(v.RecordKey)).Select(v => at[v.RecordKey]).Order()]))
                .OrderByDescending(g => g.People).ThenBy(g => g.Name, StringComparer.Ordinal).ToList();
            var large = all.TakeWhile(g => g.People >= SmallestGroup).ToList();
            // Were the untold rest small, it could be had by subtraction: then the smallest told group stays silent with it.
            var rest = all.Skip(large.Count).Sum(g => g.People);
            if (rest is > 0 and < SmallestGroup && large.Count > 0) large.RemoveAt(large.Count - 1);
            told.AddRange(large);
        }
        return told;
    }

    private static GroupQuality Told(Group group, double[] values, double? mean, (double Low, double High)? gap)
    {
        if (group.Judged.Length < SmallestGroup || mean is null || gap is null) return new GroupQuality(group.By, group.Name, group.People, null, null, null, null, false);
        var own = group.Judged.Average(i => values[i]);
        return new GroupQuality(group.By, group.Name, group.People, own, own - mean, gap.Value.Low, gap.Value.High, gap.Value.High < 0);
    }

    /// <summary>Each exhibitor's share of attention: a place at position i counts 1 / log2(i + 1), over all lists shown.</summary>
    private static Exposure[] ExposureOf(QualityInput input)
    {
        var weights = input.Catalogue.Published.Exhibitors.ToDictionary(e => e.Id, _ => 0d);
        foreach (var list in input.Shown)
            for (var i = 0; i < list.Offers.Count; i++)
                if (input.Catalogue.Offer(list.Offers[i]) is { } offer) weights[offer.ExhibitorId] += 1 / Math.Log2(i + 2);
        var total = weights.Values.Sum();
        return [.. from e in input.Catalogue.Published.Exhibitors
                   let share = total == 0 ? 0 : weights[e.Id] / total
                   orderby share descending, e.Name
                   select new Exposure(e.Id, e.Name, share)];
    }

    /// <summary>Needs for which there are fewest seats a head.</summary>
    private static Shortage[] Missing(QualityInput input) =>
        [.. (from need in Codes.Goals.Concat(Codes.Topics)
             let people = input.Visitors.Count(v => v.Needs.Goals?.Contains(need) == true || v.Needs.Topics?.Contains(need) == true)
             where people >= SmallestNeed
             let stands = input.Catalogue.Published.Offers.Where(o => o.Topics.Contains(need)).Select(o => o.ExhibitorId).Distinct()
             let seats = stands.Sum(e => input.FreeSeats.GetValueOrDefault(e))
             orderby (double)seats / people, people descending
             select new Shortage(need, people, seats)).Take(MostMissing)];
}
