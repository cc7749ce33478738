using k8s.Models;

namespace Matchmaking.K8s.Tests;

/// <summary>Everything that one `kubectl apply -k` brings: the manifests, and the values that kustomize generates.</summary>
internal sealed class Landscape(
    IReadOnlyList<Manifest> manifests,
    IReadOnlyDictionary<(string Kind, string Name), Dictionary<string, string>> generated,
    Compose compose)
{
    public IReadOnlyList<Manifest> Manifests { get; } = manifests;
    public IReadOnlyList<Workload> Workloads { get; } = [.. manifests.Select(Workload.Of).OfType<Workload>()];
    public Compose Compose { get; } = compose;

    public static Landscape Load(string overlay)
    {
        var kustomization = Kustomization.Load(Path.Combine(Repository.Root, overlay));
        return new([.. kustomization.Manifests()], kustomization.Generated(), Compose.Load());
    }

    /// <summary>The same with these manifests in it; one of the same kind and name is replaced.</summary>
    public Landscape With(IReadOnlyList<Manifest> others) =>
        new([.. Manifests.Where(m => !others.Any(o => (o.Kind, o.Name) == (m.Kind, m.Name))), .. others], generated, Compose);

    public IEnumerable<(Manifest Manifest, T Object)> All<T>() =>
        Manifests.Where(m => m.Object is T).Select(m => (m, (T)m.Object));

    public bool Has(string kind, string name) =>
        generated.ContainsKey((kind, name)) || Manifests.Any(m => m.Kind == kind && m.Name == name);

    public string? Generated(string kind, string name, string key) =>
        generated.TryGetValue((kind, name), out var values) ? values.GetValueOrDefault(key) : null;

    /// <summary>What the variable holds in the pod; null where its reference leads nowhere.</summary>
    public string? Value(V1EnvVar variable) => variable.ValueFrom switch
    {
        { ConfigMapKeyRef: { } c } => Generated("ConfigMap", c.Name, c.Key),
        { SecretKeyRef: { } s } => Generated("Secret", s.Name, s.Key),
        _ => variable.Value,
    };

    public IEnumerable<Workload> Selected(IDictionary<string, string>? labels) =>
        Workloads.Where(w => (labels ?? new Dictionary<string, string>()).All(l => w.Labels.TryGetValue(l.Key, out var v) && v == l.Value));

    public IEnumerable<Workload> Selected(V1LabelSelector? selector) =>
        Selected(selector?.MatchLabels).Where(w => (selector?.MatchExpressions ?? []).All(e => Matches(w, e)));

    private static bool Matches(Workload workload, V1LabelSelectorRequirement wanted) => wanted.OperatorProperty switch
    {
        "In" => workload.Labels.TryGetValue(wanted.Key, out var value) && wanted.Values.Contains(value),
        "Exists" => workload.Labels.ContainsKey(wanted.Key),
        var other => throw new NotSupportedException($"{workload.Manifest}: the tests do not know the selector operator {other}."),
    };
}
