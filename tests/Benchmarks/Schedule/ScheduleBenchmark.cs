using System.Globalization;
using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Benchmarks.Schedule;

/// <summary>How good schedules are, and how near to the best one comes who does not know who comes next.</summary>
internal static class ScheduleBenchmark
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        if (ScheduleDay.Parse(args) is not { } day) return ScheduleDay.Usage();
        var shares = new Dictionary<string, List<double>>();
        for (var round = 0; round < day.Rounds; round++)
        {
            var seed = day.Seed + round;
            Console.WriteLine($"seed {seed}");
            foreach (var windows in new[] { false, true })
            {
                var invented = new InventedDay(day.Exhibitors, day.Slots, windows, seed);
                await DrawAsync(windows ? "windows" : "flow", TaskOf(invented, invented.Visitors(day.Visitors, People(seed))));
            }
            await ArriveAsync(seed, windows: false, "");
            await ArriveAsync(seed, windows: true, ".windows");
        }
        foreach (var (name, values) in shares)
        {
            var sorted = values.Order().ToArray();
            var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: median of {sorted.Length}, {sorted[0]:0.0000} to {sorted[^1]:0.0000}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT schedule.{name}={median:0.0000}"));
        }
        return 0;

        async Task<Matching.Scheduling.Schedule> DrawAsync(string name, ScheduleTask task)
        {
            var passed = TimeSpan.Zero;
            var drawn = await DrawSchedule.AsideAsync(task, new ScheduleOptions(Limit, Environment.ProcessorCount), p => passed = p.Passed, default);
            Note(name, drawn.Reached, drawn.Bound, $"{passed.TotalSeconds:0.00} s{(drawn.IsBest ? ", proved best" : "")}");
            return drawn;
        }

        async Task ArriveAsync(int seed, bool windows, string suffix)
        {
            var invented = new InventedDay(day.Exhibitors, ScheduleDay.ArrivingSlots, windows, seed);
            var task = TaskOf(invented, invented.Visitors(ScheduleDay.Arriving, People(seed)));
            var hindsight = (await DrawAsync("hindsight" + suffix, task)).Bound;
            // The last fair: the same stands, other people, and every stand wanted a little more or less.
            var rule = new ArrivalRule(task with { Visitors = [] }, invented.Visitors(ScheduleDay.Arriving, LastFair(seed)), ScheduleDay.Arriving, new ArrivalOptions());
            Note("online" + suffix, Worth(task, [.. task.Visitors.SelectMany(rule.Decide)]), hindsight);
            Note("firstcome" + suffix, FirstComeOf(task), hindsight);
            Note("firstcome-one" + suffix, FirstComeOf(task with { Most = task.Most with { PerVisitor = 1 } }), hindsight);
        }

        void Note(string name, Fairness reached, Fairness best, string more = "")
        {
            if (!shares.TryGetValue(name, out var values)) shares[name] = values = [];
            values.Add(reached.ShareOf(best));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-22} {values[^1]:0.0000}  first {reached.First} of {best.First}, second {reached.Second} of {best.Second}, worth {reached.Worth} of {best.Worth}  {more}"));
        }
    }

    private static Fairness FirstComeOf(ScheduleTask task) => Board.Of(task) is var board ? board.Reached(FirstCome.Of(board)) : default;

    private static int People(int seed) => seed + 1_000_000;

    private static int LastFair(int seed) => seed + 2_000_000;

    private static ScheduleTask TaskOf(InventedDay day, IReadOnlyList<WishingVisitor> visitors) =>
        new(visitors, day.Stands, [], new MostMeetings(ScheduleDay.MostPerVisitor, int.MaxValue));

    private static Fairness Worth(ScheduleTask task, IReadOnlyList<PlannedMeeting> meetings)
    {
        var (visitors, counts) = (task.Visitors.ToDictionary(v => v.Id), meetings.GroupBy(m => m.Visitor).Select(g => g.Count()).ToArray());
        return new(counts.Length, counts.Count(c => c > 1), meetings.Sum(m => (long)Fairness.WorthOf(visitors[m.Visitor].Wishes[m.Wish - 1].Chance, m.Wish - 1)));
    }
}
