using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Matchmaking.ServiceDefaults.Tests.Ledger;
using Matchmaking.Tests;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.ServiceDefaults.Tests;

public abstract partial class BackboneTests
{
    [Fact]
    public async Task Poison_goes_to_quarantine_without_the_exceptions_text_and_harms_nobody_beside_it()
    {
        var host = await Ground.StartAsync();
        var accounts = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        var poisoned = accounts[7];
        var id = Guid.NewGuid();
        await Task.WhenAll(accounts.Select(a => a == poisoned
            ? host.Bus.Publish(new Deposited(a, Witness.Poison), c => { c.MessageId = id; c.Headers.Set("subject", a.ToString()); }, Cancel)
            : host.Bus.Publish(new Deposited(a, 1), Cancel)));
        await Until.TrueAsync("quarantined", () => host.InAsync(db => db.Quarantine.AnyAsync()));
        await Until.TrueAsync("the others handled", () => host.InAsync(async db => await db.Entries.CountAsync(e => e.By == nameof(RecordReportConsumer)) == 19));

        var kept = await host.InAsync(db => db.Quarantine.SingleAsync());
        Assert.Equal((nameof(RecordDepositConsumer), id, typeof(Deposited).FullName, (Guid?)poisoned), (kept.Consumer, kept.MessageId, kept.Type, kept.Subject));
        Assert.StartsWith("System.InvalidOperationException", kept.Reason);
        Assert.DoesNotContain(Witness.Secret, kept.Reason);
        Assert.DoesNotContain(Witness.Secret, kept.Body);
        Assert.Equal(poisoned, JsonDocument.Parse(kept.Body).RootElement.GetProperty("account").GetGuid());
        Assert.True(host.Witness.Tries[id] >= 6, "retried before it was given up");
        Assert.Equal(0, await host.CountAsync(nameof(RecordDepositConsumer), poisoned));
    }

    [Fact]
    public async Task The_quarantine_can_be_seen_and_replayed_by_an_operator_alone()
    {
        var host = await Ground.StartAsync();
        var (account, id) = (Guid.NewGuid(), Guid.NewGuid());
        await host.Bus.Publish(new Deposited(account, Witness.Poison), c => { c.MessageId = id; c.Headers.Set("subject", account.ToString()); }, Cancel);
        await Until.TrueAsync("quarantined", () => host.InAsync(db => db.Quarantine.AnyAsync()));
        using var http = host.Http();
        var listed = Assert.Single((await http.GetFromJsonAsync<JsonElement>("internal/quarantine", Cancel)).EnumerateArray());
        Assert.Equal(nameof(RecordDepositConsumer), listed.GetProperty("consumer").GetString());
        Assert.False(listed.TryGetProperty("body", out _));
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("replayedAt").ValueKind);

        var address = $"internal/quarantine/{listed.GetProperty("id").GetGuid()}/replay";
        using (var stranger = new HttpClient { BaseAddress = http.BaseAddress })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("internal/quarantine", Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync(address, null, Cancel)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync($"internal/quarantine/{Guid.NewGuid()}/replay", null, Cancel)).StatusCode);

        host.Witness.Poisonous = false;
        // Twice, as an impatient operator would: it keeps its message id, so it counts once.
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await http.PostAsync(address, null, Cancel)).StatusCode);
            await Until.TrueAsync("handled after all", () => host.HandledAsync(account));
        }
        var last = Guid.NewGuid();
        await host.Bus.Publish(new Deposited(last, 1), Cancel);
        await Until.TrueAsync("the last is handled", () => host.HandledAsync(last));
        Assert.Equal(1, await host.CountAsync(nameof(RecordDepositConsumer), account));
        Assert.NotNull(await host.InAsync(db => db.Quarantine.Select(q => q.ReplayedAt).SingleAsync()));
    }

    [Fact]
    public async Task What_is_no_message_of_the_consumer_goes_to_quarantine_and_cannot_be_replayed()
    {
        var host = await Ground.StartAsync();
        var endpoint = await host.Bus.GetSendEndpoint(new Uri("exchange:" + nameof(RecordDepositConsumer)));
        await endpoint.Send(new Audited(Guid.NewGuid()), Cancel);
        await Until.TrueAsync("quarantined", () => host.InAsync(db => db.Quarantine.AnyAsync()));
        var kept = await host.InAsync(db => db.Quarantine.SingleAsync());
        Assert.Equal("not a message this consumer knows", kept.Reason);
        using var http = host.Http();
        var refused = await http.PostAsync($"internal/quarantine/{kept.Id}/replay", null, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.EndsWith("not-replayable", (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("type").GetString());
    }
}
