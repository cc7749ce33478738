using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>One thing that somebody does. Who is meant by an index counts those that were there when it was drawn.</summary>
/// <param name="What">
/// ask, accept, decline, propose, choose, move, cancel, "call off", which is the stand's cancelling, held, no-show, reopen, "walk in", "walk out"; and what
/// happens to all at once: "close" and "open", by which the stand changes its plan, and "expire".
/// </param>
internal sealed record Act(string What, int Visitor, int Slot, int Meeting);

/// <summary>The rules of booking as anybody would write them down who has all the time in the world and nobody beside them.</summary>
/// <param name="slots">The times that are played with, each with the number of its seats.</param>
/// <param name="cap">Meetings that a visitor may have at once.</param>
/// <param name="atStand">How many of them at one stand.</param>
/// <param name="wanted">Meetings that a stand wants in the whole day; a stand that is not named as many as it has seats.</param>
internal sealed class FairModel(IReadOnlyList<(SlotView Time, Guid Exhibitor, int Seats)> slots, int cap, int atStand, IReadOnlyDictionary<Guid, int> wanted)
{
    /// <param name="Reopened">The stand has just taken its word on the outcome back.</param>
    internal sealed record Met(int Visitor, Guid Exhibitor, string Status, int? Slot, int? Proposed, string? CancelledBy = null, bool Reopened = false)
    {
        public bool IsOpen => Status is "requested" or "accepted" or "proposed";
    }

    public List<Met> Meetings { get; private init; } = [];

    /// <summary>Slots at which somebody sits who just came by.</summary>
    public HashSet<int> WalkIns { get; private init; } = [];

    /// <summary>A time that a stand has closed.</summary>
    public (Guid Exhibitor, DateTimeOffset Start)? Closed { get; private set; }

    public FairModel Copy() => new(slots, cap, atStand, wanted) { Meetings = [.. Meetings], WalkIns = [.. WalkIns], Closed = Closed };

    /// <summary>Whether the act may be answered so; does it where the answer is "ok". Of several reasons to refuse any may be told.</summary>
    public bool Answers(Act act, string answer)
    {
        string[] reasons = act.What switch
        {
            "ask" => [.. Reasons(act.Visitor, act.Slot, -1), .. IsFull(act.Slot) ? ["slot-taken"] : (string[])[], .. Meetings.Count(m => m.Visitor == act.Visitor && m.IsOpen) >= cap ? ["cap-reached"] : (string[])[], .. HasAllAtStand(act.Visitor, act.Slot) ? ["stand-cap"] : (string[])[], .. HasAskedEnough(act.Visitor, act.Slot) ? ["asked-enough"] : (string[])[]],
            "choose" or "move" or "propose" => Reasons(Meetings[act.Meeting].Visitor, act.Slot, act.Meeting),
            _ => [],
        };
        var told = Do(act);
        return told == answer || (told != "ok" && reasons.Contains(told) && reasons.Contains(answer));
    }

    private string[] Reasons(int visitor, int slot, int except) =>
        [.. Left(slot, except) == 0 ? ["slot-taken"] : (string[])[], .. IsBusy(visitor, slot, except) ? ["visitor-busy"] : (string[])[]];

    /// <returns>"ok", or the code of the refusal.</returns>
    private string Do(Act act)
    {
        if (act.What == "ask") return Ask(act.Visitor, act.Slot);
        if (act.What is "walk in" or "walk out" or "close" or "open") return OfStand(act);
        var met = Meetings[act.Meeting];
        var by = act.What is "choose" or "move" or "cancel" ? MeetingSides.Visitor : MeetingSides.Exhibitor;
        return act.What switch
        {
            "accept" when met.Status == "requested" => Now(met with { Status = "accepted" }),
            "decline" when met.Status == "requested" => Now(met with { Status = "declined", Slot = null }),
            "propose" when slots[act.Slot].Exhibitor != met.Exhibitor => "invalid",
            "propose" when met.Slot == act.Slot || IsClosed(act.Slot) => "invalid",
            "propose" when met.Status != "requested" => Left(act.Slot, act.Meeting) == 0 ? "slot-taken" : "already-answered",
            "propose" => Left(act.Slot, act.Meeting) == 0 ? "slot-taken" : Now(met with { Status = "proposed", Slot = null, Proposed = act.Slot }),
            "accept" or "decline" => "already-answered",
            "choose" when met.Status != "proposed" => "not-proposed",
            "choose" when met.Proposed != act.Slot => "invalid",
            "move" when met.Slot == act.Slot => "ok",
            "move" when !met.IsOpen => "meeting-over",
            "move" when slots[act.Slot].Exhibitor != met.Exhibitor || IsClosed(act.Slot) => "invalid",
            "move" when met.Slot is null && IsFull(act.Slot) => "slot-taken",
            "choose" or "move" when Left(act.Slot, act.Meeting) == 0 => "slot-taken",
            "choose" or "move" when IsBusy(met.Visitor, act.Slot, except: act.Meeting) => "visitor-busy",
            "choose" => Now(met with { Status = "accepted", Slot = act.Slot, Proposed = null }),
            "move" => Now(met with { Status = met.Status == "accepted" ? "accepted" : "requested", Slot = act.Slot, Proposed = null, Reopened = false }),
            "cancel" or "call off" when met.CancelledBy == by => "ok",
            "cancel" or "call off" => met.IsOpen ? Now(met with { Status = "cancelled", Slot = null, Proposed = null, CancelledBy = by, Reopened = false }) : "meeting-over",
            "expire" => met.Status is "requested" or "proposed" ? Now(met with { Status = "expired", Slot = null, Proposed = null }) : "ok",
            "held" or "no-show" when met.Status is "accepted" or "held" or "no-show" => met.Status == act.What ? "ok" : Now(met with { Status = act.What, Reopened = false }),
            "held" or "no-show" => "not-accepted",
            "reopen" when met.Status is "held" or "no-show" => Now(met with { Status = "accepted", Reopened = true }),
            "reopen" => met is { Status: "accepted", Reopened: true } ? "ok" : "not-recorded",
            _ => throw new ArgumentException(act.What + " by " + by),
        };

        string Now(Met changed)
        {
            Meetings[act.Meeting] = changed;
            return "ok";
        }
    }

