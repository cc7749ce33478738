using System.Text.Json;
using System.Text.Json.Serialization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Offers;

namespace Matchmaking.Profile.Import;

/// <summary>An offer as a row of a file says it, or an exhibitor in the same words: understood by one set of rules.</summary>
/// <param name="Kind">Of <see cref="OfferCodes.Kinds"/>.</param>
internal sealed record OfferRow(
    string Key, string ExhibitorKey, string Kind, string Type, string Title, IReadOnlyDictionary<string, string> Titles, string? Entry, string? Exit,
    IReadOnlyList<string> Topics, IReadOnlyList<string> Isco, IReadOnlyList<string> Languages, IReadOnlyList<string> Traits, string? Conditions)
{
    /// <summary>Of the file; not part of what it says.</summary>
    [JsonIgnore]
    public int Line { get; init; }

    /// <summary>The same row, the same text: whether a file has changed it is seen by that.</summary>
    [JsonIgnore]
    public string Written => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public const string TitlePrefix = "title_";

    public static string TitleColumn(string language) => TitlePrefix + language;

    /// <summary>What cannot be understood leaves faults in the row; what comes back is then not to be used.</summary>
    public static OfferRow Of(CsvRow row, string key, string exhibitorKey)
    {
        var kind = row.OneOf("kind", OfferCodes.Kinds);
        var types = kind is null ? [] : OfferCodes.Types[kind];
        var type = kind is null ? null : row.OneOf("type", types, Vocabulary.TypeSynonymsOf(kind));
        if ((kind is null || type is null) && !row.Faulty)
            row.Fault(kind is null ? "kind" : "type", "word-missing", "", string.Join(", ", kind is null ? OfferCodes.Kinds : types));
        var isco = row.List("isco");
        foreach (var code in isco.Where(c => c.Length is 0 or > 4 || !c.All(char.IsAsciiDigit)))
            row.Fault("isco", "isco", code);
        var conditions = row.List("conditions");
        var traits = row.SomeOf("traits", OfferCodes.Traits).Union(conditions.Select(c => Vocabulary.TraitsInConditions.GetValueOrDefault(c.ToLowerInvariant())).OfType<string>());
        var offer = new OfferRow(key, exhibitorKey, kind ?? "", type ?? "", row.Required("title"),
            OfferCodes.TitleLanguages.Select(l => (l, text: row.Text(TitleColumn(l), 200))).Where(t => t.text is not null).ToDictionary(t => t.l, t => t.text!),
            row.OneOf("entry", Codes.GermanLevels), row.OneOf("exit", Codes.GermanLevels), row.SomeOf("topics", OfferCodes.Topics), isco, FairRows.Languages(row),
            [.. traits], conditions is [] ? null : string.Join("; ", conditions.Where(c => !Vocabulary.TraitsInConditions.ContainsKey(c.ToLowerInvariant()))) is { Length: > 0 } rest ? rest : null)
        { Line = row.Number };
        if (offer is { Entry: { } entry, Exit: { } exit } && Level(exit) < Level(entry)) row.Fault("exit", "level-order", exit, entry);
        return offer;
    }

    /// <summary>How a row would have to say what is known of an offer.</summary>
    public static OfferRow Of(Offer offer, string exhibitorKey) => new(
        offer.Key, exhibitorKey, OfferCodes.KindEntered(offer.Kind, offer.Type), offer.Type, offer.Title,
        OfferCodes.TitleLanguages.Where(offer.Titles.ContainsKey).ToDictionary(l => l, l => offer.Titles[l]), offer.Entry, offer.Exit,
        offer.Topics, offer.Isco, offer.Languages, offer.Traits, offer.Conditions);

    private static int Level(string german) => Codes.GermanLevels.ToList().IndexOf(german);
}
