using System.Net.Http.Headers;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Rig;

namespace Matchmaking.Benchmarks.Flow;

/// <summary>The whole fair in one process: how soon it is ready, and what memory it holds with all its visitors in it.</summary>
internal static class FairPart
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(int visitors)
    {
        Console.WriteLine($"AllInOne with the demo fair and {visitors} invented visitors");
        await using var fair = await ServiceProcess.StartAsync("AllInOne", arguments: ["--visitors", $"{visitors}"]);
        Console.WriteLine($"  first start to ready: {Seconds(fair.StartedIn)} s; {Megabytes(fair)} MB");
        while (!fair.Output.Any(line => line.Contains("invented visitors have used the fair")))
        {
            if (!fair.IsRunning || fair.Output.Any(line => line.Contains("gave up"))) throw new InvalidOperationException("AllInOne: " + string.Join('\n', fair.Output.TakeLast(20)));
            await Task.Delay(Look);
            var analyst = (await (await fair.Http.PostAsJsonAsync("/api/demo/sign-in", new DemoSignIn("analyst"))).Content.ReadFromJsonAsync<StaffToken>())!;
            fair.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", analyst.Token);
            var summary = await fair.Http.GetFromJsonAsync<QualitySummary>("/api/quality/summary");
            Console.WriteLine($"  {summary!.Visitors} visitors, {Megabytes(fair)} MB");
        }
        var full = Megabytes(fair);
        await fair.RestartAsync(["--visitors", "0"]);
        Console.WriteLine($"AllInOne: {full} MB with {visitors} visitors; start to ready with them {Seconds(fair.StartedIn)} s, then {Megabytes(fair)} MB");
    }

    private static string Seconds(TimeSpan time) => Samples.Format(time.TotalSeconds, "0.0");

    private static long Megabytes(ServiceProcess process) => process.WorkingSet / 1_000_000;
}
