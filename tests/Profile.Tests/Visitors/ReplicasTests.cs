using System.Net.Http.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Visitors;
using Matchmaking.ServiceDefaults.Cache;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Profile.Tests.Visitors;

/// <summary>Two replicas of Profile on one PostgreSQL and one Redis.</summary>
public sealed class ReplicasTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_that_go_to_one_replica_and_then_to_the_other_all_count_once_and_are_noted()
    {
        var settings = await servers.FreshAsync();
        await using var one = await ProfileHost.StartAsync(settings);
        await using var other = await ProfileHost.StartAsync(settings);
        var (visitor, atOne) = await one.VisitorAsync();
        using var atOther = other.As(visitor.Token);
        var version = visitor.Version;
        // What the first remembers of the visitor is out of date at the third answer, and again at the fifth.
        foreach (var (http, district) in (IEnumerable<(HttpClient, string)>)[(atOne, "Mitte"), (atOther, "Nord"), (atOne, "Zentrum"), (atOther, "Ost"), (atOne, "West")])
        {
            var answer = await http.PutAsJsonAsync($"api/visitors/{visitor.Id}", new { language = "uk", district, contact = new { email = district + "@example.org" }, consents = (string[])["matching"] }, Cancel);
            answer.EnsureSuccessStatusCode();
            var saved = (await answer.Content.ReadFromJsonAsync<VisitorProfile>(Cancel))!;
            Assert.Equal((++version, district, district + "@example.org"), (saved.Version, saved.Needs.District, saved.Needs.Contact!.Email));
            Assert.Equal((true, version), await one.App.Services.GetRequiredService<FreshMarks>().ReadAsync("subject:" + visitor.Id));
        }
        var now = await other.InAsync(db => db.Visitors.SingleAsync(v => v.Id == visitor.Id, Cancel));
        Assert.Equal((6, "West", "West@example.org"), (now.Version, now.Needs.District, now.Email));
        var announced = await one.InAsync(db => db.Outbox.Where(o => o.Subject == visitor.Id && o.Type == typeof(VisitorProfileSubmitted).FullName).OrderBy(o => o.Version).ToListAsync(Cancel));
        Assert.Equal([1, 2, 3, 4, 5, 6], announced.Select(o => o.Version));
        Assert.All(announced, o => Assert.Contains(visitor.Id.ToString(), o.Body));
    }

    [Fact]
    public async Task If_one_of_several_was_changed_meanwhile_nothing_is_stored_and_nothing_announced()
    {
        await using var host = await ProfileHost.StartAsync(await servers.FreshAsync());
        var (first, _) = await host.VisitorAsync();
        var (second, _) = await host.VisitorAsync();
        async Task<bool> StoreAsync(long secondWas) => await host.InAsync(async db =>
        {
            var rows = await db.Visitors.AsNoTracking().Where(v => v.Id == first.Id || v.Id == second.Id).ToListAsync(Cancel);
            foreach (var row in rows)
            {
                row.Replace(new Needs { District = "Anderswo" });
                row.Announce(db, contactChanged: false, DateTimeOffset.UtcNow);
            }
            return await db.SaveByAsync(announced => ReplacedAnswers.StoreAsync(db, [.. rows.Select(r => (r, r.Id == second.Id ? secondWas : 1L))], announced));
        });
        Task<int> ChangedAsync() => host.InAsync(db => db.Visitors.CountAsync(v => v.Version == 2, Cancel));
        Task<int> AnnouncedAsync() => host.InAsync(db => db.Outbox.CountAsync(o => o.Version == 2, Cancel));

        Assert.False(await StoreAsync(secondWas: 7));
        Assert.Equal((0, 0), (await ChangedAsync(), await AnnouncedAsync()));
        Assert.True(await StoreAsync(secondWas: 1));
        Assert.Equal((2, 2), (await ChangedAsync(), await AnnouncedAsync()));
    }
}
