using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Profile.Import;

/// <summary>The text of a spreadsheet's file: UTF-8, what Excel calls "Unicode text" (UTF-16 with a mark), or Windows-1252 of a Western Excel.</summary>
internal static partial class FileText
{
    // In Windows-1252 these bytes are nothing, and are read as control characters.
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <returns>False where it cannot be told how the text is written: then it is good enough to look at the header, and no more.</returns>
    public static bool TryDecode(byte[] bytes, out string text)
    {
        if (bytes is [0xFF, 0xFE, ..])
        {
            text = Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
            return true;
        }
        if (bytes is [0xFE, 0xFF, ..])
        {
            text = Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2);
            return true;
        }
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = Western.GetString(bytes);
            return !Unlikely().IsMatch(text);
        }
    }

    /// <summary>"ß" after "ö" happens; three such letters in a row are Cyrillic, Arabic or Greek of another code page, and a guess would garble it.</summary>
    [GeneratedRegex("[\u0080-\u009F]|[\u00C0-\u00FF\u0160\u0161\u017D\u017E\u0152\u0153\u0178]{3}")]
    private static partial Regex Unlikely();
}
