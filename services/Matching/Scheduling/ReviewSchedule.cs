using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Scheduling;

/// <summary>A schedule in the figures by which an organiser decides.</summary>
internal static class ReviewSchedule
{
    public static ScheduleReview Of(ScheduleTask task, Schedule drawn, FairCatalogue fair)
    {
        var board = Board.Of(task);
        var (planned, kept) = (drawn.Meetings.CountBy(m => m.Exhibitor).ToDictionary(), task.Kept.CountBy(m => m.Exhibitor).ToDictionary());
        var wished = task.Visitors.SelectMany(v => v.Wishes.Select(w => w.Exhibitor).Distinct()).CountBy(e => e).ToDictionary();
        var seats = board.Spots.GroupBy(s => s.Stand).ToDictionary(g => task.Stands[g.Key].Id, g => g.Sum(s => s.Tables.Length));
        var most = task.Stands.ToDictionary(s => s.Id, s => s.Most);
        return new ScheduleReview(
            task.Visitors.Count, task.Visitors.Count(v => v.Wishes.Count > 0), task.Kept.Count, drawn.Meetings.Count, Told(drawn.Reached), Told(drawn.Bound), drawn.IsBest,
            Told(board.Reached(FirstCome.Of(board))), drawn.Figures.GotWish, drawn.Figures.WithMeetings,
            [.. drawn.Figures.Without.Values.CountBy(w => w).OrderByDescending(w => w.Value).ThenBy(w => w.Key).Select(w => new WithoutMeeting(CodeOf(w.Key), w.Value))],
            [.. fair.Published.Exhibitors.Select(e => new StandLoad(
                    e.Id, e.Name, Math.Min(seats.GetValueOrDefault(e.Id) + kept.GetValueOrDefault(e.Id), most.GetValueOrDefault(e.Id) ?? int.MaxValue), kept.GetValueOrDefault(e.Id), planned.GetValueOrDefault(e.Id), wished.GetValueOrDefault(e.Id)))
                .OrderByDescending(s => s.Wished).ThenBy(s => s.Exhibitor, StringComparer.Ordinal)]);
    }

    public static ScheduleValue Told(Fairness value) => new(value.First, value.Second, value.Worth);

    private static string CodeOf(NoMeeting why) => why switch
    {
        NoMeeting.NoWish => WithoutReasons.NoWish,
        NoMeeting.NoCommonLanguage => WithoutReasons.NoCommonLanguage,
        NoMeeting.NoCommonTime => WithoutReasons.NoCommonTime,
        NoMeeting.MostReached => WithoutReasons.MostReached,
        _ => WithoutReasons.StandsFull,
    };
}
