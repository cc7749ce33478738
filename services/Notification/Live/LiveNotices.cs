using System.Collections.Concurrent;
using System.Threading.Channels;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Live;

/// <summary>
/// Who listens for notices here, and one loop that asks the database for all of them: a query a second, however many listen, and none while nobody does.
/// It finds what any replica wrote. Ids do not come in order from several writers, so each look goes back over the last seconds, and a stream that has
/// had a notice is not given it again.
/// </summary>
internal sealed partial class LiveNotices(
    IServiceScopeFactory scopes, NoticeBell bell, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<LiveNotices> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a transaction takes from the moment that stands in its row.</summary>
    private static readonly TimeSpan LookedBack = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Side, Guid Id), ConcurrentDictionary<LiveStream, byte>> _streams = new();
    private int _open;

    public int Open => Volatile.Read(ref _open);

    /// <param name="had">What the reader has already.</param>
    /// <returns>null: as many are open as may be, in all or for this caller.</returns>
    public LiveStream? Join(Recipient caller, IEnumerable<Guid> had)
    {
        if (Interlocked.Increment(ref _open) > options.Value.LiveStreams)
        {
            Interlocked.Decrement(ref _open);
            return null;
        }
        var stream = new LiveStream(had);
        var own = _streams.GetOrAdd((caller.Side, caller.Id), _ => new());
        own[stream] = 0;
        if (own.Count <= options.Value.LiveStreamsEach) return stream;
        Leave(caller, stream);
        return null;
    }

    public void Leave(Recipient caller, LiveStream stream)
    {
        if (_streams.TryGetValue((caller.Side, caller.Id), out var own) && own.TryRemove(stream, out _)) Interlocked.Decrement(ref _open);
    }

    /// <summary>What came since the notice that the caller saw last, oldest first; nothing where it is not known any more.</summary>
    public async Task<IReadOnlyList<Notice>> SinceAsync(Recipient caller, Guid last, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var own = db.Notices.AsNoTracking().Where(n => n.RecipientSide == caller.Side && n.RecipientId == caller.Id && !NoticeKinds.ForCalendars.Contains(n.Kind));
        if (await own.Where(n => n.Id == last).Select(n => (DateTimeOffset?)n.CreatedAt).SingleOrDefaultAsync(cancel) is not { } seen) return [];
        var from = seen - LookedBack;
        var rows = await own.Where(n => n.CreatedAt >= from && n.Id != last).OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).Take(ListNotices.Most).ToListAsync(cancel);
        return [.. rows.Where(n => n.CreatedAt > seen || (n.CreatedAt == seen && n.Id.CompareTo(last) > 0)).Select(n => n.View())];
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var heard = new SemaphoreSlim(0, 1);
        bell.Rung += () => { if (heard.CurrentCount == 0) try { heard.Release(); } catch (SemaphoreFullException) { } };
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (Open > 0) await LookAsync(stopping);
                await heard.WaitAsync(Pause, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                LogLater(log, e.GetType().Name);
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var from = clock.GetUtcNow() - LookedBack;
        var rows = await db.Notices.AsNoTracking().Where(n => n.CreatedAt >= from && n.RecipientSide != Sides.Account && !NoticeKinds.ForCalendars.Contains(n.Kind)).OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).ToListAsync(cancel);
        foreach (var row in rows)
            if (_streams.TryGetValue((row.RecipientSide, row.RecipientId), out var own))
                foreach (var stream in own.Keys) stream.Offer(row.View());
    }

    [LoggerMessage(304, LogLevel.Warning, "Live notices put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);
}

/// <summary>One open stream. A reader that is too slow loses the oldest, and finds them when the page is loaded anew.</summary>
internal sealed class LiveStream(IEnumerable<Guid> had)
{
    private const int MostWaiting = 100;
    private readonly Channel<Notice> _waiting = Channel.CreateBounded<Notice>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly HashSet<Guid> _given = [.. had];

    /// <summary>Gives a notice to the stream, once.</summary>
    public void Offer(Notice notice)
    {
        lock (_given)
            if (!_given.Add(notice.Id)) return;
        _waiting.Writer.TryWrite(notice);
    }

    public ValueTask<Notice> ReadAsync(CancellationToken cancel) => _waiting.Reader.ReadAsync(cancel);

    public bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Notice? notice) => _waiting.Reader.TryRead(out notice);
}
