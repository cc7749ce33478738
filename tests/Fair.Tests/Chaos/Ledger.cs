using System.Collections.Concurrent;
using Matchmaking.Contracts.Matching;
using Matchmaking.Fair.Tests.Fairs;
using Npgsql;

namespace Matchmaking.Fair.Tests.Chaos;

/// <summary>What the fair has acknowledged to its callers. Against it everything is compared that the databases and the mailboxes hold.</summary>
internal sealed class Ledger
{
    /// <summary>By id, the address they gave or null.</summary>
    public ConcurrentDictionary<Guid, string?> Visitors { get; } = new();
    public ConcurrentDictionary<Guid, Meeting> Meetings { get; } = new();

    /// <summary>Profiles whose answer got lost on the way: they may be there or not.</summary>
    public int Unanswered;

    /// <summary>All that is lost or doubled, one line each; empty: 0 lost, 0 doubled.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(DeployedFair fair)
    {
        var found = new List<string>();
        await using var profile = NpgsqlDataSource.Create(fair.Databases["profile"]);
        await using var matching = NpgsqlDataSource.Create(fair.Databases["matching"]);
        await using var notification = NpgsqlDataSource.Create(fair.Databases["notification"]);

        // Every profile in all three services, at its version; and none that nobody was told of.
        var stored = (await Table.ReadAsync(profile, "select id from visitors", r => r.GetGuid(0))).ToHashSet();
        Missing("Profile", "visitor", Visitors.Keys.Except(stored));
        if (stored.Except(Visitors.Keys).Count() is var more && more > Unanswered) found.Add($"Profile has {more} visitors more than were acknowledged, and {Unanswered} answers were lost");
        foreach (var (name, database) in new[] { ("Matching", matching), ("Notification", notification) })
        {
            var copies = await Table.ReadAsync(database, "select id, version from visitors", r => (Id: r.GetGuid(0), Version: r.GetInt64(1)));
            Missing(name, "visitor", Visitors.Keys.Except(copies.Where(c => c.Version == 1).Select(c => c.Id)));
            Doubled(name, "visitor", copies.Select(c => c.Id));
            if (copies.Select(c => c.Id).Except(stored).Any()) found.Add($"{name} knows visitors that Profile does not");
        }

        // Ranked once a version.
        var ranked = await Table.ReadAsync(matching, "select subject from outbox where type like '%.MatchesRanked'", r => r.GetGuid(0));
        Missing("Matching", "ranking", Visitors.Keys.Except(ranked));
        Doubled("Matching", "ranking", ranked);

        // Every meeting once, and one mail about it to its stand; one mail that the list is ready to whoever gave an address.
        var booked = await Table.ReadAsync(matching, "select id from meetings", r => r.GetGuid(0));
        Missing("Matching", "meeting", Meetings.Keys.Except(booked));
        foreach (var _ in booked.Except(Meetings.Keys)) found.Add("Matching has a meeting that was never acknowledged");
        var mails = await fair.MailsAsync();
        var invitations = mails.Select(m => (m.To, Entry.Of(m))).Where(m => m.Item2 is not null).Select(m => (m.To, m.Item2!.Uid)).ToList();
        foreach (var meeting in Meetings.Values)
            Once($"mail to the stand about meeting {meeting.Id}", invitations.Count(m => m.Uid == Entry.UidOf(meeting) && m.To == DemoFair.AddressOfName(meeting.Exhibitor)));
        foreach (var (id, email) in Visitors.Where(v => v.Value is not null))
            Once($"mail to visitor {id} about the list", mails.Count(m => m.To == email));

        foreach (var (name, database) in new[] { ("Profile", profile), ("Matching", matching), ("Notification", notification) })
        {
            if (await Table.CountAsync(database, "outbox where sent_at is null") is > 0 and var waiting) found.Add($"{name}: {waiting} rows of the outbox were not sent");
            if (await Table.CountAsync(database, "outbox where dead_at is not null") is > 0 and var dead) found.Add($"{name}: {dead} rows of the outbox are dead");
            if (await Table.CountAsync(database, "quarantine") is > 0 and var kept) found.Add($"{name}: {kept} messages in quarantine");
        }
        if (await Table.CountAsync(notification, "notices where result <> 'sent'") is > 0 and var unsent) found.Add($"Notification: {unsent} notices were not sent");
        return found;

        void Missing(string where, string what, IEnumerable<Guid> ids)
        {
            foreach (var id in ids) found.Add($"lost: {where} has no {what} {id}");
        }

        void Doubled(string where, string what, IEnumerable<Guid> ids)
        {
            foreach (var id in ids.GroupBy(i => i).Where(g => g.Count() > 1)) found.Add($"doubled: {where} has {id.Count()} of {what} {id.Key}");
        }

        void Once(string what, int count)
        {
            if (count != 1) found.Add($"{(count == 0 ? "lost" : "doubled")}: {count} times {what}");
        }
    }
}

internal static class Table
{
    public static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> row)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }

    public static async Task<long> CountAsync(NpgsqlDataSource database, string table) => (await ReadAsync(database, "select count(*) from " + table, r => r.GetInt64(0)))[0];
}
