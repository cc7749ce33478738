using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>SQLite leaves deleted rows readable in the file unless told otherwise: erased means overwritten.</summary>
internal sealed class OverwriteErased : DbConnectionInterceptor
{
    public static readonly OverwriteErased Instance = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tell(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(connection);
        return Task.CompletedTask;
    }

    private static void Tell(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "pragma secure_delete = on";
        command.ExecuteNonQuery();
    }
}
