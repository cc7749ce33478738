using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Visitors;
using Matchmaking.Rig;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>What is kept of a list and of what came of it: whole, once, under a key that is nobody's id, and gone with the visitor.</summary>
public sealed class RecordTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_list_is_recorded_whole_and_every_outcome_once_however_often_it_is_told(Engine engine)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        for (var twice = 0; twice < 2; twice++)
        {
            await host.ConsumeAsync<RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(visitor.Id, 1, visitor.Token));
            var matches = await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches", cancel).ReadAsync<Matches>();
            Assert.NotEmpty(matches.Items);
            for (var i = 0; await host.QueryAsync(db => db.ShownLists.CountAsync(cancel)) == 0; i++) // recorded once the answer has gone out
            {
                Assert.True(i < 200, "the list was not recorded");
                await Task.Delay(20, cancel);
            }
            await visitor.Http.PostAsJsonAsync($"/api/visitors/{visitor.Id}/opened", new OfferOpened(DemoFair.Course), cancel);
        }
        var slot = (await host.SlotsAsync(DemoFair.Course))[0];
        var meetings = new[] { await visitor.AskAsync(DemoFair.Course, slot, "the-same-key-twice"), await visitor.AskAsync(DemoFair.Course, slot, "the-same-key-twice") };
        var meeting = (await meetings[1].Content.ReadFromJsonAsync<Meeting>(cancel))!;
        for (var twice = 0; twice < 2; twice++) await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept"), cancel);
        host.Clock.SetUtcNow(meeting.Slot.Start);
        for (var twice = 0; twice < 2; twice++) await visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/outcome", new MeetingOutcome("held", 5), cancel);

        var list = Assert.Single(await host.QueryAsync(db => db.ShownLists.AsNoTracking().ToListAsync(cancel)));
        Assert.NotEqual(visitor.Id, list.RecordKey);
        Assert.Equal((list.Offers.Count, list.Offers.Count, list.Offers.Count), (list.Propensities.Count, list.Full!.Count, list.Candidates!.Value));
        Assert.Equal(("baseline", true), (list.RankerKind, list.Packs.Count > 0));
        Assert.Equal(list.RecordKey, Assert.Single(await host.QueryAsync(db => db.OpenedOffers.AsNoTracking().ToListAsync(cancel))).RecordKey);
        var (people, _) = await host.QueryAsync(db => ShowFigures.PeopleAsync(db, DemoFair.Fair, cancel));
        var outcome = Assert.Single(people).Came[DemoFair.Course];
        Assert.Equal(new Matchmaking.Matching.Learning.Fairs.OfferOutcome(Opened: true, Requested: true, Accepted: true, Held: true, Useful: 5), outcome);
        Assert.Equal(outcome, Assert.Single(people[0].Outcomes.SelectMany(o => o), o => o != default));

        // What is kept of a retired visitor goes by the same road: Profile tells of an erasure when the fair's date is over.
        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(visitor.Id, Guid.CreateVersion7(), DemoFair.Before));
        var gone = new Visitor { Id = visitor.Id, FairId = DemoFair.Fair, Needs = DemoFair.Open, Version = 1 };
        await host.QueryAsync(async db =>
        {
            await ShownList.RecordAsync(db, gone, new FairCatalogue(DemoFair.Catalogue()), new RankedBy("baseline", "2"), [], 4, [DemoFair.Course], [1], [false], DemoFair.Before, cancel);
            return 0;
        });
        Assert.Equal((0, 0, 0), await host.QueryAsync(async db => (await db.ShownLists.CountAsync(cancel), await db.OpenedOffers.CountAsync(cancel), await db.Bookings.CountAsync(cancel))));
        Assert.Empty((await host.QueryAsync(db => ShowFigures.PeopleAsync(db, DemoFair.Fair, cancel))).People);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Http.PostAsJsonAsync($"/api/visitors/{visitor.Id}/opened", new OfferOpened(DemoFair.Course), cancel)).StatusCode);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Records_of_before_keep_to_their_visitors_under_the_new_key(Engine engine)
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = Path.Combine(Path.GetTempPath(), $"matching-record-{Guid.NewGuid():N}.db");
        await using MatchingDb db = engine == Engine.Sqlite
            ? new MatchingDbSqlite(new DbContextOptionsBuilder<MatchingDbSqlite>().UseSqlite($"Data Source={file};Pooling=False").Options)
            : new MatchingDbPostgres(new DbContextOptionsBuilder<MatchingDbPostgres>().UseNpgsql(await SharedPostgres.FreshDatabaseAsync()).Options);
        var before = db.Database.GetMigrations().Last(m => m.EndsWith("_Choices", StringComparison.Ordinal));
        await db.GetService<IMigrator>().MigrateAsync(before, cancel);
        Guid[] ids = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (var id in ids)
        {
            var (fair, at, day, key) = (DemoFair.Fair, DemoFair.Before.UtcDateTime, new DateOnly(2026, 6, 15), Guid.CreateVersion7());
            await db.Database.ExecuteSqlAsync($"insert into visitor_marks (id, stamp) values ({id}, 1)", cancel);
            await db.Database.ExecuteSqlAsync($"insert into visitors (id, fair_id, version, needs, expires_at, since) values ({id}, {fair}, 1, {"{\"language\":\"uk\"}"}, {at}, {at})", cancel);
            await db.Database.ExecuteSqlAsync($"insert into shown_lists (id, visitor_id, fair_id, profile_version, catalogue_version, day, ranker_kind, ranker_version, packs, offers, propensities, at) values ({key}, {id}, {fair}, 1, 1, {day}, {"baseline"}, {"2"}, {"[]"}, {"[]"}, {"[]"}, {at})", cancel);
            await db.Database.ExecuteSqlAsync($"insert into opened_offers (visitor_id, offer_id, at) values ({id}, {DemoFair.Course}, {at})", cancel);
        }

        await db.Database.MigrateAsync(cancel);

        foreach (var id in ids)
        {
            Assert.Null(Assert.Single(await ShownList.OfVisitor(db, id).ToListAsync(cancel)).Candidates);
            Assert.Equal(1, await (from v in db.Visitors where v.Id == id join o in db.OpenedOffers on v.RecordKey equals o.RecordKey select o).CountAsync(cancel));
        }
        Assert.Empty((await db.Visitors.Select(v => v.RecordKey).ToListAsync(cancel)).Intersect(ids));
        // A visitor who goes takes the records along.
        await db.Visitors.Where(v => v.Id == ids[0]).ExecuteDeleteAsync(cancel);
        Assert.Equal((1, 1), (await db.ShownLists.CountAsync(cancel), await db.OpenedOffers.CountAsync(cancel)));
        if (engine == Engine.Sqlite) File.Delete(file);
    }
}
