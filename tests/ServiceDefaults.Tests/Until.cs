using System.Diagnostics;

namespace Matchmaking.Tests;

/// <summary>Waits for what happens by itself, no longer than needed.</summary>
internal static class Until
{
    /// <summary>Asks again and again until the answer is yes; says what was waited for if it never is.</summary>
    public static async Task TrueAsync(string what, Func<Task<bool>> asked, int seconds = 30)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            if (await asked()) return;
            if (clock.Elapsed > TimeSpan.FromSeconds(seconds)) throw new TimeoutException($"After {seconds} s still not: {what}.");
        }
    }

    public static Task TrueAsync(string what, Func<bool> asked, int seconds = 30) => TrueAsync(what, () => Task.FromResult(asked()), seconds);
}
