using System.Net;
using System.Net.Http.Json;
using Matchmaking.Profile.Accounts;
using Matchmaking.Profile.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Profile.Tests.Accounts;

/// <summary>Nobody can have an address flooded with our mails.</summary>
public sealed class MailLimitTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_address_gets_five_sign_in_links_an_hour_and_the_answer_never_changes(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);
        for (var asked = 0; asked < 8; asked++)
        {
            await AskAsync(host, asked % 2 == 0 ? "organiser@example.org" : "Organiser@Example.org");
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(5, await LinksAsync(host));
        // Another address is not kept from signing in by it, and the first one gets one more for each that is an hour old.
        await AskAsync(host, "analyst@example.org");
        Assert.Equal(6, await LinksAsync(host));
        host.Clock.Advance(TimeSpan.FromMinutes(52));
        await AskAsync(host, "organiser@example.org");
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        await AskAsync(host, "organiser@example.org");
        Assert.Equal(7, await LinksAsync(host));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_button_pressed_twice_or_eight_times_at_once_sends_one_mail(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(host, "organiser@example.org")));
        await AskAsync(host, "organiser@example.org");
        Assert.Equal(1, await LinksAsync(host));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_address_gets_three_mails_a_day_that_a_list_is_ready_and_a_second_try_is_none(bool deployed)
    {
        await using var host = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);
        using var service = host.AsService();
        var notices = new List<(Guid Visitor, Guid Notice)>();
        for (var i = 0; i < 5; i++) notices.Add(((await host.VisitorAsync(new { language = "uk", consents = (string[])["matching"], contact = new { email = i % 2 == 0 ? "a@example.org" : "A@example.org" } })).Visitor.Id, Guid.CreateVersion7()));
        var first = await Task.WhenAll(notices.Select(n => AddressAsync(n, "list-ready")));
        Assert.Equal((3, 2), (first.Count(a => a.StatusCode == HttpStatusCode.OK), first.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests)));
        var again = await Task.WhenAll(notices.Select(n => AddressAsync(n, "list-ready")));
        Assert.Equal(first.Select(a => a.StatusCode), again.Select(a => a.StatusCode));
        // Another kind of mail has been asked for by somebody else than whoever typed the address.
        Assert.All(await Task.WhenAll(notices.Select(n => AddressAsync(n, "meeting-accepted"))), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, (await AddressAsync(notices[4] with { Notice = Guid.CreateVersion7() }, "list-ready")).StatusCode);

        Task<HttpResponseMessage> AddressAsync((Guid Visitor, Guid Notice) n, string kind) =>
            service.GetAsync($"internal/visitors/{n.Visitor}/address?kind={kind}&notice={n.Notice}", Cancel);
    }

    [Fact]
    public async Task Of_an_address_no_more_is_kept_than_a_hash_for_a_day()
    {
        await using var host = await ProfileHost.StartAsync();
        await AskAsync(host, "organiser@example.org");
        await AskAsync(host, "nobody@example.org");
        var ticket = await host.InAsync(db => db.MailTickets.AsNoTracking().SingleAsync(Cancel));
        Assert.Equal(64, ticket.AddressHash.Length);
        Assert.NotEqual(ServiceDefaults.Auth.CapabilityToken.Hash("organiser@example.org"), ticket.AddressHash);
        host.Clock.Advance(MailTicket.Longest);
        await host.App.Services.GetServices<IHostedService>().OfType<RetentionEnd>().Single().ForgetServedAsync(Cancel);
        Assert.Equal(0, await host.InAsync(db => db.MailTickets.CountAsync(Cancel)));
    }

    private static async Task AskAsync(ProfileHost host, string email) =>
        Assert.Equal(HttpStatusCode.Accepted, (await host.Http.PostAsJsonAsync("api/staff/links", new { email }, Cancel)).StatusCode);

    private static Task<int> LinksAsync(ProfileHost host) => host.InAsync(db => db.SignInLinks.CountAsync(Cancel));
}
