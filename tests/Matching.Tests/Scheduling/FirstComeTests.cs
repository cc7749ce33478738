using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

public sealed class FirstComeTests
{
    [Fact]
    public void Whoever_comes_first_takes_all_they_may_and_who_comes_last_takes_what_is_left()
    {
        OpenStand[] stands = [Stand(), Stand()];
        Wish[] both = [new(stands[0].Id, 1), new(stands[1].Id, .5)];
        WishingVisitor[] visitors = [.. Enumerable.Range(0, 3).Select(_ => new WishingVisitor(Guid.NewGuid(), both, [], []))];
        var board = Board.Of(new ScheduleTask(visitors, stands, [], new MostMeetings(2, 10)));
        var seats = FirstCome.Of(board);
        // Two times at two stands: the first two have both stands, the third has none, where a schedule gives everybody one.
        Assert.Equal(new Fairness(2, 2, 2 * (1000 + 450)), board.Reached(seats));
        Assert.Equal(4, board.AtTables(seats).DistinctBy(m => (m.Exhibitor, m.Time, m.Table)).Count());
        Assert.Equal(4, board.AtTables(seats).DistinctBy(m => (m.Visitor, m.Time)).Count());
        Assert.Equal(3, DrawSchedule.Draw(board.Task, ScheduleOptions.Default, _ => { }, default).Reached.First);
    }

    [Fact]
    public void Nobody_breaks_a_rule_by_coming_first() => CsCheck.Check.Sample(AnyTask.InWindows(20, 6, 5), task =>
    {
        var board = Board.Of(task);
        Assert.Empty(EverySchedule.Broken(task, board.AtTables(FirstCome.Of(board))));
    }, iter: 100);

    private static OpenStand Stand() => new(Guid.NewGuid(), [new StandTable(1, [])], [AnyTask.Slot(0), AnyTask.Slot(1)], []);
}
