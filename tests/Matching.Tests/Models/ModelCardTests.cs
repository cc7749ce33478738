using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Models;

public sealed class ModelCardTests
{
    [Fact]
    public async Task A_card_says_from_what_and_for_what_a_model_is_how_it_was_judged_for_whom_and_who_put_it_in_force()
    {
        await using var host = await MatchingHost.StartAsync();
        using var analyst = host.Staff("analyst");
        await PromoteTests.UploadAsync(analyst, AnyModel.Of("m-1"));
        await PromoteTests.PromoteAsync(analyst, "m-1", null);
        var answer = await analyst.GetAsync("/api/models/m-1/card", TestContext.Current.CancellationToken);
        Assert.Equal("text/markdown", answer.Content.Headers.ContentType?.MediaType);
        var card = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var said in (string[])
            ["# Model m-1", "State: champion", "by Ada (analyst): better", "321 lists of 280 people, 2026-06-15 to 2026-06-15", "Seed 1:", "25 lists with something left to chance", "**no-worse**", "not told: support", "| language uk | 60 |", "0.020 (-0.010 to 0.050)", "0 of 1 groups are worse"])
            Assert.Contains(said, card, StringComparison.Ordinal);
        Assert.All(Features.All, f => Assert.Contains($"| {f.Name} |", card, StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", card, StringComparison.Ordinal);
    }
}
