using k8s.Models;

namespace Matchmaking.K8s.Tests.Rules;

/// <summary>What every pod keeps to, ours and the engines': the "restricted" pod security standard and a little more.</summary>
internal static class PodRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        PerContainer("non-root",
            (w, c) => (c.SecurityContext?.RunAsNonRoot ?? w.Pod.SecurityContext?.RunAsNonRoot) == true
                && (c.SecurityContext?.RunAsUser ?? w.Pod.SecurityContext?.RunAsUser) > 0,
            "may run as root", "set runAsNonRoot: true and a runAsUser other than 0"),
        PerContainer("read-only-root", (_, c) => c.SecurityContext?.ReadOnlyRootFilesystem == true,
            "can write to its image", "set readOnlyRootFilesystem: true and mount what it must write"),
        PerContainer("no-privilege-escalation", (_, c) => c.SecurityContext?.AllowPrivilegeEscalation == false && c.SecurityContext.Privileged != true,
            "can gain privileges", "set allowPrivilegeEscalation: false"),
        PerContainer("drop-all-capabilities",
            (_, c) => c.SecurityContext?.Capabilities is { } caps && (caps.Drop ?? []).Contains("ALL") && (caps.Add ?? []).Count == 0,
            "keeps capabilities of the kernel", "set capabilities: { drop: [ALL] } and add none"),
        PerContainer("seccomp", (w, c) => (c.SecurityContext?.SeccompProfile ?? w.Pod.SecurityContext?.SeccompProfile)?.Type == "RuntimeDefault",
            "has no filter of system calls", "set seccompProfile: { type: RuntimeDefault }"),
        PerContainer("resources",
            (_, c) => new[] { c.Resources?.Requests, c.Resources?.Limits }.All(r => r is not null && r.ContainsKey("cpu") && r.ContainsKey("memory")),
            "does not say how much it needs and may take", "set cpu and memory under both resources.requests and resources.limits"),
        PerContainer("probes", (w, c) => HasProbes(w, c),
            "is not asked whether it starts, lives and is ready",
            "set startupProbe, livenessProbe and readinessProbe; for our services /health/live, /health/live and /health/ready on port http"),
        PerContainer("pinned-image", (_, c) => IsPinned(c.Image),
            "has an image that may change under its name", "name a tag other than latest, or a digest"),
        PerContainer("tmp-folder", (w, c) => (c.VolumeMounts ?? []).Any(m => m.MountPath == "/tmp"
                && (w.Pod.Volumes ?? []).Any(v => v.Name == m.Name && v.EmptyDir is not null)),
            "has no folder for temporary files on its read-only root", "mount an emptyDir at /tmp"),
        PerWorkload("no-service-account-token", w => w.Pod.AutomountServiceAccountToken == false,
            "carries a key to the cluster's API that it never uses", "set automountServiceAccountToken: false in the pod"),
        PerWorkload("no-host-access",
            w => w.Pod is { HostNetwork: not true, HostPID: not true, HostIPC: not true }
                && (w.Pod.Volumes ?? []).All(v => v.HostPath is null) && w.Containers.All(c => (c.Ports ?? []).All(p => p.HostPort is null)),
            "reaches into its node", "remove hostNetwork, hostPID, hostIPC, hostPath and hostPort"),
    ];

    private static Rule PerContainer(string name, Func<Workload, V1Container, bool> holds, string wrong, string repair) =>
        new(name, all =>
            from workload in all.Workloads
            from container in workload.Containers
            where !holds(workload, container)
            select new Finding(workload.Manifest, $"container {container.Name} {wrong}", repair));

    private static Rule PerWorkload(string name, Func<Workload, bool> holds, string wrong, string repair) =>
        new(name, all => all.Workloads.Where(w => !holds(w)).Select(w => new Finding(w.Manifest, $"the pod {wrong}", repair)));

    /// <summary>An engine is probed as it can be; a service of ours at its two endpoints.</summary>
    private static bool HasProbes(Workload workload, V1Container container)
    {
        V1Probe?[] probes = [container.StartupProbe, container.LivenessProbe, container.ReadinessProbe];
        if (probes.Any(p => p is null))
            return false;
        return !workload.IsService
            || probes.Zip(["/health/live", "/health/live", "/health/ready"])
                .All(p => p.First!.HttpGet is { } get && get.Path == p.Second && get.Port == "http");
    }

    internal static bool IsPinned(string? image)
    {
        if (image is null)
            return false;
        if (image.Contains("@sha256:", StringComparison.Ordinal))
            return true;
        // The part after the last slash: a registry's port has a colon, too.
        var parts = image[(image.LastIndexOf('/') + 1)..].Split(':');
        return parts is [_, { Length: > 0 } tag] && tag != "latest";
    }
}
