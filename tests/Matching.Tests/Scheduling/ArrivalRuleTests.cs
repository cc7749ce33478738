using CsCheck;
using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

public sealed class ArrivalRuleTests
{
    private static readonly ArrivalOptions Options = new();

    [Fact]
    public void A_seat_is_worth_what_the_best_way_to_give_it_brings_to_people_who_come_one_by_one()
    {
        // Two more come, each worth 4 or 8 with equal chances. One seat: whoever comes last gets it, the one before only with 8: (8 + 6) / 2.
        var values = new SeatValues([(4, 1), (8, 1)], open: 1, left: 1, comers: 2);
        Assert.Equal((0, 6, 7), (values.Price(0, 1), values.Price(1, 1), values.Price(2, 1)));
        // A second seat goes to the second who comes; nobody is left for a third.
        values = new SeatValues([(4, 3), (8, 3)], open: 3, left: 3, comers: 2);
        Assert.Equal((7, 5, 0), (values.Price(2, 1), values.Price(2, 2), values.Price(2, 3)));
        // Whom one of two seats suits finds it with the first of them gone in one case of two.
        values = new SeatValues([(6, 1)], open: 2, left: 2, comers: 1);
        Assert.Equal((3, 3), (values.Price(1, 1), values.Price(1, 2)));
    }

    [Fact]
    public void Prices_fall_as_people_come_and_rise_as_seats_go()
    {
        var random = new Random(1);
        var values = new SeatValues([.. Enumerable.Range(0, 50).Select(_ => (random.NextDouble(), random.Next(1, 6)))], open: 5, left: 5, comers: 30);
        for (var n = 0; n <= 30; n++)
            for (var r = 1; r <= 5; r++)
            {
                if (n > 0) Assert.True(values.Price(n, r) >= values.Price(n - 1, r), $"{n} {r}");
                if (r > 1) Assert.True(values.Price(n, r) <= values.Price(n, r - 1), $"{n} {r}");
            }
    }

    [Fact]
    public void Of_the_times_that_suit_the_one_goes_that_others_need_least()
    {
        var stand = new OpenStand(Guid.NewGuid(), [new StandTable(1, [])], [AnyTask.Slot(0), AnyTask.Slot(1), AnyTask.Slot(2)], []);
        WishingVisitor Somebody(params TimeSlice[] free) => new(Guid.NewGuid(), [new Wish(stand.Id, .5)], free, []);
        var rule = new ArrivalRule(new ScheduleTask([], [stand], [], new MostMeetings(1, 5)), [Somebody(AnyTask.Slot(0)), Somebody(AnyTask.Slot(1)), Somebody()], expected: 3, Options);
        Assert.Equal(AnyTask.Slot(2), Assert.Single(rule.Decide(Somebody())).Time);
    }

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
