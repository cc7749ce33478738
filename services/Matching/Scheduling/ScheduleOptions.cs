namespace Matchmaking.Matching.Scheduling;

/// <param name="TimeLimit">For looking for a better schedule than was found so far; what is best is often known at once.</param>
/// <param name="Threads">That compute at once, all with low priority.</param>
/// <param name="Seed">The same seed, task and one thread give the same schedule where the time does not run out.</param>
internal sealed record ScheduleOptions(TimeSpan TimeLimit, int Threads = 1, int Seed = 1)
{
    public static readonly ScheduleOptions Default = new(TimeSpan.FromSeconds(10));
}

internal enum ScheduleStage
{
    /// <summary>Who meets whom and when is sought together; a first schedule is there at once.</summary>
    Arranging,

    /// <summary>A better one is looked for, until the time is over or none can be better.</summary>
    Improving,
}

/// <param name="Best">Of what was found until now; kept meetings are in it.</param>
/// <param name="Bound">More cannot be had, as far as is known until now.</param>
internal readonly record struct ScheduleProgress(ScheduleStage Stage, TimeSpan Passed, Fairness Best, Fairness Bound);
