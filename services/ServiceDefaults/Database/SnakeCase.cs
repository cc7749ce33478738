using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.ServiceDefaults.Database;

public static partial class SnakeCase
{
    /// <summary>Names columns that have no name of their own in snake_case, so that PostgreSQL needs no quotes.</summary>
    public static void UseSnakeCase(this ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            if (property.GetColumnName() == property.Name) property.SetColumnName(Of(property.Name));
    }

    /// <summary>"ExpiresAt" as "expires_at".</summary>
    public static string Of(string name) => Hump().Replace(name, "$1_$2").ToLowerInvariant();

    [GeneratedRegex("([a-z0-9])([A-Z])")]
    private static partial Regex Hump();
}
