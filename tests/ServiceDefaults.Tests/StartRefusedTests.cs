using System.Diagnostics;
using Matchmaking.Rig;

namespace Matchmaking.ServiceDefaults.Tests;

/// <summary>The real Profile, started as somebody would who has read nothing.</summary>
public sealed class StartRefusedTests
{
    [Theory]
    [InlineData("ConnectionStrings__rabbitmq", "ConnectionStrings__redis=localhost:1", "Services__Key=k", "ConnectionStrings__profile=Host=localhost")]
    [InlineData("ConnectionStrings__redis")]
    [InlineData("Services__Key", "ConnectionStrings__rabbitmq=amqp://localhost:1", "ConnectionStrings__redis=localhost:1")]
    [InlineData("ConnectionStrings__profile", "ConnectionStrings__rabbitmq=amqp://localhost:1", "ConnectionStrings__redis=localhost:1", "Services__Key=k")]
    public async Task A_lone_service_says_what_to_set_and_ends_with_78(string missing, params string[] given)
    {
        var library = Path.Combine(Repository.Root, "services", "Profile", "bin", ServiceProcess.Configuration, "net10.0", "Matchmaking.Profile.dll");
        var start = new ProcessStartInfo("dotnet", [library]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase) || k.StartsWith("Services__", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(key);
        foreach (var pair in given) start.Environment[pair.Split('=')[0]] = pair[(pair.IndexOf('=') + 1)..];
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(78, process.ExitCode);
        Assert.Contains(missing, error);
        Assert.DoesNotContain("   at ", error + await output);
        Assert.DoesNotContain("Unhandled exception", error + await output);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
