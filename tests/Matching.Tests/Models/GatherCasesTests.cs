using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Models;

/// <summary>What is learned from, and of whom not.</summary>
public sealed class GatherCasesTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Only_who_agreed_is_learned_from_only_with_the_answers_as_they_are_and_whoever_is_erased_is_out_at_once(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (agreed, silent, changed) = (await host.VisitorAsync(), await host.VisitorAsync(DemoFair.Open with { Consents = ["matching"] }), await host.VisitorAsync());
        foreach (var visitor in (TestVisitor[])[agreed, silent, changed]) await ShownAsync(host, visitor.Id, 1, DemoFair.Course, DemoFair.Debt);
        await host.ConsumeAsync<RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(changed.Id, 2, changed.Token));
        var one = Assert.Single(await CasesAsync(host));
        Assert.Equal((agreed.Id, "uk", "A2", "baseline"), (one.Visitor, one.Groups.Language, one.Groups.German, one.RankedBy.Kind));
        Assert.Equal([DemoFair.Course, DemoFair.Debt], one.Offers);

        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(agreed.Id, Guid.CreateVersion7(), DemoFair.Before));
        Assert.Empty(await CasesAsync(host));
    }

    [Fact]
    public async Task What_came_of_an_offer_counts_with_the_last_list_that_showed_it_before()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await ShownAsync(host, visitor.Id, 1, DemoFair.Course, DemoFair.SecondCourse);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await ShownAsync(host, visitor.Id, 2, DemoFair.SecondCourse, DemoFair.Course);
        await host.QueryAsync(async db =>
        {
            db.OpenedOffers.Add(new OpenedOffer { RecordKey = await db.Visitors.Where(v => v.Id == visitor.Id).Select(v => v.RecordKey).SingleAsync(), OfferId = DemoFair.SecondCourse, At = DemoFair.Before.AddMinutes(30) });
            return await db.SaveChangesAsync();
        });
        var meeting = await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand"));
        await host.QueryAsync(async db =>
        {
            var booking = await db.Bookings.Include(b => b.Cells).SingleAsync(b => b.Id == meeting.Id);
            Assert.Null(booking.Accept(host.Clock.GetUtcNow()) ?? booking.Record("held", 5, "visitor", host.Clock.GetUtcNow(), host.Clock.GetUtcNow()));
            return await db.SaveChangesAsync();
        });
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await ShownAsync(host, visitor.Id, 3, DemoFair.Course);

        var cases = await CasesAsync(host);
        Assert.Equal([new OfferOutcome(), new OfferOutcome(Opened: true)], cases[0].Outcomes);
        Assert.Equal([new OfferOutcome(), new OfferOutcome(Requested: true, Accepted: true, Held: true, Useful: 5)], cases[1].Outcomes);
        Assert.Equal([new OfferOutcome()], cases[2].Outcomes);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_list_remembers_where_nobody_could_ask_and_of_older_lists_that_is_not_known(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await host.QueryAsync(db => db.Seats.Where(s => db.Slots.Any(slot => slot.Id == s.SlotId && slot.ExhibitorId == DemoFair.School))
            .ExecuteUpdateAsync(s => s.SetProperty(seat => seat.Withdrawn, true)));
        await host.QueryAsync(db => db.Seats.Where(s => db.Slots.Any(slot => slot.Id == s.SlotId && slot.ExhibitorId == DemoFair.Association)).ExecuteDeleteAsync());
        await host.QueryAsync(db => db.Slots.Where(s => s.ExhibitorId == DemoFair.Association).ExecuteDeleteAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(6));

        var visitor = await host.VisitorAsync();
        await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches").ReadAsync<Matches>();
        for (var i = 0; await host.QueryAsync(db => db.ShownLists.CountAsync()) == 0; i++) // recorded once the answer has gone out
        {
            Assert.True(i < 200, "the list was not recorded");
            await Task.Delay(20);
        }
        var one = Assert.Single(await CasesAsync(host));
        var full = one.Offers.Zip(one.Full!).ToDictionary(p => p.First, p => p.Second);
        Assert.Equal((true, true, false), (full[DemoFair.Course], full[DemoFair.Meeting], full[DemoFair.Debt]));

        await ShownAsync(host, visitor.Id, 9, DemoFair.Course);
        Assert.Equal([false, true], (await CasesAsync(host)).Select(c => c.Full is null));
    }

    [Fact]
    public async Task Who_has_as_many_meetings_at_a_stand_as_may_be_could_not_ask_it_for_more()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await ShownAsync(host, visitor.Id, 1, [DemoFair.Course, DemoFair.SecondCourse, DemoFair.Debt], full: [false, false, false]);
        await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course))[0]);
        Assert.Equal([false, true, false], Assert.Single(await CasesAsync(host, caps: new(5, 1))).Full);
        Assert.Equal([false, false, false], Assert.Single(await CasesAsync(host, caps: new(5, 2))).Full);
    }

    private static Task ShownAsync(MatchingHost host, Guid visitor, long catalogue, params Guid[] offers) => ShownAsync(host, visitor, catalogue, offers, full: null);

    private static async Task ShownAsync(MatchingHost host, Guid visitor, long catalogue, Guid[] offers, bool[]? full)
    {
        await host.QueryAsync(async db =>
        {
            db.ShownLists.Add(new ShownList
            {
                Id = Guid.CreateVersion7(),
                RecordKey = await db.Visitors.Where(v => v.Id == visitor).Select(v => v.RecordKey).SingleAsync(),
                FairId = DemoFair.Fair,
                ProfileVersion = 1,
                CatalogueVersion = catalogue,
                Day = DateOnly.FromDateTime(DemoFair.Before.Date),
                RankerKind = "baseline",
                RankerVersion = "1",
                Packs = [],
                Offers = offers,
                Full = full,
                At = host.Clock.GetUtcNow(),
            });
            return await db.SaveChangesAsync();
        });
        host.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static async Task<IReadOnlyList<ShownCase>> CasesAsync(MatchingHost host, int most = 100, MeetingCaps? caps = null)
    {
        var catalogues = host.Services.GetRequiredService<PublishedCatalogues>();
        return [.. (await host.QueryAsync(db => GatherCases.ReadAsync(db, catalogues, RulePackSet.BuiltIn, most, caps ?? new(5, 2), default))).Select(c => c.Case)];
    }
}
