using System.Buffers.Text;
using System.Security.Cryptography;
using Matchmaking.Contracts.Profile;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Claims = Matchmaking.ServiceDefaults.Auth.Claims;
using Roles = Matchmaking.ServiceDefaults.Auth.Roles;

namespace Matchmaking.Profile.Accounts;

/// <summary>
/// The ES256 keys of staff tokens, kept in the database so that replicas and restarts share them. A new key signs after ninety days; older
/// ones stay published until the last token they signed has run out.
/// </summary>
internal sealed class SigningKeys(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15), AnswerLifetime = TimeSpan.FromDays(2);
    private readonly SemaphoreSlim _gate = new(1);
    private IReadOnlyList<SigningKey> _keys = [];

    // Another replica may have made a key too, at the same first start.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private DateTimeOffset _lookedAt;

    /// <summary>A token of the session, which ends with it at the latest.</summary>
    public async Task<StaffToken> IssueAsync(StaffSession session, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var expires = now + TokenLifetime < session.EndsAt ? now + TokenLifetime : session.EndsAt;
        var claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = session.Subject, [Claims.Role] = session.Role };
        if (session.ExhibitorId is { } id) claims[Claims.Exhibitor] = id.ToString();
        return new StaffToken(await SignAsync(claims, now, expires, cancel), expires, session.Role, session.ExhibitorId, null, session.EndsAt);
    }

    /// <summary>The right to see one meeting and to answer it, for the link in the mail about its request.</summary>
    /// <param name="until">When the request runs out; two days from now at the latest.</param>
    public Task<string> IssueAnswerAsync(Guid exhibitorId, Guid meetingId, DateTimeOffset until, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return SignAsync(new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = "mail",
            [Claims.Role] = Roles.Answerer,
            [Claims.Exhibitor] = exhibitorId.ToString(),
            [Claims.Meeting] = meetingId.ToString(),
        }, now, until < now + AnswerLifetime ? until : now + AnswerLifetime, cancel);
    }

    private async Task<string> SignAsync(Dictionary<string, object> claims, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancel)
    {
        var key = (await CurrentAsync(cancel))[0];
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.PrivateKey, out _);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Claims.Issuer,
            Audience = Claims.Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(ecdsa) { KeyId = key.Id, CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>The public halves, as a JSON Web Key Set.</summary>
    public async Task<object> PublicAsync(CancellationToken cancel) => new { keys = (await CurrentAsync(cancel)).Select(Public).ToArray() };

    private static object Public(SigningKey key)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.PrivateKey, out _);
        var point = ecdsa.ExportParameters(false).Q;
        return new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = key.Id, x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) };
    }

    /// <summary>All keys that count, newest first; makes the first one, and the next when the newest has grown old.</summary>
    private async Task<IReadOnlyList<SigningKey>> CurrentAsync(CancellationToken cancel)
    {
        if (IsKnown()) return _keys;
        await _gate.WaitAsync(cancel);
        try
        {
            if (IsKnown()) return _keys;
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
            var oldest = clock.GetUtcNow() - Lifetime - AnswerLifetime;
            var keys = await db.SigningKeys.AsNoTracking().Where(k => k.CreatedAt > oldest).OrderByDescending(k => k.CreatedAt).ToListAsync(cancel);
            if (!IsFresh(keys))
            {
                using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var key = new SigningKey { Id = Guid.CreateVersion7().ToString("n"), PrivateKey = ecdsa.ExportPkcs8PrivateKey(), CreatedAt = clock.GetUtcNow() };
                db.SigningKeys.Add(key);
                await db.SaveChangesAsync(cancel);
                keys.Insert(0, key);
            }
            _lookedAt = clock.GetUtcNow();
            return _keys = keys;
        }
        finally { _gate.Release(); }
    }

    private bool IsKnown() => IsFresh(_keys) && clock.GetUtcNow() - _lookedAt < LookAgain;

    private bool IsFresh(IReadOnlyList<SigningKey> keys) => keys.Count > 0 && clock.GetUtcNow() - keys[0].CreatedAt < Lifetime;
}

internal static class PublishKeys
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/.well-known/jwks.json", async (SigningKeys keys, CancellationToken cancel) => TypedResults.Ok(await keys.PublicAsync(cancel)))
            .WithTags("Accounts").WithSummary("Keys by which staff tokens are checked").AllowAnonymous();
}
