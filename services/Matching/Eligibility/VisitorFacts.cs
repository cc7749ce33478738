using System.Numerics;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>What a rule may know of a visitor. Every field is one of a few values, and 0 always means "not known".</summary>
internal enum VisitorField
{
    CoursePaper, WorkNote, Recognition, AgeBand, TimeInGermany, Script, German, Reading, Certificate, Childcare, Occupation,
}

/// <summary>The names and values of <see cref="VisitorField"/> as rule packs write them.</summary>
internal static class VisitorFields
{
    private static readonly (string Name, IReadOnlyList<string> Values)[] All =
    [
        ("coursePaper", Known(Codes.CoursePapers)), ("workNote", Known(Codes.WorkNotes)), ("recognition", Known(Codes.RecognitionStages)),
        ("ageBand", Known(Codes.AgeBands)), ("timeInGermany", Known(Codes.TimesInGermany)), ("script", Known(Codes.Scripts)),
        ("german", Codes.GermanLevels), ("reading", Codes.GermanLevels), ("certificate", ["yes", "no"]), ("childcare", ["yes", "no"]),
        ("occupation", ["named"]),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(x => x.Name)];

    public static IReadOnlyList<string> Values(this VisitorField field) => All[(int)field].Values;

    public static bool IsLevel(this VisitorField field) => field is VisitorField.German or VisitorField.Reading;

    public static bool TryParse(string name, out VisitorField field)
    {
        var at = Array.FindIndex(All, x => x.Name == name);
        field = (VisitorField)Math.Max(at, 0);
        return at >= 0;
    }

    private static string[] Known(IReadOnlyList<string> codes) => [.. codes.Where(c => c != Codes.Unknown)];
}

/// <summary>
/// A visitor's needs as numbers, made once per request: fields of four bits each, goals and topics, languages, occupation.
/// Nothing in it names or finds a person.
/// </summary>
internal readonly record struct VisitorFacts
{
    private ulong Fields { get; init; }

    /// <summary>Goals and topics, as <see cref="Vocabulary.Wishes"/>.</summary>
    public ushort Wishes { get; init; }

    /// <summary>Languages for a conversation; German is one of them from B1 on.</summary>
    public ulong Languages { get; init; }

    public Isco Isco { get; init; }

    /// <summary>Years in the occupation; -1: not known.</summary>
    public short Years { get; init; }

    public bool Wheelchair { get; init; }
    public bool Interpreter { get; init; }

    /// <summary>True where one of the times that suit begins at 17:00 or later; null: no times given.</summary>
    public bool? Evening { get; init; }

    public ushort Goals => (ushort)(Wishes & Vocabulary.GoalBits);
    public ushort Topics => (ushort)(Wishes & ~Vocabulary.GoalBits);

    /// <summary>German as a whole, CEFR position: speaking, else reading; -1: not known.</summary>
    public int German => this[VisitorField.German] - 1;

    public int Reading => this[VisitorField.Reading] - 1;

    /// <summary>Position in the field's values plus one; 0: not known.</summary>
    public int this[VisitorField field] => (int)(Fields >> (4 * (int)field) & 15);

    public bool Is(VisitorField field, string value) => this[field] is > 0 and var at && field.Values()[at - 1] == value;

    public bool Knows(VisitorField field) => this[field] != 0;

    public VisitorFacts With(VisitorField field, int value) =>
        this with { Fields = Fields & ~(15UL << (4 * (int)field)) | (ulong)value << (4 * (int)field) };

    /// <summary>How much was answered at all, 0-1: of the eleven fields, goals and topics.</summary>
    public float Answered
    {
        get
        {
            var known = (Goals != 0 ? 1 : 0) + (Topics != 0 ? 1 : 0);
            for (var f = VisitorField.CoursePaper; f <= VisitorField.Occupation; f++) known += Knows(f) ? 1 : 0;
            return known / 13f;
        }
    }

    public int CountLanguages => BitOperations.PopCount(Languages);

    public static VisitorFacts Of(Needs needs)
    {
        var german = Codes.Known(needs.German?.Speaking) ?? Codes.Known(needs.German?.Reading);
        var languages = Vocabulary.LanguageBits(needs.ConversationLanguages is { Count: > 0 } spoken ? spoken : needs.Language is { } page ? [page] : []);
        if (Vocabulary.Level(german) >= Vocabulary.Level("B1")) languages |= Vocabulary.Language("de");
        var facts = new VisitorFacts
        {
            Wishes = Vocabulary.WishBits([.. needs.Goals ?? [], .. needs.Topics ?? []]),
            Languages = languages,
            Isco = Isco.Of(needs.Occupation?.Isco),
            Years = (short)Math.Clamp(needs.Occupation?.Years ?? -1, -1, 80),
            Wheelchair = needs.Access?.Contains("wheelchair") ?? false,
            Interpreter = needs.Interpreter is not null,
            Evening = needs.Availability is { Count: > 0 } times ? times.Any(t => t.From.Hour >= 17 || t.To.Hour >= 18) : null,
        };
        return facts
            .With(VisitorField.CoursePaper, needs.CoursePaper).With(VisitorField.WorkNote, needs.WorkNote)
            .With(VisitorField.Recognition, needs.Recognition).With(VisitorField.AgeBand, needs.AgeBand)
            .With(VisitorField.TimeInGermany, needs.TimeInGermany).With(VisitorField.Script, needs.Script)
            .With(VisitorField.German, german).With(VisitorField.Reading, needs.German?.Reading)
            .With(VisitorField.Certificate, YesNo(needs.German?.Certificate)).With(VisitorField.Childcare, YesNo(needs.Childcare))
            .With(VisitorField.Occupation, facts.Isco.Known ? "named" : null);
    }

    private VisitorFacts With(VisitorField field, string? value)
    {
        var values = field.Values();
        for (var at = 0; at < values.Count; at++)
            if (values[at] == value) return With(field, at + 1);
        return this;
    }

    private static string? YesNo(bool? value) => value switch { true => "yes", false => "no", null => null };
}
