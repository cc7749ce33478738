using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Import;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Tests.Import;

/// <summary>Into the database and again, on SQLite and on PostgreSQL.</summary>
public sealed class FairImporterTests
{
    public FairImporterTests(Servers servers)
    {
        this.servers = servers;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
    }

    private readonly Servers servers;

    private Task<ProfileHost> HostAsync(bool deployed) => deployed ? DeployedAsync() : ProfileHost.StartAsync(null, ("Fair:Folder", null));

    private async Task<ProfileHost> DeployedAsync() => await ProfileHost.StartAsync(await servers.FreshAsync(), ("Fair:Folder", null));

    [Theory, InlineData(false), InlineData(true)]
    public async Task Leipzig_as_somebody_else_wrote_it_comes_in_and_the_same_again_changes_nothing(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var files = await CsvFiles.FolderAsync("leipzig");
        var first = await host.ImportAsync(files);
        Assert.Equal((24, 31, true), (first.Exhibitors, first.Offers, first.Changed));
        Assert.DoesNotContain(first.Issues, i => i.Skipped);

        var again = await host.ImportAsync(files);
        Assert.Equal((24, 31, false), (again.Exhibitors, again.Offers, again.Changed));
        Assert.Equal((1, 24, 31, 1), await host.InAsync(async db => (await db.Fairs.CountAsync(), await db.Exhibitors.CountAsync(), await db.Offers.CountAsync(),
            await db.Outbox.CountAsync(o => o.Type == typeof(CataloguePublished).FullName))));
    }

