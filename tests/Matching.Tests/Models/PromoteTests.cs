using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Models;

/// <summary>A person decides which model ranks, and can go back; nothing is decided twice or past somebody else.</summary>
public sealed class PromoteTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_challenger_is_promoted_and_taken_back_step_by_step_to_the_baseline(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        using var analyst = host.Staff("analyst");
        Assert.Equal(("baseline", null, null), await ServingAsync(analyst));
        await UploadAsync(analyst, AnyModel.Of("m-1"));
        await UploadAsync(analyst, AnyModel.Of("m-2", 2));
        Assert.Equal(("baseline", null, null), await ServingAsync(analyst));

        Assert.Equal(1, (await PromoteAsync(analyst, "m-1", null).ReadAsync<ModelChangeView>()).Number);
        Assert.Equal(("m-1", "m-1", "baseline"), await ServingAsync(analyst));
        using var organiser = host.Staff("organiser");
        var second = await PromoteAsync(organiser, "m-2", "m-1").ReadAsync<ModelChangeView>();
        Assert.Equal(("promotion", "Ada", "organiser", "better", "m-1", "m-2"), (second.Kind, second.By, second.Role, second.Reason, second.From.Version, second.To.Version));
        var view = await ViewAsync(analyst);
        Assert.Equal(["m-2", "m-1"], view.Changes.Select(c => c.To.Version));
        Assert.Equal(("m-2", "m-1"), (view.Champion!.Version, view.RollbackTo!.Version));
        Assert.Empty(view.Challengers);
        Assert.Equal(["retired", "champion"], [await StateAsync(analyst, "m-1"), await StateAsync(analyst, "m-2")]);

        Assert.Equal("m-1", (await RollBackAsync(analyst, "m-2").ReadAsync<ModelChangeView>()).To.Version);
        Assert.Equal(("m-1", "m-1", "baseline"), await ServingAsync(analyst));
        Assert.Equal("baseline", (await RollBackAsync(analyst, "m-1").ReadAsync<ModelChangeView>()).To.Kind);
        Assert.Equal(("baseline", null, null), await ServingAsync(analyst));
        var nothing = await RollBackAsync(analyst, null, "once more");
        Assert.Equal((HttpStatusCode.Conflict, "nothing-to-roll-back"), (nothing.StatusCode, await nothing.ProblemAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_press_that_comes_twice_is_one_change_and_two_different_ones_never_both_count(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        using var analyst = host.Staff("analyst");
        await UploadAsync(analyst, AnyModel.Of("m-1"));
        await UploadAsync(analyst, AnyModel.Of("m-2", 2));

        var twice = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PromoteAsync(analyst, "m-1", null)));
        Assert.All(twice, t => Assert.Equal(HttpStatusCode.OK, t.StatusCode));
        Assert.Single((await ViewAsync(analyst)).Changes);
        var late = await PromoteAsync(analyst, "m-2", null); // saw the baseline
        Assert.Equal((HttpStatusCode.Conflict, "changed-meanwhile"), (late.StatusCode, await late.ProblemAsync()));

        var both = await Task.WhenAll(PromoteAsync(analyst, "m-2", "m-1"), RollBackAsync(analyst, "m-1"));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], both.Select(b => b.StatusCode).Order());
        Assert.Equal(2, (await ViewAsync(analyst)).Changes.Count);

        var champion = (await ViewAsync(analyst)).Champion?.Version;
        if (champion is null) return;
        var back = await Task.WhenAll(RollBackAsync(analyst, champion, "worse"), RollBackAsync(analyst, champion, "worse"));
        Assert.All(back, b => Assert.Equal(HttpStatusCode.OK, b.StatusCode));
        Assert.Equal(3, (await ViewAsync(analyst)).Changes.Count);
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_not_said_is_refused_and_changes_nothing()
    {
        await using var host = await MatchingHost.StartAsync();
        using var analyst = host.Staff("analyst");
        var file = AnyModel.Of("m-1").Write();
        Assert.Equal(HttpStatusCode.Created, (await analyst.PostAsync("/api/models", new ByteArrayContent(file))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await analyst.PostAsync("/api/models", new ByteArrayContent(file))).StatusCode);
        var taken = await analyst.PostAsync("/api/models", new ByteArrayContent(AnyModel.Of("m-1", 5).Write()));
        Assert.Equal((HttpStatusCode.Conflict, "model-version-taken"), (taken.StatusCode, await taken.ProblemAsync()));
        var spoilt = await analyst.PostAsync("/api/models", new ByteArrayContent([.. file[..^1], 0]));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "model-damaged"), (spoilt.StatusCode, await spoilt.ProblemAsync()));

        var silent = await analyst.PostAsJsonAsync("/api/models/m-1/promote", new ModelDecision(" ", new string('x', 501)));
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PromoteAsync(analyst, "m-9", null)).StatusCode);
        await host.QueryAsync(async db =>
        {
            db.Models.Add(new KeptModel { Id = Guid.CreateVersion7(), Version = "broken", Fingerprint = Features.Fingerprint, Body = [1, 2, 3], Facts = "{}", Report = "{}" });
            return await db.SaveChangesAsync();
        });
        var broken = await PromoteAsync(analyst, "broken", null);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "model-damaged"), (broken.StatusCode, await broken.ProblemAsync()));
        Assert.Equal(0, await host.QueryAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(db.ModelChanges)));
    }

    [Fact]
    public async Task Of_other_features_or_with_numbers_that_are_none_a_model_is_refused_and_the_champion_goes_on_ranking()
    {
        await using var host = await MatchingHost.StartAsync();
        using var analyst = host.Staff("analyst");
        await UploadAsync(analyst, AnyModel.Of("m-1"));
        await PromoteAsync(analyst, "m-1", null).ReadAsync<ModelChangeView>();
        var file = AnyModel.Of("m-2").Write();
        await RefusedAsync(ModelFaults.OtherFeatures, LearnedModelTests.Resigned(file, Features.Fingerprint, "0123456789abcdef"));
        await RefusedAsync(ModelFaults.Numbers, LearnedModelTests.Signed(file, file.Length - 40, BitConverter.GetBytes(double.NaN)));
        await RefusedAsync(ModelFaults.Numbers, LearnedModelTests.Signed(file, file.Length - 40, BitConverter.GetBytes(double.PositiveInfinity)));
        var view = await ViewAsync(analyst);
        Assert.Equal((0, "m-1", null), (view.Challengers.Count, view.Serving.Version, view.Fault));

        async Task RefusedAsync(string code, byte[] upload)
        {
            var answer = await analyst.PostAsync("/api/models", new ByteArrayContent(upload));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (answer.StatusCode, await answer.ProblemAsync()));
        }
    }

    [Fact]
    public void A_model_that_was_taken_back_never_comes_again_by_itself()
    {
        Assert.Equal(["a", "b"], ModelChange.Standing([To("a"), To("b"), To("c"), Back("b")]));
        Assert.Equal(["a", "d"], ModelChange.Standing([To("a"), To("b"), To("c"), Back("a"), To("d")])); // b could not be read
        Assert.Equal(["a", "b"], ModelChange.Standing([To("a"), To("b"), To("a"), Back("b")]));
        Assert.Empty(ModelChange.Standing([To("a"), Back(null)]));

        static ModelChange To(string to) => Change(ModelChange.Promotion, to);

        static ModelChange Back(string? to) => Change(ModelChange.Rollback, to);

        static ModelChange Change(string kind, string? to) => new() { Kind = kind, To = to, By = "A", Role = "analyst", Reason = "r" };
    }

    [Fact]
    public async Task An_explanation_is_of_what_ranks_or_of_a_version_that_is_named()
    {
        await using var host = await MatchingHost.StartAsync();
        using var analyst = host.Staff("analyst");
        await UploadAsync(analyst, AnyModel.Of("m-1"));
        var baseline = await ExplainAsync(null).ReadAsync<RankingExplained>();
        Assert.Equal(("baseline", "score"), (baseline.RankedBy.Kind, Assert.Single(baseline.Outputs).Output));
        var model = await ExplainAsync("m-1").ReadAsync<RankingExplained>();
        Assert.Equal("m-1", model.RankedBy.Version);
        Assert.Equal(["usefulness", "acceptance"], model.Outputs.Select(o => o.Output));
        Assert.Equal(HttpStatusCode.NotFound, (await ExplainAsync("m-9")).StatusCode);
        await PromoteAsync(analyst, "m-1", null);
        Assert.Equal("m-1", (await ExplainAsync(null).ReadAsync<RankingExplained>()).RankedBy.Version);
        Assert.Equal("baseline", (await ExplainAsync("baseline").ReadAsync<RankingExplained>()).RankedBy.Kind);

        Task<HttpResponseMessage> ExplainAsync(string? version) => analyst.PostAsJsonAsync("/api/models/explain", new RankingQuestion(DemoFair.Open, DemoFair.Course, "2026-06-20", version));
    }

    internal static async Task UploadAsync(HttpClient staff, LearnedModel model) =>
        Assert.Equal(HttpStatusCode.Created, (await staff.PostAsync("/api/models", new ByteArrayContent(model.Write()))).StatusCode);

    internal static Task<HttpResponseMessage> PromoteAsync(HttpClient staff, string version, string? expected) =>
        staff.PostAsJsonAsync($"/api/models/{version}/promote", new ModelDecision("Ada", "better", expected));

    internal static Task<HttpResponseMessage> RollBackAsync(HttpClient staff, string? expected, string reason = "worse") =>
        staff.PostAsJsonAsync("/api/models/rollback", new ModelDecision("Ada", reason, expected));

    internal static async Task<ModelsView> ViewAsync(HttpClient staff) => (await staff.GetFromJsonAsync<ModelsView>("/api/models"))!;

    private static async Task<string> StateAsync(HttpClient staff, string version) => (await staff.GetFromJsonAsync<ModelView>($"/api/models/{version}"))!.State;

    private static async Task<(string Serving, string? Champion, string? Back)> ServingAsync(HttpClient staff)
    {
        var view = await ViewAsync(staff);
        return (view.Serving.Kind == "model" ? view.Serving.Version : view.Serving.Kind, view.Champion?.Version, view.RollbackTo is { Kind: "model" } back ? back.Version : view.RollbackTo?.Kind);
    }
}
