using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Tests.Quality;

public sealed class MeasuresTests
{
    [Fact]
    public void Neither_a_span_nor_the_difference_of_two_is_of_fewer_than_twenty_people()
    {
        var random = new Random(5);
        DateTimeOffset day = new(2026, 6, 20, 8, 0, 0, TimeSpan.Zero), never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var fair = 0; fair < 50; fair++)
        {
            var arrivals = Enumerable.Range(0, random.Next(0, 200)).Select(_ => day.AddMinutes(600 * random.NextDouble())).ToArray();
            var spans = Enumerable.Range(0, 40).Select(_ => day.AddMinutes(random.Next(-200, 800))).Select(from => ToldSpan.Around(from, from.AddMinutes(random.Next(0, 90)), arrivals)).ToArray();
            var ends = spans.SelectMany(s => (DateTimeOffset[])[s.From, s.To]).Append(DateTimeOffset.UnixEpoch).Append(never).Distinct().Order().ToArray();
            for (var i = 1; i < ends.Length; i++)
            {
                var people = arrivals.Count(at => ends[i - 1] <= at && at < ends[i]);
                Assert.True(people is 0 or >= QualityFigures.SmallestGroup || people == arrivals.Length, $"{people} of {arrivals.Length}");
            }
        }
    }

    [Fact]
    public void Ndcg_of_known_lists()
    {
        Assert.Equal(1, Measures.Ndcg([3, 2, 1, 0, 0], [])!.Value, 12);
        // gains 1, 7: (1/1 + 7/log2(3)) / (7/1 + 1/log2(3))
        Assert.Equal((1 + 7 / Math.Log2(3)) / (7 + 1 / Math.Log2(3)), Measures.Ndcg([1, 3], [])!.Value, 12);
        Assert.Equal(1 / Math.Log2(3), Measures.Ndcg([0, 5], [])!.Value, 12);
        // The sixth place is no longer among the first five.
        Assert.Equal(0, Measures.Ndcg([0, 0, 0, 0, 0, 5], [])!.Value, 12);
        // What was found elsewhere, the list has missed.
        Assert.Equal(1 / (1 + 1 / Math.Log2(3)), Measures.Ndcg([1], [1])!.Value, 12);
        Assert.Null(Measures.Ndcg([0, 0], []));
    }

    [Fact]
    public void Gini_of_known_shares()
    {
        Assert.Equal(0, Measures.Gini([1, 1, 1, 1])!.Value, 12);
        Assert.Equal(0.75, Measures.Gini([0, 0, 0, 1])!.Value, 12);
        Assert.Equal(0.25, Measures.Gini([1, 2, 3, 4])!.Value, 12);
        Assert.Null(Measures.Gini([0, 0]));
    }

    [Fact]
    public void The_interval_is_the_same_each_time_and_covers_the_mean()
    {
        var values = Enumerable.Range(0, 200).Select(i => i % 10 / 10d).ToArray();
        var first = Measures.MeanInterval(values, [[.. Enumerable.Range(0, 50)]], out var gaps);
        Assert.Equal(first, Measures.MeanInterval(values, [[.. Enumerable.Range(0, 50)]], out _));
        Assert.InRange(values.Average(), first.Low, first.High);
        Assert.InRange(0, gaps[0].Low, gaps[0].High);
    }

    [Fact]
    public void A_group_is_called_worse_only_where_its_interval_is_below_everybodys_and_small_groups_stay_untold()
    {
        var (visitors, lists, opened) = (new List<Visitor>(), new List<ShownList>(), new List<OpenedOffer>());
        Add("uk", 60, first: true);
        Add("ar", 40, first: false);
        Add("fr", 30, first: true);
        Add("vi", 19, first: false);
        var input = new QualityInput(new FairCatalogue(DemoFair.Catalogue()), visitors, lists, opened, [], new Dictionary<Guid, int> { [DemoFair.School] = 40 });

        var summary = QualityFigures.Of(input, DemoFair.Before);

        // 19 people cannot be told, and as everybody less the told groups would be them, the smallest told group is left out too.
        var languages = summary.ByGroup.Where(g => g.By == "language").ToArray();
        Assert.Equal(["uk", "ar"], languages.Select(g => g.Group));
        Assert.Equal([false, true], languages.Select(g => g.Worse));
        Assert.Equal((149, 149, 149), (summary.Visitors, summary.Opened, summary.Judged));
        Assert.InRange(summary.Ndcg5!.Value, summary.Ndcg5Interval![0], summary.Ndcg5Interval[1]);
        Assert.Equal(0.5, summary.Coverage);
        Assert.Equal(1, summary.Exposure.Sum(e => e.Share), 9);
        Assert.Equal(new Shortage("learn-german", 149, 40), summary.Missing[0]);

        void Add(string language, int people, bool first)
        {
            for (var i = 0; i < people; i++)
            {
                var visitor = new Visitor { Id = Guid.NewGuid(), FairId = DemoFair.Fair, Needs = DemoFair.Open with { Language = language } };
                visitors.Add(visitor);
                lists.Add(new ShownList { Id = Guid.NewGuid(), RecordKey = visitor.RecordKey, RankerKind = "baseline", RankerVersion = "1", Packs = [], Offers = [DemoFair.Course, DemoFair.Meeting], At = DemoFair.Before });
                opened.Add(new OpenedOffer { RecordKey = visitor.RecordKey, OfferId = first ? DemoFair.Course : DemoFair.Meeting });
            }
        }
    }

    [Fact]
    public void Who_did_not_agree_to_quality_review_is_counted_but_not_judged()
    {
        var visitor = new Visitor { Id = Guid.NewGuid(), FairId = DemoFair.Fair, Needs = DemoFair.Open with { Consents = ["matching"] } };
        var list = new ShownList { RecordKey = visitor.RecordKey, RankerKind = "baseline", RankerVersion = "1", Packs = [], Offers = [DemoFair.Course] };
        var summary = QualityFigures.Of(new QualityInput(new FairCatalogue(DemoFair.Catalogue()), [visitor], [list],
            [new OpenedOffer { RecordKey = visitor.RecordKey, OfferId = DemoFair.Course }], [], new Dictionary<Guid, int>()), DemoFair.Before);
        Assert.Equal((1, 1, 0), (summary.Shown, summary.Opened, summary.Judged));
        Assert.Null(summary.Ndcg5);
    }

    [Theory, InlineData(false, 4, false), InlineData(false, 5, true), InlineData(true, 1, true)]
    public void What_was_shown_to_a_few_is_told_of_invented_people_alone(bool demo, int people, bool told)
    {
        var published = DemoFair.Catalogue();
        var visitors = Enumerable.Range(0, people).Select(_ => new Visitor { Id = Guid.NewGuid(), FairId = DemoFair.Fair, Needs = DemoFair.Open }).ToArray();
        var summary = QualityFigures.Of(new QualityInput(new FairCatalogue(published with { Fair = published.Fair with { Demo = demo } }), visitors,
            [.. visitors.Select(v => new ShownList { RecordKey = v.RecordKey, RankerKind = "baseline", RankerVersion = "1", Packs = [], Offers = [DemoFair.Course] })],
            [.. visitors.Select(v => new OpenedOffer { RecordKey = v.RecordKey, OfferId = DemoFair.Course })], [], new Dictionary<Guid, int>()), DemoFair.Before);
        Assert.Equal((people, people, told, told, told, told, told),
            (summary.Opened, summary.Judged, summary.Ndcg5 is not null, summary.Ndcg5Interval is not null, summary.Coverage is not null, summary.ExposureGini is not null, summary.Exposure.Count > 0));
    }

    [Fact]
    public void A_large_group_of_which_nobody_has_an_outcome_yet_is_told_without_figures()
    {
        var visitors = Enumerable.Range(0, 21).Select(n => new Visitor { Id = Guid.NewGuid(), FairId = DemoFair.Fair, Needs = DemoFair.Open with { Language = n < 20 ? "de" : "uk" } }).ToArray();
        var list = new ShownList { RecordKey = visitors[20].RecordKey, RankerKind = "baseline", RankerVersion = "1", Packs = [], Offers = [DemoFair.Course] };
        var summary = QualityFigures.Of(new QualityInput(new FairCatalogue(DemoFair.Catalogue()), [.. visitors, .. Enumerable.Range(0, 20).Select(_ => new Visitor { Id = Guid.NewGuid(), FairId = DemoFair.Fair, Needs = DemoFair.Open with { Language = "ar" } })], [list],
            [new OpenedOffer { RecordKey = visitors[20].RecordKey, OfferId = DemoFair.Course }], [], new Dictionary<Guid, int>()), DemoFair.Before);
        Assert.Equal(1, summary.Judged);
        var group = Assert.Single(summary.ByGroup, g => g.By == "language");
        Assert.Equal((20, null, null), (group.People, group.Ndcg5, group.Low));
    }

    [Fact]
    public async Task The_summary_counts_the_way_from_shown_to_useful()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await host.QueryAsync(async db =>
        {
            var copy = await db.Visitors.FindAsync(visitor.Id);
            for (var twice = 0; twice < 2; twice++)
                await ShownList.RecordAsync(db, copy!, new FairCatalogue(DemoFair.Catalogue(1)), new RankedBy("baseline", "7"), [new RulePackRef("ik", "2")], 4, [DemoFair.Course, DemoFair.Debt], [1, .9], [false, true], host.Clock.GetUtcNow(), default);
            return 0;
        });
        await visitor.Http.PostAsJsonAsync($"/api/visitors/{visitor.Id}/opened", new OfferOpened(DemoFair.Course));
        var meeting = await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course))[0]);
        await PostAsync(host.Exhibitor(DemoFair.School), $"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept"));
        host.Clock.SetUtcNow(meeting.Slot.Start);
        await PostAsync(visitor.Http, $"/api/meetings/{meeting.Id}/outcome", new MeetingOutcome("held", 4));

        var summary = await host.Staff("analyst").GetAsync("/api/quality/summary?from=2026-06-01&to=2026-06-30").ReadAsync<QualitySummary>();
        Assert.Equal((1, 1, 1, 1, 1, 1, 1), (summary.Visitors, summary.Shown, summary.Opened, summary.Requested, summary.Accepted, summary.Held, summary.Useful));
        Assert.Equal((1d, new RankedBy("baseline", "7"), true), (summary.Ndcg5, summary.Model, summary.Demo));
        var before = await host.Staff("analyst").GetAsync("/api/quality/summary?to=2026-01-01").ReadAsync<QualitySummary>();
        Assert.Equal((0, 0, 0), (before.Visitors, before.Shown, before.Requested));
        Assert.Equal(400, (int)(await host.Staff("analyst").GetAsync("/api/quality/summary?from=yesterday")).StatusCode);
    }

    private static Task<Meeting> PostAsync<T>(HttpClient client, string path, T body) => client.PostAsJsonAsync(path, body).ReadAsync<Meeting>();
}
