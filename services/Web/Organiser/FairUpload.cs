using System.Buffers.Text;
using System.IO.Compression;

namespace Matchmaking.Web.Organiser;

/// <summary>
/// The tables of a fair on their way: as chosen, or as the page with the report carries them to the button below it. So nothing has to be kept
/// anywhere between looking and taking over, and what is taken over is what was looked at.
/// </summary>
/// <param name="Files">By the name of the field, as the import calls them.</param>
internal sealed record FairUpload(IReadOnlyDictionary<string, byte[]> Files, string Name)
{
    public static readonly IReadOnlyList<string> Fields = ["exhibitors", "offers", "fair"];

    /// <summary>Of all files together; a fair of a city has a few hundred kilobytes.</summary>
    public const long MaxBytes = 4 * 1024 * 1024;

    public bool HasNeeded => Files.ContainsKey("exhibitors") && Files.ContainsKey("offers");

    public static async Task<FairUpload> ChosenAsync(IFormCollection form, CancellationToken cancel)
    {
        var files = new Dictionary<string, byte[]>();
        foreach (var field in Fields)
        {
            // A browser sends an empty part for a file that was not chosen.
            if (form.Files[field] is not { Length: > 0 } file) continue;
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory, cancel);
            files[field] = memory.ToArray();
        }
        return new FairUpload(files, NameOf(form));
    }

    /// <returns>null: it is not what we wrote, or it is too much.</returns>
    public static FairUpload? Carried(IFormCollection form)
    {
        var files = new Dictionary<string, byte[]>();
        foreach (var field in Fields)
            if (form[field].ToString() is { Length: > 0 } packed)
            {
                if (Unpacked(packed) is not { } bytes) return null;
                files[field] = bytes;
            }
        return files.Values.Sum(f => f.LongLength) > MaxBytes ? null : new FairUpload(files, NameOf(form));
    }

    public static string Packed(byte[] file)
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.SmallestSize)) zip.Write(file);
        return Base64Url.EncodeToString(memory.ToArray());
    }

    private static byte[]? Unpacked(string packed)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(Base64Url.DecodeFromChars(packed)), CompressionMode.Decompress);
            var buffer = new byte[MaxBytes + 1];
            var read = zip.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return read > MaxBytes ? null : buffer[..read];
        }
        catch (Exception e) when (e is FormatException or InvalidDataException) { return null; }
    }

    private static string NameOf(IFormCollection form) => form["name"].ToString().Trim() is var name && name.Length <= 60 ? name : "";
}
