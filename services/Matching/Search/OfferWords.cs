using Matchmaking.Contracts.Profile.Occupations;

namespace Matchmaking.Matching.Search;

/// <summary>A name or another word for something, with its words as they are compared.</summary>
/// <param name="Language">BCP 47; empty: of no language, as the name of a stand.</param>
/// <param name="Text">Folded.</param>
/// <param name="Accented">The same with its accents; null: this is it.</param>
internal sealed record Label(string Language, string Text, string[] Words, Label? Accented)
{
    public static Label Of(string language, string text) => Of(language, Folding.Fold(text), Of(language, Folding.FoldButAccents(text), null));

    private static Label Of(string language, string folded, Label? accented) => new(language, folded, [.. folded.Split(' ').Select(Bare)], accented);

    /// <summary>Without the Arabic article and what is written onto it ("and the", "for the"): people write it or leave it out.</summary>
    public static string Bare(string word)
    {
        foreach (var article in (ReadOnlySpan<string>)["وال", "بال", "لل", "ال"])
            if (word.Length > article.Length + 2 && word.StartsWith(article, StringComparison.Ordinal)) return word[article.Length..];
        return word;
    }
}

/// <summary>
/// Words that people use for kinds, types, topics and traits of offers, in the languages of visitors: offer-words.csv, written for this product. Languages
/// with "(draft)" in its first line are machine drafts and await review by speakers.
/// </summary>
internal static class OfferWords
{
    private static readonly (Dictionary<string, Label[]> ByCode, string[] Languages) Read = ReadFile();

    public static IReadOnlyList<string> Languages => Read.Languages;

    public static IEnumerable<string> Codes => Read.ByCode.Keys;

    /// <param name="code">As "kind.course", "type.mia", "topic.debt", "goal.family", "trait.evening"; most have no words of their own.</param>
    public static IReadOnlyList<Label> Of(string code) => Read.ByCode.GetValueOrDefault(code) ?? [];

    private static (Dictionary<string, Label[]>, string[]) ReadFile()
    {
        using var file = typeof(OfferWords).Assembly.GetManifestResourceStream("offer-words.csv")!;
        using var text = new StreamReader(file);
        var languages = text.ReadLine()!.Split(';')[1..].Select(h => h.Split(' ')[0]).ToArray();
        var rows = new List<(string Code, Label[] Labels)>();
        while (text.ReadLine() is { Length: > 0 } line)
        {
            var cells = line.Split(';');
            if (cells.Length != languages.Length + 1) throw new InvalidDataException($"offer-words.csv: {cells[0]} has {cells.Length} cells");
            var labels = languages.SelectMany((l, i) => cells[i + 1].Split('|').Select(word => Label.Of(l, word))).ToArray();
            rows.AddRange(cells[0].Split(' ').Select(code => (code, labels)));
        }
        return (rows.GroupBy(r => r.Code).ToDictionary(g => g.Key, g => g.SelectMany(r => r.Labels).ToArray()), languages);
    }
}
