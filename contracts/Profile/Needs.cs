using System.Text.Json.Serialization;

namespace Matchmaking.Contracts.Profile;

/// <summary>
/// What a visitor needs, as the questionnaire asks it. Only <see cref="Language"/> and <see cref="Consents"/> are required;
/// every other field may be null ("not answered") or "unknown", which mean the same.
/// All codes are listed in <see cref="Codes"/>. Times are ISO 8601 with offset, languages BCP 47 (of which the language counts, not the region).
/// </summary>
public sealed record Needs
{
    public string? Language { get; init; }
    [JsonConverter(typeof(UnknownIsNull<IReadOnlyList<string>>))]
    public IReadOnlyList<string>? ConversationLanguages { get; init; }
    [JsonConverter(typeof(UnknownIsNull<IReadOnlyList<string>>))]
    public IReadOnlyList<string>? Goals { get; init; }
    [JsonConverter(typeof(UnknownIsNull<IReadOnlyList<string>>))]
    public IReadOnlyList<string>? Topics { get; init; }
    [JsonConverter(typeof(UnknownIsNull<German>))]
    public German? German { get; init; }
    public string? Script { get; init; }
    public string? CoursePaper { get; init; }
    public string? WorkNote { get; init; }
    [JsonConverter(typeof(UnknownIsNull<Occupation>))]
    public Occupation? Occupation { get; init; }
    public string? Recognition { get; init; }
    public string? AgeBand { get; init; }
    public string? TimeInGermany { get; init; }
    [JsonConverter(typeof(UnknownIsNull<IReadOnlyList<TimeRange>>))]
    public IReadOnlyList<TimeRange>? Availability { get; init; }
    public string? District { get; init; }
    [JsonConverter(typeof(UnknownIsNull<bool?>))]
    public bool? Childcare { get; init; }
    [JsonConverter(typeof(UnknownIsNull<IReadOnlyList<string>>))]
    public IReadOnlyList<string>? Access { get; init; }
    [JsonConverter(typeof(UnknownIsNull<InterpreterWish>))]
    public InterpreterWish? Interpreter { get; init; }

    /// <summary>Where notices go. Stays in the Profile service; never part of an event.</summary>
    [JsonConverter(typeof(UnknownIsNull<Contact>))]
    public Contact? Contact { get; init; }

    public IReadOnlyList<string>? Consents { get; init; }
    public string? Channel { get; init; }
}

/// <summary>German by skill, CEFR codes of <see cref="Codes.GermanLevels"/>; null: not answered.</summary>
public sealed record German(
    string? Speaking = null, string? Reading = null, [property: JsonConverter(typeof(UnknownIsNull<bool?>))] bool? Certificate = null);

/// <summary>Occupation as an ISCO-08 code of one to four digits, and years worked in it.</summary>
public sealed record Occupation(string? Isco = null, [property: JsonConverter(typeof(UnknownIsNull<int?>))] int? Years = null);

public sealed record TimeRange(DateTimeOffset From, DateTimeOffset To);

public sealed record InterpreterWish(string? Language = null, string? Gender = null);

public sealed record Contact(string? Email = null, string? Phone = null);
