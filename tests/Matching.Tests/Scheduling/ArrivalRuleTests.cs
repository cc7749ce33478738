using CsCheck;
using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

public sealed class ArrivalRuleTests
{
    private static readonly ArrivalOptions Options = new(Samples: 4);

    [Fact]
    public void The_price_of_a_seat_is_what_the_best_schedule_loses_without_it() => AnyTask.AtAnyTime(8, 4, 3).Sample(any =>
    {
        // One table each: where tables differ by language, a price by stand says nothing of which one is missed.
        var board = Board.Of(any with { Stands = [.. any.Stands.Select(s => s with { Tables = [s.Tables[0]] })] });
        var (seats, best) = PairFlow.Solve(board, bySpot: false);
        var prices = SeatPrices.Of(board, seats);
        for (var stand = 0; stand < prices.Length; stand++)
        {
            int[] less = [.. board.StandRoom.Select((room, s) => s == stand ? Math.Min(room, board.Spots.Count(spot => spot.Stand == s)) - 1 : room)];
            var without = new Board { Task = board.Task, Spots = board.Spots, Pairs = board.Pairs, Held = board.Held, Room = board.Room, StandRoom = less, Ruled = board.Ruled, Groups = board.Groups };
            Assert.Equal(best - PairFlow.Solve(without, bySpot: false).Total, prices[stand]);
        }
    }, iter: 300);

    [Fact]
    public void No_rule_is_broken_however_people_come() => AnyTask.InWindows(12, 4, 5).Sample(task =>
    {
        var rule = new ArrivalRule(task with { Visitors = [] }, task.Visitors, task.Visitors.Count - 1, Options);
        Assert.Empty(EverySchedule.Broken(task, [.. task.Visitors.SelectMany(rule.Decide)]));
    }, iter: 40);

    [Fact]
    public void A_seat_waits_for_whom_it_is_worth_more_and_goes_to_anybody_in_the_end()
    {
        var stand = new OpenStand(Guid.NewGuid(), [new StandTable(1, [])], [AnyTask.Slot(0)], []);
        WishingVisitor Somebody(double chance) => new(Guid.NewGuid(), [new Wish(stand.Id, chance)], [], []);
        var rule = new ArrivalRule(new ScheduleTask([], [stand], [], new MostMeetings(5, 5)), [Somebody(.8)], expected: 3, Options);
        Assert.Empty(rule.Decide(Somebody(.3)));
        Assert.Empty(rule.Decide(Somebody(.4)));
        Assert.Equal(stand.Id, Assert.Single(rule.Decide(Somebody(.1))).Exhibitor);
    }

    [Fact]
    public void Without_a_forecast_those_who_came_are_the_forecast()
    {
        var stand = new OpenStand(Guid.NewGuid(), [new StandTable(1, [])], [AnyTask.Slot(0), AnyTask.Slot(1)], []);
        WishingVisitor Somebody(double chance) => new(Guid.NewGuid(), [new Wish(stand.Id, chance)], [], []);
        var rule = new ArrivalRule(new ScheduleTask([], [stand], [], new MostMeetings(1, 5)), [], expected: 40, Options);
        Assert.Single(rule.Decide(Somebody(.9)));
        Assert.Empty(rule.Decide(Somebody(.3)));
    }
}
