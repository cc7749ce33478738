using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Rig;

namespace Matchmaking.Matching.Tests.Eligibility;

/// <summary>A pack that is not understood is refused with file, rule and repair, and nothing of it is used.</summary>
public sealed partial class BrokenPackTests
{
    private const string Good = """
        {
          "id": "p", "version": "1", "owner": "o", "title": "t", "validFrom": "2026-01-01", "appliesTo": {"types": ["vacancy"]},
          "rules": [
            {"id": "good", "when": {"field": "workNote", "is": "allowed"}, "verdict": "yes", "source": "s", "text": "rule.work.allowed"},
            {"id": "rest", "when": {"not": {"field": "workNote", "is": "allowed"}}, "verdict": "ask", "office": "bamf", "source": "s", "text": "rule.work.unknown"},
            {"id": "open", "when": {"field": "workNote", "known": false}, "verdict": "likely", "source": "s", "text": "rule.work.unknown"}
          ]
        }
        """;

    [Fact]
    public void A_good_pack_is_read() => Assert.Empty(RulePackSet.Load([new("p.json", Good)]).Problems);

    [Theory]
    [InlineData("\"field\": \"workNote\", \"known\"", "\"field\": \"nationality\", \"known\"", "open", "no field \"nationality\"", "use one of coursePaper")]
    [InlineData("\"is\": \"allowed\"}, \"verdict\"", "\"is\": \"permitted\"}, \"verdict\"", "good", "\"permitted\"", "use one of allowed")]
    [InlineData("\"is\": \"allowed\"}, \"verdict\"", "\"like\": \"allowed\"}, \"verdict\"", "good", "not understood", "exactly one of is, in, known")]
    [InlineData("\"verdict\": \"yes\"", "\"verdict\": \"maybe\"", "good", "no verdict \"maybe\"", "use one of yes, likely, ask, no")]
    [InlineData("\"office\": \"bamf\", ", "", "rest", "names no office", "add \"office\"")]
    [InlineData("\"office\": \"bamf\"", "\"office\": \"townhall\"", "rest", "no office \"townhall\"", "use one of bamf")]
    [InlineData("\"verdict\": \"likely\"", "\"verdict\": \"no\", \"office\": \"bamf\"", "open", "because something is not known", "\"likely\" or \"ask\"")]
    [InlineData("\"text\": \"rule.work.allowed\"", "\"text\": \"rule.work.nowhere\"", "good", "no text", "Reasons.resx")]
    [InlineData("\"source\": \"s\", \"text\": \"rule.work.allowed\"", "\"text\": \"rule.work.allowed\"", "good", "\"source\" is missing", "add \"source\"")]
    [InlineData("\"id\": \"good\", ", "\"id\": \"good\", \"weight\": 3, ", "good", "\"weight\" is not understood", "remove it")]
    [InlineData("\"id\": \"rest\"", "\"id\": \"good\"", "good", "two rules of this id", "its own id")]
    [InlineData("{\"not\": {\"field\": \"workNote\", \"is\": \"allowed\"}}", "{\"field\": \"workNote\", \"known\": true}", "rest", "it contradicts rule \"good\": both apply to workNote = allowed", "narrow")]
    [InlineData("{\"not\": {\"field\": \"workNote\", \"is\": \"allowed\"}}", "{\"all\": [{\"field\": \"workNote\", \"is\": \"allowed\"}, {\"field\": \"workNote\", \"is\": \"not-allowed\"}]}", "rest", "can never apply", "remove it")]
    [InlineData("2026-01-01", "9.2.2026", null, "\"validFrom\" is no date", "2026-02-09")]
    [InlineData("\"vacancy\"", "\"vacancies\"", null, "no type \"vacancies\"", "use one of")]
    [InlineData("\"title\": \"t\", ", "", null, "\"title\" is missing", "add \"title\"")]
    [InlineData("\"rules\": [", "\"rules\": ", null, "no JSON", "close every bracket")]
    [InlineData("{\"field\": \"workNote\", \"known\": false}", "{\"field\": \"workNote\", \"known\": false, \"is\": \"allowed\"}", "open", "not understood", "exactly one of")]
    [InlineData("{\"field\": \"workNote\", \"known\": false}", "{\"always\": false}", "open", "never applies", "\"always\": true")]
    [InlineData("{\"field\": \"workNote\", \"known\": false}", "{\"offer\": \"trait\", \"is\": \"cheap\"}", "open", "no trait \"cheap\"", "use one of free")]
    [InlineData("{\"field\": \"workNote\", \"known\": false}", "{\"offer\": \"price\", \"is\": \"0\"}", "open", "no offer column \"price\"", "use one of entry")]
    [InlineData("{\"field\": \"workNote\", \"known\": false}", "{\"field\": \"german\", \"atLeast\": \"B7\"}", "open", "no level \"B7\"", "use one of none")]
    [InlineData("{\"field\": \"workNote\", \"known\": false}", "{\"field\": \"workNote\", \"known\": true}", "open", "it contradicts rule \"good\": both apply to workNote = allowed, and that one says \"yes\", this one \"likely\"", "narrow")]
    [InlineData("\"text\": \"rule.work.allowed\"", "\"text\": \"rule.level.below-entry\", \"with\": [\"entry\"]", "good", "the text takes \"german\"", "\"with\": [\"german\"]")]
    [InlineData("\"text\": \"rule.work.allowed\"", "\"text\": \"rule.work.allowed\", \"with\": [\"age\"]", "good", "no parameter \"age\"", "use one of entry")]
    [InlineData("\"text\": \"rule.work.allowed\"", "\"texts\": {\"de\": \"Deutsch {german}\"}", "good", "the text takes \"german\"", "add \"with\"")]
    [InlineData("\"text\": \"rule.work.allowed\"", "\"texts\": {\"de\": \"x\", \"tlh\": \"y\"}", "good", "no language \"tlh\"", "use one of de")]
    [InlineData("\"id\": \"p\"", "\"id\": \"p/q\"", null, "\"id\" is too long or has other characters", "60")]
    [InlineData("\"version\": \"1\"", "\"version\": \"0123456789012345678901234567890123456789012345678901234567890\"", null, "\"version\" is too long", "60")]
    [InlineData("\"owner\": \"o\"", "\"owner\": \"\\ud800\"", null, "half a character", "the whole")]
    [InlineData("\"owner\": \"o\"", "\"owner\": \"o\", \"owner\": \"p\"", null, "\"owner\" stands twice", "keep one")]
    [InlineData("\"is\": \"allowed\"}, \"verdict\"", "\"is\": \"allowed\", \"is\": \"allowed\"}, \"verdict\"", null, "\"is\" stands twice", "keep one")]
    [InlineData("2026-01-01\"", "2026-01-01\", \"validTo\": \"2025-12-31\"", null, "\"validTo\" 2025-12-31 is before", "after it begins")]
    public void A_broken_pack_is_refused_with_file_rule_and_repair(string was, string now, string? rule, string found, string repair)
    {
        var broken = Good.Replace(was, now, StringComparison.Ordinal);
        Assert.NotEqual(Good, broken);
        var (set, problems) = RulePackSet.Load([new("p.json", broken)]);
        Assert.Null(set);
        Assert.Contains(problems, p => p.File == "p.json" && p.Rule == rule && p.Found(PackTexts.English).Contains(found) && p.Repair(PackTexts.English).Contains(repair));
    }

