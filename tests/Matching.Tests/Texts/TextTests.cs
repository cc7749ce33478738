using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Tests.Texts;

public sealed partial class TextTests
{
    [Fact]
    public void Every_code_has_a_text_of_its_own_in_every_language_with_the_same_parameters()
    {
        foreach (var code in Codes())
        {
            var german = ReasonTexts.Raw(code, CultureInfo.GetCultureInfo("de"));
            Assert.False(string.IsNullOrWhiteSpace(german), code);
            foreach (var language in ReasonTexts.Languages.Skip(1))
            {
                // A missing text falls back to German: only words that are the same in all languages may be equal.
                var text = ReasonTexts.Raw(code, CultureInfo.GetCultureInfo(language));
                Assert.True(text != german || code.StartsWith("level.") || german.Length <= 8, $"{code} in {language}");
                Assert.Equal(Holes(german!), Holes(text!));
            }
        }
    }

    [Fact]
    public void Sentences_for_people_are_short_and_formal()
    {
        foreach (var code in Codes().Where(c => c.StartsWith("rule.") || c.StartsWith("for.") || c.StartsWith("against.")))
        {
            var german = ReasonTexts.Raw(code, CultureInfo.GetCultureInfo("de"))!;
            foreach (var sentence in german.Split(". "))
                Assert.True(sentence.Split(' ').Length <= 20, $"{code}: {sentence}");
            Assert.DoesNotMatch(@"\b(du|dein|deine|dir)\b", german.ToLowerInvariant());
        }
    }

    [Fact]
    public void Parameters_are_said_in_the_language_of_the_sentence()
    {
        TextArg[] args = [TextArg.Code("languages", "language.uk", "language.ru")];
        Assert.Equal("Das Gespräch ist möglich auf: Ukrainisch, Russisch.", ReasonTexts.Say("for.language", args, "de"));
        Assert.Equal("يمكن التحدث بـ: الأوكرانية، الروسية.", ReasonTexts.Say("for.language", args, "ar"));
        Assert.Equal("Das Gespräch ist möglich auf: Ukrainisch, Russisch.", ReasonTexts.Say("for.language", args, "so"));
    }

    private static IEnumerable<string> Codes() =>
    [
        .. RulePackSet.BuiltIn.Packs.SelectMany(p => p.Rules).Select(r => r.Text), .. Offices.Codes.Select(c => "office." + c),
        .. Vocabulary.Wishes.Select(c => "wish." + c), .. Vocabulary.Languages.Select(c => "language." + c),
        .. Vocabulary.Levels.Select(c => "level." + c), "level.unknown", .. Why.Codes, .. Why.NamedCodes.Select(c => c + ".named"),
    ];

    private static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(m => m.Value).Distinct().Order();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Hole();
}
