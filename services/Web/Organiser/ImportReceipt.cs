using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Matchmaking.Web.Organiser;

/// <summary>What has just been taken over, on its way to the page that says so: sealed, because anybody can write numbers into an address.</summary>
/// <param name="WaitsFor">Name of the fair that stays the current one; null: this one is, or was already.</param>
internal sealed record ImportReceipt(int Exhibitors, int Offers, int Skipped, DateTimeOffset At, string? WaitsFor = null)
{
    /// <summary>Loaded again a little later the page still says it; the next day it is no news.</summary>
    private static readonly TimeSpan News = TimeSpan.FromMinutes(10);

    public string Sealed(IDataProtectionProvider protection) => Seal(protection).Protect(JsonSerializer.Serialize(this));

    public static ImportReceipt? Open(IDataProtectionProvider protection, string? text, DateTimeOffset now)
    {
        if (text is not { Length: > 0 }) return null;
        try { return JsonSerializer.Deserialize<ImportReceipt>(Seal(protection).Unprotect(text)) is { } receipt && now - receipt.At < News ? receipt : null; }
        catch (Exception e) when (e is CryptographicException or JsonException) { return null; }
    }

    private static IDataProtector Seal(IDataProtectionProvider protection) => protection.CreateProtector("import");
}
