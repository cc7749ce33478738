using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Tests.Eligibility;

/// <summary>A pack that is not understood is refused with file, rule and repair, and nothing of it is used.</summary>
public sealed class BrokenPackTests
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
    [InlineData("{\"not\": {\"field\": \"workNote\", \"is\": \"allowed\"}}", "{\"field\": \"workNote\", \"known\": true}", "rest", "rule \"good\" both apply to workNote = allowed", "narrow")]
    [InlineData("{\"not\": {\"field\": \"workNote\", \"is\": \"allowed\"}}", "{\"all\": [{\"field\": \"workNote\", \"is\": \"allowed\"}, {\"field\": \"workNote\", \"is\": \"not-allowed\"}]}", "rest", "can never apply", "remove it")]
    [InlineData("2026-01-01", "9.2.2026", null, "\"validFrom\" is no date", "2026-02-09")]
    [InlineData("\"vacancy\"", "\"vacancies\"", null, "no type \"vacancies\"", "use one of")]
    [InlineData("\"title\": \"t\", ", "", null, "\"title\" is missing", "add \"title\"")]
    [InlineData("\"rules\": [", "\"rules\": ", null, "no JSON", "close every bracket")]
    [InlineData("{\"field\": \"workNote\", \"known\": false}", "{\"field\": \"workNote\", \"known\": false, \"is\": \"allowed\"}", "open", "not understood", "exactly one of")]
    public void A_broken_pack_is_refused_with_file_rule_and_repair(string was, string now, string? rule, string found, string repair)
    {
        var broken = Good.Replace(was, now, StringComparison.Ordinal);
        Assert.NotEqual(Good, broken);
        var (set, problems) = RulePackSet.Load([new("p.json", broken)]);
        Assert.Null(set);
        Assert.Contains(problems, p => p.File == "p.json" && p.Rule == rule && p.Found.Contains(found) && p.Repair.Contains(repair));
    }

    [Fact]
    public void A_gap_is_refused_with_the_visitor_who_falls_into_it()
    {
        var gap = Good.Replace("{\"field\": \"workNote\", \"known\": false}", "{\"all\": [{\"field\": \"workNote\", \"known\": false}, {\"offer\": \"entry\", \"known\": true}]}");
        var problem = Assert.Single(RulePackSet.Load([new("p.json", gap)]).Problems);
        Assert.Contains("no rule applies to workNote = unknown, offer entry = unknown", problem.ToString());
    }

    [Fact]
    public void Two_packs_of_one_id_on_the_same_day_are_refused()
    {
        var later = Good.Replace("2026-01-01", "2026-06-01");
        var problem = Assert.Single(RulePackSet.Load([new("a.json", Good), new("b.json", later)]).Problems);
        Assert.Equal("b.json", problem.File);
        Assert.Contains("\"validTo\": \"2026-05-31\"", problem.Repair);
    }

    [Fact]
    public void A_property_written_twice_is_refused() =>
        Assert.NotEmpty(RulePackSet.Load([new("p.json", Good.Replace("\"id\": \"p\",", "\"id\": \"p\", \"id\": \"q\","))]).Problems);
}
