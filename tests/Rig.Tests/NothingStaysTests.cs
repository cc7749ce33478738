using System.Diagnostics;

namespace Matchmaking.Rig.Tests;

public sealed class NothingStaysTests
{
    [Fact]
    public async Task Disposing_leaves_no_process_and_no_folder()
    {
        using var place = new TemporaryFolder();
        var child = ChildProcess.Start(
            "/bin/sh", ["-c", "sleep 300 & setsid sleep 301 & echo started; wait"], new Dictionary<string, string?>(), place.Path);
        await child.WaitUntilAsync(_ => Task.FromResult(ProcessTree.Descendants(child.Id).Count() == 2), TimeSpan.FromSeconds(10));
        var all = ProcessTree.Descendants(child.Id).Append(child.Id).ToList();

        await child.DisposeAsync();
        place.Dispose();

        Assert.DoesNotContain(all, ProcessTree.IsAlive);
        Assert.False(Directory.Exists(place.Path));
    }

    [Fact]
    public async Task The_servers_leave_no_process_and_no_folder()
    {
        var before = Snapshot();
        var rabbit = RabbitMqServer.StartAsync();
        var redis = RedisServer.StartAsync();
        var postgres = PostgresServer.StartAsync(durable: false);
        await Task.WhenAll(rabbit, redis, postgres);
        var mine = Snapshot().Except(before).ToList();
        Assert.NotEmpty(mine);

        await (await rabbit).DisposeAsync();
        await (await redis).DisposeAsync();
        await (await postgres).DisposeAsync();

        Assert.Empty(Snapshot().Intersect(mine));
        static List<int> Snapshot() => [.. ProcessTree.Descendants(Environment.ProcessId).Where(ProcessTree.IsAlive)];
    }

    [Fact]
    public async Task A_test_run_that_is_killed_takes_its_programs_along()
    {
        // A program whose guard loses its input is what a killed test process looks like from outside: here a second .NET process,
        // this very test assembly, would be heavy, so the guard is fed by a shell that we kill.
        using var place = new TemporaryFolder();
        var script = Path.Combine(place.Path, "work");
        Directory.CreateDirectory(script);
        using var program = Process.Start(new ProcessStartInfo("setsid", ["sleep", "302"]))!;
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 303 | setsid /bin/sh -c \"$0\" guard \"$1\" \"$2\"", ChildProcess.GuardScript, $"{program.Id}", script]))!;
        Assert.True(ProcessTree.IsAlive(program.Id));

        await ProcessTree.KillAsync(ProcessTree.Descendants(parent.Id).First());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        await parent.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(128 + ProcessTree.Kill, program.ExitCode);
        Assert.False(Directory.Exists(script));
    }
}
