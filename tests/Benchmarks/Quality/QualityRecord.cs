using Matchmaking.AllInOne;
using Matchmaking.Benchmarks.Serve;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Benchmarks.Quality;

/// <summary>A fair's record, made up: people as at the demo, lists of recorded length until there are so many impressions, and what came of them. The same from the same seed.</summary>
internal static class QualityRecord
{
    private const int Offers = 300, Seed = 20080621, AtOnce = 500, MostAsked = 5;

    /// <summary>Opened, of who looked at place k: the first is looked at by all, the k-th by k^-0.75 of them.</summary>
    private const double Opens = .25, Asks = .3;

    public static CataloguePublished Catalogue { get; } = ServeFair.Catalogue(Offers);

    /// <returns>How many impressions there are.</returns>
    public static async Task<int> FillAsync(Func<Func<MatchingDb, Task>, Task> save, int visitors, int impressions)
    {
        var (people, dice, fair) = (new DemoPeople(Seed), new Random(Seed), new FairCatalogue(Catalogue));
        var open = new List<(Slot Slot, int Table)>();
        await save(async db => open.AddRange((await db.Slots.AsNoTracking().Include(s => s.Seats).ToListAsync()).SelectMany(s => s.Seats.Select(seat => (s, seat.TableNo)))));
        var free = open.GroupBy(s => s.Slot.ExhibitorId).ToDictionary(g => g.Key, g => new Queue<(Slot Slot, int Table)>(g.DistinctBy(s => (s.Slot.Start, s.Table))));
        var (made, codes) = (0, 0);
        var lists = (impressions + ListOrder.Head - 1) / ListOrder.Head;
        for (var first = 0; first < visitors; first += AtOnce)
            await save(async db =>
            {
                for (var i = first; i < Math.Min(visitors, first + AtOnce); i++) Add(db, i);
                await db.SaveChangesAsync();
            });
        return made;

        void Add(MatchingDb db, int number)
        {
            // People come over the two days before the fair, and look again in the hours after.
            var since = Catalogue.Fair.Opens.AddDays(-2).AddMinutes(2880.0 * number / visitors);
            var visitor = new Visitor { Id = Guid.CreateVersion7(since), FairId = Catalogue.FairId, Version = 1, Needs = people.Next(number) with { Contact = null }, Since = since, ExpiresAt = since.AddDays(90) };
            db.AddRange(new VisitorMark { Id = visitor.Id }, visitor);
            var (opened, asked) = (new HashSet<Guid>(), 0);
            var own = lists / visitors + (number < lists % visitors ? 1 : 0);
            for (var list = 0; list < own; list++)
            {
                var at = since.AddMinutes(7 * (list + 1));
                var offers = Drawn();
                made += offers.Length;
                db.Add(new ShownList
                {
                    Id = Guid.CreateVersion7(at),
                    RecordKey = visitor.RecordKey,
                    FairId = Catalogue.FairId,
                    ProfileVersion = list + 1,
                    CatalogueVersion = 1,
                    Day = fair.DayOf(at),
                    RankerKind = "baseline",
                    RankerVersion = Baseline.RankedBy.Version,
                    Packs = ["integrationskurs 2026-02", "berufssprachkurs 2026-01"],
                    Candidates = 180,
                    Offers = offers,
                    Propensities = [.. offers.Select(_ => dice.NextDouble() < .1 ? .9 : 1)],
                    Full = [.. offers.Select(_ => dice.NextDouble() < .2)],
                    At = at,
                });
                for (var place = 0; place < offers.Length; place++)
                {
                    if (dice.NextDouble() > Math.Pow(place + 1, -.75) * Opens / Math.Sqrt(list + 1) || !opened.Add(offers[place])) continue;
                    db.Add(new OpenedOffer { RecordKey = visitor.RecordKey, OfferId = offers[place], At = at.AddSeconds(place) });
                    if (asked < MostAsked && dice.NextDouble() < Asks) Ask(db, visitor, offers[place], at.AddMinutes(1), ++asked);
                }
            }
        }

        void Ask(MatchingDb db, Visitor visitor, Guid offerId, DateTimeOffset at, int ordinal)
        {
            var offer = fair.Offer(offerId)!;
            var seats = free[offer.ExhibitorId];
            if (seats.Count == 0) return;
            var (slot, table) = seats.Peek();
            var booking = Booking.Request(visitor.Id, offerId, new OfferAsRequested(offer.Title, offer.Titles, "", null, Catalogue.Fair.Zone, "", false), slot, table, new(ordinal, ordinal), Code(codes++), null, at);
            booking.Cells.Clear();
            booking.TableCells.Clear();
            var answered = at.AddMinutes(dice.Next(5, 60));
            if (dice.NextDouble() < .4) booking.Decline("full", answered);
            else if (dice.NextDouble() < .9) booking.Accept(answered);
            // Too late for an answer, it goes on holding its seat.
            if (booking.TableNo is not null) seats.Dequeue();
            db.Add(booking);
        }

        // A few offers stand high on most lists.
        Guid[] Drawn() => [.. Enumerable.Range(0, Offers).OrderBy(o => -Math.Log(1 - dice.NextDouble()) * Math.Pow(o + 1, .6)).Take(ListOrder.Head).Select(o => Catalogue.Offers[o].Id)];
    }

    private static string Code(int number)
    {
        const string Signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return $"{Signs[number / 1296 % 36]}{Signs[number / 36 % 36]}{Signs[number % 36]}";
    }
}
