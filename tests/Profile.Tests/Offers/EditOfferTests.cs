using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Import;
using Matchmaking.Profile.Tests.Import;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Tests.Offers;

/// <summary>An exhibitor's own offers, on SQLite and on PostgreSQL.</summary>
public sealed class EditOfferTests
{
    public EditOfferTests(Servers servers)
    {
        this.servers = servers;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
    }

    private readonly Servers servers;

    private const string Stands = "a,Alpha,advice,de;en,,,,,,\nb,Beta,advice,de,,,,,,\n", Rows = "a-1,a,advice,mbe,Beratung,,,,,,,,\nb-1,b,advice,mbe,Zwei,,,,,,,,\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<ProfileHost> HostAsync(bool deployed, params (string, string?)[] more)
    {
        var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null, [("Fair:Folder", null), .. more]);
        await host.ImportAsync(CsvFiles.Of(Stands, Rows));
        return host;
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_offer_is_added_changed_withdrawn_and_brought_back_and_the_catalogue_follows_each_step(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var (stand, id) = (await Stand.SignInAsync(host, "a"), Guid.CreateVersion7());
        var added = await stand.KeepAsync(id, Stand.Walk with { Version = 0 });
        Assert.Equal(("exhibitor", null, 1L), (added.Offer.Source, added.Offer.WithdrawnBy, added.Offer.Version));
        Assert.Contains(added.Changes, c => c is { Field: "titles.uk", Before: [], After: ["Пробіжка"] });
        Assert.Contains(added.Changes, c => c is { Field: "published", Before: [], After: ["true"] });
        Assert.Equal(["Beratung", "Lauftreff", "Zwei"], (await Stand.PublishedAsync(host)).Offers.Select(o => o.Title).Order());

        var changed = await stand.KeepAsync(id, Stand.Walk with { Title = "Lauftreff am See", Traits = ["free", "women"], Version = 1 });
        Assert.Equal(["title: Lauftreff > Lauftreff am See", "traits: free > free, women"], changed.Changes.Select(c => $"{c.Field}: {string.Join(", ", c.Before)} > {string.Join(", ", c.After)}"));
        var published = await Stand.PublishedAsync(host);
        Assert.Equal((3L, "Lauftreff am See"), (published.Version, published.Offers.Single(o => o.Id == id).Title));

        var gone = await stand.WithdrawAsync(id, 2);
        Assert.Equal(("exhibitor", 3L), (gone.Offer.WithdrawnBy, gone.Offer.Version));
        Assert.DoesNotContain((await Stand.PublishedAsync(host)).Offers, o => o.Id == id);
        await (await host.Http.GetAsync($"api/offers/{id}", Cancel)).ProblemAsync(404, "not-found");
        Assert.Equal("exhibitor", (await stand.OneAsync("Lauftreff am See")).WithdrawnBy);

        var back = await stand.KeepAsync(id, gone.Offer.Offer);
        Assert.Equal(("published", null, 4L), (Assert.Single(back.Changes).Field, back.Offer.WithdrawnBy, back.Offer.Version));
        published = await Stand.PublishedAsync(host);
        Assert.Equal((5L, true), (published.Version, published.Offers.Any(o => o.Id == id)));
        Assert.Equal("Lauftreff am See", (await host.Http.GetFromJsonAsync<OfferView>($"api/offers/{id}", Cancel))!.TitleDe);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_stores_nothing()
    {
        await using var host = await HostAsync(false);
        var stand = await Stand.SignInAsync(host, "a");
        var before = (await stand.AllAsync()).Single();
        var seen = await stand.KeepAsync(before.Id, before.Offer with { Title = "Neu" }, dryRun: true);
        Assert.Equal((true, "Neu", 1L), (seen.DryRun, seen.Offer.Offer.Title, seen.Offer.Version));
        Assert.Equal("title", Assert.Single(seen.Changes).Field);
        var added = await stand.KeepAsync(Guid.CreateVersion7(), Stand.Walk, dryRun: true);
        Assert.Equal(0, added.Offer.Version);
        var after = Assert.Single(await stand.AllAsync());
        Assert.Equal(("Beratung", 1L, "file"), (after.Offer.Title, after.Version, after.Source));
        Assert.Equal(1, (await Stand.PublishedAsync(host)).Version);
    }

    [Fact]
    public async Task Who_looked_at_an_older_one_is_told_so_and_the_same_again_is_no_conflict()
    {
        await using var host = await HostAsync(false);
        var stand = await Stand.SignInAsync(host, "a");
        var seen = (await stand.AllAsync()).Single();
        await stand.KeepAsync(seen.Id, seen.Offer with { Title = "Von einer Kollegin" });
        foreach (var dryRun in (bool[])[true, false]) await (await stand.PutAsync(seen.Id, seen.Offer with { Title = "Von mir" }, dryRun)).ProblemAsync(409, "changed-meanwhile");
        await (await stand.Http.DeleteAsync(stand.Path(seen.Id) + "?version=1", Cancel)).ProblemAsync(409, "changed-meanwhile");
        Assert.Equal("Von einer Kollegin", (await stand.AllAsync()).Single().Offer.Title);

        var again = await stand.KeepAsync(seen.Id, seen.Offer with { Title = "Von einer Kollegin" });
        Assert.Empty(again.Changes);
        Assert.Equal((2L, 2L), (again.Offer.Version, (await Stand.PublishedAsync(host)).Version));
        Assert.Equal("Von mir", (await stand.KeepAsync(seen.Id, seen.Offer with { Title = "Von mir", Version = 2 })).Offer.Offer.Title);
        Assert.Equal("Egal", (await stand.KeepAsync(seen.Id, seen.Offer with { Title = "Egal", Version = null })).Offer.Offer.Title);
    }

    public static TheoryData<string, string, OfferDraft> Faults => new()
    {
        { "kind", "circus,mbe,Titel,,,,,,,,", Stand.Walk with { Kind = "circus", Type = "mbe", Title = "Titel" } },
        { "type", "advice,magic,Titel,,,,,,,,", Stand.Walk with { Kind = "advice", Type = "magic" } },
        { "type", "advice,,Titel,,,,,,,,", Stand.Walk with { Kind = "advice", Type = null } },
        { "title", "advice,mbe,,,,,,,,,", Stand.Walk with { Kind = "advice", Type = "mbe", Title = " " } },
        { "title", $"advice,mbe,{new string('x', 201)},,,,,,,,", Stand.Walk with { Kind = "advice", Type = "mbe", Title = new string('x', 201) } },
        { "title", "advice,mbe,Ti\u202etel,,,,,,,,", Stand.Walk with { Kind = "advice", Type = "mbe", Title = "Ti\u202etel" } },
        { "exit", "course,exam,Titel,B2,A1,,,,,,", Stand.Walk with { Kind = "course", Type = "exam", Entry = "B2", Exit = "A1" } },
        { "isco", "employer,vacancy,Titel,,,,22a,,,,", Stand.Walk with { Kind = "employer", Type = "vacancy", Isco = ["22a"] } },
        { "topics", "advice,mbe,Titel,,,gold,,,,,", Stand.Walk with { Kind = "advice", Type = "mbe", Topics = ["gold"] } },
        { "languages", "advice,mbe,Titel,,,,,,,xx9,", Stand.Walk with { Kind = "advice", Type = "mbe", Languages = ["xx9"] } },
        { "traits", "advice,mbe,Titel,,,,,,,,golden", Stand.Walk with { Kind = "advice", Type = "mbe", Traits = ["golden"] } },
        { "isco", $"employer,vacancy,Titel,,,,{string.Join(';', Enumerable.Range(1000, 41))},,,,", Stand.Walk with { Kind = "employer", Type = "vacancy", Isco = [.. Enumerable.Range(1000, 41).Select(n => n.ToString(CultureInfo.InvariantCulture))] } },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task What_a_file_may_not_say_an_exhibitor_may_not_either_and_both_are_told_in_the_same_words(string field, string row, OfferDraft draft)
    {
        await using var host = await HostAsync(false);
        var stand = await Stand.SignInAsync(host, "a");
        var told = await (await stand.PutAsync(Guid.CreateVersion7(), draft)).ProblemAsync(400, "invalid");
        var issues = new List<ImportIssue>();
        FairRows.Offers(CsvFiles.Utf8(CsvFiles.OfferHeader + "n-1,a," + row + "\n"), null, issues);
        var issue = Assert.Single(issues);
        Assert.Equal(field, issue.Column);
        var sentence = Assert.Single(told[field]);
        Assert.Contains(issue.Expected, sentence);
        Assert.Contains(issue.Repair, sentence);
        Assert.Contains(issue.Found, sentence);
        Assert.Equal([field], told.Keys);
        Assert.Single(await stand.AllAsync());
    }

    [Fact]
    public async Task Several_values_are_not_hidden_in_one_and_a_title_in_an_unknown_language_is_none()
    {
        await using var host = await HostAsync(false);
        var stand = await Stand.SignInAsync(host, "a");
        Assert.Contains("topics", (await (await stand.PutAsync(Guid.CreateVersion7(), Stand.Walk with { Topics = ["work;training"] })).ProblemAsync(400, "invalid")).Keys);
        Assert.Contains("titles", (await (await stand.PutAsync(Guid.CreateVersion7(), Stand.Walk with { Titles = new Dictionary<string, string?> { ["xx"] = "?" } })).ProblemAsync(400, "invalid")).Keys);
        Assert.Contains("titles.uk", (await (await stand.PutAsync(Guid.CreateVersion7(), Stand.Walk with { Titles = new Dictionary<string, string?> { ["uk"] = "а\nб" } })).ProblemAsync(400, "invalid")).Keys);
        await (await stand.Http.PutAsJsonAsync(stand.Path(Guid.CreateVersion7()), new { kind = "leisure", type = "sport", title = "x", price = 3 }, Cancel)).ProblemAsync(400, "invalid");
    }

    [Fact]
    public async Task Each_stand_sees_and_changes_its_own_and_nobody_else_does()
    {
        await using var host = await HostAsync(false);
        var (own, other) = (await Stand.SignInAsync(host, "a"), await Stand.SignInAsync(host, "b"));
        var offer = (await own.AllAsync()).Single();
        foreach (var (method, body) in (IEnumerable<(HttpMethod, object?)>)[(HttpMethod.Get, null), (HttpMethod.Put, Stand.Walk), (HttpMethod.Delete, null)])
        {
            foreach (var path in (string[])[own.Path(offer.Id), other.Path(offer.Id)])
                await (await Ask(other.Http, method, path, body)).ProblemAsync(404, "not-found");
            foreach (var role in (string[])[Roles.Analyst, Roles.Organiser])
                await (await Ask((await Stand.SignInAsync(host, "a", role)).Http, method, own.Path(offer.Id), body)).ProblemAsync(403, "forbidden");
            await (await Ask(host.Http, method, own.Path(offer.Id), body)).ProblemAsync(401, "unauthorized");
        }
        await (await other.Http.GetAsync($"api/exhibitors/{own.Id}/offers", Cancel)).ProblemAsync(404, "not-found");
        Assert.Equal("Beratung", (await own.AllAsync()).Single().Offer.Title);

        Task<HttpResponseMessage> Ask(HttpClient http, HttpMethod method, string path, object? body) =>
            http.SendAsync(new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) }, Cancel);
    }

