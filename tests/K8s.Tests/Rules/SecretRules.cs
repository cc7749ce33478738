using System.Text.RegularExpressions;
using k8s.Models;

namespace Matchmaking.K8s.Tests.Rules;

/// <summary>Secrets are referred to, never written into a manifest.</summary>
internal static partial class SecretRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("secrets-referenced", all =>
            all.All<V1Secret>().Select(s => new Finding(
                s.Manifest, "a secret is written down here", "let the overlay generate it or the cluster's secret store bring it"))
            .Concat(
                from workload in all.Workloads
                from variable in workload.Containers.SelectMany(c => c.Env ?? [])
                where SecretName().IsMatch(variable.Name) && variable.ValueFrom?.SecretKeyRef is null
                select new Finding(
                    workload.Manifest, $"the variable {variable.Name} is readable by whoever reads the manifest", "take it by secretKeyRef"))),
    ];

    /// <summary>Connection strings carry passwords, so they are secrets as a whole.</summary>
    [GeneratedRegex("^ConnectionStrings__|KEY$|PASS|SECRET|TOKEN", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
