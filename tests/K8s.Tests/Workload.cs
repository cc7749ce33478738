using k8s.Models;

namespace Matchmaking.K8s.Tests;

/// <summary>Whatever makes pods: a Deployment, StatefulSet, DaemonSet, Job, CronJob, or a Pod itself.</summary>
internal sealed record Workload(Manifest Manifest, IDictionary<string, string> Labels, V1PodSpec Pod)
{
    public string Name => Manifest.Name;
    public IEnumerable<V1Container> Containers => [.. Pod.InitContainers ?? [], .. Pod.Containers ?? []];

    /// <summary>One of our own services, not an engine from elsewhere.</summary>
    public bool IsService => Labels.TryGetValue("app.kubernetes.io/component", out var component) && component == "service";

    public V1ContainerPort? Port(string nameOrNumber) => Containers.SelectMany(c => c.Ports ?? [])
        .FirstOrDefault(p => p.Name == nameOrNumber || p.ContainerPort.ToString() == nameOrNumber);

    public static Workload? Of(Manifest manifest) => manifest.Object switch
    {
        V1Deployment d => From(manifest, d.Spec.Template),
        V1StatefulSet s => From(manifest, s.Spec.Template),
        V1DaemonSet d => From(manifest, d.Spec.Template),
        V1Job j => From(manifest, j.Spec.Template),
        V1CronJob c => From(manifest, c.Spec.JobTemplate.Spec.Template),
        V1Pod p => new(manifest, manifest.Labels, p.Spec),
        _ => null,
    };

    private static Workload From(Manifest manifest, V1PodTemplateSpec template) =>
        new(manifest, template.Metadata?.Labels ?? new Dictionary<string, string>(), template.Spec);
}
