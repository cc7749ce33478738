using System.Text.RegularExpressions;

namespace Matchmaking.Conventions.Tests;

/// <summary>Web is the only public door: what a service describes to integrators has to be reachable through it, and reach that service.</summary>
public sealed partial class DoorTests
{
    private static readonly string[] NotPublic = ["/api/demo/"];

    [Fact]
    public void Every_path_of_the_api_is_forwarded_to_the_service_that_has_it()
    {
        var routes = Route().Matches(File.ReadAllText(Path.Combine(Rig.Repository.Root, "services", "Web", "Door", "ForwardApi.cs"))).Select(m => (Path: m.Groups[1].Value, Service: m.Groups[2].Value)).ToArray();
        var lost = new List<string>();
        var paths = 0;
        foreach (var service in (string[])["Profile", "Matching", "Notification"])
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Rig.Repository.Root, "services", service), "*.cs", SearchOption.AllDirectories))
                foreach (var path in Mapped().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Where(p => !NotPublic.Any(p.StartsWith)))
                {
                    paths++;
                    if (routes.FirstOrDefault(r => Leads(r.Path, path)).Service != service) lost.Add($"{path} of {service}");
                }
        Assert.True(paths > 40, $"only {paths} paths were found");
        Assert.Empty(lost);
    }

    private static bool Leads(string route, string path)
    {
        var (wanted, asked) = (route.Split('/'), path.Split('/'));
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].StartsWith("{**", StringComparison.Ordinal)) return true;
            if (i >= asked.Length || !(wanted[i].StartsWith('{') || wanted[i] == asked[i])) return false;
        }
        return wanted.Length == asked.Length;
    }

    [GeneratedRegex("""\("(/[^"]+)", ServiceClients\.(\w+)\)""")]
    private static partial Regex Route();

    [GeneratedRegex("Map(?:Get|Post|Put|Delete|Methods)\\(\"(/api/[^\"]+)\"")]
    private static partial Regex Mapped();
}
