using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MassTransit;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Visitors;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Outbox;
using Matchmaking.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Profile.Tests.Visitors;

/// <summary>A visitor's answers over HTTP, as the public API promises them; on SQLite and on PostgreSQL.</summary>
public sealed class VisitorTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Full = """
        {"language":"uk","conversationLanguages":["uk","ru"],"goals":["learn-german","work","training","recognition","advice","offices","family","leisure"],
         "topics":["housing","residence","debt","health","childcare","school","equal-treatment","start-up"],
         "german":{"speaking":"A2","reading":"A1","certificate":false},"script":"latin","coursePaper":"admission-before-2026-02-09","workNote":"permission-needed",
         "occupation":{"isco":"2221","years":4},"recognition":"started","ageBand":"27plus","timeInGermany":"1-3",
         "availability":[{"from":"2026-06-20T10:00+02:00","to":"2026-06-20T13:00+02:00"}],"district":"Grünau","childcare":true,"access":["wheelchair"],
         "interpreter":{"language":"uk","gender":"any"},"contact":{"email":"a@example.org","phone":"+49 341 123456"},
         "consents":["matching","share-with-exhibitor","quality-review"],"channel":"kiosk"}
        """;

    private async Task<ProfileHost> HostAsync(bool deployed) => await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);

    [Theory, InlineData(false), InlineData(true)]
    public async Task Answers_come_in_are_read_replaced_and_erased(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var created = await host.Http.PostAsync("api/visitors", Json(Full), Cancel);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var visitor = (await created.Content.ReadFromJsonAsync<VisitorCreated>(Cancel))!;
        Assert.Equal($"/api/visitors/{visitor.Id}", created.Headers.Location?.ToString());
        Assert.Equal(43, visitor.Token.Length);
        Assert.EndsWith($"/link/{visitor.Id}/{visitor.Token}", visitor.Link);
        Assert.True(visitor.ExpiresAt > host.Clock.GetUtcNow().AddDays(60));

        using var own = host.As(visitor.Token);
        var read = (await own.GetFromJsonAsync<VisitorProfile>($"api/visitors/{visitor.Id}", Cancel))!;
        Assert.Equal(1, read.Version);
        Assert.Equal(Canonical(JsonSerializer.Deserialize<Needs>(Full, JsonSerializerOptions.Web)!), Canonical(read.Needs));

        var replaced = await own.PutAsync($"api/visitors/{visitor.Id}", Json("""{"language":"de","consents":["matching"]}"""), Cancel);
        Assert.Equal(2, (await replaced.Content.ReadFromJsonAsync<VisitorProfile>(Cancel))!.Version);
        read = (await own.GetFromJsonAsync<VisitorProfile>($"api/visitors/{visitor.Id}", Cancel))!;
        Assert.Equal((2, "de", null, null), (read.Version, read.Needs.Language, read.Needs.Contact, read.Needs.Goals));

        var export = await own.GetFromJsonAsync<JsonElement>($"api/visitors/{visitor.Id}/export/profile", Cancel);
        Assert.Equal(visitor.Id, export.GetProperty("profile").GetProperty("id").GetGuid());

        var erased = await own.DeleteAsync($"api/visitors/{visitor.Id}", Cancel);
        Assert.Equal(HttpStatusCode.Accepted, erased.StatusCode);
        var erasure = (await erased.Content.ReadFromJsonAsync<ErasureStarted>(Cancel))!.ErasureId;
        var status = (await host.Http.GetFromJsonAsync<ErasureStatus>($"api/erasures/{erasure}", Cancel))!;
        Assert.False(status.Done);
        Assert.Equal(["profile", "matching", "notification"], status.Services.Select(s => s.Name));
        Assert.Equal([true, false, false], status.Services.Select(s => s.ConfirmedAt is not null));
        await (await own.GetAsync($"api/visitors/{visitor.Id}", Cancel)).ProblemAsync(401, "unauthorized");

        foreach (var service in (string[])["matching", "notification", "notification"])
            await host.App.Services.GetRequiredService<IBus>().Publish(new ErasureConfirmed(erasure, visitor.Id, service, host.Clock.GetUtcNow()), Cancel);
        await Until.TrueAsync("confirmed by all", async () => (await host.Http.GetFromJsonAsync<ErasureStatus>($"api/erasures/{erasure}", Cancel))!.Done);
        Assert.Equal((0, 0), await host.InAsync(async db => (await db.Visitors.CountAsync(Cancel), await db.VisitorTokens.CountAsync(Cancel))));
        await (await host.Http.GetAsync($"api/erasures/{Guid.NewGuid()}", Cancel)).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task What_is_announced_has_the_needs_and_no_contact()
    {
        await using var host = await ProfileHost.StartAsync();
        var (visitor, own) = await host.VisitorAsync(JsonDocument.Parse(Full).RootElement);
        await own.PutAsync($"api/visitors/{visitor.Id}", Json(Full), Cancel);
        var rows = await SubmittedAsync(host, visitor.Id);
        Assert.Equal([1L, 2L], rows.Select(r => r.Version));
        foreach (var row in rows)
        {
            Assert.DoesNotContain("example.org", row.Body);
            Assert.DoesNotContain("123456", row.Body);
            Assert.DoesNotContain(visitor.Token, row.Body);
            var announced = JsonSerializer.Deserialize<VisitorProfileSubmitted>(row.Body!, JsonSerializerOptions.Web)!;
            Assert.Equal((visitor.Id, row.Version, CapabilityToken.Hash(visitor.Token)), (announced.VisitorId, announced.Version, announced.TokenHash));
            Assert.Equal("2221", announced.Needs.Occupation?.Isco);
        }
    }

    [Fact]
    public async Task Whether_and_how_somebody_can_be_told_things_is_announced_when_it_changes_and_without_the_needs()
    {
        await using var host = await ProfileHost.StartAsync();
        var (visitor, own) = await host.VisitorAsync(JsonDocument.Parse("""{"language":"uk","goals":["work"],"consents":["matching"]}""").RootElement);
        foreach (var needs in (string[])["""{"language":"uk","goals":["family"],"consents":["matching"]}""", """{"language":"ar","consents":["matching"]}""",
            """{"language":"ar","contact":{"email":"o@example.org"},"consents":["matching"]}"""])
            (await own.PutAsync($"api/visitors/{visitor.Id}", Json(needs), Cancel)).EnsureSuccessStatusCode();
        var rows = await host.InAsync(db => db.Outbox.Where(o => o.Subject == visitor.Id && o.Type.EndsWith(nameof(VisitorContactChanged))).OrderBy(o => o.Version).ToListAsync(Cancel));
        var told = rows.ConvertAll(r => JsonSerializer.Deserialize<VisitorContactChanged>(r.Body!, JsonSerializerOptions.Web)!);
        Assert.Equal([(1L, "uk", false), (3L, "ar", false), (4L, "ar", true)], told.Select(t => (t.Version, t.Language, t.HasContact)));
        Assert.All(rows, r => Assert.DoesNotContain("work", r.Body));
        Assert.All(rows, r => Assert.DoesNotContain("example.org", r.Body));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_remembered_row_that_another_replica_has_changed_is_read_anew(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var (visitor, own) = await host.VisitorAsync();
        var (first, second) = ("""{"language":"de","consents":["matching"]}""", """{"language":"uk","consents":["matching"]}""");
        (await own.PutAsync($"api/visitors/{visitor.Id}", Json(first), Cancel)).EnsureSuccessStatusCode();
        await host.InAsync(db => db.Visitors.Where(v => v.Id == visitor.Id).ExecuteUpdateAsync(v => v.SetProperty(r => r.Version, 7), Cancel));
        (await own.PutAsync($"api/visitors/{visitor.Id}", Json(second), Cancel)).EnsureSuccessStatusCode();
        var now = (await own.GetFromJsonAsync<VisitorProfile>($"api/visitors/{visitor.Id}", Cancel))!;
        Assert.Equal((8L, "uk"), (now.Version, now.Needs.Language));
        Assert.Equal([1L, 2L, 8L], (await SubmittedAsync(host, visitor.Id)).Select(r => r.Version));
    }

    [Fact]
    public async Task Only_the_holder_of_the_link_gets_in()
    {
        await using var host = await ProfileHost.StartAsync();
        var (visitor, own) = await host.VisitorAsync();
        var (_, other) = await host.VisitorAsync();
        using var staff = await host.AsStaffAsync("organiser");
        using var guess = host.As(CapabilityToken.Create());
        using var nonsense = host.As("x");
        using var forged = host.As("eyJhbGciOiJub25lIn0.eyJyb2xlIjoib3JnYW5pc2VyIn0.");
        var address = $"api/visitors/{visitor.Id}";
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete])
        {
            foreach (var stranger in (HttpClient[])[host.Http, guess, nonsense, forged]) await (await SendAsync(stranger)).ProblemAsync(401, "unauthorized");
            await (await SendAsync(other)).ProblemAsync(404, "not-found");
            await (await SendAsync(staff)).ProblemAsync(403, "forbidden");

            Task<HttpResponseMessage> SendAsync(HttpClient who) =>
                who.SendAsync(new HttpRequestMessage(method, address) { Content = method == HttpMethod.Put ? Json("""{"language":"de","consents":["matching"]}""") : null }, Cancel);
        }
        Assert.Equal(1, (await own.GetFromJsonAsync<VisitorProfile>(address, Cancel))!.Version);
        await (await own.GetAsync($"api/visitors/{Guid.NewGuid()}", Cancel)).ProblemAsync(404, "not-found");
        await (await own.GetAsync("api/visitors/1", Cancel)).ProblemAsync(404, "not-found");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Two_replacements_at_once_both_count_or_one_is_told(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var (visitor, own) = await host.VisitorAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => own.PutAsync($"api/visitors/{visitor.Id}", Json("""{"language":"de","consents":["matching"]}"""), Cancel)));
        var ok = answers.Count(a => a.StatusCode == HttpStatusCode.OK);
        Assert.True(ok >= 1);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.OK)) await refused.ProblemAsync(409, "changed-meanwhile");
        Assert.Equal(1 + ok, (await own.GetFromJsonAsync<VisitorProfile>($"api/visitors/{visitor.Id}", Cancel))!.Version);
        Assert.Equal(1 + ok, (await SubmittedAsync(host, visitor.Id)).Count);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task At_the_end_of_retention_everybody_of_that_fair_is_erased(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var (visitor, _) = await host.VisitorAsync();
        var retention = host.App.Services.GetServices<IHostedService>().OfType<RetentionEnd>().Single();
        host.Clock.SetUtcNow(visitor.ExpiresAt.AddSeconds(-1));
        Assert.Equal(0, await retention.EraseDueAsync(Cancel));
        // From here its own timer does it.
        host.Clock.SetUtcNow(visitor.ExpiresAt.AddMinutes(15));
        await Until.TrueAsync("erased", () => host.InAsync(async db => !await db.Visitors.AnyAsync(Cancel)));
        Assert.True(await host.InAsync(db => db.Outbox.AnyAsync(o => o.Subject == visitor.Id && o.Type == typeof(VisitorErased).FullName, Cancel)));
    }

    [Fact]
    public async Task Addresses_are_told_to_our_services_alone_and_each_mail_gets_a_link_of_its_own()
    {
        await using var host = await ProfileHost.StartAsync();
        var (visitor, own) = await host.VisitorAsync(JsonDocument.Parse(Full).RootElement);
        var (mute, _) = await host.VisitorAsync();
        var address = $"internal/visitors/{visitor.Id}/address";
        await (await host.Http.GetAsync(address, Cancel)).ProblemAsync(401, "unauthorized");
        await (await own.GetAsync(address, Cancel)).ProblemAsync(403, "forbidden");
        using (var staff = await host.AsStaffAsync("organiser")) await (await staff.GetAsync(address, Cancel)).ProblemAsync(403, "forbidden");
        using (var liar = host.As("x"))
        {
            liar.DefaultRequestHeaders.Add("X-Service-Key", "guess");
            await (await liar.GetAsync(address, Cancel)).ProblemAsync(401, "unauthorized");
        }
        using var service = host.AsService();
        var told = (await service.GetFromJsonAsync<Address>(address, Cancel))!;
        Assert.Equal(("a@example.org", "uk", null), (told.Email, told.Language, told.Name));
        var token = told.Link.Split('/')[^1];
        Assert.NotEqual(visitor.Token, token);
        using var second = host.As(token);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync($"api/visitors/{visitor.Id}", Cancel)).StatusCode);
        Assert.True(await host.InAsync(db => db.Outbox.AnyAsync(o => o.Subject == visitor.Id && o.Type == typeof(VisitorLinkIssued).FullName, Cancel)));
        await (await service.GetAsync($"internal/visitors/{mute.Id}/address", Cancel)).ProblemAsync(404, "not-found");
        // Who left a number alone can be sent short messages, but no list by mail.
        var caller = (await host.VisitorAsync(new { language = "uk", consents = (string[])["matching"], contact = new { phone = "0341 123456" } })).Visitor;
        var number = (await service.GetFromJsonAsync<Address>($"internal/visitors/{caller.Id}/address?kind=meeting-accepted", Cancel))!;
        Assert.Equal((null, "0341 123456", "uk"), (number.Email, number.Phone, number.Language));
        await (await service.GetAsync($"internal/visitors/{caller.Id}/address?kind=list-ready", Cancel)).ProblemAsync(404, "not-found");

        var exhibitor = (await host.Http.GetFromJsonAsync<PageOf<ExhibitorView>>("api/exhibitors", Cancel))!.Items[0];
        Assert.Contains('@', (await service.GetFromJsonAsync<Address>($"internal/exhibitors/{exhibitor.Id}/address", Cancel))!.Email!);
        Assert.DoesNotContain("email", await host.Http.GetStringAsync($"api/exhibitors/{exhibitor.Id}", Cancel));
    }

    private static Task<List<OutboxMessage>> SubmittedAsync(ProfileHost host, Guid visitor) => host.InAsync(db => db.Outbox
        .Where(o => o.Subject == visitor && o.Type == typeof(VisitorProfileSubmitted).FullName).OrderBy(o => o.Version).ToListAsync(Cancel));

    private static string Canonical(Needs needs) => JsonSerializer.Serialize(needs, JsonSerializerOptions.Web);

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
