using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Accounts;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Profile.Tests.Offers;

/// <summary>A stand of a small fair, signed in, and what the catalogue says last.</summary>
internal sealed record Stand(Guid Id, HttpClient Http)
{
    public static readonly OfferDraft Walk = new("leisure", "sport", "Lauftreff", new Dictionary<string, string?> { ["uk"] = "Пробіжка" }, Topics: ["leisure"], Languages: ["de"], Traits: ["free"], Conditions: "bequeme Schuhe");

    public static async Task<Stand> SignInAsync(ProfileHost host, string key, string role = Roles.Exhibitor)
    {
        var id = await host.InAsync(db => db.Exhibitors.Where(e => e.Key == key).Select(e => e.Id).SingleAsync());
        var (session, _) = StaffSession.Begin(role, role == Roles.Exhibitor ? id : null, null, host.Clock.GetUtcNow());
        return new Stand(id, host.As((await host.App.Services.GetRequiredService<SigningKeys>().IssueAsync(session, CancellationToken.None)).Token));
    }

    public string Path(Guid offer) => $"api/exhibitors/{Id}/offers/{offer}";

    public Task<HttpResponseMessage> PutAsync(Guid offer, OfferDraft draft, bool dryRun = false) => Http.PutAsJsonAsync(Path(offer) + (dryRun ? "?dryRun=true" : ""), draft);

    public async Task<StandOfferChange> KeepAsync(Guid offer, OfferDraft draft, bool dryRun = false) => await ReadAsync(await PutAsync(offer, draft, dryRun));

    public async Task<StandOfferChange> WithdrawAsync(Guid offer, long? version = null) => await ReadAsync(await Http.DeleteAsync(Path(offer) + (version is null ? "" : $"?version={version}")));

    public async Task<List<StandOffer>> AllAsync() => (await Http.GetFromJsonAsync<List<StandOffer>>($"api/exhibitors/{Id}/offers"))!;

    public async Task<StandOffer> OneAsync(string title) => (await AllAsync()).Single(o => o.Offer.Title == title);

    public static async Task<CataloguePublished> PublishedAsync(ProfileHost host) => await host.InAsync(async db =>
        JsonSerializer.Deserialize<CataloguePublished>((await db.Outbox.Where(o => o.Type == typeof(CataloguePublished).FullName).OrderByDescending(o => o.Version).FirstAsync()).Body!, JsonSerializerOptions.Web)!);

    private static async Task<StandOfferChange> ReadAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<StandOfferChange>())!;
    }
}
