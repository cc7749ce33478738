using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Matchmaking.Notification.Webhooks;

/// <summary>Secrets and signatures as the specification "Standard Webhooks" has them; there are ready libraries that check them.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;
    private readonly IDataProtector _seal = protection.CreateProtector("webhook-secrets");

    /// <returns>The secret as its owner sees it once, and as it is stored.</returns>
    public (string Shown, string Stored) Create()
    {
        var secret = Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
        return (secret, _seal.Protect(secret));
    }

    /// <summary>One signature for each secret that holds now, with blanks between.</summary>
    /// <exception cref="CryptographicException">The keys that sealed the secret are gone.</exception>
    public string Sign(Webhook webhook, string id, DateTimeOffset at, string body)
    {
        var signatures = Signature(_seal.Unprotect(webhook.Secret), id, at, body);
        if (webhook.PreviousSecret is { } previous && webhook.PreviousUntil > at) signatures += " " + Signature(_seal.Unprotect(previous), id, at, body);
        return signatures;
    }

    internal static string Signature(string secret, string id, DateTimeOffset at, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), Encoding.UTF8.GetBytes(signed)));
    }
}
