using System.Text;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Journeys;

/// <summary>Erased means gone from the disk, not only from the answers: SQLite's files are read as bytes.</summary>
[Collection(InOneProcess.Name)]
public sealed class NothingRemainsTests(EmbeddedFair fair)
{
    private static readonly string[] Services = ["profile", "matching", "notification"];

    [Fact]
    public async Task After_an_erasure_no_file_of_any_database_holds_a_byte_of_the_visitor()
    {
        var canary = $"Kanarienvogel{Guid.NewGuid():n}";
        var needs = new Needs
        {
            Language = "uk",
            Goals = ["learn-german"],
            District = canary,
            Contact = new Contact($"{canary}@example.org"),
            Consents = ["matching", "share-with-exhibitor", "quality-review"],
        };
        var visitor = (await fair.PostAsync("/api/visitors", needs)).Read<VisitorCreated>(System.Net.HttpStatusCode.Created);
        var path = $"/api/visitors/{visitor.Id}";
        var match = (await fair.GetAsync(path + "/matches", visitor.Token)).Read<Matches>().Items.First(i => i.NextSlots.Count > 0);
        var request = new MeetingRequest(visitor.Id, match.OfferId, match.NextSlots[0].Id, "stand", "Es grüßt " + canary);
        (await fair.PostAsync("/api/meetings", request, visitor.Token, ("Idempotency-Key", canary))).Read<Meeting>(System.Net.HttpStatusCode.Created);
        // Its hash is what all three know of the token.
        string[] traces = [canary, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(visitor.Token)))];
        foreach (var service in Services)
            await RunningFair.UntilAsync($"{service} holds something of the visitor", () => Task.FromResult(FilesWith(service, traces).Any()));

        var erasure = (await fair.CallAsync(HttpMethod.Delete, path, null, visitor.Token)).Read<ErasureStarted>(System.Net.HttpStatusCode.Accepted);
        await RunningFair.UntilAsync("three services confirm the erasure", async () => (await fair.GetAsync($"/api/erasures/{erasure.ErasureId}")).Read<ErasureStatus>().Done);
        foreach (var service in Services)
            await RunningFair.UntilAsync($"nothing of the visitor is left in {string.Join(", ", FilesWith(service, traces))}", () => Task.FromResult(!FilesWith(service, traces).Any()));
    }

    private IEnumerable<string> FilesWith(string service, string[] traces) =>
        from file in Directory.GetFiles(Path.Combine(fair.Process.Folder, "data"), service + ".db*")
        let bytes = Read(file)
        where traces.Any(t => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(t)) >= 0)
        select Path.GetFileName(file);

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes;
    }
}
