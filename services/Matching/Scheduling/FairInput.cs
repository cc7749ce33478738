using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Choices;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Visitors;
using Matchmaking.Matching.Waiting;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// All that a fair's schedule is drawn up from, as it stands in the database: read in small queries that hold nothing, each a picture of its own moment.
/// What moves meanwhile is noticed when the schedule is published.
/// </summary>
/// <param name="Visitors">In the order in which they came.</param>
/// <param name="Bookmarked">Offers by visitor, the first first.</param>
/// <param name="Rank">The list of a visitor, as it was shown to them last or as it would be.</param>
internal sealed record FairInput(
    FairCatalogue Fair, IReadOnlyList<Visitor> Visitors, IReadOnlyDictionary<Guid, ShownList> Shown, IReadOnlyDictionary<Guid, IReadOnlyList<Guid>> Bookmarked, ILookup<Guid, Booking> Bookings, ILookup<Guid, WaitingPlace> Waiting,
    IReadOnlyList<SlotState> Slots, Func<Visitor, ShownList?, RankedList> Rank, double Unit)
{
    /// <summary>Visitors read at once.</summary>
    private const int Page = 500;

    /// <summary>Of a list that scores by weights: as far below the best a wish counts 1/e of it. A learned score has its own unit.</summary>
    private const double UnitOfWeights = .5;

    /// <param name="from">Times that begin before are not given any more.</param>
    public static async Task<FairInput> ReadAsync(MatchingDb db, FairCatalogue fair, VisitorLists lists, Champion champion, DateTimeOffset from, DateTimeOffset now, CancellationToken cancel)
    {
        var id = fair.Fair.Id;
        var ids = await db.Visitors.Where(v => v.FairId == id && v.ExpiresAt > now).OrderBy(v => v.Since).ThenBy(v => v.Id).Select(v => v.Id).ToArrayAsync(cancel);
        var (visitors, shown) = (new List<Visitor>(ids.Length), new Dictionary<Guid, ShownList>());
        var (without, bookmarked) = (new Dictionary<Guid, IReadOnlySet<Guid>>(), new Dictionary<Guid, IReadOnlyList<Guid>>());
        foreach (var page in ids.Chunk(Page))
        {
            visitors.AddRange(await db.Visitors.AsNoTracking().Where(v => page.Contains(v.Id)).OrderBy(v => v.Since).ThenBy(v => v.Id).ToListAsync(cancel));
            foreach (var x in await (from visitor in db.Visitors
                                     where page.Contains(visitor.Id)
                                     join list in db.ShownLists.AsNoTracking() on visitor.RecordKey equals list.RecordKey
                                     orderby list.At
                                     select new { visitor.Id, list }).ToListAsync(cancel)) shown[x.Id] = x.list;
            foreach (var unwanted in await KeptChoice.UnwantedAsync(db, page, cancel)) without[unwanted.Key] = unwanted.ToHashSet();
            foreach (var wanted in await KeptChoice.BookmarkedAsync(db, page, cancel)) bookmarked[wanted.Key] = [.. wanted];
        }
        var bookings = await db.Bookings.AsNoTracking().Where(b => b.FairId == id).OrderBy(b => b.RequestedAt).ToListAsync(cancel);
        var waiting = await db.Waiting.AsNoTracking().Where(w => w.FairId == id).OrderBy(w => w.At).ToListAsync(cancel);
        // A schedule never fills what is kept for people without a date, also not on the day.
        var slots = await SlotBoard.OfFairAsync(db, id, SlotBoard.WithoutKept, cancel);
        return new FairInput(
            fair, visitors, shown, bookmarked, bookings.ToLookup(b => b.VisitorId), waiting.ToLookup(w => w.VisitorId), [.. slots.Where(s => s.Slot.Start >= from)],
            await lists.OfManyAsync(fair, ListOrder.Head, without, cancel), champion.Current?.Model.Score.Scale ?? UnitOfWeights);
    }
}
