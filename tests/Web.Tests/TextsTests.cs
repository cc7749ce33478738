using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Web.Components;
using Matchmaking.Web.Texts;
using Matchmaking.Web.Visitor;

namespace Matchmaking.Web.Tests;

public sealed class TextsTests
{
    private static readonly Dictionary<string, Dictionary<string, string>> Files = new[] { "de", "en", "uk", "ar" }.ToDictionary(l => l, Read);

    [Fact]
    public void All_languages_have_the_same_keys_and_placeholders()
    {
        foreach (var (language, texts) in Files)
        {
            Assert.Equal(Files["de"].Keys.Order(), texts.Keys.Order());
            foreach (var (key, text) in texts)
            {
                Assert.False(string.IsNullOrWhiteSpace(text), $"{language} {key}");
                // The date on a phone's head is said with or without the weekday, and a month by name or by number.
                if (key is "date.brand" or "date.year") continue;
                Assert.True(Places(Files["de"][key]).SequenceEqual(Places(text)), $"{language} {key}: {text}");
            }
        }
        Assert.Equal(Tongues.Active, Files.Keys);
    }

    [Fact]
    public void Every_code_that_people_see_has_its_words()
    {
        (string Group, IEnumerable<string> Codes)[] groups =
        [
            ("lang", Codes.Languages), ("goal", Codes.Goals), ("topic", Codes.Topics), ("german", Codes.GermanLevels), ("age", Codes.AgeBands), ("time", Codes.TimesInGermany),
            ("access", Codes.AccessNeeds), ("gender", Codes.InterpreterGenders), ("consent", Codes.Consents), ("kind", OfferCodes.Kinds), ("type", OfferCodes.Types.Values.SelectMany(types => types)), ("trait", OfferCodes.Traits), ("format", Codes.Formats),
            ("script", Codes.Scripts.Except(["unknown"])), ("paper", Codes.CoursePapers.Except(["unknown"])), ("note", Codes.WorkNotes.Except(["unknown"])), ("recognition", Codes.RecognitionStages.Except(["unknown"])),
            ("status", ["requested", "accepted", "declined", "proposed", "cancelled", "expired", "held", "no-show"]), ("decline", DeclineReasons.All), ("declined", [.. DeclineReasons.All, .. CancelReasons.All]),
            ("field", OccupationList.Fields), ("q", Question.All.Select(q => q.Key)),
        ];
        foreach (var (group, codes) in groups)
            foreach (var code in codes) Assert.True(Files["de"].ContainsKey($"{group}.{code}"), $"{group}.{code}");
        Assert.All(Codes.Languages, l => Assert.True(Tongues.Native.ContainsKey(l)));
    }

    private static string[] Places(string text) => [.. Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Distinct().Order()];

    private static Dictionary<string, string> Read(string language)
    {
        var resources = new ResourceManager(typeof(Pages));
        var set = resources.GetResourceSet(language == "de" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), true, false)!;
        return set.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }
}
