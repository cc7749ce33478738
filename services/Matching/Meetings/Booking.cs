using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>A "no" with the code of its problem.</summary>
/// <param name="Field">What in the request is wrong, where it is a fault of the request; its code is then a field's.</param>
internal sealed record Refusal(string Code, int Status = StatusCodes.Status409Conflict, string? Field = null)
{
    public ProblemHttpResult Answer => Field is null ? Problem.Of(Code, Status) : Problem.Invalid(Field, Code);
}

/// <summary>What was said of the offer when the meeting was asked for; used where a later catalogue has it no more.</summary>
internal sealed record OfferAsRequested(
    string Title, IReadOnlyDictionary<string, string> Titles, string Exhibitor, string? Stand, string Zone, string Place, bool Confidential);

/// <summary>
/// A meeting and how far it has come. It holds a seat while <see cref="TableNo"/> is set, five-minute cells of the visitor's day and of the table's while
/// it has <see cref="Cells"/> and <see cref="TableCells"/>, and one of the visitor's few places for meetings, and for those at this stand, while
/// <see cref="Ordinal"/> and <see cref="OrdinalAtStand"/> are set: each of
/// them is unique in the database, and that alone keeps tables and people from being booked twice.
/// </summary>
internal sealed class Booking
{
    /// <summary>Each move is told to the stand; who moves on and on had better cancel. And who asks and calls off again and again had better go there.</summary>
    private const int MostMoves = 5, MostCalledOff = 5;
    private static readonly string[] Outcomes = [MeetingSteps.Held, MeetingSteps.NoShow, MeetingSteps.Useful, MeetingSteps.Reopened];
    private static readonly TimeSpan OfferedBefore = TimeSpan.FromHours(2), OfferedOnTheDay = TimeSpan.FromMinutes(15), OnTheDay = TimeSpan.FromHours(3), AtLatest = TimeSpan.FromMinutes(10);

    public Guid Id { get; private init; }
    public Guid FairId { get; private init; }
    public Guid VisitorId { get; private init; }
    public Guid ExhibitorId { get; private init; }
    public Guid OfferId { get; private init; }
    public Guid SlotId { get; private set; }
    public int? TableNo { get; private set; }
    public DateTimeOffset Start { get; private set; }
    public DateTimeOffset End { get; private set; }
    public string Format { get; private set; } = "";
    public string Status { get; private set; } = MeetingStatuses.Requested;
    public int? Ordinal { get; private set; }

    /// <summary>One of the visitor's few places for meetings at this stand; set with <see cref="Ordinal"/>.</summary>
    public int? OrdinalAtStand { get; private set; }

    /// <summary>One of the stand's meetings of the day while it holds a seat, where the stand wants only so many; else null.</summary>
    public int? StandOrdinal { get; set; }
    public string Code { get; private init; } = "";
    public string? Note { get; private init; }
    public string? Reason { get; private set; }

    /// <summary>How useful the visitor found it, 1 to 5.</summary>
    public int? Useful { get; private set; }
    public DateTimeOffset RequestedAt { get; private init; }

    /// <summary>When it was first agreed on; stays when it is called off later.</summary>
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? ExpiresAt { get; private set; }
    public long Version { get; private set; }
    public IReadOnlyList<MeetingStep> History { get; private set; } = [];
    public IReadOnlyList<SlotTime> Proposals { get; private set; } = [];
    public required OfferAsRequested Offer { get; init; }
    public List<BookingCell> Cells { get; private init; } = [];
    public List<TableCell> TableCells { get; private init; } = [];

    /// <summary>True while somebody waits for it.</summary>
    public bool IsOpen => Status is MeetingStatuses.Requested or MeetingStatuses.Accepted or MeetingStatuses.Proposed;

    /// <summary>True from when it was agreed on, whatever came of it; false where it was called off.</summary>
    public bool IsAgreed => Status is MeetingStatuses.Accepted or MeetingStatuses.Held or MeetingStatuses.NoShow;

    /// <summary>True while a freed seat is held for the visitor who waited for one; what a stand proposes holds none.</summary>
    public bool IsOffered => Status == MeetingStatuses.Proposed && TableNo is not null;

