namespace Matchmaking.K8s.Tests.Rules;

/// <summary>A service is told the same things on one machine and in a cluster.</summary>
internal static class EnvironmentRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("environment", all =>
            from service in all.Compose.Services
            where service.Value.Build is not null
            from workload in all.Workloads
            where workload.Name == service.Key
            // An optional variable that this landscape does not set is not there.
            let here = workload.Containers.SelectMany(c => c.Env ?? []).Where(e => all.Value(e) is not null).Select(e => e.Name).ToHashSet()
            let there = service.Value.Environment.Keys.ToHashSet()
            where !here.SetEquals(there)
            select new Finding(workload.Manifest,
                $"only here: [{string.Join(", ", here.Except(there))}], only in docker-compose.yml: [{string.Join(", ", there.Except(here))}]",
                "give the service the same variables in both")),
    ];
}
