using Matchmaking.K8s.Tests.Rules;
using Xunit;

namespace Matchmaking.K8s.Tests;

/// <summary>Every rule on every manifest, and every rule seen red.</summary>
public sealed class RuleTests
{
    private static readonly Lazy<Landscape> Demo = new(() => Landscape.Load("k8s/overlays/demo"));
    private static readonly string BrokenFolder = Path.Combine(Repository.Root, "tests", "K8s.Tests", "Broken");

    public static TheoryData<string> RuleNames => [.. Rule.All.Select(r => r.Name)];

    public static TheoryData<string> BrokenFiles => [.. Directory.EnumerateFiles(BrokenFolder, "*.yaml").Select(f => Path.GetFileName(f)).Order()];

    [Theory, MemberData(nameof(RuleNames))]
    public void Every_manifest_keeps_to(string rule)
    {
        var findings = Rule.All.Single(r => r.Name == rule).Findings(Demo.Value).ToList();
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    /// <summary>
    /// A broken manifest joins the good ones (or replaces its namesake); exactly the rule that its file is named after finds exactly one
    /// thing, and says what the file's first line expects.
    /// </summary>
    [Theory, MemberData(nameof(BrokenFiles))]
    public void A_broken_manifest_is_found_by_its_rule_alone(string file)
    {
        var path = Path.Combine(BrokenFolder, file);
        var expected = File.ReadLines(path).First().Replace("# expected: ", "", StringComparison.Ordinal);

        // What is wrong without it has its own test above.
        var (rule, text) = Assert.Single(All(Demo.Value.With(Manifest.Load(path))).Except(All(Demo.Value)));
        Assert.Equal(file.Split('.')[0], rule);
        Assert.Contains(expected, text, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Rule, string Text)> All(Landscape landscape) =>
        Rule.All.SelectMany(r => r.Findings(landscape).Select(f => (r.Name, f.ToString())));

    [Fact]
    public void Every_rule_has_its_broken_manifest() =>
        Assert.Equal(Rule.All.Select(r => r.Name).Order(), BrokenFiles.Select(f => f.Data.Split('.')[0]).Distinct().Order());
}
