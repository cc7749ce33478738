using CsCheck;
using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

public sealed class TimetableTests
{
    [Fact]
    public void Times_are_found_for_nearly_all_whom_the_flow_sends_to_two_places_at_once()
    {
        var board = Board.Of(Crowds.Of(200));
        var asked = PairFlow.Solve(board, bySpot: true).Seats;
        var twice = EverySchedule.Broken(board.Task, board.AtTables(asked)).Count();
        var seats = Timetable.Arrange(board, asked, 1, default, out var standing);
        Assert.Equal(asked.Length, seats.Length + standing.Length);
        Assert.InRange(standing.Length, 0, twice / 10);
        Assert.Empty(EverySchedule.Broken(board.Task, board.AtTables(seats)));
    }

    [Fact]
    public void What_is_arranged_or_filled_breaks_no_rule_and_leaves_no_seat_that_somebody_could_have() => AnyTask.InWindows(30, 6, 5).Sample(task =>
    {
        var board = Board.Of(task);
        var seats = SpareSeats.Fill(board, Timetable.Arrange(board, [.. PairFlow.Solve(board, bySpot: true).Seats.Where((_, n) => n % 3 > 0)], 1, default, out _));
        var meetings = board.AtTables(seats);
        Assert.Empty(EverySchedule.Broken(task, meetings));
        var all = board.Pairs.SelectMany((pair, p) => pair.Spots.Select(s => new Seat(p, s))).Except(seats);
        Assert.All(all.Where(s => seats.Count(o => o.Spot == s.Spot) < board.Spots[s.Spot].Tables.Length), seat =>
            Assert.NotEmpty(EverySchedule.Broken(task, board.AtTables([.. seats, seat]))));
    }, iter: 60);
}
