using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>One thing that somebody does. Who is meant by an index counts those that were there when it was drawn.</summary>
/// <param name="What">ask, accept, decline, propose, choose, move, cancel, or "call off", which is the stand's cancelling.</param>
internal sealed record Act(string What, int Visitor, int Slot, int Meeting);

/// <summary>The rules of booking as anybody would write them down who has all the time in the world and nobody beside them. Before the fair; nothing expires.</summary>
/// <param name="slots">The times that are played with, each with the number of its seats.</param>
/// <param name="cap">Meetings that a visitor may have at once.</param>
internal sealed class FairModel(IReadOnlyList<(SlotView Time, Guid Exhibitor, int Seats)> slots, int cap)
{
    internal sealed record Met(int Visitor, Guid Exhibitor, string Status, int? Slot, int? Proposed, string? CancelledBy = null)
    {
        public bool IsOpen => Status is "requested" or "accepted" or "proposed";
    }

    public List<Met> Meetings { get; private init; } = [];

    public FairModel Copy() => new(slots, cap) { Meetings = [.. Meetings] };

    /// <summary>Whether the act may be answered so; does it where the answer is "ok". Of several reasons to refuse any may be told.</summary>
    public bool Answers(Act act, string answer)
    {
        string[] reasons = act.What switch
        {
            "ask" => [.. Reasons(act.Visitor, act.Slot, -1), .. Meetings.Count(m => m.Visitor == act.Visitor && m.IsOpen) >= cap ? ["cap-reached"] : (string[])[]],
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
        var met = Meetings[act.Meeting];
        var by = act.What is "choose" or "move" or "cancel" ? MeetingSides.Visitor : MeetingSides.Exhibitor;
        return act.What switch
        {
            "accept" when met.Status == "requested" => Now(met with { Status = "accepted" }),
            "decline" when met.Status == "requested" => Now(met with { Status = "declined", Slot = null }),
            "propose" when slots[act.Slot].Exhibitor != met.Exhibitor => "invalid",
            "propose" when met.Slot == act.Slot => "invalid",
            "propose" when met.Status != "requested" => Left(act.Slot, act.Meeting) == 0 ? "slot-taken" : "already-answered",
            "propose" => Left(act.Slot, act.Meeting) == 0 ? "slot-taken" : Now(met with { Status = "proposed", Slot = null, Proposed = act.Slot }),
            "accept" or "decline" => "already-answered",
            "choose" when met.Status != "proposed" => "not-proposed",
            "choose" when met.Proposed != act.Slot => "invalid",
            "move" when met.Slot == act.Slot => "ok",
            "move" when !met.IsOpen => "meeting-over",
            "move" when slots[act.Slot].Exhibitor != met.Exhibitor => "invalid",
            "choose" or "move" when Left(act.Slot, act.Meeting) == 0 => "slot-taken",
            "choose" or "move" when IsBusy(met.Visitor, act.Slot, except: act.Meeting) => "visitor-busy",
            "choose" => Now(met with { Status = "accepted", Slot = act.Slot, Proposed = null }),
            "move" => Now(met with { Status = met.Status == "accepted" ? "accepted" : "requested", Slot = act.Slot, Proposed = null }),
            "cancel" or "call off" when met.CancelledBy == by => "ok",
            "cancel" or "call off" => met.IsOpen ? Now(met with { Status = "cancelled", Slot = null, Proposed = null, CancelledBy = by }) : "meeting-over",
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
        if (Left(slot, except: -1) == 0) return "slot-taken";
        if (Meetings.Count(m => m.Visitor == visitor && m.IsOpen) >= cap) return "cap-reached";
        if (IsBusy(visitor, slot, except: -1)) return "visitor-busy";
        Meetings.Add(new Met(visitor, slots[slot].Exhibitor, "requested", slot, null));
        return "ok";
    }

    /// <summary>The tables of a stand are the same at one time, however people meet there.</summary>
    private int Left(int slot, int except) => slots[slot].Seats - Meetings.Where((_, at) => at != except).Count(m => m.Slot is { } held && m.Exhibitor == slots[slot].Exhibitor && slots[held].Time.Start < slots[slot].Time.End && slots[slot].Time.Start < slots[held].Time.End);

    private bool IsBusy(int visitor, int slot, int except) => Meetings.Where((m, at) => at != except && m.Visitor == visitor && m.Slot is not null)
        .Any(m => slots[m.Slot!.Value].Time.Start < slots[slot].Time.End && slots[slot].Time.Start < slots[m.Slot.Value].Time.End);
}
