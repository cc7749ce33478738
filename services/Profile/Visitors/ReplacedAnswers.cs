using System.Text.Json;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Outbox;

namespace Matchmaking.Profile.Visitors;

/// <summary>Replaced answers and their outbox rows in one statement of PostgreSQL, which is its own transaction: one round trip, the commit included.</summary>
internal static class ReplacedAnswers
{
    /// <summary>
    /// Locked first, then counted: the rows are changed only if all of them still stand at the versions that were replaced. Nothing is announced
    /// without its change, because both hang on the same count. Sorted, so that two who lock the same rows do not wait for each other.
    /// </summary>
    private const string Statement = $"""
        with wanted as (
            select * from unnest(@id, @was, @version, @needs, @email, @phone) as w(id, was, version, needs, email, phone)
        ), held as (
            select v.id from visitors v join wanted w on w.id = v.id and w.was = v.version order by v.id for update of v
        ), complete as (
            select count(*) = @count as all_held from held
        ), changed as (
            update visitors v set version = w.version, needs = w.needs, email = w.email, phone = w.phone
            from wanted w where w.id = v.id and w.was = v.version and (select all_held from complete) returning v.id
        ), announced as (
            {OutboxMessage.Insert} where (select all_held from complete) returning 1
        )
        select id from changed
        """;

    /// <param name="visitors">As they are to be, each with the version that it replaces.</param>
    /// <returns>False where another was quicker with one of them: then nothing was stored.</returns>
    public static async Task<bool> StoreAsync(ProfileDb db, IReadOnlyCollection<(Visitor Visitor, long Was)> visitors, IReadOnlyCollection<OutboxMessage> announced)
    {
        var changed = await db.ColumnAsync<Guid>(Statement,
        [
            ("id", visitors.Select(v => v.Visitor.Id).ToArray()), ("was", visitors.Select(v => v.Was).ToArray()), ("version", visitors.Select(v => v.Visitor.Version).ToArray()),
            ("needs", visitors.Select(v => JsonSerializer.Serialize(v.Visitor.Needs, JsonSerializerOptions.Web)).ToArray()),
            ("email", visitors.Select(v => v.Visitor.Email).ToArray()), ("phone", visitors.Select(v => v.Visitor.Phone).ToArray()), ("count", (long)visitors.Count),
            .. OutboxMessage.Parameters(announced),
        ], CancellationToken.None);
        return changed.Count == visitors.Count;
    }
}
