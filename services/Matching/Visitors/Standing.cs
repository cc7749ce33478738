using System.Data;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>
/// What the database says of a visitor at this moment, in one round trip along indexes. Whatever one replica remembers of a visitor, this tells
/// whether another has changed it; an erased visitor has none.
/// </summary>
/// <param name="Version">Of our copy of the profile.</param>
/// <param name="Meetings">
/// Sum of the versions of the visitor's meetings: each step of one raises it, and none is deleted while the visitor is here. 0: there never was one.
/// </param>
/// <param name="Shown">The newest version of the profile of which a list was shown; 0: none yet.</param>
/// <param name="Choices">How many offers the visitor bookmarked or took out, and when they last did: another text after each change. Empty: none.</param>
internal sealed record Standing(long Version, long Meetings, long Shown, string Choices)
{
    /// <summary>Asked with every list, hence by hand: composing it anew each time costs more than answering it.</summary>
    private const string Question = """
        select v.version,
            cast((select coalesce(sum(m.version), 0) from meetings m where m.visitor_id = v.id) as bigint),
            (select coalesce(max(l.profile_version), 0) from shown_lists l where l.record_key = v.record_key),
            (select case when count(*) = 0 then '' else cast(count(*) as text) || ' ' || cast(max(c.at) as text) end from offer_choices c where c.visitor_id = v.id)
        from visitors v where v.id = @id
        """;

    public static async Task<Standing?> OfAsync(MatchingDb db, Guid visitorId, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = db.Command(Question, ("id", visitorId));
            await using var row = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancel);
            return await row.ReadAsync(cancel) ? new Standing(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3)) : null;
        }
        finally { await db.Database.CloseConnectionAsync(); }
    }
}