    /// <summary>False where it never came to a request: a seat was offered, and not taken. A published schedule is known to all.</summary>
    public bool StandKnows => History.Any(step => step.What is MeetingSteps.Requested or MeetingSteps.Accepted);

    /// <summary>Of a published schedule: nobody asked for it, so it says nothing about what lists bring about.</summary>
    public bool IsPlanned => History is [{ What: MeetingSteps.Accepted, By: MeetingSides.System }, ..];

    public static Booking Request(Guid visitorId, Guid offerId, OfferAsRequested offer, Slot slot, int table, VisitorPlace place, string code, string? note, DateTimeOffset now)
    {
        var booking = Begin(visitorId, offerId, offer, slot, table, place, code, note, now);
        booking.ExpiresAt = AnswerTime.By(now, slot.Start);
        booking.History = [new MeetingStep(now, MeetingSteps.Requested, MeetingSides.Visitor)];
        return booking;
    }

    /// <summary>A freed seat, held for a visitor who waits until they take it or the time is up.</summary>
    /// <param name="until">When it goes to the next: <see cref="OfferedUntil"/>.</param>
    public static Booking OfferSeat(
        Guid visitorId, Guid offerId, OfferAsRequested offer, Slot slot, int table, VisitorPlace place, string code, DateTimeOffset now, DateTimeOffset until)
    {
        var booking = Begin(visitorId, offerId, offer, slot, table, place, code, note: null, now);
        booking.Status = MeetingStatuses.Proposed;
        booking.Proposals = [new SlotTime(slot.Id, slot.Start, slot.End)];
        booking.ExpiresAt = until;
        booking.History = [new MeetingStep(now, MeetingSteps.Offered, MeetingSides.System)];
        return booking;
    }

    /// <summary>Of a published schedule: agreed on by the organiser for both sides, who may cancel it as any other.</summary>
    public static Booking Schedule(Guid visitorId, Guid offerId, OfferAsRequested offer, Slot slot, int table, VisitorPlace place, string code, DateTimeOffset now)
    {
        var booking = Begin(visitorId, offerId, offer, slot, table, place, code, note: null, now);
        booking.Status = MeetingStatuses.Accepted;
        booking.AcceptedAt = now;
        booking.History = [new MeetingStep(now, MeetingSteps.Accepted, MeetingSides.System)];
        return booking;
    }

    private static Booking Begin(Guid visitorId, Guid offerId, OfferAsRequested offer, Slot slot, int table, VisitorPlace place, string code, string? note, DateTimeOffset now)
    {
        var booking = new Booking
        {
            Id = Guid.CreateVersion7(now),
            FairId = slot.FairId,
            VisitorId = visitorId,
            ExhibitorId = slot.ExhibitorId,
            OfferId = offerId,
            Offer = offer,
            Ordinal = place.Ordinal,
            OrdinalAtStand = place.AtStand,
            Code = code,
            Note = note,
            RequestedAt = now,
            Version = 1,
        };
        booking.Hold(slot, table);
        return booking;
    }

    /// <summary>Whether the visitor has called off so many meetings of this stand, of which it knew, that there are no more.</summary>
    public static async Task<bool> HasAskedEnoughAsync(MatchingDb db, Guid fairId, Guid visitorId, Guid exhibitorId, CancellationToken cancel)
    {
        var over = await db.Bookings.AsNoTracking().Where(b => b.FairId == fairId && b.VisitorId == visitorId && b.ExhibitorId == exhibitorId && b.Status == MeetingStatuses.Cancelled).ToListAsync(cancel);
        return over.Count(b => b.StandKnows && b.History[^1].By == MeetingSides.Visitor) >= MostCalledOff;
    }

    /// <summary>The lowest of so many places that is not taken; null: as many are, be it beyond them, where a meeting was reopened.</summary>
    public static int? FreeOrdinal(IEnumerable<int> used, int most) =>
        used.ToHashSet() is var taken && taken.Count >= most ? null : Enumerable.Range(1, most).Except(taken).Select(free => (int?)free).FirstOrDefault();

