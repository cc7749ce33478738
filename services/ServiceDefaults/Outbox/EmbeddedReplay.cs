using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Outbox;

/// <summary>
/// At the start of an embedded process: every message that was sent, but that some consumer neither handled nor quarantined, is put back.
/// The inboxes skip those who had it already.
/// </summary>
internal sealed partial class EmbeddedReplay(
    IServiceScopeFactory scopes, IEnumerable<ServiceDatabase> databases, IEnumerable<ConsumerRegistration> consumers, ILogger<EmbeddedReplay> log)
{
    public async Task PutBackAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var byType = consumers.ToLookup(c => c.Message.FullName!);
        foreach (var database in databases)
        {
            var db = (ServiceDb)scope.ServiceProvider.GetRequiredService(database.Db);
            // Nobody else publishes here: what a dead process had claimed is free at once.
            await db.Outbox.Where(o => o.SentAt == null).ExecuteUpdateAsync(o => o.SetProperty(m => m.ClaimedUntil, 0).SetProperty(m => m.NextAt, 0), cancel);
            var sent = await db.Outbox.Where(o => o.SentAt != null && o.Body != null).Select(o => new { o.Id, o.Type }).ToListAsync(cancel);
            var lost = new HashSet<Guid>();
            foreach (var consumer in sent.Select(s => s.Type).Distinct().SelectMany(t => byType[t]))
            {
                var theirs = (ServiceDb)scope.ServiceProvider.GetRequiredService(consumer.Db);
                var ids = sent.Where(s => s.Type == consumer.Message.FullName).Select(s => s.Id).ToHashSet();
                ids.ExceptWith(await theirs.Inbox.Where(i => i.Consumer == consumer.Queue).Select(i => i.MessageId).ToListAsync(cancel));
                ids.ExceptWith(await theirs.Quarantine.Where(q => q.Consumer == consumer.Queue).Select(q => q.MessageId).ToListAsync(cancel));
                lost.UnionWith(ids);
            }
            foreach (var some in lost.Chunk(500))
                await db.Outbox.Where(o => some.Contains(o.Id)).ExecuteUpdateAsync(o => o.SetProperty(m => m.SentAt, (long?)null).SetProperty(m => m.ClaimedUntil, 0), cancel);
            if (lost.Count > 0) LogPutBack(log, lost.Count, database.Name);
        }
    }

    [LoggerMessage(151, LogLevel.Information, "{Count} messages of {Database} had been sent but not handled when the process ended; they are sent again")]
    private static partial void LogPutBack(ILogger log, int count, string database);
}
