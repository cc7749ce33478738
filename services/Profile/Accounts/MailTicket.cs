using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Accounts;

/// <summary>
/// One of a few mails of a kind that an address may get in a span of time, because anybody can make us write to anybody. The tickets of an address
/// are numbered; who asks takes the one that lies longest. Two who take the same one at once meet at the key or at the stamp, and one looks again.
/// </summary>
internal sealed class MailTicket
{
    public const string SignIn = "sign-in", ListReady = "list-ready";

    /// <summary>The longest span of all kinds: older tickets say nothing any more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>By the service's secret: from the row nobody learns the address.</summary>
    public required string AddressHash { get; init; }
    public required string Purpose { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }
    public DateTimeOffset At { get; set; }

    /// <summary>The notice it was taken for: trying the same one again takes no second ticket.</summary>
    public Guid Cause { get; set; }

    /// <summary>Takes a ticket within the caller's save, which has to be tried again where <see cref="IsTaken"/>.</summary>
    /// <returns>False: none is left.</returns>
    public static async Task<bool> TakeAsync(
        ProfileDb db, Seal seal, string email, string purpose, int most, TimeSpan span, Guid cause, DateTimeOffset now, CancellationToken cancel)
    {
        var hash = seal.HexOf("mail address", email.ToLowerInvariant());
        var tickets = await db.MailTickets.Where(t => t.AddressHash == hash && t.Purpose == purpose).OrderBy(t => t.Number).ToListAsync(cancel);
        if (tickets.Exists(t => t.Cause == cause && now - t.At < span)) return true;
        if (tickets.MinBy(t => t.At) is { } oldest && now - oldest.At >= span)
        {
            (oldest.At, oldest.Cause) = (now, cause);
            return true;
        }
        if (tickets.Count >= most) return false;
        var number = Enumerable.Range(1, most).Except(tickets.Select(t => t.Number)).First();
        db.MailTickets.Add(new MailTicket { AddressHash = hash, Purpose = purpose, Number = number, At = now, Cause = cause });
        return true;
    }

    /// <summary>Somebody else took the same ticket at the same moment.</summary>
    public static bool IsTaken(DbUpdateException e) =>
        e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e)?.Contains("mail_tickets", StringComparison.Ordinal) == true;
}