    /// <summary>The same where what is over and was not recorded yet takes none of them: it cannot be called off any more.</summary>
    public static int? FreeOrdinal(IReadOnlyCollection<(int Place, bool IsOver)> used, int most) => FreeOrdinal(used.Select(u => u.Place), most + used.Count(u => u.IsOver));

    /// <param name="theirs">All of one visitor.</param>
    public static int? FreeOrdinal(IEnumerable<Booking> theirs, int most, DateTimeOffset now) =>
        FreeOrdinal([.. theirs.Where(b => b.Ordinal is not null).Select(b => (b.Ordinal!.Value, IsOver(b.Status, b.End, now)))], most);

    /// <summary>Agreed on and past, and nobody has recorded yet what came of it.</summary>
    public static bool IsOver(string status, DateTimeOffset end, DateTimeOffset now) => status == MeetingStatuses.Accepted && end <= now;

    /// <summary>Two hours on the days before; on the day itself a quarter of an hour, as all are there; ten minutes before it begins at the latest.</summary>
    /// <param name="from">When it is offered, or when people are awake to see it.</param>
    internal static DateTimeOffset OfferedUntil(DateTimeOffset from, DateTimeOffset start, DateTimeOffset opens)
    {
        var (until, latest) = (from + (from < opens - OnTheDay ? OfferedBefore : OfferedOnTheDay), start - AtLatest);
        return until < latest ? until : latest;
    }

    public Refusal? Accept(DateTimeOffset now)
    {
        if (Unanswerable(MeetingSteps.Accepted, MeetingSides.Exhibitor, now) is { } no) return no;
        // Who was asked a moment before has a quarter of an hour to answer; a short meeting is over by then.
        if (End <= now) return new Refusal("meeting-expired");
        AcceptedAt = now;
        ExpiresAt = null;
        Step(MeetingSteps.Accepted, MeetingSides.Exhibitor, now);
        return null;
    }

    public Refusal? Decline(string? reason, DateTimeOffset now)
    {
        if (Unanswerable(MeetingSteps.Declined, MeetingSides.Exhibitor, now) is { } no) return no;
        Reason = reason;
        Finish(MeetingSteps.Declined, MeetingSides.Exhibitor, now);
        return null;
    }

    /// <summary>Other times instead: the seat goes back at once, the visitor keeps the place among their meetings.</summary>
    public Refusal? Propose(IReadOnlyList<SlotTime> times, DateTimeOffset now)
    {
        if (Unanswerable(MeetingSteps.Proposed, MeetingSides.Exhibitor, now) is { } no) return no;
        Release();
        Proposals = times;
        ExpiresAt = AnswerTime.By(now, times.Max(t => t.Start));
        Step(MeetingSteps.Proposed, MeetingSides.Exhibitor, now);
        return null;
    }

    /// <summary>Whether the visitor may take this time now; <see cref="Choose"/> then takes a seat of it.</summary>
    public Refusal? MayChoose(Guid slotId, DateTimeOffset now) =>
        Unanswerable(MeetingSteps.Accepted, MeetingSides.Visitor, now) is { } no ? no
        : Proposals.All(p => p.Id != slotId) ? new Refusal("unknown-slot", Field: "slotId")
        : null;

    public void Choose(Slot slot, int table, DateTimeOffset now)
    {
        Hold(slot, table);
        Proposals = [];
        AcceptedAt = now;
        ExpiresAt = null;
        Step(MeetingSteps.Accepted, MeetingSides.Visitor, now);
    }

    /// <summary>The offered seat becomes a request: the stand answers it as any other.</summary>
    public void TakeOffered(DateTimeOffset now)
    {
        Proposals = [];
        ExpiresAt = AnswerTime.By(now, Start);
        Step(MeetingSteps.Requested, MeetingSides.Visitor, now);
    }

    /// <summary>Whether the visitor may take another time of this stand; <see cref="Move"/> then takes a seat of it.</summary>
    public Refusal? MayMove(DateTimeOffset now) =>
        Impossible(MeetingSteps.Moved, MeetingSides.Visitor)
        ?? (History.Count(step => step.What == MeetingSteps.Moved) >= MostMoves ? new Refusal("moved-enough") : null)
        ?? (Start <= now && Status != MeetingStatuses.Proposed ? new Refusal("meeting-begun") : null);

