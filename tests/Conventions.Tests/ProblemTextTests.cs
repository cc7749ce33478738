using System.Text.RegularExpressions;
using System.Xml.Linq;
using Matchmaking.Rig;

namespace Matchmaking.Conventions.Tests;

/// <summary>Refusals are read by people too.</summary>
public sealed partial class ProblemTextTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "services"), "Problem*.en.resx", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
            .Select(f => Path.GetRelativePath(Repository.Root, f)[..^".en.resx".Length].Replace('\\', '/'))];

    [Theory, MemberData(nameof(Files))]
    public void Each_is_told_in_every_language_with_the_same_places(string file)
    {
        var german = Read(file + ".resx");
        Assert.NotEmpty(german);
        foreach (var language in (string[])["en", "uk", "ar"])
        {
            var texts = Read($"{file}.{language}.resx");
            Assert.Equal(german.Keys.Order(), texts.Keys.Order());
            foreach (var (code, text) in german) Assert.Equal(Places(text), Places(texts[code]));
        }
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(Path.Combine(Repository.Root, file)).Root!.Elements("data")
        .ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!);

    private static string[] Places(string text) => [.. Place().Matches(text).Select(m => m.Value).Distinct().Order()];

    [GeneratedRegex(@"\{+\w+\}+")]
    private static partial Regex Place();
}
