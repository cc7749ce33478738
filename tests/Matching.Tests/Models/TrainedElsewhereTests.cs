using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;
using Matchmaking.Rig;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Models;

/// <summary>A fair goes out as files, a model is trained from them by the command, and comes back by the upload.</summary>
public sealed class TrainedElsewhereTests
{
    [Fact]
    public async Task What_the_command_writes_from_a_fair_that_was_exported_is_uploaded_promoted_and_ranks()
    {
        await using var host = await MatchingHost.StartAsync();
        await TrainingTests.SeedAsync(host, i => i % 3 != 0);
        using var folder = new TemporaryFolder();
        string File(string name) => Path.Combine(folder.Path, name);
        var cases = await host.QueryAsync(db => GatherCases.ReadAsync(db, host.Services.GetRequiredService<PublishedCatalogues>(), RulePackSet.BuiltIn, 1000, new(5, 2), default));
        await using (StreamWriter v = new(File("v.csv")), o = new(File("o.csv")), x = new(File("x.csv"))) ExportCases.Write(cases.Select(c => c.Case), v, o, x);

        using StringWriter said = new(), complaint = new();
        var code = TrainCommand.Run(["--visitors", File("v.csv"), "--offers", File("o.csv"), "--outcomes", File("x.csv"), "--out", File("model.bin")], said, complaint, default);
        Assert.Equal((0, ""), (code, complaint.ToString()));
        var file = await System.IO.File.ReadAllBytesAsync(File("model.bin"));

        using var analyst = host.Staff("analyst");
        var answer = await analyst.PostAsync("/api/models", new ByteArrayContent(file));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var challenger = Assert.Single((await PromoteTests.ViewAsync(analyst)).Challengers);
        Assert.Equal((true, null, cases.Count), (challenger.Uploaded, challenger.Fault, challenger.Facts.Lists));
        Assert.Contains($"\"version\": \"{challenger.Version}\"", said.ToString(), StringComparison.Ordinal);

        await PromoteTests.PromoteAsync(analyst, challenger.Version, null).ReadAsync<ModelChangeView>();
        var visitor = await host.VisitorAsync();
        var list = await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches").ReadAsync<Matches>();
        Assert.Equal(("model", challenger.Version), (list.RankedBy.Kind, list.RankedBy.Version));
        Assert.All(list.Items, m => Assert.Contains(m.Reasons, r => r.Side == "for"));

        // The scores are those of the file, not of whatever ranks.
        var (facts, fair) = (VisitorFacts.Of(DemoFair.Open), (await host.Services.GetRequiredService<PublishedCatalogues>().CurrentAsync(default))!.Snapshot);
        float[] served = new float[fair.Count], read = new float[fair.Count];
        var judged = RulePackSet.BuiltIn.At(new DateOnly(2026, 6, 20)).JudgeAll(facts, fair);
        host.Services.GetRequiredService<Champion>().Current!.Score(facts, fair, judged, null, served);
        new ServedModel(LearnedModel.Read(file).Model!).Score(facts, fair, judged, null, read);
        Assert.Equal(read, served);
        Assert.True(read.Distinct().Count() > 1, "a model that says the same of everything");
    }
}
