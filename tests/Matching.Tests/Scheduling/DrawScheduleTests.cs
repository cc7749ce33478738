using CsCheck;
using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

public sealed class DrawScheduleTests
{
    private static readonly ScheduleOptions Patient = new(TimeSpan.FromMinutes(1));

    [Fact]
    public void Without_windows_no_schedule_is_better() => AnyTask.AtAnyTime(4, 3, 2).Sample(task =>
    {
        Assert.True(Board.Of(task).AnyTime);
        var drawn = Draw(task);
        Assert.Equal((EverySchedule.Best(task), drawn.Reached), (drawn.Reached, new EverySchedule(task).Worth([.. drawn.Meetings])));
        Assert.True(drawn.IsBest);
    }, iter: 300);

    [Fact]
    public void With_windows_and_kept_meetings_no_schedule_is_better() => AnyTask.InWindows(3, 3, 3).Sample(task =>
    {
        var drawn = Draw(task);
        Assert.Equal((EverySchedule.Best(task), drawn.Reached), (drawn.Reached, new EverySchedule(task).Worth([.. drawn.Meetings])));
        Assert.True(drawn.IsBest);
    }, iter: 150);

    [Fact]
    public void No_rule_is_broken_without_windows() => AnyTask.AtAnyTime(40, 8, 6).Sample(task => Assert.Empty(EverySchedule.Broken(task, Draw(task).Meetings)), iter: 100);

    [Fact]
    public void No_rule_is_broken_with_windows_even_if_time_is_short() => AnyTask.InWindows(40, 8, 6).Sample(task =>
        Assert.Empty(EverySchedule.Broken(task, DrawSchedule.Draw(task, Patient with { TimeLimit = TimeSpan.FromMilliseconds(50) }, _ => { }, default).Meetings)), iter: 50);

    [Fact]
    public void The_solver_for_windows_finds_nothing_better_than_the_flow_where_there_are_none() => AnyTask.AtAnyTime(12, 5, 5).Sample(task =>
    {
        var board = Board.Of(task);
        var loose = new Fairness(task.Visitors.Count, task.Visitors.Count, board.Pairs.Sum(p => (long)p.Worth));
        var solved = new WindowModel(board, [], loose, default).Solve(TimeSpan.FromMinutes(1), Patient, (_, _) => { }, default);
        Assert.NotNull(solved);
        Assert.Equal((Draw(task).Reached, board.Reached(solved.Value.Seats)), (board.Reached(solved.Value.Seats), solved.Value.Bound));
    }, iter: 40);

    [Fact]
    public void Nobody_has_a_third_while_somebody_could_have_a_first()
    {
        // Three stands with one time each, which the first visitor likes better than anybody likes anything.
        OpenStand[] stands = [.. Enumerable.Range(0, 3).Select(n => Stand(AnyTask.Slot(n)))];
        var task = Task([Visitor([.. stands.Select(s => (s, 1.0))]), Visitor((stands[0], .01)), Visitor((stands[1], .01))], stands);
        Assert.Equal(new Fairness(3, 0, 800 + 10 + 10), Draw(task).Reached);
    }

    [Fact]
    public void A_kept_meeting_is_somebodys_first_and_stays()
    {
        OpenStand[] stands = [Stand(AnyTask.Slot(0)), Stand(AnyTask.Slot(1))];
        var (served, other) = (Visitor((stands[0], 1), (stands[1], 1)), Visitor((stands[1], .1)));
        var drawn = Draw(Task([served, other], stands, new KeptMeeting(served.Id, stands[0].Id, AnyTask.Slot(0), 1)));
        Assert.Equal(new PlannedMeeting(other.Id, stands[1].Id, AnyTask.Slot(1), 1, 1), Assert.Single(drawn.Meetings));
        Assert.Equal([2], drawn.Figures.GotWish);
        Assert.Equal([0, 2], drawn.Figures.WithMeetings);
    }

    [Fact]
    public void Who_has_none_is_told_why()
    {
        var (full, foreign, early, small) = (Stand(AnyTask.Slot(0)), Stand(AnyTask.Slot(0), "ar"), Stand(AnyTask.Slot(0)), Stand(AnyTask.Slot(0)));
        var (gets, late, noWish, noWord, noTime) = (Visitor((full, 1)), Visitor((full, .5)), Visitor(), Visitor((foreign, 1)), Visitor((early, 1)) with { Free = [AnyTask.Slot(5)] });
        var had = Visitor((small, 1));
        var most = Visitor((small, .4), (full, .3));
        var drawn = Draw(Task([gets, late, noWish, noWord, noTime, most, had], [full, foreign, early, small with { Slots = [AnyTask.Slot(0), AnyTask.Slot(1)] }],
            new KeptMeeting(Guid.NewGuid(), small.Id, AnyTask.Slot(1), 1)) with
        { Most = new MostMeetings(5, 2) });
        var expected = new Dictionary<Guid, NoMeeting>
        {
            [late.Id] = NoMeeting.StandsFull,
            [noWish.Id] = NoMeeting.NoWish,
            [noWord.Id] = NoMeeting.NoCommonLanguage,
            [noTime.Id] = NoMeeting.NoCommonTime,
            [most.Id] = NoMeeting.StandsFull,
        };
        Assert.Equal(expected, drawn.Figures.Without);
    }

