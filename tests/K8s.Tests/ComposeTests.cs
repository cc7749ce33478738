using Matchmaking.K8s.Tests.Rules;
using Xunit;

namespace Matchmaking.K8s.Tests;

/// <summary>docker-compose.yml: one public door, pinned images, our services as locked up as in the cluster.</summary>
public sealed class ComposeTests
{
    private static readonly Compose Compose = Compose.Load();

    private static IEnumerable<KeyValuePair<string, Compose.Service>> Ours => Compose.Services.Where(s => s.Value.Build is not null);

    [Fact]
    public void Only_web_is_published_and_the_operators_pages_on_this_machine_alone() =>
        Assert.All(Compose.Services.SelectMany(s => s.Value.Ports.Select(p => (Service: s.Key, Port: p))), p =>
            Assert.True(
                p == ("web", "8080:8080")
                    || (p.Service is "mail" or "telemetry" or "rabbitmq" && p.Port.StartsWith("127.0.0.1:", StringComparison.Ordinal)),
                $"{p.Service} publishes {p.Port}. Repair: let only web do that, and bind other pages to 127.0.0.1."));

    [Fact]
    public void Every_image_is_pinned() =>
        Assert.All(Compose.Services, s => Assert.True(
            PodRules.IsPinned(s.Value.Image), $"{s.Key}: {s.Value.Image} may change under its name. Repair: name a tag."));

    [Fact]
    public void Our_services_are_locked_up() => Assert.All(Ours, s =>
    {
        Assert.True(s.Value.ReadOnly, $"{s.Key}: set read_only: true.");
        Assert.Equal(["ALL"], s.Value.CapDrop);
        Assert.Equal(["no-new-privileges:true"], s.Value.SecurityOpt);
        Assert.Equal(["/tmp"], s.Value.Tmpfs);
        Assert.Equal("services/Dockerfile", s.Value.Build!.Dockerfile);
    });

    [Fact]
    public void Everything_restarts_and_what_is_waited_for_is_there_and_can_be_healthy() => Assert.All(Compose.Services, s =>
    {
        Assert.Equal("unless-stopped", s.Value.Restart);
        foreach (var (name, how) in s.Value.DependsOn)
            Assert.True(how["condition"] == "service_started" || Compose.Services[name].Healthcheck is not null,
                $"{s.Key} waits for the health of {name}, which has no healthcheck.");
    });

    [Fact]
    public void Compose_and_the_cluster_run_the_same_images() =>
        Assert.Equal(
            Compose.Services.Select(s => $"{s.Key} {s.Value.Image}").Order(),
            Landscape.Load("k8s/overlays/demo").Workloads.Select(w => $"{w.Name} {w.Containers.Single().Image}").Order());

    [Fact]
    public void Nothing_is_taken_from_the_machine_without_a_default_that_is_marked_as_demo()
    {
        var text = Repository.Read("docker-compose.yml");
        var secrets = System.Text.RegularExpressions.Regex.Matches(text, @"\$\{(?<name>[A-Z_]+)(?<default>:-[^}]*)?\}");
        Assert.NotEmpty(secrets);
        Assert.All(secrets, m => Assert.True(
            m.Groups["name"].Value == "PUBLIC_ADDRESS" || m.Groups["default"].Value.StartsWith(":-demo-only", StringComparison.Ordinal),
            $"{m.Value}: give it a default that begins with demo-only."));
    }
}