    [Fact]
    public async Task The_demo_fair_comes_in_without_a_word()
    {
        await using var host = await HostAsync(false);
        var report = await host.ImportAsync(await CsvFiles.FolderAsync("DemoFair"));
        Assert.Empty(report.Issues);
        Assert.True(report.Exhibitors >= 60 && report.Offers >= 200, $"{report.Exhibitors} exhibitors, {report.Offers} offers");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_is_no_longer_in_the_files_is_withdrawn_and_what_comes_back_returns(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        const string two = "a,Alpha,advice,de,,,,,,\nb,Beta,advice,de,,,,,,\n", offers = "a-1,a,advice,mbe,Eins,,,,,,,,\nb-1,b,advice,mbe,Zwei,,,,,,,,\n";
        await host.ImportAsync(CsvFiles.Of(two, offers));
        var report = await host.ImportAsync(CsvFiles.Of("a,Alpha,advice,de,,,,,,\n", "a-1,a,advice,mbe,Eins,,,,,,,,\n"));
        Assert.True(report.Changed);
        Assert.Equal((2, 1, 2, 1), await host.InAsync(async db => (
            await db.Exhibitors.CountAsync(), await db.Exhibitors.CountAsync(e => e.Published), await db.Offers.CountAsync(), await db.Offers.CountAsync(o => o.Published))));
        var published = await LastPublishedAsync(host);
        Assert.Equal((2L, 1, 1), (published.Version, published.Exhibitors.Count, published.Offers.Count));
        Assert.Equal(1, (await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers"))!.Total);

        await host.ImportAsync(CsvFiles.Of(two, offers));
        published = await LastPublishedAsync(host);
        Assert.Equal((3L, 2, 2), (published.Version, published.Exhibitors.Count, published.Offers.Count));
    }

    [Fact]
    public async Task An_exhibitor_that_is_left_out_for_a_fault_takes_its_offers_with_it_and_says_so()
    {
        await using var host = await HostAsync(false);
        var report = await host.ImportAsync(CsvFiles.Of("a,Alpha,advice,de,,,,,,\nb,Beta,circus,de,,,,,,\n", "a-1,a,advice,mbe,Eins,,,,,,,,\nb-1,b,advice,mbe,Zwei,,,,,,,,\n"));
        Assert.Equal((1, 1), (report.Exhibitors, report.Offers));
        Assert.Equal([("exhibitors.csv", 3, "kind"), ("offers.csv", 3, "exhibitorId")], report.Issues.Select(i => (i.File, i.Row, i.Column)));
        Assert.Equal((1, 1), await host.InAsync(async db => (await db.Exhibitors.CountAsync(), await db.Offers.CountAsync())));
    }

    [Theory]
    [InlineData("exhibitors.csv")]
    [InlineData("offers.csv")]
    public async Task A_missing_file_stores_nothing_and_is_named(string file)
    {
        await using var host = await HostAsync(false);
        var whole = CsvFiles.Of();
        var report = await host.ImportAsync(file == FairFiles.ExhibitorsCsv ? whole with { Exhibitors = null } : whole with { Offers = null });
        var issue = Assert.Single(report.Issues);
        Assert.Equal((file, 0, "no such file"), (issue.File, issue.Row, issue.Found));
        Assert.Equal((0, 0), await host.InAsync(async db => (await db.Fairs.CountAsync(), await db.Exhibitors.CountAsync())));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_as_a_whole_withdraws_nothing()
    {
        await using var host = await HostAsync(false);
        await host.ImportAsync(CsvFiles.Of());
        var report = await host.ImportAsync(CsvFiles.Of() with { Offers = CsvFiles.Utf8("id;exhibitorId;Art;type;title\na-1;a;advice;mbe;Beratung\n") });
        Assert.False(report.Changed);
        Assert.NotEmpty(report.Issues);
        Assert.Equal(1, await host.InAsync(db => db.Offers.CountAsync(o => o.Published)));
    }

    [Fact]
    public async Task A_row_that_has_become_faulty_withdraws_what_it_said_before()
    {
        await using var host = await HostAsync(false);
        await host.ImportAsync(CsvFiles.Of());
        var report = await host.ImportAsync(CsvFiles.Of(offers: "a-1,a,advice,magic,Beratung,,,,,,,,\n"));
        Assert.Equal("type", Assert.Single(report.Issues).Column);
        Assert.Equal(0, await host.InAsync(db => db.Offers.CountAsync(o => o.Published)));
    }

    [Theory]
    [InlineData("exhibitors.csv", "b,\"Beta,advice,de,,,,,,\n", "quote")]
    [InlineData("exhibitors.csv", "b,Beta,advice,de,,,,,\n", "cells")]
    [InlineData("offers.csv", "b-1,b,advice,mbe,\"Zwei,,,,,,,,\n", "quote")]
    [InlineData("offers.csv", "b-1,b,advice,mbe,Zwei,,,,,,,\n", "cells")]
    public async Task Nothing_is_withdrawn_for_rows_that_nobody_could_read(string file, string row, string code)
    {
        await using var host = await HostAsync(false);
        const string one = "a,Alpha,advice,de,,,,,,\n", two = one + "b,Beta,advice,de,,,,,,beta@example.org\n", first = "a-1,a,advice,mbe,Eins,,,,,,,,\n", offers = first + "b-1,b,advice,mbe,Zwei,,,,,,,,\n";
        await host.ImportAsync(CsvFiles.Of(two, offers));
        var report = await host.ImportAsync(file == FairFiles.ExhibitorsCsv ? CsvFiles.Of(one + row, offers) : CsvFiles.Of(two, first + row));
        Assert.Equal(0, report.Withdrawn);
        Assert.Equal([(file, 3, code, true), (file, 0, "rows-kept", false)], report.Issues.Select(i => (i.File, i.Row, i.Code, i.Skipped)));
        Assert.Equal((2, 2, 1), await host.InAsync(async db => (
            await db.Exhibitors.CountAsync(e => e.Published), await db.Offers.CountAsync(o => o.Published), await db.Accounts.CountAsync(a => a.Email == "beta@example.org"))));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_no_database_takes_is_told_on_both_and_the_rest_comes_in(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var files = CsvFiles.Of("a,Alpha,advice,de,,,,,,\nb,Be\0ta,advice,de,,,,,,\n", "a-1,a,advice,mbe,Eins,,,,,,,,\na-2,a,advice,mbe,Zw\0ei,,,,,,,,\n");
        foreach (var dryRun in (bool[])[true, false])
        {
            var report = await host.ImportAsync(files, dryRun);
            Assert.Equal([("exhibitors.csv", 3, "name", "U+0000"), ("offers.csv", 3, "title", "U+0000")], report.Issues.Select(i => (i.File, i.Row, i.Column, i.Found)));
        }
        Assert.Equal((1, 1), await host.InAsync(async db => (await db.Exhibitors.CountAsync(), await db.Offers.CountAsync())));
    }

    [Fact]
    public async Task A_header_alone_withdraws_nothing_and_is_told()
    {
        await using var host = await HostAsync(false);
        var first = await host.ImportAsync(CsvFiles.Of(offers: ""));
        Assert.Equal((1, "no-offers", false), (first.Exhibitors, first.Issues.Single().Code, first.Issues[0].Skipped));
        await host.ImportAsync(CsvFiles.Of());
        foreach (var (files, file) in new[] { (CsvFiles.Of(offers: ""), "offers.csv"), (CsvFiles.Of(exhibitors: ""), "exhibitors.csv") })
        {
            var report = await host.ImportAsync(files);
            Assert.Contains((file, 0, "no-rows", true), report.Issues.Select(i => (i.File, i.Row, i.Code, i.Skipped)));
            Assert.False(report.Changed);
        }
        Assert.Equal((1, 1), await host.InAsync(async db => (await db.Exhibitors.CountAsync(e => e.Published), await db.Offers.CountAsync(o => o.Published))));
    }

    [Fact]
    public async Task Words_of_others_are_understood()
    {
        await using var host = await HostAsync(false);
        var report = await host.ImportAsync(CsvFiles.Of(offers: """
            a-1,a,Course,EOK,Erste Schritte,,A1,learn-german,,kostenlos; any status; Anmeldung nötig,,,
            a-2,a,training,qualification,Schweißen,,,work,7212,,,,
            a-3,a,advice,apprenticeship,Lehre,,,training,,,,,

            """));
        Assert.Empty(report.Issues);
        var offers = await host.InAsync(db => db.Offers.OrderBy(o => o.Key).ToListAsync());
        Assert.Equal(["erstorientierungskurs", "qualification", "apprenticeship-advice"], offers.Select(o => o.Type));
        Assert.Equal(["course", "employer", "advice"], offers.Select(o => o.Kind));
        Assert.Equal(["free", "any-status"], offers[0].Traits);
        Assert.Equal("Anmeldung nötig", offers[0].Conditions);
    }

    [Fact]
    public async Task A_fair_whose_day_is_the_coming_Saturday_does_not_move_at_a_restart()
    {
        await using var host = await HostAsync(false);
        var files = CsvFiles.Of(fair: "k,Name,Ort,next saturday,10:00,15:00,,,,true\n");
        await host.ImportAsync(files);
        var opens = await host.InAsync(db => db.Fairs.Select(f => f.Opens).SingleAsync());
        host.Clock.SetUtcNow(opens.AddHours(1));
        Assert.False((await host.ImportAsync(files)).Changed);
        host.Clock.SetUtcNow(opens.AddDays(1));
        Assert.True((await host.ImportAsync(files)).Changed);
        Assert.Equal(opens.AddDays(7), await host.InAsync(db => db.Fairs.Select(f => f.Opens).SingleAsync()));
    }

    [Fact]
    public async Task An_organiser_uploads_a_fair_and_nobody_else_may()
    {
        await using var host = await ProfileHost.StartAsync();
        using var organiser = await host.AsStaffAsync("organiser");
        using var analyst = await host.AsStaffAsync("analyst");
        await (await host.Http.PostAsync("api/fairs/import", Upload())).ProblemAsync(401, "unauthorized");
        // Who asks comes first, then in what form.
        await (await host.Http.PostAsync("api/fairs/import", new StringContent("{}", Encoding.UTF8, "application/json"))).ProblemAsync(401, "unauthorized");
        var json = await organiser.PostAsync("api/fairs/import", new StringContent("{}", Encoding.UTF8, "application/json"));
        await json.ProblemAsync(415, "import-form");
        Assert.Contains("multipart/form-data", await json.TitleAsync());
        await (await analyst.PostAsync("api/fairs/import", Upload())).ProblemAsync(403, "forbidden");
        var faults = await (await organiser.PostAsync("api/fairs/import", new MultipartFormDataContent { { new ByteArrayContent([1]), "exhibitors", "e.csv" } })).ProblemAsync(400, "invalid");
        Assert.Contains("offers", faults.Keys);
        var report = await (await organiser.PostAsync("api/fairs/import", Upload())).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((1, 400, true), (report.GetProperty("exhibitors").GetInt32(), report.GetProperty("offers").GetInt32(), report.GetProperty("changed").GetBoolean()));

        // Over the 64 KiB that other calls may have.
        static MultipartFormDataContent Upload()
        {
            var offers = new StringBuilder(CsvFiles.OfferHeader);
            for (var i = 0; i < 400; i++) offers.Append($"o-{i},a,advice,mbe,{new string('x', 190)},,,,,,,,\n");
            return new()
            {
                { new StringContent("fair-2027"), "name" },
                { new ByteArrayContent(CsvFiles.Of().Exhibitors!), "exhibitors", "exhibitors.csv" },
                { new ByteArrayContent(Encoding.UTF8.GetBytes(offers.ToString())), "offers", "offers.csv" },
            };
        }
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_stores_nothing()
    {
        await using var host = await HostAsync(false);
        const string two = "a,Alpha,advice,de,,,,,,\nb,Beta,advice,de,,,,,,\n", offers = "a-1,a,advice,mbe,Eins,,,,,,,,\nb-1,b,advice,mbe,Zwei,,,,,,,,\n";
        var first = await host.ImportAsync(CsvFiles.Of(two, offers), dryRun: true);
        Assert.Equal((2, 2, true, 0, true), (first.Exhibitors, first.Offers, first.Changed, first.Withdrawn, first.DryRun));
        Assert.Equal((0, 0, 0), await host.InAsync(async db => (await db.Fairs.CountAsync(), await db.Exhibitors.CountAsync(), await db.Outbox.CountAsync())));
        await host.ImportAsync(CsvFiles.Of(two, offers));
        Assert.Equal((2, true), await host.ImportAsync(CsvFiles.Of(), dryRun: true) is var fewer ? (fewer.Withdrawn, fewer.Changed) : default);
        Assert.False((await host.ImportAsync(CsvFiles.Of(two, offers), dryRun: true)).Changed);
        Assert.Equal(2, await host.InAsync(db => db.Offers.CountAsync(o => o.Published)));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_told_first_and_alone_and_not_by_what_follows_from_it()
    {
        await using var host = await HostAsync(false);
        var whole = CsvFiles.Of();
        byte[] cyrillic = [.. CsvFiles.Utf8(CsvFiles.ExhibitorHeader + "a,"), 0xCA, 0xF3, 0xF0, 0xF1, .. CsvFiles.Utf8(",office,,,,,,,\n")]; // "Курс" in Windows-1251
        var report = await host.ImportAsync(CsvFiles.Of(offers: "a-1,a,advice,magic,Beratung,,,,,,,,\na-2,a,advice,mbe,Beratung,,,,,,,,\n") with { Exhibitors = cyrillic });
        Assert.Equal([("exhibitors.csv", 0, "file-encoding")], report.Issues.Select(i => (i.File, i.Row, i.Code)));
        report = await host.ImportAsync(whole with { Exhibitors = cyrillic, Offers = CsvFiles.Utf8("id;exhibitorId;Art;type;title\na-1;a;advice;mbe;Beratung\n") });
        Assert.Equal([("exhibitors.csv", "file-encoding"), ("offers.csv", "column-missing")], report.Issues.Select(i => (i.File, i.Code)));
    }

    [Fact]
    public async Task Where_nothing_at_all_could_be_read_the_report_is_a_refusal_in_the_callers_language()
    {
        await using var host = await ProfileHost.StartAsync();
        var before = await host.InAsync(db => db.Exhibitors.CountAsync(e => e.Published));
        using var organiser = await host.AsStaffAsync("organiser");
        foreach (var (language, repair) in ((string, string)[])[("de", "Ergänzen Sie die Spalte in der ersten Zeile."), ("en", "Add the column to the first line.")])
        {
            organiser.DefaultRequestHeaders.AcceptLanguage.Clear();
            organiser.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
            var answer = await organiser.PostAsync("api/fairs/import?dryRun=true", new MultipartFormDataContent
            {
                { new ByteArrayContent(CsvFiles.Utf8("id;Bezeichnung;kind\na;Alpha;advice\n")), "exhibitors", "exhibitors.csv" },
                { new ByteArrayContent(CsvFiles.Of().Offers!), "offers", "offers.csv" },
            });
            await answer.ProblemAsync(422, "import-nothing-read");
            var report = (await answer.Content.ReadFromJsonAsync<ImportReport>())!;
            Assert.Contains(repair, Assert.Single(report.Issues).Repair);
        }
        Assert.Equal(before, await host.InAsync(db => db.Exhibitors.CountAsync(e => e.Published)));
    }

    [Fact]
    public async Task Files_that_are_too_large_and_forms_that_are_none_are_refused()
    {
        await using var host = await ProfileHost.StartAsync();
        using var organiser = await host.AsStaffAsync("organiser");
        var broken = new StringContent("not a form");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        await (await organiser.PostAsync("api/fairs/import", broken)).ProblemAsync(400, "import-form");
        organiser.DefaultRequestHeaders.ExpectContinue = true;
        await (await organiser.PostAsync("api/fairs/import", new MultipartFormDataContent { { new ByteArrayContent(new byte[17 * 1024 * 1024]), "offers", "o.csv" } })).ProblemAsync(413, "import-too-large");
    }

    private static async Task<CataloguePublished> LastPublishedAsync(ProfileHost host)
    {
        var body = await host.InAsync(db => db.Outbox.Where(o => o.Type == typeof(CataloguePublished).FullName).OrderByDescending(o => o.Version).Select(o => o.Body).FirstAsync());
        return JsonSerializer.Deserialize<CataloguePublished>(body!, JsonSerializerOptions.Web)!;
    }
}
