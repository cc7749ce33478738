using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Tests.Offers;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Tests.Import;

/// <summary>A file that comes in after exhibitors have changed their offers.</summary>
public sealed class MergeOffersTests
{
    public MergeOffersTests(Servers servers)
    {
        this.servers = servers;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
    }

    private readonly Servers servers;

    private const string Stands = "a,Alpha,advice,de;en,,,,,,\nb,Beta,advice,de,,,,,,\n", Rows = "a-1,a,advice,mbe,Beratung,,,,,,,,\na-2,a,advice,jmd,Jugend,,,,,,,,\n";

    private async Task<ProfileHost> HostAsync(bool deployed)
    {
        var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null, ("Fair:Folder", null));
        await host.ImportAsync(CsvFiles.Of(Stands, Rows));
        return host;
    }

    private static Task<ImportReport> AgainAsync(ProfileHost host, string rows, string stands = Stands) => host.ImportAsync(CsvFiles.Of(stands, rows));

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_exhibitors_words_stay_until_the_file_itself_says_something_new_and_both_are_told(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var stand = await Stand.SignInAsync(host, "a");
        var offer = await stand.OneAsync("Beratung");
        Assert.Equal("edited", (await stand.KeepAsync(offer.Id, offer.Offer with { Title = "Beratung für alle" })).Offer.Source);

        var same = await AgainAsync(host, Rows);
        Assert.False(same.Changed);
        var kept = Assert.Single(same.Issues);
        Assert.Equal(("offers.csv", 2, "edit-kept", "Beratung für alle", false), (kept.File, kept.Row, kept.Code, kept.Found, kept.Skipped));
        Assert.Equal("Beratung für alle", (await stand.OneAsync("Beratung für alle")).Offer.Title);

        var changed = await AgainAsync(host, Rows.Replace("Beratung", "Erstberatung"));
        Assert.Equal((true, "edit-replaced"), (changed.Changed, Assert.Single(changed.Issues).Code));
        var now = await stand.OneAsync("Erstberatung");
        Assert.Equal(("file", 3L), (now.Source, now.Version));
        Assert.Empty((await AgainAsync(host, Rows.Replace("Beratung", "Erstberatung"))).Issues);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_an_exhibitor_withdrew_stays_withdrawn_whatever_the_file_says(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var stand = await Stand.SignInAsync(host, "a");
        await stand.WithdrawAsync((await stand.OneAsync("Jugend")).Id);
        Assert.Equal((false, "withdrawn-kept"), (await AgainAsync(host, Rows)) is var same ? (same.Changed, Assert.Single(same.Issues).Code) : default);
        var changed = await AgainAsync(host, Rows.Replace("Jugend", "Jugendberatung"));
        Assert.Equal("withdrawn-kept", Assert.Single(changed.Issues).Code);
        Assert.Equal(0, changed.Withdrawn);
        var offer = await stand.OneAsync("Jugendberatung");
        Assert.Equal("exhibitor", offer.WithdrawnBy);
        Assert.DoesNotContain((await Stand.PublishedAsync(host)).Offers, o => o.Id == offer.Id);
        Assert.Null((await stand.KeepAsync(offer.Id, offer.Offer)).Offer.WithdrawnBy);
        Assert.Empty((await AgainAsync(host, Rows.Replace("Jugend", "Jugendberatung"))).Issues);
    }

    [Fact]
    public async Task What_an_exhibitor_added_is_left_alone_and_leaves_with_its_stand_and_comes_back_with_it()
    {
        await using var host = await HostAsync(false);
        var stand = await Stand.SignInAsync(host, "b");
        await stand.KeepAsync(Guid.CreateVersion7(), Stand.Walk);
        var report = await AgainAsync(host, Rows);
        Assert.Equal((false, "own-kept", "1 offers that exhibitors entered themselves"), (report.Changed, Assert.Single(report.Issues).Code, report.Issues[0].Found));
        Assert.Contains((await Stand.PublishedAsync(host)).Offers, o => o.Title == "Lauftreff");

        await AgainAsync(host, Rows, "a,Alpha,advice,de;en,,,,,,\n");
        Assert.DoesNotContain((await Stand.PublishedAsync(host)).Offers, o => o.Title == "Lauftreff");
        await (await stand.PutAsync(Guid.CreateVersion7(), Stand.Walk)).ProblemAsync(404, "not-found");
        await AgainAsync(host, Rows);
        Assert.Contains((await Stand.PublishedAsync(host)).Offers, o => o.Title == "Lauftreff");
    }

    [Fact]
    public async Task What_the_file_has_no_more_an_exhibitor_may_bring_back_as_their_own()
    {
        await using var host = await HostAsync(false);
        var stand = await Stand.SignInAsync(host, "a");
        const string One = "a-1,a,advice,mbe,Beratung,,,,,,,,\n";
        Assert.Equal(1, (await AgainAsync(host, One)).Withdrawn);
        var gone = await stand.OneAsync("Jugend");
        Assert.Equal("organiser", gone.WithdrawnBy);
        Assert.Equal(("exhibitor", null), await stand.KeepAsync(gone.Id, gone.Offer) is var back ? (back.Offer.Source, back.Offer.WithdrawnBy) : default);
        Assert.Equal("own-kept", Assert.Single((await AgainAsync(host, One)).Issues).Code);
        Assert.Null((await stand.OneAsync("Jugend")).WithdrawnBy);
        // The organiser has taken it into the table again: from now on the table has it.
        Assert.Equal("edit-replaced", Assert.Single((await AgainAsync(host, Rows)).Issues).Code);
        Assert.Equal("file", (await stand.OneAsync("Jugend")).Source);
    }

    [Fact]
    public async Task A_row_that_goes_to_another_stand_goes_there_as_the_file_has_it()
    {
        await using var host = await HostAsync(false);
        var (stand, other) = (await Stand.SignInAsync(host, "a"), await Stand.SignInAsync(host, "b"));
        var offer = await stand.OneAsync("Jugend");
        await stand.KeepAsync(offer.Id, offer.Offer with { Title = "Jugend und mehr" });
        await stand.WithdrawAsync(offer.Id);
        await AgainAsync(host, Rows.Replace("a-2,a,", "a-2,b,"));
        Assert.Equal(("Jugend", "file", null), (await other.AllAsync()).Single() is var moved ? (moved.Offer.Title, moved.Source, moved.WithdrawnBy) : default);
        Assert.Single(await stand.AllAsync());
    }

    [Fact]
    public async Task Offers_from_before_rows_were_kept_are_taken_for_the_files()
    {
        await using var host = await HostAsync(false);
        await host.InAsync(db => db.Offers.ExecuteUpdateAsync(o => o.SetProperty(x => x.FileRow, (string?)null)));
        var stand = await Stand.SignInAsync(host, "a");
        var offer = await stand.OneAsync("Beratung");
        Assert.Equal("edited", (await stand.KeepAsync(offer.Id, offer.Offer with { Title = "Neu" })).Offer.Source);
        Assert.Equal("edit-kept", Assert.Single((await AgainAsync(host, Rows)).Issues).Code);
        Assert.Equal(["Jugend", "Neu"], (await Stand.PublishedAsync(host)).Offers.Select(o => o.Title).Order());
    }
}
