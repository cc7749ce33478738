using Matchmaking.Profile.Accounts;
using Matchmaking.ServiceDefaults.Cache;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>
/// Erases visitors whose fair's retention date has passed, as if each had asked for it; and forgets the keys of erased visitors and the tickets
/// of addresses when they have served.
/// </summary>
internal sealed partial class RetentionEnd(IServiceScopeFactory scopes, RecentVisitors recent, FreshMarks marks, TimeProvider clock, ILogger<RetentionEnd> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(15), clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await EraseDueAsync(stopping);
                await ForgetServedAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException) { LogLater(log, e.GetType().Name); }
        }
    }

    internal async Task<int> EraseDueAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        Guid[] due;
        await using (var scope = scopes.CreateAsyncScope())
            due = await scope.ServiceProvider.GetRequiredService<ProfileDb>().Visitors.Where(v => v.ExpiresAt <= now).Select(v => v.Id).Take(1000).ToArrayAsync(cancel);
        foreach (var id in due)
        {
            await using var scope = scopes.CreateAsyncScope();
            await EraseVisitor.EraseAsync(scope.ServiceProvider.GetRequiredService<ProfileDb>(), recent, marks, id, now, cancel);
        }
        return due.Length;
    }

    internal async Task ForgetServedAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
        var (erased, taken) = (clock.GetUtcNow() - Submission.RememberedErased, clock.GetUtcNow() - MailTicket.Longest);
        await db.Submissions.Where(s => s.VisitorId == null && s.At <= erased).ExecuteDeleteAsync(cancel);
        await db.MailTickets.Where(t => t.At <= taken).ExecuteDeleteAsync(cancel);
    }

    [LoggerMessage(211, LogLevel.Warning, "Erasing after the retention date is put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);
}
