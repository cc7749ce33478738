using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Ranking;

/// <summary>Why a model cannot be read, as problem codes.</summary>
internal static class ModelFaults
{
    public const string Damaged = "model-damaged", Format = "model-format", OtherFeatures = "model-features", Numbers = "model-numbers", Trees = "model-trees";

    /// <summary>Its row is gone.</summary>
    public const string Missing = "model-missing";

    public static readonly string[] OfFiles = [Damaged, Format, OtherFeatures, Numbers, Trees];
}

/// <summary>
/// A learned ranking as it is kept and handed on: two forests over <see cref="Features.All"/>, how their outputs become one score, and from what it was
/// learned. As bytes: "LMDL", the format's number, a head in JSON (with <see cref="Features.Fingerprint"/>), the forests, and SHA-256 of all before.
/// </summary>
/// <param name="Version">Unique among models: small letters, digits, points and strokes, at most <see cref="LongestVersion"/>.</param>
/// <param name="Report">How it did against what ranked when it was trained.</param>
internal sealed record LearnedModel(string Version, Forest Usefulness, Forest Acceptance, LearnedScore Score, TrainingFacts Facts, ModelReport Report)
{
    public const int MostBytes = 8 * 1024 * 1024, LongestVersion = 60;

    private const ushort FormatNow = 1;
    private const int Start = sizeof(uint) + sizeof(ushort);
    private static ReadOnlySpan<byte> Sign => "LMDL"u8;

    private sealed record Head(string Fingerprint, string Version, LearnedScore Score, TrainingFacts Facts, ModelReport Report);

    public static bool IsVersion(string? version) =>
        version is { Length: > 0 and <= LongestVersion } && version.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '-') && version != Baseline.RankedBy.Kind;

    /// <summary>Whether a list that was shown then may be among those it has learned from.</summary>
    public bool MayKnow(DateTimeOffset shown) => shown <= Facts.To;

    public byte[] Write()
    {
        using var memory = new MemoryStream();
        using var to = new BinaryWriter(memory, Encoding.UTF8);
        to.Write(Sign);
        to.Write(FormatNow);
        var head = JsonSerializer.SerializeToUtf8Bytes(new Head(Features.Fingerprint, Version, Score, Facts, Report), JsonSerializerOptions.Web);
        to.Write(head.Length);
        to.Write(head);
        ForestBytes.Write(to, Usefulness);
        ForestBytes.Write(to, Acceptance);
        to.Flush();
        to.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        to.Flush();
        return memory.ToArray();
    }

    /// <returns>The model, or a code of <see cref="ModelFaults"/>.</returns>
    public static (LearnedModel? Model, string? Fault) Read(byte[] file)
    {
        var end = file.Length - SHA256.HashSizeInBytes;
        if (end < Start || file.Length > MostBytes || !file.AsSpan(0, Sign.Length).SequenceEqual(Sign)) return (null, ModelFaults.Damaged);
        // Before the sum: another format may have another one.
        if (BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(Sign.Length)) != FormatNow) return (null, ModelFaults.Format);
        if (!SHA256.HashData(file.AsSpan(0, end)).AsSpan().SequenceEqual(file.AsSpan(end))) return (null, ModelFaults.Damaged);
        try
        {
            using var from = new BinaryReader(new MemoryStream(file, Start, end - Start));
            var length = from.ReadInt32();
            if (length > end || JsonSerializer.Deserialize<Head>(from.ReadBytes(length), JsonSerializerOptions.Web) is not { } head) return (null, ModelFaults.Damaged);
            if (head.Fingerprint != Features.Fingerprint) return (null, ModelFaults.OtherFeatures);
            if (head.Score is null || head.Facts is null || head.Report is null || !IsVersion(head.Version)) return (null, ModelFaults.Damaged);
            if (head.Score is not { Slope: > 0 and < double.PositiveInfinity, Scale: > 0 and < double.PositiveInfinity } || !double.IsFinite(head.Score.Offset)) return (null, ModelFaults.Numbers);
            var (usefulness, acceptance) = (ForestBytes.Read(from, Features.All.Count), ForestBytes.Read(from, Features.All.Count));
            return from.BaseStream.Position < from.BaseStream.Length
                ? (null, ModelFaults.Damaged)
                : (new LearnedModel(head.Version, usefulness, acceptance, head.Score, head.Facts, head.Report), null);
        }
        catch (NotFiniteNumberException) { return (null, ModelFaults.Numbers); }
        catch (InvalidDataException) { return (null, ModelFaults.Trees); }
        catch (Exception e) when (e is EndOfStreamException or JsonException or FormatException or ArgumentException) { return (null, ModelFaults.Damaged); }
    }
}
