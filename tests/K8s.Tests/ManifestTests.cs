using Xunit;

namespace Matchmaking.K8s.Tests;

/// <summary>What lies under k8s/ is what is applied: every file loads strictly, is listed, and is there.</summary>
public sealed class ManifestTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "k8s");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.y*ml", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) != "kustomization.yaml").Select(Repository.Relative).Order()];

    public static TheoryData<string> Kustomizations => [.. Kustomization.Folders().Select(Repository.Relative).Order()];

    [Theory, MemberData(nameof(Files))]
    public void A_manifest_has_only_fields_that_Kubernetes_knows(string file) =>
        Assert.NotEmpty(Manifest.Load(Path.Combine(Repository.Root, file)));

    [Theory]
    [InlineData("unknown field", "metadata:\n  name: x\nspec:\n  selectr: {}\n")]
    [InlineData("wrong type", "metadata:\n  name: x\nspec:\n  ports: 8080\n")]
    [InlineData("key twice", "metadata:\n  name: x\n  name: y\n")]
    public void Strict_loading_refuses(string what, string rest)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => Manifest.Parse(what, "apiVersion: v1\nkind: Service\n" + rest));
        Assert.StartsWith(what, refusal.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kustomizations))]
    public void A_kustomization_lists_what_is_there_and_all_of_it(string folder)
    {
        var kustomization = Kustomization.Load(Path.Combine(Repository.Root, folder));
        Assert.Equal(("kustomize.config.k8s.io/v1beta1", "Kustomization"), (kustomization.Content.ApiVersion, kustomization.Content.Kind));

        Assert.All(kustomization.Resources, r => Assert.True(Directory.Exists(r) || File.Exists(r), $"{folder} lists {r}, which is not there."));
        var listed = kustomization.Resources.Where(File.Exists).Select(r => Path.GetFileName(r)).Order();
        var present = Directory.EnumerateFiles(kustomization.Folder, "*.y*ml").Select(f => Path.GetFileName(f))
            .Where(f => f != "kustomization.yaml").Order();
        Assert.Equal(present, listed);
    }

    [Theory, MemberData(nameof(Kustomizations))]
    public void Nothing_is_there_twice(string folder)
    {
        var manifests = Kustomization.Load(Path.Combine(Repository.Root, folder)).Manifests().ToList();
        Assert.Equal(manifests.Select(m => (m.Kind, m.Name)).Distinct().Count(), manifests.Count);
    }

    [Fact]
    public void The_base_has_no_secret_and_no_namespace()
    {
        var kustomization = Kustomization.Load(Path.Combine(Folder, "base"));
        Assert.Null(kustomization.Content.Namespace);
        Assert.Empty(kustomization.Content.SecretGenerator ?? []);
        Assert.DoesNotContain(kustomization.Manifests(), m => m.Kind is "Secret" or "Namespace" || m.Object.Metadata.NamespaceProperty is not null);
    }
}
