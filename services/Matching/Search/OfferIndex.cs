using System.Runtime.CompilerServices;
using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Search;

/// <summary>
/// Finds the offers of a catalogue by what somebody types: by titles in whatever language, by stands, and by the words for kind, type, topic, trait,
/// language and occupation in the reader's language, German and English; where that gives nothing, in all languages. A fair has some hundred offers that
/// share a few hundred things: a plain loop is quick enough. Every typed word has to fit; only where no offer has all of them, those that fit nothing in
/// the catalogue ("I am looking for") are left out, and only where that gives nothing either, a slip of the finger is forgiven.
/// </summary>
internal sealed class OfferIndex
{
    private static readonly ConditionalWeakTable<CatalogueSnapshot, OfferIndex> Built = [];
    private static readonly Dictionary<string, Thing> Things = [];
    private readonly Thing[][] _things;

    /// <summary>Something that several offers may have in common, with its words.</summary>
    private sealed record Thing(IReadOnlyList<Label> Labels);

    private OfferIndex(CatalogueSnapshot catalogue) => _things = [.. Enumerable.Range(0, catalogue.Count).Select(i => ThingsOf(catalogue, i))];

    public static OfferIndex Of(CatalogueSnapshot catalogue) => Built.GetValue(catalogue, c => new OfferIndex(c));

    /// <returns>Indexes of offers, in no order of merit.</returns>
    public IReadOnlyList<int> Find(string? typed, string language)
    {
        var text = Folding.FoldButAccents(typed ?? "");
        if (text.Length > OccupationSearch.MostLetters) text = text[..OccupationSearch.MostLetters].TrimEnd();
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Label.Bare).Distinct().Select(WordOf).ToArray();
        if (words.Length == 0) return [];
        Func<Word, Label, bool>[] ways = [Fits, (word, label) => Begins(word.Plain, label), (word, label) => Slips(word.Plain, label)];
        Func<string, bool>[] spoken = [l => l is "" or "de" or "en" || l == language, _ => true];
        foreach (var (n, way) in ways.Index())
            foreach (var speaks in spoken)
            {
                var hits = Array.ConvertAll(words, word => Hits(word, speaks, way));
                if (Common(hits) is { Count: > 0 } found) return found;
                // What says something here: a word of one or two letters fits too much to be left alone with, unless there is no other; what is called so with its accents says most.
                var some = hits.Select((h, i) => (Hits: h, Word: words[i])).Where(h => h.Hits.Any(hit => hit)).ToArray();
                var telling = some.Where(h => !h.Word.IsShort || (n == 0 && some.All(s => s.Word.IsShort)));
                foreach (var part in new[] { telling, some.Where(h => n == 0 && h.Word.Accented is not null) })
                    if (part.Select(h => h.Hits).ToArray() is { Length: > 0 } few && few.Length < hits.Length && Common(few) is { Count: > 0 } rest) return rest;
            }
        return [];
    }

    /// <param name="Accented">As it was typed, where anything here is called so in whatever language; null: without accents another word may be the same, and will do.</param>
    private sealed record Word(string Plain, string? Accented)
    {
        public bool IsShort => Accented is null && Plain.Length < Shortest;
    }

    private Word WordOf(string typed)
    {
        var plain = Label.Bare(Folding.Fold(typed));
        return new Word(plain, plain != typed && Hits(new(plain, typed), _ => true, Fits).Any(hit => hit) ? typed : null);
    }

    /// <summary>By offer: whether it has the word.</summary>
    private bool[] Hits(Word word, Func<string, bool> speaks, Func<Word, Label, bool> way)
    {
        var known = new Dictionary<Thing, bool>(ReferenceEqualityComparer.Instance);
        return Array.ConvertAll(_things, things => Array.Exists(things, Has));

        bool Has(Thing thing)
        {
            if (known.TryGetValue(thing, out var had)) return had;
            return known[thing] = thing.Labels.Any(label => speaks(label.Language) && way(word, label));
        }
    }

    private static List<int> Common(bool[][] hits) => [.. Enumerable.Range(0, hits[0].Length).Where(i => Array.TrueForAll(hits, h => h[i]))];

    /// <summary>The beginning of a word, a part of it, or a word with an ending ("Kurse", "kursları"): from four letters on.</summary>
    private static bool Begins(string typed, Label label) =>
        Array.Exists(label.Words, word => WordFit.Begins(typed, word) || (word.Length >= WordFit.Part && typed.Length - word.Length <= LongestEnding && WordFit.Begins(word, typed)))
        || WordFit.EachIsPart([typed], label.Text);

    private static bool Fits(Word word, Label label) => word.Accented is { } typed ? Fits(typed, label.Accented!) : Fits(word.Plain, label);

    /// <summary>The same, and a short word where it is one there: "nợ" and "iş" say something, their beginnings do not.</summary>
    private static bool Fits(string typed, Label label) => typed.Length < Shortest ? Array.Exists(label.Words, word => word == typed) : Begins(typed, label);

    private const int LongestEnding = 4, Shortest = 3;

    private static bool Slips(string typed, Label label) => Array.Exists(label.Words, word => WordFit.OneSlip(typed, word));

    private static Thing[] ThingsOf(CatalogueSnapshot c, int offer)
    {
        var facts = c.Offers[offer];
        var stand = c.Exhibitors[c.Exhibitor[offer]];
        var own = new Thing([Label.Of("", facts.Title), Label.Of("", stand.Name), .. facts.Titles.Values.Select(t => Label.Of("", t)),
            .. new[] { facts.Entry, facts.Exit }.Where(l => l is not (null or "none")).Select(l => Label.Of("", l!))]);
        IEnumerable<string> codes =
        [
            "kind." + facts.Kind, "type." + facts.Type, .. facts.Traits.Select(t => "trait." + t),
            .. Vocabulary.Wishes.Where((_, at) => (c.Wishes[offer] >> at & 1) != 0).SelectMany(w => (string[])["goal." + w, "topic." + w, "wish." + w]),
            .. Vocabulary.LanguagesOf(c.Languages[offer]).Select(l => "language." + l), .. facts.Isco.Select(isco => ReasonTexts.Occupation + isco),
        ];
        return [own, .. codes.Select(Common).OfType<Thing>()];
    }

    /// <summary>null: nobody has a word for it.</summary>
    private static Thing? Common(string code)
    {
        lock (Things)
        {
            if (Things.TryGetValue(code, out var known)) return known.Labels.Count > 0 ? known : null;
            var thing = Things[code] = new Thing([.. LabelsOf(code)]);
            return thing.Labels.Count > 0 ? thing : null;
        }
    }

    private static IEnumerable<Label> LabelsOf(string code)
    {
        if (code.StartsWith(ReasonTexts.Occupation, StringComparison.Ordinal))
            return OccupationList.Find(code[ReasonTexts.Occupation.Length..])?.Names.SelectMany(n => n.Value.Select(name => Label.Of(n.Key, name))) ?? [];
        if (ReasonTexts.Has(code)) return ReasonTexts.Languages.Select(l => Label.Of(l, ReasonTexts.Raw(code, ReasonTexts.Culture(l))!));
        return OfferWords.Of(code);
    }
}
