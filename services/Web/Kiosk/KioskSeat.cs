using System.Security.Cryptography;
using Matchmaking.Contracts.Matching;

namespace Matchmaking.Web.Kiosk;

/// <summary>A kiosk among others, as its cookie and its calls know it: of the screen, never of who stands there.</summary>
/// <param name="Id">Six letters, drawn when the browser was made a kiosk.</param>
/// <param name="Name">Where it stands, as its keepers say; empty: they said nothing.</param>
internal sealed record KioskSeat(string Id, string Name)
{
    public const int LongestName = 40;

    /// <summary>"BCDFHJ.Eingang Nord".</summary>
    public string Written => $"{Id}.{Name}";

    public static KioskSeat New(string? name) => new(RandomNumberGenerator.GetString(VisitorCode.Letters, VisitorCode.Length), Clean(name));

    /// <summary>null: no kiosk's cookie. One of before kiosks had names says "1".</summary>
    public static KioskSeat? Read(string? cookie) => cookie?.Split('.', 2) switch
    {
        ["1"] => new("1", ""),
        [{ Length: > 0 and <= 20 } id, var name] => new(id, Clean(name)),
        _ => null,
    };

    public static string Clean(string? name)
    {
        var plain = new string([.. (name ?? "").Where(c => !char.IsControl(c))]).Trim();
        return plain.Length <= LongestName ? plain : plain[..LongestName];
    }
}
