namespace Matchmaking.Rig.Tests;

public sealed class ServiceProcessTests
{
    internal static readonly string Probe =
        Path.Combine(Repository.Root, "tests", "Rig.Probe", "bin", ServiceProcess.Configuration, "net10.0", "Matchmaking.Rig.Probe.dll");

    [Fact]
    public async Task It_starts_ready_with_its_environment_and_keeps_port_and_folder_over_a_kill()
    {
        var environment = new Dictionary<string, string?> { ["GREETING"] = "hello" };
        await using var service = await ServiceProcess.StartLibraryAsync("Probe", Probe, environment);
        Assert.Equal("hello", await GetAsync(service, "/greeting"));
        Assert.Equal("1", await GetAsync(service, "/starts"));
        Assert.InRange(service.WorkingSet, 10_000_000, 1_000_000_000);
        Assert.Contains(service.Output, line => line.Contains("Now listening on"));

        var address = service.Address;
        await service.KillAsync();
        Assert.False(service.IsRunning);
        await service.RestartAsync();

        Assert.Equal(address, service.Address);
        Assert.Equal("2", await GetAsync(service, "/starts"));
        Assert.True(await service.StopAsync(), "it had to be killed");
        Assert.Contains(service.Output, line => line.Contains("shutting down"));
    }

    [Fact]
    public async Task One_that_fails_to_start_shows_its_output()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ServiceProcess.StartLibraryAsync("Probe", Probe, arguments: ["--fail"]));
        Assert.Contains("code 3", error.Message);
        Assert.Contains("told to fail", error.Message);
    }

    [Fact]
    public async Task One_that_is_not_built_names_the_command()
    {
        var error = await Assert.ThrowsAsync<FileNotFoundException>(() => ServiceProcess.StartAsync("Nobody"));
        Assert.Contains("dotnet build services/Nobody", error.Message);
    }

    private static Task<string> GetAsync(ServiceProcess service, string path) =>
        service.Http.GetStringAsync(path, TestContext.Current.CancellationToken);
}