    [Fact]
    public async Task A_stand_has_so_many_offers_and_no_more()
    {
        await using var host = await HostAsync(false, ("Limits:OffersPerExhibitor", "2"));
        var stand = await Stand.SignInAsync(host, "a");
        var second = await stand.KeepAsync(Guid.CreateVersion7(), Stand.Walk);
        await stand.WithdrawAsync(second.Offer.Id);
        await (await stand.PutAsync(Guid.CreateVersion7(), Stand.Walk)).ProblemAsync(409, "offers-enough");
        await stand.KeepAsync(second.Offer.Id, Stand.Walk with { Title = "Anderes" });
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Changed_by_many_at_once_while_a_file_comes_in_every_change_is_in_the_last_catalogue(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        Stand[] stands = [await Stand.SignInAsync(host, "a"), await Stand.SignInAsync(host, "b")];
        var ids = Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7()).ToArray();
        var answers = Task.WhenAll(ids.Select((id, n) => stands[n % 2].PutAsync(id, Stand.Walk with { Title = $"Treff {n}" })));
        var report = await host.ImportAsync(CsvFiles.Of(Stands, Rows.Replace("Zwei", "Drei")));
        Assert.True(report.Changed);
        Assert.All(await answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var published = await Stand.PublishedAsync(host);
        Assert.Equal(10L, published.Version);
        Assert.Equal(["Beratung", "Drei", .. ids.Select((_, n) => $"Treff {n}")], published.Offers.Select(o => o.Title).Order(StringComparer.Ordinal));
        Assert.Equal(10, await host.InAsync(db => db.Outbox.Where(o => o.Type == typeof(CataloguePublished).FullName).Select(o => o.Version).Distinct().CountAsync(Cancel)));
    }
}
