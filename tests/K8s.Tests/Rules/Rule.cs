namespace Matchmaking.K8s.Tests.Rules;

/// <summary>What is wrong, where, and how it is mended.</summary>
internal sealed record Finding(Manifest? Where, string Wrong, string Repair)
{
    public override string ToString() => $"{Where?.ToString() ?? "k8s"}: {Wrong}. Repair: {Repair}.";
}

/// <summary>One rule. Its name is also that of the manifest under Broken/ that proves that it can fail.</summary>
internal sealed record Rule(string Name, Func<Landscape, IEnumerable<Finding>> Findings)
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. PodRules.All, .. AvailabilityRules.All, .. ReferenceRules.All, .. SecretRules.All, .. NetworkRules.All, .. EnvironmentRules.All,
    ];
}
