using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// Draws up a whole schedule, the best by <see cref="Fairness"/>.
/// <para>Where everybody can come at any time, a flow decides who meets whom and edge colouring when and at which table: that is the best schedule, proved.</para>
/// <para>Otherwise the same flow by spots gives a bound, and pairs for which a timetable is sought. Pairs for which there is no time are taken out and the
/// flow is asked anew. Where the bound is not reached, CP-SAT goes on from there until the time is over or it has proved that there is nothing better.</para>
/// </summary>
internal static class DrawSchedule
{
    /// <summary>How often pairs without a time are replaced by others before CP-SAT takes over, and which part of the time may go into that.</summary>
    private const int MostReplacements = 8;
    private const double Replacing = .3;

    /// <summary>On a thread of its own with low priority, so that nothing that people wait for waits for it. Ends at once when it is cancelled.</summary>
    public static Task<Schedule> AsideAsync(ScheduleTask task, ScheduleOptions options, Action<ScheduleProgress> progress, CancellationToken cancel) =>
        AsideAsync(() => Draw(task, options, progress, cancel), () => { }, cancel);

    /// <summary>The same for any work. Who cancels is let go at once; the thread may come to its end a little later.</summary>
    /// <param name="ended">Called when the thread is free again, whatever came of it.</param>
    public static Task<T> AsideAsync<T>(Func<T> work, Action ended, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = cancel.Register(() => done.TrySetCanceled(cancel));
        new Thread(() =>
        {
            BeNice();
            try { done.TrySetResult(work()); }
            catch (OperationCanceledException) { done.TrySetCanceled(cancel); }
            catch (Exception e) { done.TrySetException(e); }
            finally
            {
                asked.Dispose();
                ended();
            }
        })
        { IsBackground = true, Name = "schedule", Priority = ThreadPriority.Lowest }.Start();
        return done.Task;
    }

    /// <exception cref="OperationCanceledException">Soon after <paramref name="cancel"/>; the solver for windows takes some seconds where a task is large.</exception>
    public static Schedule Draw(ScheduleTask task, ScheduleOptions options, Action<ScheduleProgress> progress, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var board = Board.Of(task);
        cancel.ThrowIfCancellationRequested();
        var stage = ScheduleStage.Arranging;
        var (seats, bound) = board.AnyTime ? AtAnyTime(board) : InWindows(board, options, Tell, () => stage = ScheduleStage.Improving, began, cancel);
        cancel.ThrowIfCancellationRequested();
        var reached = board.Reached(seats);
        Tell(reached, bound);
        return new Schedule(board.AtTables(seats), reached, bound, ScheduleFigures.Of(board, seats));

        void Tell(Fairness best, Fairness most) => progress(new(stage, Stopwatch.GetElapsedTime(began), best, most));
    }

    private static (Seat[] Seats, Fairness Bound) AtAnyTime(Board board)
    {
        var (asked, best) = PairFlow.Solve(board, bySpot: false);
        var times = board.Spots.Index().ToLookup(s => s.Item.Group, s => s.Index);
        // The meetings of a group are dealt to its tables; each then has at most as many as there are times.
        var (edges, dealt, corner) = (new List<(int, int)>(), new int[board.Groups], new Dictionary<(int Group, int Table), int>());
        foreach (var seat in asked)
        {
            var spot = board.Spots[seat.Spot];
            var table = (spot.Group, dealt[spot.Group]++ % spot.Tables.Length);
            if (!corner.TryGetValue(table, out var right)) corner[table] = right = corner.Count;
            edges.Add((board.Pairs[seat.Pair].Visitor, right));
        }
        var time = EdgeColouring.Of(edges, asked.Length == 0 ? 0 : times[board.Spots[asked[0].Spot].Group].Count());
        return ([.. asked.Select((seat, e) => seat with { Spot = times[board.Spots[seat.Spot].Group].ElementAt(time[e]) })], best);
    }

    private static (Seat[] Seats, Fairness Bound) InWindows(
        Board board, ScheduleOptions options, Action<Fairness, Fairness> tell, Action improving, long began, CancellationToken cancel)
    {
        var (asked, bound) = PairFlow.Solve(board, bySpot: true);
        cancel.ThrowIfCancellationRequested();
        var (best, without) = (Array.Empty<Seat>(), new HashSet<int>());
        for (var turn = 0; ; turn++)
        {
            var seats = SpareSeats.Fill(board, Timetable.Arrange(board, asked, options.Seed + turn, cancel, out var standing));
            if (board.Reached(seats).CompareTo(board.Reached(best)) > 0) best = seats;
            tell(board.Reached(best), bound);
            if (standing.Length == 0 || turn == MostReplacements || Stopwatch.GetElapsedTime(began) > options.TimeLimit * Replacing) break;
            without.UnionWith(standing);
            (asked, _) = PairFlow.Solve(board, bySpot: true, without);
        }
        if (board.Reached(best) == bound) return (best, bound);

        improving();
        tell(board.Reached(best), bound);
        var model = new WindowModel(board, best, bound, cancel);
        var left = options.TimeLimit - Stopwatch.GetElapsedTime(began);
        cancel.ThrowIfCancellationRequested();
        if (left <= TimeSpan.Zero || model.Solve(left, options, Found, cancel) is not var (better, proved)) return (best, bound);
        return (board.Reached(better).CompareTo(board.Reached(best)) > 0 ? better : best, Least(board.Before + proved, bound));

        void Found(Fairness gained, Fairness most) => tell(board.Before + gained, Least(board.Before + most, bound));
    }

    private static Fairness Least(Fairness a, Fairness b) => a.CompareTo(b) < 0 ? a : b;

    /// <summary>.NET leaves priorities aside on Linux, where a thread can be nice by itself and the solver's threads take after it.</summary>
    private static void BeNice()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(ThisThread, 0, Nicest);
    }

    private const int ThisThread = 0, Nicest = 19;

    [DllImport("libc", EntryPoint = "setpriority")]
    private static extern int SetPriority(int which, int who, int priority);
}
