using k8s;
using k8s.Models;

namespace Matchmaking.K8s.Tests;

/// <summary>One document of one file, typed by the API of Kubernetes.</summary>
internal sealed record Manifest(string File, IKubernetesObject<V1ObjectMeta> Object)
{
    public string Kind => Object.Kind;
    public string Name => Object.Metadata.Name;
    public IDictionary<string, string> Labels => Object.Metadata.Labels ?? new Dictionary<string, string>();

    public override string ToString() => $"{File}: {Kind} {Name}";

    /// <summary>Strict: a field that the API does not know is refused, so a misspelt "securtyContext" cannot pass as absent.</summary>
    public static IReadOnlyList<Manifest> Load(string path) => Parse(Repository.Relative(path), System.IO.File.ReadAllText(path));

    public static IReadOnlyList<Manifest> Parse(string file, string yaml)
    {
        try
        {
            return [.. KubernetesYaml.LoadAllFromString(yaml, strict: true)
                .Select(o => new Manifest(file, (IKubernetesObject<V1ObjectMeta>)o))];
        }
        catch (Exception e)
        {
            throw new InvalidDataException($"{file} is no manifest that Kubernetes knows: {e.GetBaseException().Message}", e);
        }
    }
}