    private string Ask(int visitor, int slot)
    {
        if (IsClosed(slot)) return "invalid";
        if (HasAskedEnough(visitor, slot)) return "asked-enough";
        if (Left(slot, except: -1) == 0 || IsFull(slot)) return "slot-taken";
        if (Meetings.Count(m => m.Visitor == visitor && m.IsOpen) >= cap) return "cap-reached";
        if (HasAllAtStand(visitor, slot)) return "stand-cap";
        if (IsBusy(visitor, slot, except: -1)) return "visitor-busy";
        Meetings.Add(new Met(visitor, slots[slot].Exhibitor, "requested", slot, null));
        return "ok";
    }

    private bool HasAllAtStand(int visitor, int slot) => Meetings.Count(m => m.Visitor == visitor && m.Exhibitor == slots[slot].Exhibitor && m.IsOpen) >= atStand;

    private bool HasAskedEnough(int visitor, int slot) => Meetings.Count(m => m.Visitor == visitor && m.Exhibitor == slots[slot].Exhibitor && m.CancelledBy == MeetingSides.Visitor) >= 5;

    private string OfStand(Act act)
    {
        var (slot, (time, exhibitor, _)) = (act.Slot, slots[act.Slot]);
        switch (act.What)
        {
            case "walk in" when WalkIns.Contains(slot): return "ok";
            case "walk in" when Left(slot, except: -1) == 0 || IsClosed(slot): return "slot-taken";
            case "walk in": WalkIns.Add(slot); return "ok";
            case "walk out": WalkIns.Remove(slot); return "ok";
            case "open": Closed = null; return "ok";
        }
        bool IsIt(int at) => slots[at].Exhibitor == exhibitor && slots[at].Time.Start == time.Start;
        if (Meetings.Exists(m => (m.Slot is { } held && IsIt(held)) || (m.Proposed is { } one && IsIt(one)))) return "meetings-in-the-way";
        Closed = (exhibitor, time.Start);
        return "ok";
    }

    /// <summary>Gone from the stand's day; where somebody just sat down it is there, and taken.</summary>
    private bool IsClosed(int slot) => Closed == (slots[slot].Exhibitor, slots[slot].Time.Start) && !WalkIns.Contains(slot);

    /// <summary>The stand has as many meetings as it wants; what it proposes itself goes beyond.</summary>
    private bool IsFull(int slot) => wanted.TryGetValue(slots[slot].Exhibitor, out var most) && Meetings.Count(m => m.Slot is not null && m.Exhibitor == slots[slot].Exhibitor) >= most;

    /// <summary>The tables of a stand are the same at one time, however people meet there.</summary>
    private int Left(int slot, int except) =>
        slots[slot].Seats - Meetings.Where((_, at) => at != except).Count(m => m.Slot is { } held && Shares(held, slot)) - WalkIns.Count(at => Shares(at, slot));

    private bool Shares(int one, int other) =>
        slots[one].Exhibitor == slots[other].Exhibitor && slots[one].Time.Start < slots[other].Time.End && slots[other].Time.Start < slots[one].Time.End;

    private bool IsBusy(int visitor, int slot, int except) => Meetings.Where((m, at) => at != except && m.Visitor == visitor && m.Slot is not null)
        .Any(m => slots[m.Slot!.Value].Time.Start < slots[slot].Time.End && slots[slot].Time.Start < slots[m.Slot.Value].Time.End);
}
