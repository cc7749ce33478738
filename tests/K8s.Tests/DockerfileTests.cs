using System.Text.RegularExpressions;
using Xunit;

namespace Matchmaking.K8s.Tests;

/// <summary>services/Dockerfile: one for all services.</summary>
public sealed class DockerfileTests
{
    private static readonly string Text = Repository.Read("services/Dockerfile");

    /// <summary>A service is a folder whose project is a program; ServiceDefaults is a library.</summary>
    private static IEnumerable<string> Folders => Directory.EnumerateDirectories(Path.Combine(Repository.Root, "services"))
        .Where(f => File.Exists(Path.Combine(f, "Program.cs"))).Select(f => Path.GetFileName(f));

    private static string[] Named => Regex.Match(Text, @"^\s+(?<list>\w+(\|\w+)+)\) ;;", RegexOptions.Multiline).Groups["list"].Value.Split('|');

    [Fact]
    public void It_builds_exactly_the_services_there_are() => Assert.Equal(Folders.Order(), Named.Order());

    [Fact]
    public void Compose_builds_all_of_them_but_the_one_that_is_all_in_one() =>
        Assert.Equal(
            Named.Except(["AllInOne"]).Order(),
            Compose.Load().Services.Values.Where(s => s.Build is not null).Select(s => s.Build!.Args["SERVICE"]).Order());

    [Fact]
    public void Its_images_are_pinned_and_the_last_is_chiseled_with_languages_and_time_zones()
    {
        var images = Regex.Matches(Text, @"^FROM (?<image>\S+)", RegexOptions.Multiline).Select(m => m.Groups["image"].Value).ToList();
        Assert.All(images, i => Assert.True(Rules.PodRules.IsPinned(i), $"{i} is not pinned."));
        Assert.EndsWith("-chiseled-extra", images[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void It_runs_as_a_number_that_is_not_root_and_without_a_shell()
    {
        Assert.Matches(@"(?m)^USER 1654$", Text);
        Assert.Matches(@"(?m)^ENTRYPOINT \[""/app/service""\]$", Text);
        Assert.DoesNotMatch(@"(?m)^CMD ", Text);
    }

    [Fact]
    public void What_it_copies_from_the_repository_is_there() =>
        Assert.All(Regex.Matches(Text, @"^COPY (?<from>[^-\s]\S*) ", RegexOptions.Multiline).Select(m => m.Groups["from"].Value),
            path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), $"{path} is not in the repository."));

    [Fact]
    public void It_restores_what_the_lock_files_say() => Assert.Contains("--locked-mode", Text, StringComparison.Ordinal);
}
