using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Waiting;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>Requests that nobody answered, and proposals that nobody chose from, end in time; their seats are free again. Old answers to keys go too.</summary>
internal sealed partial class ExpireMeetings(IServiceScopeFactory scopes, PublishedCatalogues catalogues, FreedSeats freed, TimeProvider clock, ILogger<ExpireMeetings> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15), AnswersKept = TimeSpan.FromDays(2);

    /// <summary>Longer than a request takes that read the catalogue before the one that came meanwhile.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (true)
        {
            // No ticks to be caught up with after a leap of the clock.
            await Task.Delay(Every, clock, stopping).ConfigureAwait(false);
            try
            {
                await ExpireDueAsync(stopping);
                await CallOffLateAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (Refusals.IsOutage(e)) LogLater(log, e.GetType().Name);
                else LogFailed(log, e);
            }
        }
    }

    /// <returns>How many expired.</returns>
    internal async Task<int> ExpireDueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        var now = clock.GetUtcNow();
        var forgotten = now - AnswersKept;
        if (await db.KeptAnswers.AnyAsync(a => a.At < forgotten, cancel)) await db.KeptAnswers.Where(a => a.At < forgotten).ExecuteDeleteAsync(cancel);
        var due = await db.Bookings.Where(b => b.ExpiresAt <= now).OrderBy(b => b.ExpiresAt).Select(b => b.Id).Take(AtOnce).ToListAsync(cancel);
        var expired = 0;
        foreach (var id in due)
        {
            db.ChangeTracker.Clear();
            var booking = await db.Bookings.WithCells().SingleOrDefaultAsync(b => b.Id == id, cancel);
            if (booking is null) continue;
            var was = booking.Status;
            if (booking.Expire(now) is not null) continue;
            var facts = MeetingTexts.Facts(booking, await catalogues.OfferAsync(booking.OfferId, cancel), await db.Visitors.FindAsync([booking.VisitorId], cancel));
            db.Announce(new MeetingExpired(facts, now, was), booking.VisitorId, booking.Version);
            try
            {
                await db.SaveChangesAsync(cancel);
                expired++;
            }
            catch (DbUpdateConcurrencyException) { } // Answered at the last moment, or another replica was faster.
        }
        if (expired > 0) freed.Look();
        return expired;
    }

    /// <summary>Requests that were stored by the former catalogue in the very moment in which the present one came, and that it does not know: called off as those before them.</summary>
    internal async Task CallOffLateAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        var now = clock.GetUtcNow();
        var since = now - UnderWay;
        foreach (var body in await db.Catalogues.Where(c => c.At > since).Select(c => c.Body).ToListAsync(cancel))
        {
            db.ChangeTracker.Clear();
            var freedNow = await MovedFair.CallOffAsync(db, catalogues, JsonSerializer.Deserialize<CataloguePublished>(body, JsonSerializerOptions.Web)!, now, cancel);
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateConcurrencyException) { continue; } // Answered at this moment, or another replica was faster: looked at again.
            if (freedNow.Count > 0) freed.Look();
        }
    }

    [LoggerMessage(301, LogLevel.Warning, "Expiry of meetings put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(302, LogLevel.Error, "Expiry of meetings failed; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception e);
}
