using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Matchmaking.Contracts.Matching;

/// <summary>
/// A visitor's six letters: what they say or show at a stand to be checked in. They follow from the visitor's id, so they are stored nowhere; they
/// open nothing, and count only among the meetings of the stand that reads them.
/// </summary>
public static class VisitorCode
{
    /// <summary>Without vowels, so that no word comes out of it, and without letters that are taken for others when read or heard (C/G, I/J, M/N, O/Q, U/V, V/W).</summary>
    public const string Letters = "BCDFHJKLMPRSTWXZ";
    public const int Length = 6;
    private const int Bits = 4;

    // What number plates may not bear, for what it stood for, is left out too.
    private static readonly string[] Unwanted = ["SS", "HJ", "KZ", "HH", "KKK", "FCK", "WTF", "FKK", "SDS", "STD", "DKP", "TDT", "SHT", "PSS"];

    public static string Of(Guid visitorId)
    {
        Span<byte> seed = stackalloc byte[17], hash = stackalloc byte[SHA256.HashSizeInBytes];
        visitorId.TryWriteBytes(seed, bigEndian: true, out _);
        for (byte draw = 0; ; draw++)
        {
            seed[16] = draw;
            SHA256.HashData(seed, hash);
            var number = BinaryPrimitives.ReadUInt32BigEndian(hash);
            var code = string.Create(Length, number, static (letters, n) =>
            {
                for (var i = 0; i < letters.Length; i++) letters[i] = Letters[(int)(n >> (i * Bits)) & (Letters.Length - 1)];
            });
            if (IsFine(code)) return code;
        }
    }

    /// <summary>What somebody has typed or a camera has read, in the letters of codes: "bcd-fhj" is BCDFHJ.</summary>
    public static string Read(string? typed) => new([.. (typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterUpper).Take(Length + 1)]);

    public static bool IsFine(string code) => code.All(Letters.Contains) && !Unwanted.Any(code.Contains);
}
