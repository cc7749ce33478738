using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

public sealed class SlotPlanTests
{
    [Fact]
    public void Five_hours_are_fifteen_slots_and_a_third_of_the_seats_at_a_stand_is_kept()
    {
        var catalogue = DemoFair.Catalogue();
        var plan = catalogue.Exhibitors.SelectMany(e => SlotPlan.Of(catalogue.Fair, e, null)).ToArray();
        Assert.Equal(15 * 4, plan.Length);
        foreach (var stand in plan.Where(s => s.Format == "stand").GroupBy(s => s.ExhibitorId))
            Assert.Equal(stand.Sum(s => s.Seats.Count) / 3, stand.Sum(s => s.Seats.Count(seat => seat.WalkIn)));
        foreach (var time in plan.GroupBy(s => (s.ExhibitorId, s.Start))) Assert.All(time, s => Assert.Equal(time.First().Seats, s.Seats));
    }

    [Fact]
    public void A_fair_that_ends_earlier_in_the_day_than_it_begins_has_slots_on_both_days()
    {
        var catalogue = DemoFair.Catalogue();
        var fair = catalogue.Fair with { Opens = DemoFair.Opens.AddHours(5), Closes = DemoFair.Opens.AddDays(1).AddHours(4) };
        var plan = SlotPlan.Of(fair, catalogue.Exhibitors[0], null).ToArray();
        Assert.Equal((fair.Opens.ToUniversalTime(), fair.Closes.ToUniversalTime()), (plan.Min(s => s.Start), plan.Max(s => s.End)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Importing_again_makes_nothing_twice_and_keeps_every_id(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var before = await IdsAsync(host);
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(2));
        Assert.Equal(before, await IdsAsync(host));
    }

    [Fact]
    public async Task A_table_that_is_gone_cannot_be_booked_but_a_meeting_at_it_stays()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitors = new[] { await host.VisitorAsync(), await host.VisitorAsync() };
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        foreach (var visitor in visitors) await visitor.MeetAsync(DemoFair.Course, slot);

        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(2, schoolTables: 1));

        Assert.Equal(0, (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slot.Id).Free);
        Assert.Equal(2, await host.QueryAsync(db => db.Bookings.CountAsync(b => b.SlotId == slot.Id && b.TableNo != null)));
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(3));
        Assert.Equal(1, (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slot.Id).Free);
    }

    [Fact]
    public async Task An_older_catalogue_changes_nothing()
    {
        await using var host = await MatchingHost.StartAsync(catalogue: false);
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(2));
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(1, association: false));
        Assert.NotEmpty(await host.SlotsAsync(DemoFair.Meeting));
    }

    private static Task<List<Guid>> IdsAsync(MatchingHost host) => host.QueryAsync(db => db.Slots.OrderBy(s => s.Id).Select(s => s.Id).ToListAsync());
}
