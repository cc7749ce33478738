using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Import;
using Matchmaking.Profile.Tests.Offers;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Tests.Import;

/// <summary>Files that set a fair to other times, before and after people were told the first ones.</summary>
public sealed class MovedFairTests
{
    public MovedFairTests(Servers servers)
    {
        this.servers = servers;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
    }

    private readonly Servers servers;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static FairFiles On(string day, string opens = "10:00", string closes = "15:00", string title = "Beratung") =>
        CsvFiles.Of(offers: $"a-1,a,advice,mbe,{title},,,,,,,,\n", fair: $"small,Messe,Rathaus,{day},{opens},{closes},Europe/Berlin,de,,\n");

    private static string Day(ProfileHost host, int ahead) => host.Clock.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<ProfileHost> HostAsync(bool deployed)
    {
        var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null, ("Fair:Folder", null));
        Assert.True((await host.ImportAsync(On(Day(host, 20)))).Changed);
        return host;
    }

    private static Task<string> TimesAsync(ProfileHost host) => host.InAsync(async db => await db.Fairs.SingleAsync() is var fair ? $"{fair.Opens:yyyy-MM-dd} {(fair.Closes - fair.Opens).TotalHours}" : "");

    private static async Task<ImportReport> ImportAsync(ProfileHost host, FairFiles files, MoveFair move, bool dryRun = false, bool makeCurrent = false) => await host.InAsync(db =>
        new FairImporter(db, (Fairs.CurrentFair)host.App.Services.GetService(typeof(Fairs.CurrentFair))!, host.Clock).ImportAsync(files, CancellationToken.None, dryRun, move, makeCurrent: makeCurrent));

    [Fact]
    public async Task Without_visitors_it_is_moved_without_a_word()
    {
        await using var host = await HostAsync(false);
        var report = await host.ImportAsync(On(Day(host, 27)));
        Assert.Equal((true, null), (report.Changed, report.Moves));
        Assert.Equal($"{Day(host, 27)} 5", await TimesAsync(host));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Once_people_were_told_it_takes_a_word_and_until_then_nothing_is_stored(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        await host.VisitorAsync();
        var moved = On(Day(host, 27), title: "Anderes");
        var seen = await ImportAsync(host, moved, MoveFair.Ask, dryRun: true);
        Assert.Equal((Day(host, 20), Day(host, 27)), (seen.Moves!.OpensBefore.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), seen.Moves.Opens.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var asked = await ImportAsync(host, moved, MoveFair.Ask);
        Assert.Equal((false, true), (asked.Changed, asked.Moves is not null));
        Assert.Equal(($"{Day(host, 20)} 5", "Beratung"), (await TimesAsync(host), Assert.Single((await Stand.PublishedAsync(host)).Offers).Title));

        Assert.True((await ImportAsync(host, moved, MoveFair.Move)).Changed);
        Assert.Equal($"{Day(host, 27)} 5", await TimesAsync(host));
        var published = await Stand.PublishedAsync(host);
        Assert.Equal((2L, "Anderes", seen.Moves.Opens), (published.Version, Assert.Single(published.Offers).Title, published.Fair.Opens));
    }

    [Fact]
    public async Task The_fair_that_people_came_to_stays_the_current_one_until_it_is_over()
    {
        await using var host = await HostAsync(false);
        await host.VisitorAsync();
        var next = CsvFiles.Of(offers: "a-1,a,advice,mbe,Beratung,,,,,,,,\n", fair: $"next,Übernächste,Rathaus,{Day(host, 200)},10:00,15:00,Europe/Berlin,de,,\n");
        var waits = await host.ImportAsync(next);
        Assert.Equal((true, ("waits", false, "Messe")), (waits.Changed, Assert.Single(waits.Issues) is var issue ? (issue.Code, issue.Skipped, await CurrentAsync()) : default));
        foreach (var (language, words) in ((string, string)[])[("de", "wird gespeichert und wartet: Es gilt weiter „Messe“"), ("en", "is stored and waits: “Messe” stays the current one")])
        {
            System.Globalization.CultureInfo.CurrentUICulture = new(language);
            Assert.Contains(words, (await host.ImportAsync(next)).Issues.Single(i => i.Code == "waits").Repair);
        }
        // The one that is held before it takes its place at once.
        Assert.Empty((await host.ImportAsync(CsvFiles.Of(offers: "a-1,a,advice,mbe,Beratung,,,,,,,,\n", fair: $"before,Kleine,Rathaus,{Day(host, 5)},10:00,15:00,Europe/Berlin,de,,\n"))).Issues);
        Assert.Equal("Kleine", await CurrentAsync());
        // One that is over does not, but to whom says so.
        var over = CsvFiles.Of(offers: "a-1,a,advice,mbe,Beratung,,,,,,,,\n", fair: $"over,Vorige,Rathaus,{Day(host, -300)},10:00,15:00,Europe/Berlin,de,,\n");
        await host.VisitorAsync();
        Assert.Contains("waits", (await host.ImportAsync(over)).Issues.Select(i => i.Code));
        Assert.Equal("Kleine", await CurrentAsync());
        await ImportAsync(host, over, MoveFair.Ask, makeCurrent: true);
        Assert.Equal("Vorige", await CurrentAsync());

        host.Clock.Advance(TimeSpan.FromDays(21));
        Assert.Equal((true, 0), (await host.ImportAsync(next)) is var now ? (now.Changed, now.Issues.Count) : default);
        Assert.Equal("Übernächste", await CurrentAsync());

        async Task<string> CurrentAsync() => (await host.Http.GetFromJsonAsync<FairView>("/api/fairs/current", Cancel))!.Name;
    }

    [Fact]
    public async Task At_a_start_nobody_can_be_asked_so_the_times_stay_and_all_else_comes_in()
    {
        await using var host = await HostAsync(false);
        await host.VisitorAsync();
        var report = await ImportAsync(host, On(Day(host, 27), title: "Anderes"), MoveFair.Keep);
        Assert.Equal((true, true), (report.Changed, report.Moves is not null));
        Assert.Equal(($"{Day(host, 20)} 5", "Anderes"), (await TimesAsync(host), Assert.Single((await Stand.PublishedAsync(host)).Offers).Title));
    }

    [Theory, InlineData("09:00", "16:00", false), InlineData("10:00", "15:00", false), InlineData("10:00", "14:00", true), InlineData("10:20", "15:00", true)]
    public async Task Longer_hours_break_nothing_and_shorter_ones_take_a_word(string opens, string closes, bool moves)
    {
        await using var host = await HostAsync(false);
        await host.VisitorAsync();
        Assert.Equal(moves, (await host.ImportAsync(On(Day(host, 20), opens, closes))).Moves is not null);
    }

    [Fact]
    public async Task A_fair_that_is_over_may_be_set_to_its_next_day()
    {
        await using var host = await HostAsync(false);
        await host.VisitorAsync();
        host.Clock.Advance(TimeSpan.FromDays(30));
        var report = await host.ImportAsync(On(Day(host, 300)));
        Assert.Equal((true, null), (report.Changed, report.Moves));
    }

    [Fact]
    public async Task Over_http_the_word_is_a_parameter_and_its_lack_a_conflict_that_names_both_times()
    {
        await using var host = await HostAsync(false);
        await host.VisitorAsync();
        using var organiser = await host.AsStaffAsync("organiser");
        var files = On(Day(host, 27));
        MultipartFormDataContent Form() => new() { { new ByteArrayContent(files.Exhibitors!), "exhibitors", "e.csv" }, { new ByteArrayContent(files.Offers!), "offers", "o.csv" }, { new ByteArrayContent(files.Fair!), "fair", "f.csv" } };
        var refused = await organiser.PostAsync("api/fairs/import", Form(), Cancel);
        await refused.ProblemAsync(409, "fair-moves");
        Assert.Contains(Day(host, 27), JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("moves").GetProperty("opens").GetString());
        Assert.Equal(HttpStatusCode.OK, (await organiser.PostAsync("api/fairs/import?moveFair=true", Form(), Cancel)).StatusCode);
        Assert.Equal($"{Day(host, 27)} 5", await TimesAsync(host));
    }

    private const string TwoStands = "a,Advice,advice,de,,,,,,\nb,Bridge,association,de,,,,,,\n";
    private const string OneStand = "a,Advice,advice,de,,,,,,\n";

    /// <param name="offers">Keys of offers, of the stand that the key begins with.</param>
    private static FairFiles With(ProfileHost host, string exhibitors, params string[] offers) => CsvFiles.Of(
        exhibitors: exhibitors, offers: string.Concat(offers.Select(o => $"{o},{o[0]},advice,mbe,Beratung {o},,,,,,,,\n")), fair: $"small,Messe,Rathaus,{Day(host, 20)},10:00,15:00,Europe/Berlin,de,,\n");

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_stand_that_visitors_have_seen_is_withdrawn_by_a_word_alone_and_a_start_keeps_it(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        await host.ImportAsync(With(host, TwoStands, "a-1", "a-2", "b-1"));
        // Without visitors nobody has a meeting.
        Assert.Null((await ImportAsync(host, With(host, OneStand, "a-1"), MoveFair.Ask, dryRun: true)).Gone);
        await host.VisitorAsync();
        var less = With(host, OneStand, "a-1");

        var seen = (await ImportAsync(host, less, MoveFair.Ask, dryRun: true)).Gone!;
        Assert.Equal(("Bridge", 1), (Assert.Single(seen.Stands).Name, seen.Offers.Count));
        var asked = await ImportAsync(host, less, MoveFair.Ask);
        Assert.Equal((false, "Bridge"), (asked.Changed, Assert.Single(asked.Gone!.Stands).Name));
        Assert.Equal((2, 3), await Stand.PublishedAsync(host) is var before ? (before.Exhibitors.Count, before.Offers.Count) : default);
        var start = await LoseAsync(host, less, LoseStands.Keep);
        Assert.Equal("Bridge", Assert.Single(start.Gone!.Stands).Name);
        Assert.Equal((2, 3), await Stand.PublishedAsync(host) is var kept ? (kept.Exhibitors.Count, kept.Offers.Count) : default);

        Assert.True((await LoseAsync(host, less, LoseStands.Withdraw)).Changed);
        Assert.Equal((1, 1), await Stand.PublishedAsync(host) is var after ? (after.Exhibitors.Count, after.Offers.Count) : default);
        Assert.Null((await LoseAsync(host, less, LoseStands.Ask)).Gone);
    }

    [Fact]
    public async Task Over_http_the_lack_of_the_word_is_a_conflict_that_names_the_stands()
    {
        await using var host = await HostAsync(false);
        await host.ImportAsync(With(host, TwoStands, "a-1", "b-1"));
        await host.VisitorAsync();
        using var organiser = await host.AsStaffAsync("organiser");
        var files = With(host, OneStand, "a-1");
        MultipartFormDataContent Form() => new() { { new ByteArrayContent(files.Exhibitors!), "exhibitors", "e.csv" }, { new ByteArrayContent(files.Offers!), "offers", "o.csv" }, { new ByteArrayContent(files.Fair!), "fair", "f.csv" } };
        var refused = await organiser.PostAsync("api/fairs/import", Form(), Cancel);
        await refused.ProblemAsync(409, "stands-go");
        Assert.Equal("Bridge", JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("gone").GetProperty("stands")[0].GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, (await organiser.PostAsync("api/fairs/import?withdrawStands=true", Form(), Cancel)).StatusCode);
        Assert.Single((await Stand.PublishedAsync(host)).Exhibitors);
    }

    private static async Task<ImportReport> LoseAsync(ProfileHost host, FairFiles files, LoseStands lose) => await host.InAsync(db =>
        new FairImporter(db, (Fairs.CurrentFair)host.App.Services.GetService(typeof(Fairs.CurrentFair))!, host.Clock).ImportAsync(files, CancellationToken.None, lose: lose));
}
