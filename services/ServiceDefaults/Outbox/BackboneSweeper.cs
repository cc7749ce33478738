using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Outbox;

/// <summary>Takes bodies of sent messages away after a day, rows after a week, inbox entries after two; what lies in quarantine after thirty days, a week after it was replayed.</summary>
internal sealed partial class BackboneSweeper<TDb>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<BackboneSweeper<TDb>> log) : BackgroundService
    where TDb : ServiceDb
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
        {
            try { await SweepAsync(stopping); }
            catch (Exception e) when (Refusals.IsOutage(e)) { LogLater(log, typeof(TDb).Name, e.GetType().Name); }
        }
    }

    internal async Task SweepAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.GetUtcNow();
        var dayAgo = now.AddDays(-1).ToUnixTimeMilliseconds();
        var weekAgo = now.AddDays(-7).ToUnixTimeMilliseconds();
        var (twoWeeksAgo, monthAgo, replayedWeekAgo) = (now.AddDays(-14), now.AddDays(-30), now.AddDays(-7));
        await db.Outbox.Where(o => o.SentAt < weekAgo).ExecuteDeleteAsync(cancel);
        await db.Outbox.Where(o => o.SentAt < dayAgo && o.Body != null).ExecuteUpdateAsync(o => o.SetProperty(m => m.Body, (string?)null), cancel);
        await db.Inbox.Where(i => i.At < twoWeeksAgo).ExecuteDeleteAsync(cancel);
        // Quarantined bodies speak of people: whoever has not looked in a month will not, and nobody's data are kept for that.
        await db.Quarantine.Where(q => q.At < monthAgo || q.ReplayedAt < replayedWeekAgo).ExecuteDeleteAsync(cancel);
    }

    [LoggerMessage(121, LogLevel.Warning, "Sweep of {Database} put off ({Reason})")]
    private static partial void LogLater(ILogger log, string database, string reason);
}
