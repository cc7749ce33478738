using System.Net.Http.Json;

namespace Matchmaking.Profile.Tests;

/// <summary>What lies between us and the caller keeps nothing and guesses nothing; what lies on the disk is its owner's alone.</summary>
public sealed class SafeAnswersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_and_refusals_are_of_the_type_they_say_and_are_not_kept_unless_they_say_so()
    {
        await using var host = await ProfileHost.StartAsync();
        var (visitor, own) = await host.VisitorAsync();
        foreach (var (http, path, status) in new[]
        {
            (host.Http, "api/offers", 200), (host.Http, "openapi/v1.json", 200), (host.Http, ".well-known/jwks.json", 200), (own, $"api/visitors/{visitor.Id}", 200),
            (host.Http, $"api/visitors/{visitor.Id}", 401), (host.Http, "api/nothing", 404), (host.Http, "api/offers?page=x", 400),
        })
        {
            var answer = await http.GetAsync(path, Cancel);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.True(answer.Headers.CacheControl is { NoStore: true }, $"{path}: {answer.Headers.CacheControl}");
        }
        var list = await host.Http.GetAsync("api/occupations?q=a", Cancel);
        Assert.True(list.Headers.CacheControl is { Public: true, NoStore: false });
        var malformed = await host.Http.PostAsJsonAsync("api/visitors", new { unknown = 1 }, Cancel);
        Assert.Equal(["nosniff"], malformed.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task The_data_folder_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return; // There are no such rights.
        var folder = Path.Combine(Directory.CreateTempSubdirectory("own-files-").FullName, "data");
        await using (await ProfileHost.StartAsync(null, ("DataFolder", folder)))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }
}