    /// <summary>The new seat is taken and the old one given back in the same row, and so in one commit. Who takes another time than the one held for them asks for the first time.</summary>
    public void Move(Slot slot, int table, DateTimeOffset now)
    {
        var asks = IsOffered;
        Hold(slot, table);
        Proposals = [];
        Step(asks ? MeetingSteps.Requested : MeetingSteps.Moved, MeetingSides.Visitor, now);
        ExpiresAt = Status == MeetingStatuses.Requested ? AnswerTime.By(now, slot.Start) : null;
    }

    /// <summary>Another table at the same time: no step of its life, since nothing changes for the two but where they sit.</summary>
    public void Reseat(Slot slot, int table)
    {
        Hold(slot, table);
        Relocate();
    }

    /// <summary>Where or how the two meet has changed: what was told of it, an entry in a calendar too, is of an earlier version.</summary>
    public void Relocate() => Version++;

    public Refusal? Cancel(string by, DateTimeOffset now)
    {
        if (Impossible(MeetingSteps.Cancelled, by) is { } no) return no;
        // What is over was held or missed, and its time is nobody's any more.
        if (IsOver(Status, End, now)) return new Refusal("meeting-over");
        Finish(MeetingSteps.Cancelled, by, now);
        return null;
    }

    /// <summary>Ended by neither side: it cannot take place.</summary>
    /// <param name="reason">Of <see cref="CancelReasons"/>.</param>
    public Refusal? CallOff(string reason, DateTimeOffset now)
    {
        if (Impossible(MeetingSteps.Cancelled, MeetingSides.System) is { } no) return no;
        Reason = reason;
        Finish(MeetingSteps.Cancelled, MeetingSides.System, now);
        return null;
    }

    public Refusal? Expire(DateTimeOffset now)
    {
        if (Impossible(MeetingSteps.Expired, MeetingSides.System) is { } no) return no;
        if (ExpiresAt > now) return new Refusal("not-due");
        Finish(MeetingSteps.Expired, MeetingSides.System, now);
        return null;
    }

    /// <summary>
    /// The exhibitor says whether it was held, and may put a slip right until the visitor has judged it. The visitor may say so too,
    /// as stands forget, and alone says how useful it was.
    /// </summary>
    /// <param name="from">Before, nobody can know (<see cref="OutcomeTimes"/>).</param>
    public Refusal? Record(string outcome, int? useful, string by, DateTimeOffset now, DateTimeOffset from)
    {
        if (!IsAgreed) return Impossible(outcome, by);
        if (now < from) return new Refusal("too-early");
        if (Status != outcome)
        {
            if (Impossible(outcome, by) is { } no) return no;
            if (Useful is not null) return new Refusal("already-recorded");
            GiveUpPlace();
            Step(outcome, by, now);
        }
        if (useful is not null && useful != Useful)
        {
            Useful = useful;
            Step(MeetingSteps.Useful, by, now);
        }
        return null;
    }

    /// <summary>The stand takes its word on the outcome back; pressed twice, it is taken back already. What the visitor has judged stays.</summary>
    /// <param name="place">Among the visitor's meetings, beyond those they may ask for where need be: they did not ask for more.</param>
    public Refusal? Reopen(VisitorPlace place, DateTimeOffset now)
    {
        if (Status == MeetingStatuses.Accepted && History[^1].What == MeetingSteps.Reopened) return null;
        if (Impossible(MeetingSteps.Reopened, MeetingSides.Exhibitor) is { } no) return no;
        if (Useful is not null || History.Last(step => step.What is MeetingSteps.Held or MeetingSteps.NoShow).By != MeetingSides.Exhibitor) return new Refusal("already-recorded");
        (Ordinal, OrdinalAtStand) = (place.Ordinal, place.AtStand);
        Step(MeetingSteps.Reopened, MeetingSides.Exhibitor, now);
        return null;
    }

