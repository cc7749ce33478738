using System.Diagnostics;
using Xunit;

namespace Matchmaking.K8s.Tests;

/// <summary>What kustomize itself makes of the folders, where it is at hand; the other tests do without.</summary>
public sealed class KustomizeTests
{
    [Theory]
    [InlineData("k8s/base")]
    [InlineData("k8s/overlays/demo")]
    public void Kustomize_renders_what_the_tests_read(string folder)
    {
        var kubectl = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Select(p => Path.Combine(p, "kubectl")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(kubectl is null, "kubectl is not installed: kustomize was not run.");

        var rendered = Manifest.Parse($"kubectl kustomize {folder}", Render(kubectl, Path.Combine(Repository.Root, folder)));

        var kustomization = Kustomization.Load(Path.Combine(Repository.Root, folder));
        var generated = kustomization.Generated().Keys.ToList();
        Assert.Equal(
            kustomization.Manifests().Select(m => $"{m.Kind} {m.Name}").Order(StringComparer.Ordinal),
            rendered.Where(m => m.Kind is not ("ConfigMap" or "Secret")).Select(m => $"{m.Kind} {m.Name}").Order(StringComparer.Ordinal));
        Assert.Equal(generated.Count, rendered.Count(m => m.Kind is "ConfigMap" or "Secret"));
        // Generated names end in a hash of their content; a pod that still names the plain one would never start.
        if (folder.EndsWith("demo", StringComparison.Ordinal))
            Assert.All(rendered.Select(Workload.Of).OfType<Workload>().SelectMany(w => w.Containers).SelectMany(c => c.Env ?? []), e =>
                Assert.DoesNotContain(e.ValueFrom?.SecretKeyRef?.Name ?? e.ValueFrom?.ConfigMapKeyRef?.Name, generated.Select(g => g.Name)));
    }

    private static string Render(string kubectl, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(kubectl, ["kustomize", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
