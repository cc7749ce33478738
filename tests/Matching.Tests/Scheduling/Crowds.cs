using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

/// <summary>Tasks that take some searching: forty stands of up to twelve times, people with eight wishes and half of the day. Always the same ones.</summary>
internal static class Crowds
{
    public static ScheduleTask Of(int people)
    {
        var random = new Random(1);
        OpenStand[] stands = [.. Enumerable.Range(0, 40).Select(_ => new OpenStand(Guid.NewGuid(), [new StandTable(1, [])],
            [.. Enumerable.Range(0, 12).Select(t => AnyTask.Slot(t)).Where(_ => random.Next(5) > 0)], []))];
        WishingVisitor[] visitors = [.. Enumerable.Range(0, people).Select(n => new WishingVisitor(Guid.NewGuid(),
            [.. stands.OrderBy(_ => random.Next()).Take(8).Select(s => new Wish(s.Id, random.NextDouble()))], [AnyTask.Slot(n % 6, 6)], []))];
        return new ScheduleTask(visitors, stands, [], new MostMeetings(5, 50));
    }
}
