using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Ranking;

public sealed class KeptListTests
{
    private static readonly Guid Twin = Guid.Parse("01900000-0000-7000-8000-0000000000aa");

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_list_stays_as_it_was_shown_while_prices_move_and_is_made_anew_for_a_new_profile(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(TwoSchools());
        var visitor = await host.VisitorAsync();
        Assert.Equal(DemoFair.Course, await FirstAsync(visitor));
        var shown = await RecordedAsync(host, visitor, 1);
        Assert.Equal(shown.Offers.Count, shown.Propensities.Count);
        await ListAsync(visitor); // as it was shown, and kept ready from now on

        // All seats of the school are gone: a seat there has its price now.
        await host.QueryAsync(db => db.Seats.Where(s => db.Slots.Any(slot => slot.Id == s.SlotId && slot.ExhibitorId == DemoFair.School))
            .ExecuteUpdateAsync(s => s.SetProperty(seat => seat.Withdrawn, true)));
        host.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(Twin, await FirstAsync(await host.VisitorAsync()));

        var again = await ListAsync(visitor);
        Assert.Equal(shown.Offers, again.Items.Select(m => m.OfferId));
        Assert.Contains(again.Items[0].Reasons, r => r.Code == "against.full"); // the order stays, what is said is true today

        await host.ConsumeAsync<RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(visitor.Id, 2, visitor.Token));
        Assert.Equal(Twin, await FirstAsync(visitor, atLeast: 2));
        await RecordedAsync(host, visitor, 2);
        Assert.Equal(Twin, await FirstAsync(visitor, atLeast: 2));
    }

    [Fact]
    public void A_list_is_of_the_past_when_profile_catalogue_day_ranker_or_a_rule_pack_changed()
    {
        var (rules, ranker) = (SmallFair.Today, new RankedBy("baseline", "1"));
        var list = new ShownList { ProfileVersion = 3, CatalogueVersion = 4, Day = rules.Day, RankerKind = "baseline", RankerVersion = "1", Packs = [.. rules.Refs.Select(r => $"{r.Id} {r.Version}")], Offers = [] };
        Assert.True(list.IsOf(3, 4, rules, ranker));
        Assert.False(list.IsOf(4, 4, rules, ranker));
        Assert.False(list.IsOf(3, 5, rules, ranker));
        Assert.False(list.IsOf(3, 4, rules, ranker with { Version = "2" }));
        Assert.False(list.IsOf(3, 4, rules, ranker with { Kind = "model" }));
        Assert.False(list.IsOf(3, 4, RulePackSet.BuiltIn.At(rules.Day.AddDays(1)), ranker));
        Assert.False(list.IsOf(3, 4, new RulesOfDay(rules.Day, [.. RulePackSet.BuiltIn.Packs.Skip(1)]), ranker));
    }

    [Fact]
    public void A_kept_head_keeps_the_whole_list_whatever_moves()
    {
        var visitor = VisitorFacts.Of(SmallFair.Nurse);
        var (c, rules) = (SmallFair.Catalogue, SmallFair.Today);
        var first = Ranker.Rank(visitor, c, rules, shaping: new Shaping(null, Exploration.Of(1, Guid.NewGuid(), 1, 1, rules.Day))).Items;
        Guid[] head = [.. first.Take(ListOrder.Head).Select(m => c.Offers[m.Offer].Id)];
        var seats = c.Exhibitors.Take(7).ToDictionary(e => e.Id, _ => 0);
        var moved = FairBalance.Of(c, new FairCounts([.. Enumerable.Repeat(head, 50)], seats.ToDictionary(s => s.Key, _ => 9), seats));

        var kept = Ranker.Rank(visitor, c, rules, shaping: new Shaping(moved, null, head));
        Assert.True(kept.Kept);
        Assert.Equal(first.Select(m => m.Offer), kept.Items.Select(m => m.Offer));
        var anew = Ranker.Rank(visitor, c, rules, shaping: new Shaping(moved, null, [.. head[1..], Guid.NewGuid()])); // not a list of this catalogue
        Assert.False(anew.Kept);
        Assert.NotEqual(first.Select(m => m.Offer), anew.Items.Select(m => m.Offer));
    }

    /// <summary>Two stands with the same course: of equals the key decides.</summary>
    private static CataloguePublished TwoSchools()
    {
        var catalogue = DemoFair.Catalogue(2);
        var course = catalogue.Offers.Single(o => o.Id == DemoFair.Course) with { Languages = ["de", "uk"] };
        return catalogue with { Offers = [course, course with { Id = Twin, Key = course.Key + " B", ExhibitorId = DemoFair.Association }] };
    }

    private static Task<Matches> ListAsync(TestVisitor visitor, long atLeast = 1) => visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches?atLeast={atLeast}").ReadAsync<Matches>();

    private static async Task<Guid> FirstAsync(TestVisitor visitor, long atLeast = 1) => (await ListAsync(visitor, atLeast)).Items[0].OfferId;

    /// <summary>What was shown is recorded after the answer has gone out.</summary>
    private static async Task<ShownList> RecordedAsync(MatchingHost host, TestVisitor visitor, long version)
    {
        for (var i = 0; ; i++)
        {
            if (await host.QueryAsync(db => ShownList.OfVisitor(db, visitor.Id).SingleOrDefaultAsync(l => l.ProfileVersion == version)) is { } list) return list;
            Assert.True(i < 200, "the list was not recorded");
            await Task.Delay(20);
        }
    }
}
