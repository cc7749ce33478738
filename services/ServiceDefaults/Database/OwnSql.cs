using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>
/// Statements written by hand, for the few that are run so often that composing them costs more than running them. On PostgreSQL a statement
/// without a transaction around it is one of its own: its commit needs no further round trip.
/// </summary>
public static class OwnSql
{
    /// <param name="parameters">Named @name in the text.</param>
    public static DbCommand Command(this DbContext db, string text, params IEnumerable<(string Name, object Value)> parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <returns>The first column of all rows.</returns>
    public static async Task<List<T>> ColumnAsync<T>(this DbContext db, string text, IEnumerable<(string Name, object Value)> parameters, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = db.Command(text, parameters);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            var column = new List<T>();
            while (await rows.ReadAsync(cancel)) column.Add(await rows.GetFieldValueAsync<T>(0, cancel));
            return column;
        }
        finally { await db.Database.CloseConnectionAsync(); }
    }
}
