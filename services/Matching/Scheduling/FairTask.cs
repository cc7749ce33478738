using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Scheduling;

/// <summary>The task of a fair's schedule, with what leads back from it to offers and slots.</summary>
/// <param name="Offers">By visitor and exhibitor: the offer that a wish is about.</param>
/// <param name="Slots">By exhibitor and start.</param>
internal sealed record FairTask(ScheduleTask Task, IReadOnlyDictionary<(Guid Visitor, Guid Exhibitor), Guid> Offers, IReadOnlyDictionary<(Guid Exhibitor, DateTimeOffset Start), Guid> Slots)
{
    /// <summary>Further down nobody looks.</summary>
    private const int MostWishes = 12;

    /// <summary>Of the visitor's own dearest wish. Chances of different visitors are never compared by their scores: nobody's need outweighs another's.</summary>
    private const double LeastChance = .1;

    /// <exception cref="OperationCanceledException">Within some milliseconds.</exception>
    public static FairTask Of(FairInput input, MostMeetings most, CancellationToken cancel)
    {
        var formats = input.Slots.GroupBy(s => s.Slot.ExhibitorId).ToDictionary(g => g.Key, FormatOf);
        var (stands, slots, offers, kept) = (new List<OpenStand>(), new Dictionary<(Guid, DateTimeOffset), Guid>(), new Dictionary<(Guid, Guid), Guid>(), new List<KeptMeeting>());
        foreach (var states in input.Slots.Where(s => s.Slot.Format == formats[s.Slot.ExhibitorId]).GroupBy(s => s.Slot.ExhibitorId))
        {
            if (input.Fair.Exhibitor(states.Key) is not { } exhibitor) continue;
            stands.Add(Stand(exhibitor.Id, [.. states], CommonLanguage.IsInterpreted(input.Fair, exhibitor.Id)));
            foreach (var state in states) slots[(states.Key, state.Slot.Start)] = state.Slot.Id;
        }
        var visitors = new List<WishingVisitor>(input.Visitors.Count);
        foreach (var visitor in input.Visitors)
        {
            cancel.ThrowIfCancellationRequested();
            var wishes = WishesOf(input, visitor);
            foreach (var (exhibitor, offer, _) in wishes) offers[(visitor.Id, exhibitor)] = offer;
            visitors.Add(new WishingVisitor(visitor.Id, [.. wishes.Select(w => new Wish(w.Exhibitor, w.Chance))], FreeTimes(visitor, input.Fair.Fair), CommonLanguage.Of(visitor)));
        }
        kept.AddRange(input.Bookings.SelectMany(of => of).Where(b => b.TableNo is not null).Select(b =>
            new KeptMeeting(b.VisitorId, b.ExhibitorId, new TimeSlice(b.Start, b.End), b.TableNo!.Value)));
        return new FairTask(new ScheduleTask(visitors, stands, kept, most), offers, slots);
    }

    /// <summary>A stand is met in one format: at the stand, where it has one. Its tables are the same in all, so there are no more seats in the others.</summary>
    private static string FormatOf(IEnumerable<SlotState> slots) => slots.Select(s => s.Slot.Format).Order(StringComparer.Ordinal).MaxBy(f => f == "stand")!;

    /// <summary>The tables by the languages of their own seats. That the stand has as many meetings as it wants does not close them: its most says that.</summary>
    /// <param name="interprets">Whoever has help with languages can talk with everybody.</param>
    private static OpenStand Stand(Guid id, SlotState[] states, bool interprets)
    {
        // Times of an earlier plan may lie across those of the present one as long as somebody meets there: they are not given any more.
        var usable = new List<(TimeSlice Time, StandTable[] Free)>();
        var tables = new Dictionary<(int, string), StandTable>();
        foreach (var state in states.Select(s => s.ForHolder).Where(s => s.Free.Count > 0).OrderBy(s => s.Slot.Start))
            if (usable.Count == 0 || usable[^1].Time.End <= state.Slot.Start)
                usable.Add((TimeOf(state.Slot), [.. state.Slot.Seats.Where(s => state.Free.Contains(s.TableNo)).Select(s => Table(s.TableNo, interprets ? [] : s.Languages))]));
        StandTable[] all = [.. tables.Values.OrderBy(t => t.No)];
        return new OpenStand(
            id, all, [.. usable.Select(u => u.Time)], [], [.. usable.SelectMany(u => all.Except(u.Free).Select(table => new ClosedSeat(table, u.Time)))], states[0].Slot.StandLimit);

        StandTable Table(int no, IReadOnlyList<string> languages) => tables.TryGetValue((no, string.Join(' ', languages)), out var known)
            ? known
            : tables[(no, string.Join(' ', languages))] = new StandTable(no, languages);
    }

    /// <summary>
    /// First where the visitor asked before and has nothing: requests that no stand answered, and places in queues, by time. Then what was
    /// bookmarked, then the list as it was shown.
    /// A stand with which there is or was anything else is no wish: it is met already, or one of the two said no. Confidential advice is a wish of those alone
    /// who asked for it.
    /// </summary>
    private static List<(Guid Exhibitor, Guid Offer, double Chance)> WishesOf(FairInput input, Visitor visitor)
    {
        var bookings = input.Bookings[visitor.Id].ToArray();
        var settled = bookings.Where(b => !Unanswered(b)).Select(b => b.ExhibitorId).ToHashSet();
        var list = input.Rank(visitor, input.Shown.GetValueOrDefault(visitor.Id)).Items;
        var best = list.Count == 0 ? 0 : list.Max(i => i.Score);
        var wishes = bookings.Where(Unanswered).Select(b => (b.ExhibitorId, b.OfferId, At: b.RequestedAt))
            .Concat(input.Waiting[visitor.Id].Select(w => (w.ExhibitorId, w.OfferId, w.At))).OrderBy(w => w.At)
            .Where(w => input.Fair.Offer(w.OfferId) is not null).Select(w => (w.ExhibitorId, w.OfferId, 1.0))
            .Concat(input.Bookmarked.GetValueOrDefault(visitor.Id, []).Select(input.Fair.Offer).OfType<OfferFacts>().Where(o => !MeetingTexts.IsConfidential(o)).Select(o => (o.ExhibitorId, o.Id, 1.0)))
            .Concat(list.Select(i => (Offer: input.Fair.Snapshot.Offers[i.Offer], i.Score)).Where(i => !MeetingTexts.IsConfidential(i.Offer))
                .Select(i => (i.Offer.ExhibitorId, i.Offer.Id, Math.Max(LeastChance, Math.Exp((i.Score - best) / input.Unit)))));
        return [.. wishes.Where(w => !settled.Contains(w.Item1)).DistinctBy(w => w.Item1).Take(MostWishes)];
    }

    private static bool Unanswered(Booking booking) =>
        booking.Status == MeetingStatuses.Expired && booking.History.Any(s => s.What == MeetingSteps.Requested) && booking.History.All(s => s.What is not (MeetingSteps.Proposed or MeetingSteps.Offered));

    private static TimeSlice TimeOf(Slot slot) => new(slot.Start, slot.End);

    /// <summary>As <see cref="Visitor.Suits"/>: times of other days say nothing about the fair's.</summary>
    private static IReadOnlyList<TimeSlice> FreeTimes(Visitor visitor, FairFacts fair) =>
        [.. (visitor.Needs.Availability ?? []).Where(t => t.From < fair.Closes && t.To > fair.Opens).Select(t => new TimeSlice(t.From, t.To))];
}
