using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Chaos;

/// <summary>Nothing that was acknowledged is lost or doubled, whoever is killed. And this test would notice: with each of two faults it finds differences.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Profiles = 500, Meetings = 200, Kills = 12;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_is_doubled()
    {
        await using var fair = await DeployedFair.StartAsync();
        await SettleAsync(fair);
        var (ledger, crowd) = Start(fair);
        var work = crowd.WorkAsync(Profiles, Meetings);
        var share = (Profiles + Meetings) / (Kills + 1);
        for (var kill = 0; kill < Kills && !work.IsFaulted; kill++)
        {
            crowd.Let(share);
            switch (kill % 4)
            {
                case 0 or 2: await fair.Matching.RestartAsync(); break;
                case 1: await fair.Notification.RestartAsync(); break;
                default: await fair.Rabbit.RestartAsync(); break;
            }
        }
        crowd.Let(Profiles + Meetings);
        await work;
        await Backstage.ForgetSomeSendingsAsync(fair);
        await Backstage.UntilQuietAsync(fair);

        Assert.Equal((Profiles, Meetings), (ledger.Visitors.Count + ledger.Unanswered, ledger.Meetings.Count));
        Assert.Empty(await Backstage.UnknownQueuesAsync(fair));
        Assert.Empty(await ledger.DifferencesAsync(fair));
    }

    [Fact]
    public async Task Without_the_inbox_something_is_doubled()
    {
        await using var fair = await DeployedFair.StartAsync();
        await BreakAsync(fair, "InboxOff");
        var (ledger, crowd) = Start(fair);
        crowd.Let(60);
        await crowd.WorkAsync(40, 20);
        await Backstage.UntilQuietAsync(fair);
        Assert.Empty(await ledger.DifferencesAsync(fair)); // So far: the fault shows when something comes twice.
        await Backstage.ForgetSomeSendingsAsync(fair);
        await Backstage.UntilQuietAsync(fair);
        Assert.Contains(Said(await ledger.DifferencesAsync(fair)), d => d.StartsWith("doubled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Marked_before_it_is_published_something_is_lost()
    {
        await using var fair = await DeployedFair.StartAsync();
        await BreakAsync(fair, "MarkSentBeforePublish");
        var (ledger, crowd) = Start(fair);
        int GivenUp() => fair.Profile.Output.Count(l => l.Contains("was not confirmed", StringComparison.Ordinal));
        var before = GivenUp();
        await fair.Rabbit.KillAsync();
        crowd.Let(30);
        await crowd.WorkAsync(30, 0);
        // Marked as sent already, a publish that is given up is never tried again.
        await RunningFair.UntilAsync("Profile gives up on several publishes", () => Task.FromResult(GivenUp() >= before + 5));
        await fair.Rabbit.RestartAsync();
        await Backstage.UntilQuietAsync(fair);
        Assert.Contains(Said(await ledger.DifferencesAsync(fair)), d => d.StartsWith("lost", StringComparison.Ordinal));
    }

    private static (Ledger, Crowd) Start(DeployedFair fair)
    {
        var ledger = new Ledger();
        return (ledger, new Crowd(fair, ledger));
    }

    /// <summary>Only once the catalogue has come: with the second fault it would be lost before there is a queue for it.</summary>
    private static async Task BreakAsync(DeployedFair fair, string fault)
    {
        foreach (var service in new[] { fair.Profile, fair.Matching, fair.Notification })
        {
            await service.RestartAsync([$"--Faults:{fault}=true"]);
            Assert.Contains(service.Output, l => l.Contains("Deliberate faults are ON", StringComparison.Ordinal));
        }
        await SettleAsync(fair);
    }

    /// <summary>
    /// RabbitMQ 3.10, which Debian has, may leave a quorum queue without a leader if it is killed while it declares one: all are there first, and
    /// their leaders' logs on the disk, for which there is nothing to ask.
    /// </summary>
    private static async Task SettleAsync(DeployedFair fair)
    {
        await RunningFair.UntilAsync("all queues are there", () => Backstage.QueuesAreEmptyAsync(fair));
        await Task.Delay(2000);
    }

    private IReadOnlyList<string> Said(IReadOnlyList<string> differences)
    {
        foreach (var difference in differences.Take(20)) output.WriteLine(difference);
        return differences;
    }
}
