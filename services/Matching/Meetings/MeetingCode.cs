using System.Security.Cryptography;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// What a visitor shows or says at the table: three letters. Without vowels, so that no word comes out of it, and without letters that are
/// taken for others when read or heard (C/G, I/J, M/N, O/Q, U/V, V/W). What number plates may not bear, for what it stood for, is left out too.
/// </summary>
internal static class MeetingCode
{
    private const string Letters = "BCDFHJKLMPRSTWXZ";
    private static readonly string[] Unwanted = ["SS", "HJ", "KZ", "HH", "KKK", "FCK", "WTF", "FKK", "SDS", "STD", "DKP", "TDT", "SHT", "PSS"];

    public static string Draw()
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetString(Letters, 3);
            if (IsFine(code)) return code;
        }
    }

    internal static bool IsFine(string code) => code.Length == 3 && code.All(Letters.Contains) && !Unwanted.Any(code.Contains);
}
