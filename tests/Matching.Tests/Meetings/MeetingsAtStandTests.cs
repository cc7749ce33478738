using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>A visitor's few places at one stand.</summary>
public sealed class MeetingsAtStandTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_has_more_meetings_at_one_stand_than_it_has_for_each_even_if_all_are_asked_for_together(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine, settings: [("Matching:MeetingsAtStand", $"{new MatchingOptions().MeetingsAtStand}")]);
        var (visitor, slots) = (await host.VisitorAsync(), await TimesAsync(host));

        var answers = await Task.WhenAll(slots[..6].Select(s => visitor.AskAsync(DemoFair.Course, s)));

        Assert.Equal(2, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) Assert.Equal("stand-cap", await refused.ProblemAsync());
        var meetings = (await visitor.Http.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/visitors/{visitor.Id}/meetings"))!;
        Assert.Equal(2, meetings.Count);
        await visitor.MeetAsync(DemoFair.Meeting, await ElsewhereAsync(host, meetings));

        // Who calls one off may ask for another, and for one alone.
        await visitor.Http.PostAsync($"/api/meetings/{meetings[0].Id}/cancel", null).ReadAsync<Meeting>();
        await visitor.MeetAsync(DemoFair.Course, slots[6]);
        Assert.Equal("stand-cap", await (await visitor.AskAsync(DemoFair.Course, slots.Single(s => s.Id == meetings[0].Slot.Id))).ProblemAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task What_was_open_before_there_was_a_most_is_counted_also_beyond_it(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (visitor, slots) = (await host.VisitorAsync(), await TimesAsync(host));
        var meetings = new List<Meeting>();
        foreach (var slot in slots[..4]) meetings.Add(await visitor.MeetAsync(DemoFair.Course, slot));
        await visitor.MeetAsync(DemoFair.Meeting, await ElsewhereAsync(host, meetings));
        await visitor.Http.PostAsync($"/api/meetings/{meetings[1].Id}/cancel", null).ReadAsync<Meeting>();

        await host.QueryAsync(async db =>
        {
            var (migrator, all) = (db.GetService<IMigrator>(), db.Database.GetMigrations().ToList());
            await migrator.MigrateAsync(all[all.FindIndex(m => m.EndsWith("_MeetingsAtStand", StringComparison.Ordinal)) - 1]);
            await migrator.MigrateAsync();
            return 0;
        });

        var places = await host.QueryAsync(db => db.Bookings.OrderBy(b => b.Ordinal).Select(b => new { b.ExhibitorId, b.Ordinal, b.OrdinalAtStand }).ToListAsync());
        Assert.Equal([1, 2, 3], places.Where(p => p.ExhibitorId == DemoFair.School && p.Ordinal != null).Select(p => p.OrdinalAtStand!.Value));
        Assert.Equal(1, Assert.Single(places, p => p.ExhibitorId == DemoFair.Association).OrdinalAtStand);
        Assert.Null(Assert.Single(places, p => p.Ordinal is null).OrdinalAtStand);
    }

    [Fact]
    public async Task What_is_over_and_was_not_recorded_yet_is_in_nobodys_way_and_what_is_reopened_is_counted()
    {
        await using var host = await MatchingHost.StartAsync(settings: [("Matching:MeetingsAtStand", "2")]);
        var (visitor, stand, slots) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School), await TimesAsync(host));
        var meetings = new List<Meeting>();
        foreach (var slot in slots[..2])
        {
            meetings.Add(await visitor.MeetAsync(DemoFair.Course, slot));
            await stand.PostAsJsonAsync($"/api/meetings/{meetings[^1].Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        }
        Assert.Equal("stand-cap", await (await visitor.AskAsync(DemoFair.Course, slots[5])).ProblemAsync());
        host.Clock.SetUtcNow(slots[1].End);
        await visitor.MeetAsync(DemoFair.Course, slots[4]);
        await visitor.MeetAsync(DemoFair.Course, slots[5]);
        Assert.Equal("stand-cap", await (await visitor.AskAsync(DemoFair.Course, slots[6])).ProblemAsync());

        // A word on the outcome that is taken back needs a place again, also beyond what may be asked for.
        await stand.PostAsJsonAsync($"/api/meetings/{meetings[0].Id}/outcome", new MeetingOutcome("held")).ReadAsync<Meeting>();
        await stand.DeleteAsync($"/api/meetings/{meetings[0].Id}/outcome").ReadAsync<Meeting>();
        Assert.Equal([1, 2, 3, 4], (await host.QueryAsync(db => db.Bookings.Select(b => b.OrdinalAtStand!.Value).ToListAsync())).Order());
    }

    [Fact]
    public async Task What_is_over_and_was_not_recorded_yet_takes_none_of_the_visitors_places()
    {
        await using var host = await MatchingHost.StartAsync(settings: [("Matching:MeetingsAtOnce", "2")]);
        var (visitor, stand, slots) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School), await TimesAsync(host));
        foreach (var slot in slots[..2])
            await stand.PostAsJsonAsync($"/api/meetings/{(await visitor.MeetAsync(DemoFair.Course, slot)).Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        Assert.Equal("cap-reached", await (await visitor.AskAsync(DemoFair.Course, slots[5])).ProblemAsync());
        host.Clock.SetUtcNow(slots[0].End);
        await visitor.MeetAsync(DemoFair.Course, slots[4]);
        Assert.Equal("cap-reached", await (await visitor.AskAsync(DemoFair.Course, slots[5])).ProblemAsync());
    }

    /// <summary>Times of the school, none of which is another's.</summary>
    private static async Task<SlotView[]> TimesAsync(MatchingHost host) =>
        [.. (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand" && s.Free > 0).DistinctBy(s => s.Start).Take(7)];

    private static async Task<SlotView> ElsewhereAsync(MatchingHost host, IReadOnlyList<Meeting> meetings) =>
        (await host.SlotsAsync(DemoFair.Meeting)).First(s => s.Free > 0 && meetings.All(m => m.Slot.End <= s.Start || s.End <= m.Slot.Start));
}
