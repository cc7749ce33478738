using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Web.Components;

/// <summary>The files of wwwroot, held in memory, each under a name with its hash that may be kept for ever.</summary>
internal sealed class Assets
{
    private readonly FrozenDictionary<string, Asset> files = typeof(Assets).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("wwwroot/", StringComparison.Ordinal))
        .Select(n => Read(n)).ToFrozenDictionary(a => a.Name);

    public string Url(string name) => $"/{name}?v={files[name].Tag}";

    public IEnumerable<Asset> All => files.Values;

    private static Asset Read(string resource)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var name = resource["wwwroot/".Length..];
        var type = Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".webmanifest" => "application/manifest+json",
            _ => "text/plain; charset=utf-8",
        };
        return new(name, type, bytes, Packed(type, bytes), Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]);
    }

    /// <summary>As small as it gets, once at the start; null: it is none the smaller for it.</summary>
    private static byte[]? Packed(string type, byte[] bytes)
    {
        if (type == "image/png") return null;
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(bytes);
        return packed.Length < bytes.Length ? packed.ToArray() : null;
    }

    internal sealed record Asset(string Name, string Type, byte[] Bytes, byte[]? Brotli, string Tag);
}

internal static class AssetRoutes
{
    public static void MapAssets(this WebApplication app)
    {
        var assets = app.Services.GetRequiredService<Assets>();
        foreach (var asset in assets.All)
        {
            app.MapMethods($"/{asset.Name}", ["GET", "HEAD"], (HttpContext context) =>
            {
                context.Response.Headers.CacheControl =
                    context.Request.Query["v"] == asset.Tag ? "public, max-age=31536000, immutable" : "no-cache";
                context.Response.Headers.Vary = "Accept-Encoding";
                if (asset.Brotli is null || !Takes(context.Request.Headers.AcceptEncoding, "br"))
                    return TypedResults.Bytes(asset.Bytes, asset.Type, entityTag: new EntityTagHeaderValue($"\"{asset.Tag}\""));
                context.Response.Headers.ContentEncoding = "br";
                return TypedResults.Bytes(asset.Brotli, asset.Type, entityTag: new EntityTagHeaderValue($"\"{asset.Tag}-br\""));
            }).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static bool Takes(Microsoft.Extensions.Primitives.StringValues header, string coding) =>
        StringWithQualityHeaderValue.TryParseList(header, out var codings) && codings.Any(c => c.Value == coding && c.Quality is not 0);
}