    [Fact]
    public void A_stand_that_has_as_many_as_it_may_have_is_not_called_full()
    {
        var stand = Stand(AnyTask.Slot(0)) with { Slots = [AnyTask.Slot(0), AnyTask.Slot(1)] };
        var (gets, other) = (Visitor((stand, 1)), Visitor((stand, .5)));
        var drawn = Draw(Task([gets, other], [stand]) with { Most = new MostMeetings(5, 1) });
        Assert.Equal(NoMeeting.MostReached, Assert.Single(drawn.Figures.Without, w => w.Key == other.Id).Value);
    }

    [Fact]
    public void Nothing_makes_an_empty_schedule()
    {
        foreach (var task in new[] { Task([], []), Task([Visitor()], []), Task([], [Stand(AnyTask.Slot(0))]), Task([Visitor((Stand(), 1))], [Stand()]) })
            Assert.Equal((0, true), (Draw(task).Meetings.Count, Draw(task).IsBest));
    }

    [Fact]
    public void Slots_that_overlap_are_refused()
    {
        var stand = Stand(AnyTask.Slot(0, 2)) with { Slots = [AnyTask.Slot(0, 2), AnyTask.Slot(1, 2)] };
        Assert.Throws<ArgumentException>(() => Draw(Task([Visitor((stand, 1))], [stand])));
    }

