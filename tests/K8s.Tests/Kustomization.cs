using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Matchmaking.K8s.Tests;

/// <summary>
/// A kustomization.yaml and the folder beside it. Only the fields that this project uses are known; any other is refused,
/// because the rules could not see what it does to the manifests.
/// </summary>
internal sealed class Kustomization
{
    public required string Folder { get; init; }
    public required Fields Content { get; init; }

    public IEnumerable<string> Resources => (Content.Resources ?? []).Select(r => Path.GetFullPath(Path.Combine(Folder, r)));

    public static Kustomization Load(string folder) => new()
    {
        Folder = folder,
        Content = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build()
            .Deserialize<Fields>(File.ReadAllText(Path.Combine(folder, "kustomization.yaml"))),
    };

    public static IEnumerable<string> Folders() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "k8s"), "kustomization.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetDirectoryName(f)!);

    /// <summary>The manifests of this folder and of all that it builds upon.</summary>
    public IEnumerable<Manifest> Manifests() => Resources.SelectMany(r => Directory.Exists(r) ? Load(r).Manifests() : Manifest.Load(r));

    /// <summary>What the generators of this folder, over those below it, put into (kind, name).</summary>
    public Dictionary<(string Kind, string Name), Dictionary<string, string>> Generated()
    {
        var all = new Dictionary<(string, string), Dictionary<string, string>>();
        foreach (var below in Resources.Where(Directory.Exists))
            foreach (var (key, values) in Load(below).Generated())
                all[key] = values;
        foreach (var (kind, generators) in new[] { ("ConfigMap", Content.ConfigMapGenerator), ("Secret", Content.SecretGenerator) })
            foreach (var generator in generators ?? [])
            {
                var values = generator.Behavior == "merge" ? all[(kind, generator.Name)] : all[(kind, generator.Name)] = [];
                foreach (var literal in generator.Literals ?? [])
                    values[literal[..literal.IndexOf('=')]] = literal[(literal.IndexOf('=') + 1)..];
                foreach (var file in generator.Files ?? [])
                    values[file] = File.ReadAllText(Path.Combine(Folder, file));
            }
        return all;
    }

    internal sealed class Fields
    {
        public string ApiVersion { get; set; } = "";
        public string Kind { get; set; } = "";
        public string? Namespace { get; set; }
        public List<string>? Resources { get; set; }
        public List<Generator>? ConfigMapGenerator { get; set; }
        public List<Generator>? SecretGenerator { get; set; }
    }

    internal sealed class Generator
    {
        public string Name { get; set; } = "";
        public string? Behavior { get; set; }
        public List<string>? Literals { get; set; }
        public List<string>? Files { get; set; }
    }
}
