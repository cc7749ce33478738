namespace Matchmaking.Contracts.Profile.Occupations;

/// <summary>
/// Finds occupations by what somebody types, in whichever of the languages: the whole of a name, the beginning of any of its words, a part of a word
/// (from four letters), and where nothing else fits one slip of the finger in words of more than four letters. A few hundred rows with their words in
/// memory: a plain loop is quicker than any index would be to build.
/// </summary>
public static class OccupationSearch
{
    /// <summary>Longer is cut: nobody types more, and no work is done for it.</summary>
    public const int MostLetters = 80;

    private enum Fit { Whole, OtherWhole, Beginning, Words, OtherWords, Part, Slip, None }

    private sealed record Label(ListedOccupation Occupation, int Place, string Language, bool IsName, string Text, string[] Words, string Joined);

    private static readonly Label[] Labels = [.. OccupationList.All.SelectMany((o, place) => o.Names.SelectMany(n => n.Value.Select((text, i) =>
    {
        var folded = Folding.Fold(text);
        return new Label(o, place, n.Key, i == 0, folded, folded.Split(' '), folded.Replace(" ", "", StringComparison.Ordinal));
    })))];

    /// <summary>The best first; none where nothing was typed. Of equals, those found in the asker's language come first, then those found in German.</summary>
    public static IReadOnlyList<ListedOccupation> Find(string? typed, string? language, int most)
    {
        var text = Folded(typed);
        if (text.Length == 0) return [];
        var words = text.Split(' ');
        var spoken = OccupationList.Spoken(language);
        var found = Rank(label => Fits(label, text, words), spoken);
        if (found.Count == 0) found = Rank(label => WordFit.Each(words, label.Words, WordFit.OneSlip) ? Fit.Slip : Fit.None, spoken);
        return [.. found.Take(most)];
    }

    /// <summary>The one that is meant without doubt: by its name in any language, or else by another word that no other occupation has too.</summary>
    public static ListedOccupation? Meant(string typed)
    {
        var text = Folded(typed);
        foreach (var same in Labels.Where(l => l.Text == text).GroupBy(l => l.IsName).OrderByDescending(byName => byName.Key))
            return same.Select(l => l.Occupation).Distinct().ToArray() is [var one] ? one : null;
        return null;
    }

    private static string Folded(string? typed)
    {
        var text = Folding.Fold(typed ?? "");
        return text.Length > MostLetters ? text[..MostLetters].TrimEnd() : text;
    }

    private static List<ListedOccupation> Rank(Func<Label, Fit> fit, string language) =>
    [
        .. Labels.Select(label => (Label: label, Fit: fit(label))).Where(x => x.Fit != Fit.None)
            .Select(x => (x.Label.Occupation, x.Label.Place, Rank: ((int)x.Fit * 4) + Nearness(x.Label.Language, language)))
            .GroupBy(x => x.Place).Select(same => same.MinBy(x => x.Rank))
            .OrderBy(x => x.Rank).ThenBy(x => x.Occupation.Common ?? int.MaxValue).ThenBy(x => x.Place).Select(x => x.Occupation),
    ];

    private static int Nearness(string language, string asked) => language == asked ? 0 : language == "de" ? 1 : language == "en" ? 2 : 3;

    private static Fit Fits(Label label, string text, string[] words)
    {
        if (label.Text == text) return label.IsName ? Fit.Whole : Fit.OtherWhole;
        if (label.IsName && label.Text.StartsWith(text, StringComparison.Ordinal)) return Fit.Beginning;
        if (WordFit.Each(words, label.Words, WordFit.Begins)) return label.IsName ? Fit.Words : Fit.OtherWords;
        // "Dach decken" and "Dachdecken", or a Persian word with and without its joiner.
        if (WordFit.EachIsPart(words, label.Text)
            || (words.Length > 1 && text.Length > WordFit.Part && label.Joined.StartsWith(text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal))) return Fit.Part;
        return Fit.None;
    }
}
