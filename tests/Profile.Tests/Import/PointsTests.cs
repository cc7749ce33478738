using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Import;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Tests.Import;

/// <summary>Where a fair and an address in the city are on the map.</summary>
public sealed class PointsTests(Servers servers)
{
    private const string Header = "id,name,kind,address,stand,latitude,longitude\n";

    [Theory]
    [InlineData("51.3438", "12.3788", 51.3438, 12.3788)]
    [InlineData("-33.9", "+18.4", -33.9, 18.4)]
    [InlineData("\"51,3438\"", "\"12,3788\"", 51.3438, 12.3788)] // as a German spreadsheet writes it
    public void A_point_is_read_as_maps_and_spreadsheets_write_it(string latitude, string longitude, double north, double east)
    {
        var issues = new List<ImportIssue>();
        Assert.Equal(new GeoPoint(north, east), Assert.Single(Read($"a,Alpha,advice,Musterweg 1,,{latitude},{longitude}\n", issues)).At);
        Assert.Empty(issues);
    }

    [Theory]
    [InlineData("91,12.3", "Weg 1", "latitude", "degrees", "91")]
    [InlineData("51.3,-180.5", "Weg 1", "longitude", "degrees", "-180.5")]
    [InlineData("51°20' N,12.3", "Weg 1", "latitude", "degrees", "51°20' N")]
    [InlineData("NaN,12.3", "Weg 1", "latitude", "degrees", "NaN")]
    [InlineData("51.3,", "Weg 1", "longitude", "point-half", "")]
    [InlineData(",12.3", "Weg 1", "latitude", "point-half", "")]
    [InlineData("51.3,12.3", "", "address", "point-without-address", "")]
    public void A_point_that_is_none_leaves_the_row_out_and_says_why(string point, string address, string column, string code, string found)
    {
        var issues = new List<ImportIssue>();
        Assert.Equal(["c"], Read($"b,Beta,advice,{address},,{point}\nc,Gamma,office,,,,\n", issues).Select(r => r.Key));
        var issue = Assert.Single(issues);
        Assert.Equal((2, column, code, found), (issue.Row, issue.Column, issue.Code, issue.Found));
        Assert.DoesNotContain("{", issue.Expected + issue.Repair);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Points_travel_with_the_catalogue_and_only_who_has_no_stand_receives_in_the_city(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null, ("Fair:Folder", null));
        var fair = CsvFiles.Utf8("key,name,place,day,latitude,longitude\nsmall,Messe,Halle,2099-06-20,51.3397,12.3731\n");
        var files = CsvFiles.Of() with { Fair = fair, Exhibitors = CsvFiles.Utf8(Header + "a,Alpha,advice,Weg 1,,51.3438,12.3788\nb,Beta,advice,Weg 2,Tisch 2,51.3,12.3\nc,Gamma,advice,Weg 3,,,\n") };
        Assert.Empty((await host.ImportAsync(files)).Issues);

        var body = await host.InAsync(db => db.Outbox.Where(o => o.Type == typeof(CataloguePublished).FullName).Select(o => o.Body!).SingleAsync());
        var published = JsonSerializer.Deserialize<CataloguePublished>(body, JsonSerializerOptions.Web)!;
        Assert.Equal(new GeoPoint(51.3397, 12.3731), published.Fair.At);
        Assert.Equal([(new GeoPoint(51.3438, 12.3788), true), (new GeoPoint(51.3, 12.3), false), ((GeoPoint?)null, false)], published.Exhibitors.OrderBy(e => e.Key).Select(e => (e.At, e.IsInCity)));
        Assert.DoesNotContain("isInCity", body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(new GeoPoint(51.3438, 12.3788), (await host.Http.GetFromJsonAsync<PageOf<ExhibitorView>>("api/exhibitors"))!.Items.Single(e => e.Name == "Alpha").At);
        Assert.False((await host.ImportAsync(files)).Changed);
    }

    [Fact]
    public void A_catalogue_of_before_is_still_read()
    {
        const string old = """{"id":"01900000-0000-7000-8000-000000000011","key":"a","name":"Alpha","kind":"advice","languages":["de"],"address":"Weg 1","tables":1,"stand":null,"formats":["stand"]}""";
        Assert.Equal((null, false), JsonSerializer.Deserialize<ExhibitorFacts>(old, JsonSerializerOptions.Web) is { } facts ? (facts.At, facts.IsInCity) : default);
    }

    private static IReadOnlyList<ExhibitorRow> Read(string rows, List<ImportIssue> issues) => FairRows.Exhibitors(CsvFiles.Utf8(Header + rows), issues);
}
