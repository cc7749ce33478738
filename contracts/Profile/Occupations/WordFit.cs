namespace Matchmaking.Contracts.Profile.Occupations;

/// <summary>How a word that somebody typed fits a word that is there; both folded.</summary>
public static class WordFit
{
    /// <summary>From so many letters on a part of a word says something, and a slip of the finger can be told from another word.</summary>
    public const int Part = 4;

    /// <summary>Whether each typed word fits one that is there.</summary>
    public static bool Each(string[] typed, string[] words, Func<string, string, bool> fits)
    {
        foreach (var one in typed)
        {
            var found = false;
            foreach (var word in words) found |= fits(one, word);
            if (!found) return false;
        }
        return true;
    }

    public static bool EachIsPart(string[] typed, string text)
    {
        foreach (var one in typed)
            if (one.Length < Part || !text.Contains(one, StringComparison.Ordinal)) return false;
        return true;
    }

    public static bool Begins(string typed, string word) => word.StartsWith(typed, StringComparison.Ordinal);

    /// <summary>One letter too many, too few, another, or two swapped, against the beginning of the word; short words have to be right.</summary>
    public static bool OneSlip(string typed, string word)
    {
        if (typed.Length <= Part) return word.StartsWith(typed, StringComparison.Ordinal);
        var same = 0;
        while (same < typed.Length && same < word.Length && typed[same] == word[same]) same++;
        if (same == typed.Length) return true;
        ReadOnlySpan<char> rest = typed.AsSpan(same), there = word.AsSpan(same);
        return there.StartsWith(rest[1..])
            || (there.Length > 0 && (there[1..].StartsWith(rest[1..]) || there[1..].StartsWith(rest)))
            || (rest.Length > 1 && there.Length > 1 && rest[0] == there[1] && rest[1] == there[0] && there[2..].StartsWith(rest[2..]));
    }
}
