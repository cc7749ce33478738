using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Visitors;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Visitors;

public sealed class VisitorCopyTests
{
    [Fact]
    public async Task An_older_version_changes_nothing_and_a_newer_one_everything()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync(version: 2);
        await SubmitAsync(host, visitor, 1, DemoFair.Open with { Language = "ar" });
        Assert.Equal("uk", (await OfAsync(host, visitor.Id))!.Needs.Language);
        await SubmitAsync(host, visitor, 3, DemoFair.Open with { Language = "ar", Contact = new Contact("a@example.org") });
        var now = (await OfAsync(host, visitor.Id))!;
        Assert.Equal((3, "ar", null), (now.Version, now.Needs.Language, now.Needs.Contact));
    }

    [Fact]
    public async Task A_link_works_even_if_it_came_before_the_profile()
    {
        await using var host = await MatchingHost.StartAsync();
        var (id, first, second) = (Guid.NewGuid(), CapabilityToken.Create(), CapabilityToken.Create());
        await host.ConsumeAsync<KnowVisitorLinkConsumer, VisitorLinkIssued>(new VisitorLinkIssued(id, CapabilityToken.Hash(second), DemoFair.Before));
        await host.ConsumeAsync<RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(id, 1, first));
        foreach (var token in new[] { first, second })
            Assert.Equal(HttpStatusCode.OK, (await host.With(token).GetAsync($"/api/visitors/{id}/meetings")).StatusCode);
    }

    [Fact]
    public async Task A_link_ends_with_the_visitors_time()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        host.Clock.SetUtcNow(DemoFair.Closes.AddDays(30));
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/meetings")).StatusCode);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Erasing_leaves_a_tombstone_frees_the_seats_and_tells_the_stand_nothing_but_that(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (visitor, other) = (await host.VisitorAsync(), await host.VisitorAsync());
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "video");
        var meeting = await visitor.MeetAsync(DemoFair.Course, slot);
        await visitor.Http.PostAsJsonAsync($"/api/visitors/{visitor.Id}/opened", new OfferOpened(DemoFair.Course));
        await host.QueryAsync(async db =>
        {
            var copy = await db.Visitors.SingleAsync(v => v.Id == visitor.Id);
            await ShownList.RecordAsync(db, copy, new FairCatalogue(DemoFair.Catalogue(1)), new RankedBy("baseline", "1"), [], 4, [DemoFair.Course], [1], [false], DemoFair.Before, default);
            return 0;
        });
        var erasure = Guid.NewGuid();

        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(visitor.Id, erasure, DemoFair.Before));

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/meetings")).StatusCode);
        Assert.Equal((erasure, "matching"), (Assert.Single(await host.AnnouncedAsync<ErasureConfirmed>()) is var c ? (c.ErasureId, c.Service) : default));
        var told = Assert.Single(await host.AnnouncedAsync<MeetingCancelled>());
        Assert.Equal((meeting.Id, 2, "visitor", Guid.Empty), (told.Meeting.MeetingId, told.Meeting.Version, told.By, told.Meeting.VisitorId));
        Assert.Equal(slot.Free, (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slot.Id).Free);
        Assert.Equal(HttpStatusCode.Created, (await other.AskAsync(DemoFair.Course, slot)).StatusCode);

        // What comes late finds the tombstone.
        await SubmitAsync(host, visitor, 9, DemoFair.Open);
        await host.ConsumeAsync<KnowVisitorLinkConsumer, VisitorLinkIssued>(new VisitorLinkIssued(visitor.Id, CapabilityToken.Hash("late"), DemoFair.Before));
        Assert.Empty(await RemainsAsync(host, visitor.Id));
    }

    [Fact]
    public async Task An_erasure_that_comes_before_the_profile_wins_too()
    {
        await using var host = await MatchingHost.StartAsync();
        var (id, token) = (Guid.NewGuid(), CapabilityToken.Create());
        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(id, Guid.NewGuid(), DemoFair.Before));
        await host.ConsumeAsync<RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(id, 1, token));
        Assert.Null(await OfAsync(host, id));
    }

    [Fact]
    public async Task The_export_has_all_that_is_held()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await visitor.AskAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course))[0], note: "Guten Tag");
        await visitor.Http.PostAsJsonAsync($"/api/visitors/{visitor.Id}/opened", new OfferOpened(DemoFair.Debt));
        var export = (await visitor.Http.GetFromJsonAsync<MatchingExport>($"/api/visitors/{visitor.Id}/export/matching"))!;
        Assert.Equal(("uk", 1, "Guten Tag", DemoFair.Debt), (export.Needs.Language, export.Links, Assert.Single(export.Meetings).Note, Assert.Single(export.Opened).OfferId));
    }

    private static Task SubmitAsync(MatchingHost host, TestVisitor visitor, long version, Needs needs) =>
        host.ConsumeAsync<RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(visitor.Id, version, visitor.Token, needs));

    private static Task<Visitor?> OfAsync(MatchingHost host, Guid id) => host.QueryAsync(db => db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id));

    /// <summary>Names of the tables that still hold the id, its mark and the confirmation of its erasure excepted.</summary>
    private static Task<List<string>> RemainsAsync(MatchingHost host, Guid id) => host.QueryAsync(async db =>
    {
        var left = new List<string>();
        var isSqlite = db is MatchingDbSqlite;
        foreach (var property in db.Model.GetEntityTypes().Where(e => e.ClrType != typeof(VisitorMark)).SelectMany(e => e.GetProperties())
                     .Where(p => p.ClrType == typeof(string) || Nullable.GetUnderlyingType(p.ClrType) == typeof(Guid) || p.ClrType == typeof(Guid) || p.GetTypeMapping().Converter is not null))
        {
            var (table, column) = (property.DeclaringType.GetTableName()!, property.GetColumnName());
            var except = table == "outbox" ? $" and type <> '{typeof(ErasureConfirmed).FullName}'" : "";
            var text = isSqlite ? $"lower(\"{column}\")" : $"\"{column}\"::text";
            var sql = $"select count(*) as \"Value\" from {table} where {text} like '%{id}%'{except}";
            if (await db.Database.SqlQueryRaw<int>(sql).SingleAsync() > 0) left.Add($"{table}.{column}");
        }
        return left;
    });
}
