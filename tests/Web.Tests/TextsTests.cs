using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Contracts.Texts;
using Matchmaking.Rig;
using Matchmaking.Web.Components;
using Matchmaking.Web.Texts;
using Matchmaking.Web.Visitor;

namespace Matchmaking.Web.Tests;

public sealed partial class TextsTests
{
    private static readonly ResourceManager Visitors = new(typeof(Pages)), Staff = new("Matchmaking.Web.Texts.Staff", typeof(Pages).Assembly), Shared = new(typeof(Words));
    private static readonly Dictionary<string, string> German = Read(Visitors, "de").Concat(Read(Staff, "de")).ToDictionary();

    /// <summary>Names, codes and forms of dates, which some languages have in common with German; "Demo" and "Online" are the same words in many.</summary>
    private static readonly string[] MayBeGerman = ["german.", "lang.", "date.", "list.comma", "entry.code", "sign.table", "demo", "trait.online", "brand.when", "useful.", "email.", "text.", "texts.version", "day.code", "inbox.code", "format.video", "field.it", "kind.", "topic.", "goal."];

    public static TheoryData<string> Of(string what) => [.. what == "staff" ? Words.StaffLanguages : Words.Languages];

    [Theory, MemberData(nameof(Of), "visitors")]
    public void Every_text_that_a_visitor_sees_is_there_in_every_language(string language)
    {
        Complete(Visitors, language);
        Complete(Shared, language);
    }

    [Theory, MemberData(nameof(Of), "staff")]
    public void Every_text_that_staff_see_is_there_in_their_languages(string language) => Complete(Staff, language);

    private static void Complete(ResourceManager resources, string language)
    {
        var (german, texts) = (Read(resources, "de"), Read(resources, language));
        Assert.Equal(german.Keys.Order(), texts.Keys.Order());
        foreach (var (key, text) in texts)
        {
            Assert.False(string.IsNullOrWhiteSpace(text), $"{language} {key}");
            if (language != "de" && german[key].Length > 8 && german[key].Any(char.IsLetter) && !MayBeGerman.Any(key.StartsWith)) Assert.True(text != german[key], $"{language} {key} is German");
            // The date on a phone's head is said with or without the weekday, and a month by name or by number.
            if (key is "date.brand" or "date.day" or "date.year") continue;
            Assert.True(Places(german[key]).SequenceEqual(Places(text)), $"{language} {key}: {text}");
        }
    }

    /// <summary>Pages say "you" to a visitor in the plural; who read on to the reasons or opened a mail was one of another kind.</summary>
    [Fact]
    public void Arabic_says_you_in_one_form_on_pages_in_reasons_and_in_mails()
    {
        // What ends as the singular does and is none: that, there, moving, takes part, kiosk, hook.
        string[] others = ["ذلك", "هناك", "تلك", "متحرك", "شارك", "كشك", "هوك"];
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "services"), "*.ar.*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is "Pages.ar.resx" or "Reasons.ar.resx" or "Problems.ar.resx" || f.EndsWith(".ar.liquid", StringComparison.Ordinal))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).ToArray();
        Assert.True(files.Length > 10, "The texts are looked for where they are not.");
        Assert.Empty(files.SelectMany(f => ArabicSingular().Matches(File.ReadAllText(f)).Select(m => m.Value).Where(w => !others.Any(w.EndsWith)).Select(w => $"{Path.GetFileName(f)}: {w}")));
    }

    [GeneratedRegex("(?<![\\u0621-\\u0652])(?:[\\u0621-\\u0652]+ك|لك|بك|اسأل|اختر|أنت|كنت|اكتب|اضغط|أحضر|افتح|ابدأ)(?![\\u0621-\\u0652])")]
    private static partial Regex ArabicSingular();

    [Fact]
    public void Days_and_months_are_as_many_in_every_language() =>
        Assert.All(Words.Languages, language => Assert.Equal((7, 12), (Words.In("days", language).Split('|').Length, Words.In("months", language).Split('|').Length)));

    [Fact]
    public void Every_text_is_said_somewhere_and_staff_texts_only_to_staff()
    {
        var pages = Directory.GetFiles(Path.Combine(Repository.Root, "services", "Web"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)).Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Select(f => (Room: Path.GetRelativePath(Path.Combine(Repository.Root, "services", "Web"), f).Split(Path.DirectorySeparatorChar)[0], Text: File.ReadAllText(f))).ToArray();
        foreach (var key in German.Keys) Assert.True(pages.Any(p => Says(p.Text, key)), $"{key} is never said");
        string[] visitors = ["Visitor", "Kiosk"];
        foreach (var key in Read(Staff, "de").Keys)
            Assert.DoesNotContain(pages, p => visitors.Contains(p.Room) && p.Text.Contains($"\"{key}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "services", "Web"), "*.razor", SearchOption.AllDirectories))
            foreach (var asked in Asked().Matches(File.ReadAllText(file)).Cast<System.Text.RegularExpressions.Match>())
                Assert.True(German.ContainsKey(asked.Groups[1].Value), $"{Path.GetFileName(file)} asks for {asked.Groups[1].Value}");
    }

    /// <summary>By its key, or by the beginning of it with a code to follow: T($"stage.{…}"), Word("lang", …), Group="paper".</summary>
    private static bool Says(string page, string key)
    {
        if (page.Contains($"\"{key}\"", StringComparison.Ordinal)) return true;
        for (var dot = key.LastIndexOf('.'); dot > 0; dot = key.LastIndexOf('.', dot - 1))
        {
            var group = key[..dot];
            if (page.Contains($"\"{group}.", StringComparison.Ordinal) || page.Contains($"(\"{group}\",", StringComparison.Ordinal) || page.Contains($"Group=\"{group}\"", StringComparison.Ordinal)) return true;
        }
        return false;
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
            foreach (var code in codes) Assert.True(German.ContainsKey($"{group}.{code}"), $"{group}.{code}");
        Assert.All(Codes.Languages, l => Assert.True(Tongues.Native.ContainsKey(l)));
    }

    private static string[] Places(string text) => [.. Hole().Matches(text).Select(m => m.Value).Distinct().Order()];

    private static Dictionary<string, string> Read(ResourceManager resources, string language)
    {
        var set = resources.GetResourceSet(language == "de" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), true, false);
        Assert.True(set is not null, $"there are no texts in {language}");
        return set.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }

    [GeneratedRegex(@"\b[ST]\(""([^""{]+)""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();
}
