using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Fair.Tests.Fairs;
using Matchmaking.Fair.Tests.Journeys;
using Matchmaking.Rig;

namespace Matchmaking.Fair.Tests.Restarts;

/// <summary>The one process, killed in the middle of its work.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task What_was_answered_survives_a_kill_and_reset_forgets_it()
    {
        await using var fair = await EmbeddedFair.StartAsync("--visitors", "0");
        var visitor = await Newcomer.ArriveAsync(fair);
        var meeting = await visitor.BookAsync();
        await fair.Process.KillAsync();
        await fair.Process.RestartAsync();

        Assert.Equal("requested", (await visitor.MeetingAsync(meeting.Id)).Status);
        Assert.NotEmpty((await visitor.MatchesAsync()).Items);
        await visitor.MailAboutAsync(meeting, null, "REQUEST");
        var exhibitor = await fair.SignInAsync("exhibitor", meeting.ExhibitorId);

        // Once more, hard, when all is told: nothing is told a second time. A later request tells when the earlier ones have been gone through.
        await fair.Process.KillAsync();
        await fair.Process.RestartAsync();
        var later = await (await Newcomer.ArriveAsync(fair)).BookAsync(m => m.ExhibitorId == meeting.ExhibitorId);
        var notices = await RunningFair.UntilAsync("the later request is told", async () =>
            (await fair.GetAsync("/api/notices", exhibitor)).Read<List<Notice>>() is var all && all.Any(n => n.MeetingId == later.Id && n.Result == "sent") ? all : null);
        Assert.Single(notices, n => n.MeetingId == meeting.Id);
        Assert.Single(await fair.MailsAsync(), m => Entry.Of(m)?.Uid == Entry.UidOf(meeting));
        Assert.Equal(2, (await fair.MailsAsync()).Count(m => m.Subject.Length > 0 && m.Attachments.Count > 0));

        await fair.Process.RestartAsync(["--visitors", "0", "--reset"]);
        (await fair.GetAsync(visitor.Path, visitor.Token)).Refused(401);
        Assert.Empty(await fair.MailsAsync());
        Assert.NotEmpty((await (await Newcomer.ArriveAsync(fair)).MatchesAsync()).Items);
    }

    [Fact]
    public async Task A_fair_that_is_no_demo_gets_no_invented_visitors_and_says_so()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Profile.Tests", "Data", "leipzig");
        await using var fair = await EmbeddedFair.StartAsync("--import", folder, "--visitors", "12");
        await RunningFair.UntilAsync("it is said", () => Task.FromResult(fair.Process.Output.FirstOrDefault(l => l.Contains("No invented visitors were made", StringComparison.Ordinal))));
        Assert.Equal(0, (await fair.GetAsync("/api/quality/summary", await fair.SignInAsync("analyst"))).Read<QualitySummary>().Visitors);
    }

    [Fact]
    public async Task The_whole_journey_runs_on_data_that_somebody_else_wrote_down()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Profile.Tests", "Data", "leipzig");
        await using var fair = await EmbeddedFair.StartAsync("--visitors", "0", "--import", folder);
        var (exhibitors, offers) = await CatalogueAsync(fair);
        Assert.NotEmpty(offers);
        Assert.False((await fair.GetAsync("/api/fairs/current")).Read<FairView>().Demo);

        // Nobody wrote mail addresses down: these stands read of requests on their pages.
        await MainJob.WalkAsync(fair, exhibitorsHaveAddresses: false);

        // The same again: nothing doubled, the same ids.
        await fair.Process.RestartAsync();
        var (again, offersAgain) = await CatalogueAsync(fair);
        Assert.Equal(exhibitors, again);
        Assert.Equal(offers, offersAgain);
        // And without it: the fair stays what it is, no demo in its place.
        await fair.Process.RestartAsync(["--visitors", "0"]);
        Assert.Equal(offers, (await CatalogueAsync(fair)).Offers);
    }

    private static async Task<(List<Guid> Exhibitors, List<Guid> Offers)> CatalogueAsync(RunningFair fair)
    {
        var exhibitors = (await fair.GetAsync("/api/exhibitors?pageSize=100")).Read<PageOf<ExhibitorView>>();
        var offers = (await fair.GetAsync("/api/offers?pageSize=100")).Read<PageOf<OfferView>>();
        Assert.Equal((exhibitors.Total, offers.Total), (exhibitors.Items.Count, offers.Items.Count));
        Assert.Equal(exhibitors.Total, exhibitors.Items.Select(x => x.Name).Distinct().Count());
        return ([.. exhibitors.Items.Select(x => x.Id).Order()], [.. offers.Items.Select(o => o.Id).Order()]);
    }
}
