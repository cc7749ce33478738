using System.Security.Cryptography;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.Web.Clients;
using Microsoft.AspNetCore.DataProtection;

namespace Matchmaking.Web.Kiosk;

/// <summary>
/// One-time codes that bring a visitor's list from a kiosk to a phone: eight of the sixteen letters of <see cref="VisitorCode"/>, ten minutes, good once.
/// <para>
/// Guessing: of 16^8 = 4.3e9 codes some 3.8e9 are left without unwanted words. Suppose 50 wait at any time, more than a fair has kiosks: a try hits one
/// with a chance of 50 / 3.8e9 = 1.3e-8. An address may be wrong 30 times in ten minutes: in the five hours of a fair 900 tries, 1 in 84,000 that they hit
/// anybody's. All addresses together may be wrong 1,000 times in ten minutes: 30,000 tries, 1 in 2,500 for a whole fair under attack by many machines. What
/// would be found is one list without a name. Right ones are not counted, so the limit stops nobody behind a shared address (a fair's network, an ingress
/// that does not say whom it serves) unless thirty people there mistype within ten minutes.
/// </para>
/// </summary>
internal sealed class HandoffCodes(SharedNotes notes, IDataProtectionProvider protection, TimeProvider clock)
{
    public const int Length = 8, WrongPerAddress = 30, WrongAltogether = 1000;
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly IDataProtector seal = protection.CreateProtector("handoff");

    /// <returns>null: the shared cache is away.</returns>
    public async Task<HandoffCode?> Make(VisitorPass pass)
    {
        while (true)
        {
            var made = new HandoffCode(NewCode(), clock.GetUtcNow() + Life);
            switch (await notes.AddAsync(Key(made.Code), seal.Protect(JsonSerializer.Serialize(new Opens(pass, made.Until))), Life))
            {
                case true: return made;
                case null: return null;
            }
        }
    }

    /// <summary>Whose list a code opens, without spending it.</summary>
    public async Task<(bool Reachable, VisitorPass? Pass)> Look(string code) => Open(code.Length == Length ? await notes.ReadAsync(Key(code)) : (true, null));

    /// <summary>Of all who spend a code at once, over all replicas, one gets what it opens.</summary>
    public async Task<(bool Reachable, VisitorPass? Pass)> Spend(string code) => Open(code.Length == Length ? await notes.TakeAsync(Key(code)) : (true, null));

    /// <summary>Taken before a code is looked at, so that tries at the same moment are counted too; given back by <see cref="WasRight"/>.</summary>
    /// <returns>False: too many wrong ones; null: the shared cache is away, and no code could be looked up anyway.</returns>
    public async Task<bool?> MayTry(string address)
    {
        var (own, all) = (await Count(address, 1), await Count("all", 1));
        return own is null || all is null ? null : own <= WrongPerAddress && all <= WrongAltogether;
    }

    public async Task WasRight(string address) => _ = (await Count(address, -1), await Count("all", -1));

    /// <summary>What somebody has typed or a camera has read: "bcdf-hjkl" is BCDFHJKL. What is longer is none.</summary>
    public static string Read(string? typed) => typed is { Length: < 100 } ? new([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterUpper)]) : "";

    private Task<long?> Count(string of, int by) => notes.CountAsync($"handoff-tries:{of}", by, Life);

    private (bool, VisitorPass?) Open((bool Reachable, string? Text) found)
    {
        if (found.Text is null) return (found.Reachable, null);
        try
        {
            return (true, JsonSerializer.Deserialize<Opens>(seal.Unprotect(found.Text)) is { } opens && opens.Until > clock.GetUtcNow() ? opens.Pass : null);
        }
        catch (CryptographicException)
        {
            return (true, null); // Of another key ring: as if it were not there.
        }
    }

    private static string NewCode()
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetString(VisitorCode.Letters, Length);
            if (VisitorCode.IsFine(code)) return code;
        }
    }

    private static string Key(string code) => $"handoff:{code}";

    private sealed record Opens(VisitorPass Pass, DateTimeOffset Until);
}

/// <param name="Code">Eight letters.</param>
/// <param name="Until">Then it is worth nothing, spent or not.</param>
public sealed record HandoffCode(string Code, DateTimeOffset Until)
{
    /// <summary>"BCDF HJKL": as it is read and typed.</summary>
    public string Spoken => $"{Code[..4]} {Code[4..]}";
}