    [Fact]
    public void A_gap_is_refused_with_the_visitor_who_falls_into_it()
    {
        var gap = Good.Replace("{\"field\": \"workNote\", \"known\": false}", "{\"all\": [{\"field\": \"workNote\", \"known\": false}, {\"offer\": \"entry\", \"known\": true}]}");
        var problem = Assert.Single(RulePackSet.Load([new("p.json", gap)]).Problems);
        Assert.Contains("no rule applies to workNote = unknown, offer entry = unknown", problem.ToString());
    }

    [Fact]
    public void A_long_text_is_refused_with_its_length()
    {
        var problem = Assert.Single(RulePackSet.Load([new("p.json", Good.Replace("\"title\": \"t\"", $"\"title\": \"{new string('x', 301)}\""))]).Problems);
        Assert.Contains("\"title\" has 301 characters", problem.ToString());
    }

    /// <summary>Each trait doubles the cases: they are counted, not made.</summary>
    [Fact]
    public void A_pack_that_tells_too_many_cases_apart_is_refused_before_they_are_tried()
    {
        var traits = string.Join(", ", Vocabulary.Traits.Select(t => $$"""{"offer": "trait", "is": "{{t}}"}"""));
        var levels = """{"offer": "entry", "known": true}, {"offer": "exit", "known": true}, {"field": "german", "atLeast": "offer.entry"}""";
        var wide = Good.Replace("{\"field\": \"workNote\", \"known\": false}", $$"""{"any": [{{traits}}, {{levels}}]}""").Replace("{\"types\": [\"vacancy\"]}", "{\"kinds\": [\"employer\"]}");
        var problem = Assert.Single(RulePackSet.Load([new("p.json", wide)]).Problems);
        Assert.Equal("too-many-cases", problem.Code);
    }

