using Matchmaking.Contracts.Profile;

namespace Matchmaking.Matching.Catalogue;

/// <summary>
/// The one place where codes become numbers and bit positions. Positions are part of trained models and stored rows: append, never reorder.
/// What is not in a list gets no position and is ignored; it never becomes somebody else's bit.
/// </summary>
internal static class Vocabulary
{
    public static readonly IReadOnlyList<string> Kinds = Codes.OfferKinds;

    /// <summary>CEFR from "none" = 0 to "C2" = 6; -1 where it is not known.</summary>
    public static readonly IReadOnlyList<string> Levels = Codes.GermanLevels;

    public static readonly IReadOnlyList<string> Languages = Codes.Languages;

    /// <summary>Goals (bits 0-7), then topics (bits 8-15).</summary>
    public static readonly IReadOnlyList<string> Wishes = [.. Codes.Goals, .. Codes.Topics];

    public static readonly IReadOnlyList<string> Traits =
        ["free", "confidential", "childcare", "any-status", "evening", "weekend", "online", "part-time", "women", "youth", "wheelchair",
         "interpreter", "first-advice", "appointment"];

    /// <summary>Position 0 stands for a type that no rule knows.</summary>
    public static readonly IReadOnlyList<string> Types =
        ["other",
         "integrationskurs", "alphabetisierungskurs", "zweitschriftlernerkurs", "foerderkurs", "intensivkurs",
         "berufssprachkurs", "berufssprachkurs-a2", "berufssprachkurs-b1", "berufssprachkurs-recognition",
         "erstorientierungskurs", "mia", "volunteer-course", "exam", "language-cafe",
         "vacancy", "apprenticeship", "internship", "qualification", "further-education", "aptitude-test",
         "orientation", "mbe", "jmd", "recognition", "labour-law", "debt", "pregnancy", "health", "housing", "residence", "school", "childcare",
         "equal-treatment", "start-up", "labour-market", "graduates", "consumer", "return", "application", "apprenticeship-advice",
         "course-admission", "placement", "benefits-and-work", "city-services", "city-integration", "residence-office", "family-office",
         "school-office", "recognition-office",
         "families", "participation", "sport", "culture", "meeting", "volunteering",
         "berufssprachkurs-subject"];

    public static readonly ushort GoalBits = (ushort)((1 << Codes.Goals.Count) - 1);

    private static readonly Dictionary<string, int> KindAt = Positions(Kinds), LevelAt = Positions(Levels), LanguageAt = Positions(Languages),
        WishAt = Positions(Wishes), TraitAt = Positions(Traits), TypeAt = Positions(Types);

    /// <summary>Bit of a goal or topic.</summary>
    public static int WishBit(string code) => WishAt[code];

    public static sbyte Level(string? code) => code is not null && LevelAt.TryGetValue(code, out var at) ? (sbyte)at : (sbyte)-1;

    public static string LevelCode(int level) => level < 0 ? Codes.Unknown : Levels[level];

    public static byte Kind(string code) =>
        KindAt.TryGetValue(code, out var at) ? (byte)at : throw new ArgumentOutOfRangeException(nameof(code), code, "Not a kind of offer.");

    public static byte Type(string code) => TypeAt.TryGetValue(code, out var at) ? (byte)at : (byte)0;

    /// <summary>The kind that a type has where nobody says otherwise; null for "other". For telling what holds for a type as such.</summary>
    public static string? KindOf(string type) => Type(type) switch
    {
        0 => null,
        var at when at == TypeAt["berufssprachkurs-subject"] => "course",
        var at when at < TypeAt["vacancy"] => "course",
        var at when at < TypeAt["orientation"] => "employer",
        var at when at < TypeAt["course-admission"] => "advice",
        var at when at < TypeAt["families"] => "office",
        _ => "leisure",
    };

    public static bool KnowsType(string code) => TypeAt.ContainsKey(code);

    public static ulong LanguageBits(IEnumerable<string>? codes) => Bits(LanguageAt, codes);

    public static ushort WishBits(IEnumerable<string>? codes) => (ushort)Bits(WishAt, codes);

    public static uint TraitBits(IEnumerable<string>? codes) => (uint)Bits(TraitAt, codes);

    public static ushort Wish(string code) => (ushort)(1 << WishAt[code]);

    public static uint Trait(string code) => 1u << TraitAt[code];

    public static ulong Language(string code) => 1UL << LanguageAt[code];

    public static IEnumerable<string> LanguagesOf(ulong bits) => Languages.Where((_, at) => (bits >> at & 1) != 0);

    /// <summary>
    /// The goals and topics that an offer serves by what it is, so that an entry without topics still finds its people. Main: what it is for;
    /// also: what it helps with besides.
    /// </summary>
    public static (ushort Main, ushort Also) ImpliedWishes(string kind, string type) => type switch
    {
        "apprenticeship" => Implied("training", "work"),
        "qualification" or "further-education" or "aptitude-test" => Implied("training", "work"),
        "apprenticeship-advice" => Implied("advice training"),
        "recognition" => Implied("recognition", "advice"),
        "recognition-office" => Implied("recognition", "offices"),
        "berufssprachkurs-recognition" => Implied("learn-german", "recognition"),
        "placement" => Implied("offices work"),
        "benefits-and-work" => Implied("offices", "work"),
        "course-admission" => Implied("offices", "learn-german"),
        "labour-law" or "labour-market" or "application" or "graduates" => Implied("advice", "work"),
        "debt" or "consumer" => Implied("advice debt"),
        "pregnancy" => Implied("advice health family"),
        "health" or "housing" or "residence" or "equal-treatment" or "start-up" => Implied("advice " + type),
        "school" or "childcare" => Implied("advice family " + type),
        "residence-office" => Implied("offices residence"),
        "family-office" => Implied("offices family"),
        "school-office" => Implied("offices family school"),
        "families" => Implied("family", "leisure"),
        _ => kind switch
        {
            "course" => Implied("learn-german"),
            "employer" => Implied("work"),
            "advice" => Implied("advice"),
            "office" => Implied("offices"),
            "leisure" => Implied("leisure"),
            _ => default,
        },
    };

    private static (ushort Main, ushort Also) Implied(string main, string also = "") =>
        (WishBits(main.Split(' ')), WishBits(also.Split(' ')));

    private static Dictionary<string, int> Positions(IReadOnlyList<string> codes) =>
        codes.Select((code, at) => (code, at)).ToDictionary(x => x.code, x => x.at, StringComparer.Ordinal);

    private static ulong Bits(Dictionary<string, int> positions, IEnumerable<string>? codes)
    {
        var bits = 0UL;
        foreach (var code in codes ?? [])
            if (positions.TryGetValue(code, out var at)) bits |= 1UL << at;
        return bits;
    }
}
