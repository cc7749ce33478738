namespace Matchmaking.Matching.Tests.Waiting;

/// <summary>One thing that happens at a stand with a queue.</summary>
/// <param name="What">ask, wait, leave and cancel by a visitor; take, of what was offered; decline by the stand; and of itself "offer" (who is next gets what is free) and "lapse" (a time limit is over).</param>
internal sealed record QueueAct(string What, int Visitor, int Slot, int Meeting);

/// <summary>The rules of waiting as anybody would write them down: a stand with a queue, beside another one at which the same people have meetings.</summary>
/// <param name="each">How many slots of one seat a stand has: those of the first by time, then those of the second at the same times.</param>
/// <param name="cap">Meetings that a visitor may have at once.</param>
/// <param name="atStand">How many of them at one stand.</param>
internal sealed class WaitingModel(int each, int cap, int atStand)
{
    /// <param name="Slot">null: it holds no seat.</param>
    /// <param name="Known">To the stand, which hears nothing of offers that nobody took.</param>
    internal sealed record Met(int Visitor, int Stand, string Status, int? Slot, bool Known)
    {
        public bool IsOpen => Status is "requested" or "offered";
    }

    public List<Met> Meetings { get; private init; } = [];

    /// <summary>Visitors who wait at the first stand, in the order in which they came.</summary>
    public List<int> Queue { get; private init; } = [];

    public WaitingModel Copy() => new(each, cap, atStand) { Meetings = [.. Meetings], Queue = [.. Queue] };

    /// <summary>Whether the act may be answered so; does it where the answer is "ok". Of several reasons to refuse any may be told.</summary>
    public bool Answers(QueueAct act, string answer)
    {
        string[] others = act.What == "ask" ? [.. Reasons(act.Visitor, act.Slot)] : [];
        var told = Do(act);
        return told == answer || (told != "ok" && others.Contains(answer));
    }

    /// <summary>Fewest meetings first, among equals who waited longest; each gets the first free seat at which they meet nobody else.</summary>
    public void Offer()
    {
        var free = Enumerable.Range(0, each).Where(IsFree).ToList();
        if (free.Count == 0) return;
        foreach (var visitor in Queue.OrderBy(v => Meetings.Count(m => m.Visitor == v && m.Slot is not null)).ToArray())
        {
            if (HasOneHere(visitor)) Queue.Remove(visitor);
            else if (Open(visitor) < cap && free.FindIndex(s => !IsBusy(visitor, s)) is >= 0 and var at)
            {
                Meetings.Add(new Met(visitor, 0, "offered", free[at], Known: false));
                Queue.Remove(visitor);
                free.RemoveAt(at);
            }
            if (free.Count == 0) return;
        }
    }

    private IEnumerable<string> Reasons(int visitor, int slot)
    {
        if (!IsFree(slot)) yield return "slot-taken";
        if (Open(visitor) >= cap) yield return "cap-reached";
        if (Meetings.Count(m => m.Visitor == visitor && m.Stand == slot / each && m.IsOpen) >= atStand) yield return "stand-cap";
        if (IsBusy(visitor, slot)) yield return "visitor-busy";
        if (HasAskedEnough(visitor, slot / each)) yield return "asked-enough";
    }

    private bool HasAskedEnough(int visitor, int stand) => Meetings.Count(m => m.Visitor == visitor && m.Stand == stand && m is { Status: "cancelled", Known: true }) >= 5;

    /// <returns>"ok", or the code of the refusal.</returns>
    private string Do(QueueAct act)
    {
        switch (act.What)
        {
            case "ask":
                if (Reasons(act.Visitor, act.Slot).FirstOrDefault() is { } why) return why;
                Meetings.Add(new Met(act.Visitor, act.Slot / each, "requested", act.Slot, Known: true));
                if (act.Slot < each) Queue.Remove(act.Visitor);
                return "ok";
            case "wait" when Queue.Contains(act.Visitor): return "ok";
            case "wait" when HasOneHere(act.Visitor): return "already-asked";
            case "wait" when HasAskedEnough(act.Visitor, 0): return "asked-enough";
            case "wait" when Enumerable.Range(0, each).Any(s => IsFree(s) && !IsBusy(act.Visitor, s)): return "times-free";
            case "wait": Queue.Add(act.Visitor); return "ok";
            case "leave": Queue.Remove(act.Visitor); return "ok";
        }
        var met = Meetings[act.Meeting];
        return (act.What, met.Status) switch
        {
            ("cancel", "requested" or "offered") => Now("cancelled"),
            ("cancel", "cancelled") => "ok",
            ("cancel", _) => "meeting-over",
            ("take", "offered") => Now("requested", met.Slot),
            ("take", _) => "not-proposed",
            ("decline", _) when !met.Known => "not-found",
            ("decline", "requested") => Now("declined"),
            ("decline", _) => "already-answered",
            ("lapse", "requested" or "offered") => Now("expired"),
            _ => "ok",
        };

        string Now(string status, int? slot = null)
        {
            Meetings[act.Meeting] = met with { Status = status, Slot = slot, Known = met.Known || status == "requested" };
            return "ok";
        }
    }

    private bool HasOneHere(int visitor) => Meetings.Exists(m => m.Visitor == visitor && m.Stand == 0 && m.IsOpen);

    private int Open(int visitor) => Meetings.Count(m => m.Visitor == visitor && m.IsOpen);

    private bool IsFree(int slot) => !Meetings.Exists(m => m.Slot == slot);

    private bool IsBusy(int visitor, int slot) => Meetings.Exists(m => m.Visitor == visitor && m.Slot is { } held && held % each == slot % each);
}
