using System.Text.RegularExpressions;
using k8s.Models;

namespace Matchmaking.K8s.Tests.Rules;

/// <summary>
/// Nobody speaks to anybody, but for what is needed; and what is needed is not a second list: it is read from the addresses
/// in the environment of the pods.
/// </summary>
internal static partial class NetworkRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("default-deny", all => all.All<V1NetworkPolicy>().Any(p => DeniesAll(p.Object.Spec)) ? []
            : [new(null, "no NetworkPolicy denies everything to every pod",
                "add one with podSelector: {}, policyTypes: [Ingress, Egress] and no rules")]),

        new("network-enough", all =>
        {
            var allowed = Allowed(all).ToList();
            return
                from edge in Needed(all)
                from direction in new[] { Direction.Egress, Direction.Ingress }
                where !allowed.Any(a => a.Edge == edge && a.Direction == direction)
                select new Finding(edge.From.Manifest, $"its environment names {edge}, but no policy allows the {direction} of it",
                    "add the NetworkPolicy, or remove the address");
        }),

        new("network-no-more", all =>
        {
            var needed = Needed(all).ToHashSet();
            return Allowed(all).Where(a => !needed.Contains(a.Edge))
                .Select(a => new Finding(a.Policy, $"it allows the {a.Direction} of {a.Edge}, which no environment names", "remove what is not needed"))
                .Concat(Outside(all));
        }),

        new("upload-size", all =>
            from ingress in all.All<V1Ingress>()
            where !(ingress.Object.Metadata.Annotations?.TryGetValue(BodySize, out var size) == true
                && size.EndsWith('m') && int.TryParse(size[..^1], out var mebibytes) && mebibytes > ImportMebibytes)
            select new Finding(ingress.Manifest, $"it does not let the import of a fair through, which may have {ImportMebibytes} MiB and a form around it",
                $"annotate it with {BodySize}: {ImportMebibytes + 1}m")),
    ];

    /// <summary>Of ingress-nginx; without it 1 MiB.</summary>
    private const string BodySize = "nginx.ingress.kubernetes.io/proxy-body-size";

    /// <summary>What the API takes: MaxBytes of services/Profile/Import/ImportFair.cs.</summary>
    private const int ImportMebibytes = 16;

    private enum Direction { Egress, Ingress }

    private sealed record Edge(Workload From, Workload To, int Port)
    {
        public override string ToString() => $"{From.Name} -> {To.Name}:{Port}";
    }

    private static bool DeniesAll(V1NetworkPolicySpec spec) =>
        spec.PodSelector is null or { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } }
        && spec.PolicyTypes is { } types && types.Contains("Ingress") && types.Contains("Egress")
        && spec.Ingress is null or { Count: 0 } && spec.Egress is null or { Count: 0 };

    // --- what the environment needs ---

    private static IEnumerable<Edge> Needed(Landscape all) =>
        (from workload in all.Workloads
         from address in Addresses(all, workload)
         from service in all.All<V1Service>()
         where service.Manifest.Name == address.Host
         from port in service.Object.Spec.Ports
         where port.Port == address.Port
         from target in all.Selected(service.Object.Spec.Selector)
         let container = target.Port(port.TargetPort?.ToString() ?? port.Port.ToString())
         where container is not null
         select new Edge(workload, target, container.ContainerPort)).Distinct();

    private static IEnumerable<(string Host, int Port)> Addresses(Landscape all, Workload workload)
    {
        var variables = workload.Containers.SelectMany(c => c.Env ?? [])
            // Told to people, never called by a pod.
            .Where(v => v.Name != "Public__Address")
            .Select(v => (v.Name, Value: all.Value(v) ?? "")).ToList();
        foreach (var (name, value) in variables)
        {
            if (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Host.Length > 0)
                yield return (uri.Host, uri.Port > 0 ? uri.Port : 5672);
            else if (Keyword().Match(value) is { Success: true } keyword)
                yield return (keyword.Groups["host"].Value, 5432);
            else if (HostAndPort().Match(value) is { Success: true } pair)
                yield return (pair.Groups["host"].Value, int.Parse(pair.Groups["port"].Value));
            else if (name.EndsWith("__Host", StringComparison.Ordinal))
                yield return (value, int.Parse(variables.Single(v => v.Name == name[..^4] + "Port").Value));
        }
    }

    [GeneratedRegex("^Host=(?<host>[^;]+);", RegexOptions.IgnoreCase)]
    private static partial Regex Keyword();

    [GeneratedRegex("^(?<host>[a-z][a-z0-9.-]*):(?<port>[0-9]+)(,|$)")]
    private static partial Regex HostAndPort();

    // --- what the policies allow ---

    private sealed record Allowance(Manifest Policy, Direction Direction, Edge Edge);

    private static IEnumerable<Allowance> Allowed(Landscape all) =>
        from policy in all.All<V1NetworkPolicy>()
        from self in all.Selected(policy.Object.Spec.PodSelector)
        from side in Sides(policy.Object.Spec)
        from peer in side.Peers
        where peer is { NamespaceSelector: null, IpBlock: null }
        from other in all.Selected(peer.PodSelector)
        from port in side.Ports
        let edge = side.Direction == Direction.Egress ? (Caller: self, Called: other) : (Caller: other, Called: self)
        let number = edge.Called.Port(port.Port?.ToString() ?? "")?.ContainerPort
        select new Allowance(policy.Manifest, side.Direction, new Edge(edge.Caller, edge.Called, number ?? 0));

    /// <summary>Beyond the namespace: names from the cluster's DNS, visitors by way of the ingress controller to Web, and webhooks of Notification. Nothing else.</summary>
    private static IEnumerable<Finding> Outside(Landscape all) =>
        from policy in all.All<V1NetworkPolicy>()
        from side in Sides(policy.Object.Spec)
        let everybody = side.Peers.Count == 0 || side.Ports.Count == 0
        let foreign = side.Peers.Where(p => p.NamespaceSelector is not null || p.IpBlock is not null).ToList()
        where everybody || (foreign.Count > 0 && !IsDns(side) && !IsDoor(policy.Object.Spec, side) && !IsWebhooks(policy.Object.Spec, side))
        select new Finding(policy.Manifest, $"its {side.Direction} is open to more than the pods of this namespace",
            "name peers and ports; only DNS, the ingress controller's way to web and webhooks on the public internet are outside");

    private static bool IsDns(Side side) => side.Direction == Direction.Egress && side.Ports.All(p => p.Port == "53")
        && side.Peers.All(p => p is { PodSelector.MatchLabels: { } labels, NamespaceSelector: not null } && labels["k8s-app"] == "kube-dns");

    private static bool IsDoor(V1NetworkPolicySpec spec, Side side) => side.Direction == Direction.Ingress
        && spec.PodSelector.MatchLabels is { Count: 1 } labels && labels["app.kubernetes.io/name"] == "web"
        && side.Ports.All(p => p.Port == "8080") && side.Peers.All(p => p.NamespaceSelector?.MatchLabels is { Count: > 0 });

    /// <summary>Encrypted, to the public internet alone.</summary>
    private static bool IsWebhooks(V1NetworkPolicySpec spec, Side side) => side.Direction == Direction.Egress
        && spec.PodSelector.MatchLabels is { Count: 1 } labels && labels["app.kubernetes.io/name"] == "notification" && side.Ports.All(p => p.Port == "443")
        && side.Peers.All(p => p is { PodSelector: null, NamespaceSelector: null, IpBlock: { } block } && (block.Cidr == "2000::/3"
            || (block.Cidr == "0.0.0.0/0" && ((string[])["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]).All((block.Except ?? []).Contains))));

    private sealed record Side(Direction Direction, IList<V1NetworkPolicyPeer> Peers, IList<V1NetworkPolicyPort> Ports);

    private static IEnumerable<Side> Sides(V1NetworkPolicySpec spec) =>
    [
        .. (spec.Egress ?? []).Select(e => new Side(Direction.Egress, e.To ?? [], e.Ports ?? [])),
        .. (spec.Ingress ?? []).Select(i => new Side(Direction.Ingress, i.FromProperty ?? [], i.Ports ?? [])),
    ];
}