    private Refusal? Impossible(string what, string by) => MeetingLife.Next(Status, what, by) is null ? new Refusal(MeetingLife.Refusal(Status, what, by)) : null;

    /// <summary>Also where the time to answer has run out, but nobody has come by to end it yet.</summary>
    private Refusal? Unanswerable(string what, string by, DateTimeOffset now) => Impossible(what, by) ?? (ExpiresAt <= now ? new Refusal("meeting-expired") : null);

    /// <summary>Takes this seat instead of the one held so far, if any. Minutes that both times share stay as they are.</summary>
    private void Hold(Slot slot, int table)
    {
        (SlotId, TableNo, Start, End, Format) = (slot.Id, table, slot.Start, slot.End, slot.Format);
        var cover = BookingCell.Cover(slot.Start, slot.End).ToArray();
        Cells.RemoveAll(held => !cover.Contains(held.Cell));
        Cells.AddRange(cover.Except(Cells.Select(held => held.Cell)).ToArray().Select(cell => new BookingCell { VisitorId = VisitorId, Cell = cell, MeetingId = Id }));
        var tables = TableCell.Cover(slot.Start, slot.End).ToArray();
        TableCells.RemoveAll(held => held.TableNo != table || !tables.Contains(held.Cell));
        TableCells.AddRange(tables.Except(TableCells.Select(held => held.Cell)).ToArray().Select(cell => new TableCell { ExhibitorId = ExhibitorId, TableNo = table, Cell = cell, MeetingId = Id }));
    }

    private void Release()
    {
        TableNo = null;
        StandOrdinal = null;
        Cells.Clear();
        TableCells.Clear();
    }

    private void GiveUpPlace() => (Ordinal, OrdinalAtStand) = (null, null);

    private void Finish(string what, string by, DateTimeOffset now)
    {
        Release();
        GiveUpPlace();
        ExpiresAt = null;
        Proposals = [];
        Step(what, by, now);
    }

    /// <summary>The one place in which a status changes.</summary>
    private void Step(string what, string by, DateTimeOffset now)
    {
        Status = MeetingLife.Next(Status, what, by) ?? throw new InvalidOperationException($"A meeting that is {Status} cannot be {what} by the {by}.");
        Version++;
        // A word on the outcome that the same side puts right stands once: it may be pressed as often as anybody likes.
        var corrected = History is [.., var last] && last.By == by && Outcomes.Contains(last.What) && Outcomes.Contains(what);
        History = [.. corrected ? History.SkipLast(1) : History, new MeetingStep(now, what, by)];
    }

