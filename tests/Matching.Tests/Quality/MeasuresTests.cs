using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Quality;

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
            var cuts = ToldSpan.Cuts(arrivals, 20);
            var spans = Enumerable.Range(0, 40).Select(_ => day.AddMinutes(random.Next(-200, 800))).Select(from => ToldSpan.Around(from, from.AddMinutes(random.Next(0, 90)), cuts)).ToArray();
            var ends = spans.SelectMany(s => (DateTimeOffset[])[s.From, s.To]).Append(DateTimeOffset.UnixEpoch).Append(never).Distinct().Order().ToArray();
            for (var i = 1; i < ends.Length; i++)
            {
                var people = arrivals.Count(at => ends[i - 1] <= at && at < ends[i]);
                Assert.True(people is 0 or >= 20 || people == arrivals.Length, $"{people} of {arrivals.Length}");
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
