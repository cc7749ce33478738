using k8s.Models;

namespace Matchmaking.K8s.Tests.Rules;

/// <summary>Whatever names something else names something that is there.</summary>
internal static class ReferenceRules
{
    private static readonly string[] Wanted = ["app.kubernetes.io/name", "app.kubernetes.io/component", "app.kubernetes.io/part-of"];

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("labels", all =>
            from labelled in all.Manifests.Select(m => (Manifest: m, m.Labels))
                .Concat(all.Workloads.Where(w => w.Manifest.Kind != "Pod").Select(w => (w.Manifest, w.Labels)))
            let missing = Wanted.Where(l => !labelled.Labels.ContainsKey(l)).ToList()
            where missing.Count > 0
            select new Finding(labelled.Manifest, $"it or its pods lack {string.Join(", ", missing)}", "add the standard labels")),

        new("selectors", all => Selectors(all).Where(s => !s.Holds)
            .Select(s => new Finding(s.Manifest, s.Wrong, "make the selector and the labels of the pods the same"))),

        new("ports", all => ServicePorts(all).Concat(Backends(all)).Concat(ProbePorts(all))),

        new("references", all => all.Workloads.SelectMany(w => Missing(all, w)
            .Select(what => new Finding(w.Manifest, $"{what} is nowhere", "add it to the kustomization or correct the name")))),
    ];

    private static IEnumerable<(Manifest Manifest, bool Holds, string Wrong)> Selectors(Landscape all)
    {
        foreach (var (manifest, d) in all.All<V1Deployment>())
            yield return (manifest, Covers(d.Spec.Selector, d.Spec.Template), "its selector does not match its own pods");
        foreach (var (manifest, s) in all.All<V1StatefulSet>())
            yield return (manifest, Covers(s.Spec.Selector, s.Spec.Template), "its selector does not match its own pods");
        foreach (var (manifest, s) in all.All<V1Service>())
            yield return (manifest, s.Spec.Selector is { Count: > 0 } && all.Selected(s.Spec.Selector).Any(), "it selects no pod");
        foreach (var (manifest, b) in all.All<V1PodDisruptionBudget>())
            yield return (manifest, all.Selected(b.Spec.Selector).Any(), "it selects no pod");
        foreach (var (manifest, p) in all.All<V1NetworkPolicy>())
        {
            yield return (manifest, all.Selected(p.Spec.PodSelector).Any(), "it selects no pod");
            foreach (var peer in (p.Spec.Ingress ?? []).SelectMany(i => i.FromProperty ?? []).Concat((p.Spec.Egress ?? []).SelectMany(e => e.To ?? [])))
                yield return (manifest, peer.NamespaceSelector is not null || peer.PodSelector is null || all.Selected(peer.PodSelector).Any(),
                    "one of its peers selects no pod");
        }
        foreach (var (manifest, h) in all.All<V2HorizontalPodAutoscaler>())
            yield return (manifest, all.Has(h.Spec.ScaleTargetRef.Kind, h.Spec.ScaleTargetRef.Name), "it scales something that is not there");
    }

    private static bool Covers(V1LabelSelector selector, V1PodTemplateSpec template) =>
        selector.MatchLabels is { Count: > 0 } labels && labels.All(l => template.Metadata.Labels.TryGetValue(l.Key, out var v) && v == l.Value);

    private static IEnumerable<Finding> ServicePorts(Landscape all) =>
        from s in all.All<V1Service>()
        from port in s.Object.Spec.Ports ?? []
        let target = port.TargetPort?.ToString() ?? port.Port.ToString()
        from workload in all.Selected(s.Object.Spec.Selector)
        where workload.Port(target) is null
        select new Finding(s.Manifest, $"its port {port.Port} leads to {target}, which no container of {workload.Name} opens",
            "name a containerPort of the pod as targetPort");

    private static IEnumerable<Finding> Backends(Landscape all) =>
        from i in all.All<V1Ingress>()
        from path in (i.Object.Spec.Rules ?? []).SelectMany(r => r.Http.Paths)
        let backend = path.Backend.Service
        where !all.All<V1Service>().Any(s => s.Manifest.Name == backend.Name
            && s.Object.Spec.Ports.Any(p => p.Name == backend.Port.Name || p.Port == backend.Port.Number))
        select new Finding(i.Manifest, $"{path.Path} leads to {backend.Name}, which has no such port", "name a Service and one of its ports");

    private static IEnumerable<Finding> ProbePorts(Landscape all) =>
        from workload in all.Workloads
        from container in workload.Containers
        from probe in new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }
        let port = (probe?.HttpGet?.Port ?? probe?.TcpSocket?.Port)?.ToString()
        where port is not null && workload.Port(port) is null
        select new Finding(
            workload.Manifest, $"container {container.Name} is probed at {port}, which it does not open", "name one of its containerPorts");

    private static IEnumerable<string> Missing(Landscape all, Workload workload)
    {
        var pod = workload.Pod;
        if (pod.ServiceAccountName is { } account && !all.Has("ServiceAccount", account))
            yield return $"ServiceAccount {account}";
        foreach (var volume in pod.Volumes ?? [])
        {
            if (volume.ConfigMap is { } c && !all.Has("ConfigMap", c.Name))
                yield return $"ConfigMap {c.Name}";
            if (volume.Secret is { } s && !all.Has("Secret", s.SecretName))
                yield return $"Secret {s.SecretName}";
        }
        foreach (var variable in workload.Containers.SelectMany(c => c.Env ?? []))
        {
            if (variable.ValueFrom?.ConfigMapKeyRef is { Optional: not true } c && all.Generated("ConfigMap", c.Name, c.Key) is null)
                yield return $"key {c.Key} of ConfigMap {c.Name}";
            if (variable.ValueFrom?.SecretKeyRef is { Optional: not true } s && all.Generated("Secret", s.Name, s.Key) is null)
                yield return $"key {s.Key} of Secret {s.Name}";
        }
    }
}