    public static void Map(ModelBuilder model)
    {
        model.Entity<Booking>(row =>
        {
            row.ToTable("meetings");
            row.Property(b => b.Id).ValueGeneratedNever();
            row.Property(b => b.Start).HasColumnName("starts_at");
            row.Property(b => b.End).HasColumnName("ends_at");
            row.Property(b => b.Format).HasMaxLength(10);
            row.Property(b => b.Status).HasMaxLength(10);
            row.Property(b => b.Code).HasMaxLength(3);
            row.Property(b => b.Note).HasMaxLength(RequestMeeting.LongestNote);
            row.Property(b => b.Reason).HasMaxLength(20);
            row.Property(b => b.Version).IsConcurrencyToken();
            row.Property(b => b.History).HasConversion<JsonConverter<IReadOnlyList<MeetingStep>>, JsonComparer<IReadOnlyList<MeetingStep>>>();
            row.Property(b => b.Proposals).HasConversion<JsonConverter<IReadOnlyList<SlotTime>>, JsonComparer<IReadOnlyList<SlotTime>>>();
            row.Property(b => b.Offer).HasConversion<JsonConverter<OfferAsRequested>, JsonComparer<OfferAsRequested>>();
            row.Ignore(b => b.IsOpen);
            row.Ignore(b => b.IsAgreed);
            row.Ignore(b => b.IsOffered);
            row.Ignore(b => b.StandKnows);
            row.Ignore(b => b.IsPlanned);
            row.HasIndex(b => new { b.SlotId, b.TableNo }).IsUnique().HasFilter("table_no is not null").HasDatabaseName("ux_meetings_seat");
            row.HasIndex(b => new { b.VisitorId, b.Ordinal }).IsUnique().HasFilter("ordinal is not null").HasDatabaseName("ux_meetings_ordinal");
            row.HasIndex(b => new { b.VisitorId, b.ExhibitorId, b.OrdinalAtStand }).IsUnique().HasFilter("ordinal_at_stand is not null").HasDatabaseName("ux_meetings_ordinal_at_stand");
            row.HasIndex(b => new { b.ExhibitorId, b.StandOrdinal }).IsUnique().HasFilter("stand_ordinal is not null").HasDatabaseName("ux_meetings_stand_ordinal");
            row.HasIndex(b => new { b.ExhibitorId, b.Code }).IsUnique().HasDatabaseName("ux_meetings_code");
            row.HasIndex(b => b.VisitorId).HasDatabaseName("ix_meetings_visitor");
            row.HasIndex(b => b.ExpiresAt).HasFilter("expires_at is not null").HasDatabaseName("ix_meetings_expiry");
            row.HasIndex(b => new { b.FairId, b.RequestedAt }).HasDatabaseName("ix_meetings_fair");
            row.HasOne<Seat>().WithMany().HasForeignKey(b => new { b.SlotId, b.TableNo }).OnDelete(DeleteBehavior.NoAction).IsRequired(false);
            row.HasOne<Slot>().WithMany().HasForeignKey(b => b.SlotId).OnDelete(DeleteBehavior.NoAction);
            // A request that is being stored while its visitor is erased goes with the visitor.
            row.HasOne<Visitors.Visitor>().WithMany().HasForeignKey(b => b.VisitorId).OnDelete(DeleteBehavior.Cascade);
            row.HasMany(b => b.Cells).WithOne().HasForeignKey(c => c.MeetingId);
            row.HasMany(b => b.TableCells).WithOne().HasForeignKey(c => c.MeetingId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<BookingCell>(row =>
        {
            row.ToTable("meeting_cells");
            row.HasKey(c => new { c.VisitorId, c.Cell }).HasName("pk_meeting_cells");
            row.HasIndex(c => c.MeetingId).HasDatabaseName("ix_meeting_cells_meeting");
        });
        model.Entity<KeptAnswer>(row =>
        {
            row.ToTable("idempotency");
            row.HasKey(a => new { a.VisitorId, a.Key }).HasName("pk_idempotency");
            row.Property(a => a.Key).HasMaxLength(ServiceDefaults.Http.IdempotencyKey.Longest);
            row.Property(a => a.BodyHash).HasMaxLength(64);
            row.HasOne<Visitors.Visitor>().WithMany().HasForeignKey(a => a.VisitorId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}

internal static class BookingQueries
{
    /// <summary>With all that a change of it moves. Read in parts: a change in between is noticed by the version.</summary>
    public static IQueryable<Booking> WithCells(this IQueryable<Booking> bookings) => bookings.Include(b => b.Cells).Include(b => b.TableCells).AsSplitQuery();
}

/// <summary>Five minutes of a visitor's time, taken by a meeting.</summary>
internal sealed class BookingCell
{
    private const long Seconds = 5 * 60;

    public Guid VisitorId { get; init; }

    /// <summary>Number of the five minutes since 1970.</summary>
    public int Cell { get; init; }
    public Guid MeetingId { get; init; }

    public static IEnumerable<int> Cover(DateTimeOffset start, DateTimeOffset end)
    {
        var first = (int)(start.ToUnixTimeSeconds() / Seconds);
        var last = (int)((end.ToUnixTimeSeconds() + Seconds - 1) / Seconds);
        return Enumerable.Range(first, last - first);
    }
}

/// <summary>The answer that a request with this Idempotency-Key got: the same request again gets the same answer.</summary>
internal sealed class KeptAnswer
{
    public Guid VisitorId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request, in hex.</summary>
    public required string BodyHash { get; init; }

    /// <summary>The meeting as it was answered, as JSON.</summary>
    public required string Answer { get; init; }
    public DateTimeOffset At { get; init; }
}
