using CsCheck;
using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

/// <summary>Small tasks in which everything occurs: tables by language, breaks, other hours, windows, kept meetings, people and stands that may have little.</summary>
internal static class AnyTask
{
    private static readonly DateTimeOffset Opens = new(2026, 6, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly string[] Languages = ["de", "ar", "uk"];

    public static TimeSlice Slot(int number, int length = 1) => new(Opens.AddMinutes(20 * number), Opens.AddMinutes(20 * (number + length)));

    /// <summary>People may come at any time, all stands have the same times, nothing is kept.</summary>
    public static Gen<ScheduleTask> AtAnyTime(int visitors, int stands, int slots) => Of(visitors, stands, slots, false);

    public static Gen<ScheduleTask> InWindows(int visitors, int stands, int slots) => Of(visitors, stands, slots, true);

    private static Gen<ScheduleTask> Of(int visitors, int stands, int slots, bool windows) =>
        Gen.Select(Gen.Int[1, visitors], Gen.Int[1, stands], Gen.Int[1, slots], Gen.Int[1, 3], Gen.Int[1, 4], Gen.Int, (v, s, t, mine, theirs, seed) =>
            Make(new Random(seed), v, s, t, windows) with { Most = new MostMeetings(mine, theirs) });

    private static ScheduleTask Make(Random random, int visitors, int stands, int slots, bool windows)
    {
        OpenStand[] open = [.. Enumerable.Range(0, stands).Select(_ => new OpenStand(Id(random),
            [.. Enumerable.Range(1, random.Next(1, 3)).Select(no => new StandTable(no, Some(random, Languages)))],
            [.. Enumerable.Range(0, slots).Where(_ => !windows || random.Next(6) > 0).Select(t => windows && random.Next(8) == 0 ? Half(Slot(t)) : Slot(t))],
            windows && random.Next(3) == 0 ? [Slot(random.Next(slots))] : [],
            Most: random.Next(3) == 0 ? random.Next(3) : null))];
        WishingVisitor[] people = [.. Enumerable.Range(0, visitors).Select(_ => new WishingVisitor(Id(random),
            [.. Some(random, open).Select(s => new Wish(s.Id, random.NextDouble()))],
            windows && random.Next(2) == 0 ? [Slot(random.Next(slots), random.Next(1, slots + 1))] : [],
            Some(random, Languages)))];
        var kept = windows && random.Next(2) == 0
            ? people.Take(2).Zip(open, (p, s) => (p, s)).Where(k => k.s.Slots.Count > 0).Select(k => new KeptMeeting(k.p.Id, k.s.Id, k.s.Slots[random.Next(k.s.Slots.Count)], 1)).ToArray()
            : [];
        return new ScheduleTask(people, open, kept, new MostMeetings(1, 1));
    }

    /// <summary>Begins later than all others: two such times overlap where neither covers the other.</summary>
    private static TimeSlice Half(TimeSlice slot) => slot with { Start = slot.Start.AddMinutes(10) };

    private static T[] Some<T>(Random random, T[] of) => [.. of.Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next())];

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
