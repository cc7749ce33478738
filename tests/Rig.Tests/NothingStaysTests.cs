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
    public async Task A_test_run_that_is_killed_hard_takes_its_servers_along()
    {
        using var place = new TemporaryFolder();
        await using var run = ChildProcess.Start(
            Programs.Find("dotnet"), [ServiceProcessTests.Probe, "--hold"], new Dictionary<string, string?>(), place.Path);
        await run.WaitUntilAsync(_ => Task.FromResult(run.Output.Any(line => line.StartsWith("holding"))), TimeSpan.FromSeconds(30));
        var servers = ProcessTree.Descendants(run.Id).ToList();
        var folders = servers.Select(id => Directory.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: true)!.FullName)
            .Where(folder => folder.Contains("/matchmaking-")).Distinct().ToList();
        Assert.True(folders.Count >= 3 && servers.Count >= 8, "three servers with epmd and a guard for each");

        ProcessTree.Signal(run.Id, ProcessTree.Kill);   // this one process alone, as the kernel does when memory ends

        for (var waited = 0; (servers.Exists(ProcessTree.IsAlive) || folders.Exists(Directory.Exists)) && waited < 10_000; waited += 20)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(servers, ProcessTree.IsAlive);
        Assert.DoesNotContain(folders, Directory.Exists);
    }
}
