using k8s.Models;

namespace Matchmaking.K8s.Tests.Rules;

/// <summary>A new version, a drained node or a lost pod is not noticed by anybody at the fair.</summary>
internal static class AvailabilityRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("steady-rollout", all =>
            from d in Services(all)
            let spec = d.Object.Spec
            where spec.Strategy?.RollingUpdate?.MaxUnavailable?.ToString() != "0"
                || !(spec.Template.Spec.TerminationGracePeriodSeconds >= 30)
                || spec.Template.Spec.TopologySpreadConstraints is not { Count: > 0 }
            select new Finding(d.Manifest, "a rollout may leave too few pods, or all on one node",
                "set rollingUpdate.maxUnavailable: 0, terminationGracePeriodSeconds of at least 30, and topologySpreadConstraints")),

        new("two-replicas", all =>
            from d in Services(all)
            let scaler = all.All<V2HorizontalPodAutoscaler>()
                .FirstOrDefault(h => h.Object.Spec.ScaleTargetRef is { Kind: "Deployment" } target && target.Name == d.Manifest.Name).Object
            where scaler is null ? !(d.Object.Spec.Replicas >= 2) : !(scaler.Spec.MinReplicas >= 2) || d.Object.Spec.Replicas is not null
            select new Finding(d.Manifest, "one lost pod would be the whole service, or replicas fights with its autoscaler",
                "set replicas to at least 2, or leave it out and set minReplicas of a HorizontalPodAutoscaler to at least 2")),

        new("disruption-budget", all =>
            from d in Services(all)
            where !all.All<V1PodDisruptionBudget>().Any(b => all.Selected(b.Object.Spec.Selector).Any(w => w.Manifest == d.Manifest))
            select new Finding(d.Manifest, "draining nodes may take all of its pods at once", "add a PodDisruptionBudget that selects it")),
    ];

    private static IEnumerable<(Manifest Manifest, V1Deployment Object)> Services(Landscape all) =>
        all.All<V1Deployment>().Where(d => Workload.Of(d.Manifest)!.IsService);
}