    [Fact]
    public async Task Who_cancels_gets_no_schedule()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrawSchedule.AsideAsync(Crowds.Of(30), Patient, _ => cancel.Cancel(), cancel.Token));
    }

    [Fact]
    public async Task Who_cancels_is_let_go_at_once_although_the_thread_is_still_at_it()
    {
        using var cancel = new CancellationTokenSource();
        using var goesOn = new ManualResetEventSlim();
        var ended = new TaskCompletionSource();
        var drawn = DrawSchedule.AsideAsync(() =>
        {
            cancel.Cancel();
            goesOn.Wait();
            return 1;
        }, ended.SetResult, cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drawn);
        Assert.False(ended.Task.IsCompleted);
        goesOn.Set();
        await ended.Task;
    }

    [Fact]
    public void A_table_that_is_closed_at_a_time_is_not_given_then()
    {
        var stand = Stand(AnyTask.Slot(0)) with { Slots = [AnyTask.Slot(0), AnyTask.Slot(1)] };
        stand = stand with { Closed = [new ClosedSeat(stand.Tables[0], AnyTask.Slot(0))] };
        Assert.Equal(AnyTask.Slot(1), Assert.Single(Draw(Task([Visitor((stand, 1)), Visitor((stand, 1))], [stand])).Meetings).Time);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_stand_has_no_more_meetings_than_it_wants_with_those_that_it_has(bool windows)
    {
        var stand = Stand() with { Slots = [.. Enumerable.Range(0, 6).Select(t => AnyTask.Slot(t))], Most = 3 };
        var here = Visitor((stand, 1));
        var others = Enumerable.Range(0, 5).Select(_ => Visitor((stand, 1)) with { Free = windows ? [AnyTask.Slot(1, 4)] : [] });
        var drawn = Draw(Task([here, .. others], [stand], new KeptMeeting(here.Id, stand.Id, AnyTask.Slot(0), 1)));
        Assert.Equal(2, drawn.Meetings.Count);
        Assert.True(drawn.IsBest);
        Assert.Equal(3, drawn.Figures.Without.Count(w => w.Value == NoMeeting.MostReached));
    }

    [Fact]
    public void A_table_at_which_other_languages_are_spoken_later_is_given_to_whom_it_serves_then()
    {
        var (before, after) = (new StandTable(1, ["ar"]), new StandTable(1, ["uk"]));
        var stand = Stand() with { Slots = [AnyTask.Slot(0), AnyTask.Slot(1)], Tables = [before, after], Closed = [new ClosedSeat(before, AnyTask.Slot(1)), new ClosedSeat(after, AnyTask.Slot(0))] };
        WishingVisitor[] people = [.. ((string[])["uk", "ar", "uk"]).Select(l => Visitor((stand, 1)) with { Languages = [l] })];
        var meetings = Draw(Task(people, [stand])).Meetings.OrderBy(m => m.Time.Start).ToArray();
        Assert.Equal([("ar", 1, AnyTask.Slot(0)), ("uk", 1, AnyTask.Slot(1))], meetings.Select(m => (people.Single(p => p.Id == m.Visitor).Languages[0], m.Table, m.Time)));
    }

    [Fact]
    public void A_search_that_would_take_long_ends_when_it_is_cancelled()
    {
        var board = Board.Of(Crowds.Of(1500));
        var model = new WindowModel(board, [], new Fairness(1500, 1500, 1_000_000), default);
        Assert.ThrowsAny<OperationCanceledException>(() => model.Solve(TimeSpan.FromHours(1), Patient, (_, _) => { }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_drawing_that_is_cancelled_while_the_solver_searches_gives_nothing_and_frees_its_thread()
    {
        // A crowd, and two people for whom the flow promises too much, so that the solver is needed. It tells first that it begins, then of what it found.
        var (crowd, apart) = (Crowds.Of(400), Apart);
        var task = crowd with { Visitors = [.. crowd.Visitors, .. apart.Visitors], Stands = [.. crowd.Stands, .. apart.Stands] };
        using var cancel = new CancellationTokenSource();
        var (ended, searched) = (new TaskCompletionSource(), 0);
        var drawn = DrawSchedule.AsideAsync(
            () => DrawSchedule.Draw(task, Patient with { TimeLimit = TimeSpan.FromHours(1) }, p => { if (p.Stage == ScheduleStage.Improving && ++searched == 2) cancel.Cancel(); }, cancel.Token),
            ended.SetResult, cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drawn);
        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, searched);
    }

    [Fact]
    public void A_search_ends_that_is_cancelled_when_it_has_found_something()
    {
        var board = Board.Of(Crowds.Of(400));
        using var cancel = new CancellationTokenSource();
        var model = new WindowModel(board, [], new Fairness(400, 400, 1_000_000), default);
        Assert.ThrowsAny<OperationCanceledException>(() => model.Solve(TimeSpan.FromHours(1), Patient, (_, _) => cancel.Cancel(), cancel.Token));
    }

    [Fact]
    public async Task Progress_never_falls_and_ends_with_what_was_drawn_up()
    {
        var told = new List<ScheduleProgress>();
        var drawn = await DrawSchedule.AsideAsync(Apart, Patient, told.Add, default);
        Assert.Equal((drawn.Reached, drawn.Bound), (told[^1].Best, told[^1].Bound));
        Assert.True(told[0].Bound.CompareTo(drawn.Bound) > 0);
        Assert.All(told.Zip(told.Skip(1)), p => Assert.True(p.First.Best.CompareTo(p.Second.Best) <= 0 && p.First.Bound.CompareTo(p.Second.Bound) >= 0));
    }

    [Fact]
    public void Where_the_flow_promises_too_much_the_best_is_proved_all_the_same() => Assert.Equal((new Fairness(2, 1, 2900), true), (Draw(Apart).Reached, Draw(Apart).IsBest));

    /// <summary>Two people who both have to be elsewhere at the first time, and then both want the second time of the same stand. Each alone could have both meetings.</summary>
    private static ScheduleTask Apart
    {
        get
        {
            OpenStand[] stands = [Stand(AnyTask.Slot(0)) with { Slots = [AnyTask.Slot(0), AnyTask.Slot(1)] }, Stand(AnyTask.Slot(0)), Stand(AnyTask.Slot(0))];
            return Task([Visitor((stands[0], 1), (stands[1], 1)), Visitor((stands[0], 1), (stands[2], 1))], stands);
        }
    }

    private static Schedule Draw(ScheduleTask task) => DrawSchedule.Draw(task, Patient, _ => { }, default);

    private static ScheduleTask Task(IReadOnlyList<WishingVisitor> visitors, IReadOnlyList<OpenStand> stands, params KeptMeeting[] kept) => new(visitors, stands, kept, new MostMeetings(5, 50));

    private static WishingVisitor Visitor(params (OpenStand Stand, double Chance)[] wishes) =>
        new(Guid.NewGuid(), [.. wishes.Select(w => new Wish(w.Stand.Id, w.Chance))], [], ["de"]);

    private static OpenStand Stand(TimeSlice? slot = null, string language = "de") => new(Guid.NewGuid(), [new StandTable(1, [language])], slot is null ? [] : [slot], []);
}
