using System.Globalization;

namespace Matchmaking.Matching.Catalogue;

/// <summary>An ISCO-08 code of one to four digits: major group, sub-major group, minor group, unit group. Digits = 0: none.</summary>
internal readonly record struct Isco(ushort Code, byte Digits)
{
    /// <summary>Of <see cref="IscoFields"/>, looked up once, for occupations are compared for every pair of a visitor and an offer.</summary>
    private ulong Fields { get; init; }

    /// <summary>How many leading digits name a group that holds several fields of work: 0, 2 or 3.</summary>
    private byte Mixed { get; init; }

    public static Isco Of(string? text) =>
        text is { Length: >= 1 and <= 4 } && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new Isco(code, (byte)text.Length) { Fields = IscoFields.Of(text), Mixed = IscoFields.MixedDigits(text) }
            : default;

    public bool Known => Digits > 0;

    /// <summary>How many leading digits are the same, 0-4. A shorter code says less, so it can share less.</summary>
    public int Shared(Isco other)
    {
        int most = Math.Min(Digits, other.Digits), same = 0;
        while (same < most && Digit(same) == other.Digit(same)) same++;
        return same;
    }

    /// <summary>
    /// How near two occupations are in life, 0-1, the same both ways. Leading digits say most of it, where the group that they name is one field of work;
    /// the first digit is a level of skill more than a field, so neighbours across levels come from <see cref="IscoFields"/>.
    /// </summary>
    public float Closeness(Isco other)
    {
        int shared = Shared(other), least = Math.Min(Digits, other.Digits);
        if (shared == 4) return Same;
        if (shared == 3 && least == 3) return Within;
        // A code of two digits speaks of its whole group, whatever that holds; two longer ones may stand far apart within it.
        var mixed = least == 2 ? 0 : Math.Max(Mixed, other.Mixed);
        if (shared == 3 && mixed < 3) return OneTrade;
        if (shared == 2 && mixed == 0) return OneGroup;
        if ((Fields & other.Fields) != 0) return Neighbours;
        return shared switch { 0 => 0, 1 => .1f, _ => .2f };
    }

    /// <summary>Values of <see cref="Closeness"/>: the unit group is the same; one names the whole trade (three digits) and the other is of it.</summary>
    public const float Same = 1, Within = .9f;

    /// <summary>Two unit groups of one minor group; one field of work at other levels of skill; one sub-major group.</summary>
    public const float OneTrade = .8f, Neighbours = .5f, OneGroup = .45f;

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
