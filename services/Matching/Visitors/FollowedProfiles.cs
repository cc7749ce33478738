using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Inbox;

namespace Matchmaking.Matching.Visitors;

/// <summary>
/// What most events say, in one statement of PostgreSQL, which is its own transaction: somebody whom we know has answered anew, and comes with a
/// capability that we know. Copy, mark and inbox row, in one round trip with the commit. All other cases are left to the consumer.
/// </summary>
internal static class FollowedProfiles
{
    /// <summary>
    /// The marks are locked first, as an erasure does it, so that of two at the same moment the later one sees the other. A message that the inbox
    /// has already is left out. Of two versions of one visitor only the newer is stored; both count as handled.
    /// </summary>
    private const string Statement = """
        with come as (
            select * from unnest(@message, @id, @fair, @version, @needs, @expires, @hash, @newest) as c(message_id, id, fair_id, version, needs, expires_at, hash, newest)
        ), held as (
            select m.id from visitor_marks m where m.id = any(@id) and m.erased_at is null order by m.id for update
        ), known as (
            select c.* from come c join held h on h.id = c.id join visitors v on v.id = c.id and v.version < c.version join visitor_tokens t on t.hash = c.hash and t.visitor_id = c.id
        ), noted as (
            insert into inbox (consumer, message_id, subject, at) select @consumer, message_id, id, @at from known on conflict do nothing returning message_id
        ), changed as (
            update visitors v set fair_id = k.fair_id, version = k.version, needs = k.needs, expires_at = k.expires_at
            from known k join noted n on n.message_id = k.message_id where v.id = k.id and v.version < k.version and k.newest returning v.id
        ), touched as (
            update visitor_marks m set stamp = m.stamp + 1 from changed c where m.id = c.id
        )
        select message_id from noted
        """;

    /// <returns>The ids of the messages that are handled.</returns>
    public static async Task<HashSet<Guid>> StoreAsync(MatchingDb db, IReadOnlyList<Arrived<VisitorProfileSubmitted>> messages, DateTimeOffset now, CancellationToken cancel)
    {
        var newest = messages.GroupBy(m => m.Message.VisitorId).Select(g => g.MaxBy(m => m.Message.Version).MessageId).ToHashSet();
        return [.. await db.ColumnAsync<Guid>(Statement,
        [
            ("message", Each(m => m.MessageId)), ("id", Each(m => m.Message.VisitorId)), ("fair", Each(m => m.Message.FairId)), ("version", Each(m => m.Message.Version)),
            ("needs", Each(m => JsonSerializer.Serialize(m.Message.Needs with { Contact = null }, JsonSerializerOptions.Web))), ("expires", Each(m => m.Message.ExpiresAt.UtcDateTime)),
            ("hash", Each(m => m.Message.TokenHash)), ("newest", Each(m => newest.Contains(m.MessageId))), ("consumer", nameof(RankVisitorConsumer)), ("at", now.UtcDateTime),
        ], cancel)];

        T[] Each<T>(Func<Arrived<VisitorProfileSubmitted>, T> of) => [.. messages.Select(of)];
    }
}
