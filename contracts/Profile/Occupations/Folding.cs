using System.Globalization;
using System.Text;

namespace Matchmaking.Contracts.Profile.Occupations;

/// <summary>
/// Makes words comparable that people write differently: case, accents (Vietnamese tones, Kurmanji circumflex, Arabic harakat), letters that a keyboard
/// or a habit swaps, and signs between words.
/// </summary>
public static class Folding
{
    /// <summary>Words of small letters with one space between them.</summary>
    public static string Fold(string text) => Fold(text, accents: false);

    /// <summary>The same with the accents that make another word of it, as Vietnamese "nợ" (debt) is not "no"; an umlaut comes with the plural ("Arzt", "Ärzte").</summary>
    public static string FoldButAccents(string text) => Fold(text, accents: true);

    private static string Fold(string text, bool accents)
    {
        // Half a pair of surrogates cannot be normalised, nor what is no character; and no launch language has letters that need a pair.
        if (text.Any(IsNoLetter)) text = string.Concat(text.Where(sign => !IsNoLetter(sign)));
        var folded = new StringBuilder(text.Length);
        foreach (var sign in text.Normalize(NormalizationForm.FormD))
        {
            // Accents stand alone in this form, the hamza of أ and the two dots of ё too. Format characters: the joiner within Persian words.
            var kind = CharUnicodeInfo.GetUnicodeCategory(sign);
            if (kind is UnicodeCategory.NonSpacingMark && accents && sign is not (Umlaut or Dot)) folded.Append(sign);
            if (kind is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) continue;
            var letter = Letter(char.ToLowerInvariant(sign));
            if (letter == '\0') continue;
            if (letter == 'ß') folded.Append("ss");
            else if (char.IsLetterOrDigit(letter)) folded.Append(letter);
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        return folded.ToString().TrimEnd().Normalize(NormalizationForm.FormC);
    }

    // The dot: a Turkish capital İ has it, its small letter is without in this form.
    private const char Umlaut = '\u0308', Dot = '\u0307';

    private static bool IsNoLetter(char sign) => char.IsSurrogate(sign) || sign is >= '\ufdd0' and <= '\ufdef' or >= '\ufffe';

    /// <summary>What is left of a letter; '\0': nothing.</summary>
    private static char Letter(char letter) => letter switch
    {
        'ı' => 'i',
        'đ' => 'd',
        'ł' => 'l',
        'ø' => 'o',
        // Cyrillic: Russian and Ukrainian keyboards.
        'і' or 'ы' => 'и',
        'є' or 'э' => 'е',
        'ґ' => 'г',
        'ь' or 'ъ' => '\0',
        // Arabic and Persian keyboards; tatweel only stretches a word.
        'ى' or 'ی' => 'ي',
        'ة' or 'ە' => 'ه',
        'ک' => 'ك',
        'ٱ' => 'ا',
        'ء' or 'ـ' => '\0',
        // Tigrinya: two series of letters that sound alike.
        >= 'ሠ' and <= 'ሧ' => (char)(letter - 'ሠ' + 'ሰ'),
        >= 'ፀ' and <= 'ፆ' => (char)(letter - 'ፀ' + 'ጸ'),
        '\'' or '’' or 'ʼ' or '`' => '\0',
        _ => letter,
    };
}
