using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Tests.Models;

/// <summary>From the rows of a fair to a challenger that waits for a person, in the background.</summary>
public sealed class TrainingTests
{
    private const int People = 140;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_asks_gets_a_challenger_with_its_report_and_the_next_one_knows_nobody_who_was_erased(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        using var analyst = host.Staff("analyst");
        var people = await SeedAsync(host, i => i % 3 != 0);
        var view = await TrainAsync(host, analyst);
        var first = Assert.Single(view.Challengers);
        Assert.Equal((People, DemoFair.Fair, null), (first.Facts.Visitors, first.FairId, first.Fault));
        Assert.Equal(("baseline", null, first.Version), (view.Serving.Kind, view.Champion, view.Training.Version));
        Assert.Contains(first.Report.Sentence, Matchmaking.Matching.Learning.Fairs.ModelReport.Sentences);

        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(people[5], Guid.CreateVersion7(), DemoFair.Before));
        var again = (await TrainAsync(host, analyst)).Challengers;
        Assert.Equal((2, People - 1), (again.Count, again[0].Facts.Visitors));

        await PromoteTests.PromoteAsync(analyst, again[0].Version, null).ReadAsync<ModelChangeView>();
        var visitor = await host.VisitorAsync();
        var list = await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches").ReadAsync<Matches>();
        Assert.Equal(("model", again[0].Version), (list.RankedBy.Kind, list.RankedBy.Version));
        Assert.All(list.Items, m => Assert.Contains(m.Reasons, r => r.Side == "for"));
    }

    [Fact]
    public async Task Outcomes_that_are_all_alike_are_refused_with_a_reason_and_leave_the_champion_ranking()
    {
        await using var host = await MatchingHost.StartAsync();
        using var analyst = host.Staff("analyst");
        await PromoteTests.UploadAsync(analyst, AnyModel.Of("m-1"));
        await PromoteTests.PromoteAsync(analyst, "m-1", null);
        await SeedAsync(host, _ => true, all: true);
        var view = await TrainAsync(host, analyst);
        Assert.Equal(("one-sided-outcomes", null), (view.Training.Refused?.Code, view.Training.Version));
        Assert.Equal((0, "m-1"), (view.Challengers.Count, view.Serving.Version));
        Assert.Contains(view.Training.Refused!.Code, Matchmaking.Matching.Learning.Fairs.TrainingResult.RefusalCodes);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task It_is_time_when_enough_has_come_in_or_after_a_day_and_one_replica_at_a_time_trains(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine, settings: ("Matching:Training:NewOutcomes", "20"));
        await using var other = await MatchingHost.StartAsync(engine, beside: host, settings: ("Matching:Training:NewOutcomes", "20"));
        var (one, two) = (host.Services.GetRequiredService<TrainModels>(), other.Services.GetRequiredService<TrainModels>());
        // From here on they look when this test says so.
        await Task.WhenAll(one.StopAsync(default), two.StopAsync(default));
        Assert.Null(await one.TrainIfDueAsync(default));
        await SeedAsync(host, i => i < 25, people: 30);
        var both = await Task.WhenAll(one.TrainIfDueAsync(default), two.TrainIfDueAsync(default));
        Assert.Equal("too-few-lists", ((Matchmaking.Matching.Learning.Fairs.TrainingResult.Refused)Assert.Single(both, r => r is not null)!).Code);
        Assert.Null(await two.TrainIfDueAsync(default)); // nothing new

        host.Clock.Advance(TimeSpan.FromHours(25));
        Assert.NotNull(await two.TrainIfDueAsync(default));
        Assert.Null(await one.TrainIfDueAsync(default));

        // Another replica holds the lease, and then is gone.
        var (mine, theirs) = (host.Services.GetRequiredService<TrainingDesk>(), other.Services.GetRequiredService<TrainingDesk>());
        Assert.True(await other.QueryAsync(db => theirs.TakeAsync(db, default)));
        host.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Null(await one.TrainIfDueAsync(default));
        await host.QueryAsync(db => db.Training.ExecuteUpdateAsync(t => t.SetProperty(r => r.HeldUntil, 1)));
        Assert.True(await host.QueryAsync(db => mine.TakeAsync(db, default)));
        Assert.False(await other.QueryAsync(db => theirs.TakeAsync(db, default)));
    }

    [Fact]
    public async Task Only_so_many_challengers_are_kept()
    {
        await using var host = await MatchingHost.StartAsync(settings: ("Matching:Training:Challengers", "1"));
        using var analyst = host.Staff("analyst");
        await PromoteTests.UploadAsync(analyst, AnyModel.Of("m-1"));
        await PromoteTests.PromoteAsync(analyst, "m-1", null);
        await PromoteTests.UploadAsync(analyst, AnyModel.Of("m-2"));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await SeedAsync(host, i => i % 3 != 0);
        var view = await TrainAsync(host, analyst);
        Assert.Equal((view.Training.Version, "m-1"), (Assert.Single(view.Challengers).Version, view.Champion!.Version));
    }

    [Theory, InlineData("NewOutcomes", "0"), InlineData("AtLeastEveryHours", "0"), InlineData("NotWithinMinutes", "5000"), InlineData("MostLists", "5"), InlineData("Challengers", "0")]
    public async Task A_setting_out_of_its_range_stops_the_start(string name, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => MatchingHost.StartAsync(settings: ($"Matching:Training:{name}", value)));

    private static async Task<ModelsView> TrainAsync(MatchingHost host, HttpClient analyst)
    {
        var before = (await PromoteTests.ViewAsync(analyst)).Training.StartedAt;
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Accepted, (await analyst.PostAsync("/api/models/train", null)).StatusCode);
        for (var i = 0; ; i++)
        {
            var view = await PromoteTests.ViewAsync(analyst);
            if (!view.Training.Running && view.Training.StartedAt is not null && view.Training.StartedAt != before) return view;
            Assert.True(i < 6000, "the training did not end");
            await Task.Delay(20);
        }
    }

    /// <summary>People who saw the four offers of the fair, half of them for German and half for their debts, and opened what they came for - or not.</summary>
    internal static async Task<IReadOnlyList<Guid>> SeedAsync(MatchingHost host, Func<int, bool> opens, bool all = false, int people = People)
    {
        Guid[] offers = [DemoFair.Course, DemoFair.SecondCourse, DemoFair.Meeting, DemoFair.Debt];
        var ids = Enumerable.Range(0, people).Select(_ => Guid.CreateVersion7()).ToArray();
        await host.QueryAsync(async db =>
        {
            for (var i = 0; i < people; i++)
            {
                var at = DemoFair.Before.AddMinutes(i - people);
                var needs = i % 2 == 0 ? DemoFair.Open : DemoFair.Open with { Goals = [], Topics = ["debt"], Language = "ar" };
                db.Add(new VisitorMark { Id = ids[i] });
                var visitor = new Visitor { Id = ids[i], FairId = DemoFair.Fair, Version = 1, Needs = needs, Since = at, ExpiresAt = DemoFair.Closes };
                db.Add(visitor);
                db.Add(new ShownList
                {
                    Id = Guid.CreateVersion7(),
                    RecordKey = visitor.RecordKey,
                    FairId = DemoFair.Fair,
                    ProfileVersion = 1,
                    CatalogueVersion = 1,
                    Day = DateOnly.FromDateTime(at.Date),
                    RankerKind = "baseline",
                    RankerVersion = "1",
                    Packs = [],
                    Offers = [.. offers.Skip(i % 4), .. offers.Take(i % 4)],
                    At = at,
                });
                foreach (var offer in all ? offers : opens(i) ? [i % 2 == 0 ? DemoFair.Course : DemoFair.Debt] : Array.Empty<Guid>())
                    db.Add(new OpenedOffer { RecordKey = visitor.RecordKey, OfferId = offer, At = at.AddSeconds(20) });
            }
            return await db.SaveChangesAsync();
        });
        return ids;
    }
}
