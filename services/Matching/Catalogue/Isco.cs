using System.Globalization;

namespace Matchmaking.Matching.Catalogue;

/// <summary>An ISCO-08 code of one to four digits: major group, sub-major group, minor group, unit group. Digits = 0: none.</summary>
internal readonly record struct Isco(ushort Code, byte Digits)
{
    public static Isco Of(string? text) =>
        text is { Length: >= 1 and <= 4 } && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new Isco(code, (byte)text.Length)
            : default;

    public bool Known => Digits > 0;

    /// <summary>How many leading digits are the same, 0-4. A shorter code says less, so it can share less.</summary>
    public int Shared(Isco other)
    {
        int most = Math.Min(Digits, other.Digits), same = 0;
        while (same < most && Digit(same) == other.Digit(same)) same++;
        return same;
    }

    public int Digit(int at) => Code / Power(Digits - 1 - at) % 10;

    public int Major => Known ? Digit(0) : -1;

    /// <summary>
    /// Professions that may be exercised in Germany only with a recognition or permission, by ISCO group: doctors, nurses, midwives, dentists,
    /// pharmacists, therapists, vets, school teachers, medical and pharmaceutical assistants. Source: list of regulated professions of the EU
    /// for Germany, shortened to groups that are regulated as a whole.
    /// </summary>
    public bool Regulated => Digits >= 3 && Code / Power(Digits - 3) is 221 or 222 or 225 or 226 or 232 or 233 or 234 or 321 or 322 or 325;

    private static int Power(int exponent) => exponent switch { 0 => 1, 1 => 10, 2 => 100, _ => 1000 };

    public override string ToString() => Known ? Code.ToString($"D{Digits}", CultureInfo.InvariantCulture) : "";
}
