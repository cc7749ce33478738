using System.Security.Cryptography;
using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Meetings;

/// <summary>What a visitor shows or says at the table: three letters, unique among a stand's meetings.</summary>
internal static class MeetingCode
{
    public static string Draw()
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetString(VisitorCode.Letters, 3);
            if (IsFine(code)) return code;
        }
    }

    internal static bool IsFine(string code) => code.Length == 3 && VisitorCode.IsFine(code);
}