    [Fact]
    public void What_is_nested_without_end_is_refused_as_no_json()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"not\": ", 500)) + "{\"always\": true}" + new string('}', 500);
        Assert.Equal("no-json", Assert.Single(RulePackSet.Load([new("p.json", Good.Replace("{\"field\": \"workNote\", \"known\": false}", deep))]).Problems).Code);
    }

    [Fact]
    public void Who_writes_packs_is_told_in_German_or_English_with_file_rule_and_repair()
    {
        var problem = Assert.Single(RulePackSet.Load([new("p.json", Good.Replace("\"office\": \"bamf\", ", ""))]).Problems);
        Assert.Equal("p.json, Regel „rest“: Das Urteil „ask“ nennt keine Stelle. → Ergänzen Sie \"office\": Niemand darf ohne Adresse weggeschickt werden.", problem.Say(CultureInfo.GetCultureInfo("de")));
        Assert.Equal("p.json, rule \"rest\": the verdict \"ask\" names no office. → add \"office\": nobody may be sent away without an address.", problem.Say(CultureInfo.GetCultureInfo("en")));
    }

    [Fact]
    public void What_is_said_to_those_who_write_packs_is_there_in_both_languages_with_the_same_arguments()
    {
        var texts = new ResourceManager("Matchmaking.Matching.Texts.RulePacks", typeof(PackTexts).Assembly);
        var (german, english) = (Words(texts, CultureInfo.InvariantCulture), Words(texts, PackTexts.English));
        Assert.Equal(german.Keys.Order(), english.Keys.Order());
        foreach (var (key, words) in german)
        {
            Assert.True(words != english[key] || key == "problem.pack", key);
            Assert.Equal((key, Arguments(words)), (key, Arguments(english[key])));
        }
        // Every refusal that stands in the reader has its words.
        var refusals = Refusal().Matches(File.ReadAllText(Path.Combine(Repository.Root, "services/Matching/Eligibility/RulePackReader.cs"))).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.InRange(refusals.Count, 25, 60);
        Assert.All(refusals.Where(code => code != "unknown-"), code => Assert.Contains(code + ".found", german.Keys));
    }

    private static Dictionary<string, string> Words(ResourceManager texts, CultureInfo culture) =>
        texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static string Arguments(string words) => string.Join(' ', Argument().Matches(words).Select(m => m.Value[..2]).Distinct().Order());

    [GeneratedRegex("Refused?\\(\"([a-z-]+)\"")]
    private static partial Regex Refusal();

    [GeneratedRegex("(?<!\\{)\\{[0-9][^}]*\\}")]
    private static partial Regex Argument();

    [Fact]
    public void Two_packs_of_one_id_on_the_same_day_are_refused()
    {
        var later = Good.Replace("2026-01-01", "2026-06-01");
        var problem = Assert.Single(RulePackSet.Load([new("a.json", Good), new("b.json", later)]).Problems);
        Assert.Equal("b.json", problem.File);
        Assert.Contains("\"validTo\": \"2026-05-31\"", problem.Repair(PackTexts.English));
    }

    [Fact]
    public void A_property_written_twice_is_refused() =>
        Assert.NotEmpty(RulePackSet.Load([new("p.json", Good.Replace("\"id\": \"p\",", "\"id\": \"p\", \"id\": \"q\","))]).Problems);
}
