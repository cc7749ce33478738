using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Learning.Tables;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Tests.Learning.Fairs;
using Matchmaking.Matching.Tests.Models;
using Matchmaking.Matching.Visitors;
using Matchmaking.Rig;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>The record as files: of nobody in particular, of one moment, and enough to repeat every figure.</summary>
public sealed class ExportRecordTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_an_export_the_command_repeats_every_figure_to_the_last_digit_and_evaluate_reads_its_files()
    {
        await using var host = await MatchingHost.StartAsync(settings: ("Matching:MeetingsAtStand", "3"));
        await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: 120);
        // One asks and is accepted; one does not agree to a review, one answers anew after the list, one offer is gone from the catalogue.
        var visitor = await host.VisitorAsync();
        var meeting = await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course))[0]);
        host.Clock.Advance(TimeSpan.FromMinutes(17));
        await host.Exhibitor(DemoFair.School).PostAsync($"/api/meetings/{meeting.Id}/answer", System.Net.Http.Json.JsonContent.Create(new MeetingAnswer("accept")), Cancel);
        await host.QueryAsync(async db =>
        {
            var some = await db.Visitors.OrderBy(v => v.Since).Take(40).ToListAsync(Cancel);
            foreach (var v in some.Take(20)) v.Needs = v.Needs with { Consents = ["matching"] };
            foreach (var v in some.Skip(20)) v.Version = 2;
            var gone = Guid.NewGuid();
            foreach (var list in await db.ShownLists.Take(30).ToListAsync(Cancel))
            {
                db.ShownLists.Remove(list);
                db.Add(new ShownList { Id = Guid.CreateVersion7(), RecordKey = list.RecordKey, FairId = list.FairId, ProfileVersion = 1, CatalogueVersion = 2, Day = list.Day, RankerKind = "baseline", RankerVersion = "2", Packs = ["ik 2"], Candidates = 4, Offers = [gone, .. list.Offers], Propensities = [1, .9, .1, .25, 1 / 3d], Full = [false, true, false, false, true], At = list.At });
            }
            return await db.SaveChangesAsync(Cancel);
        });
        var analyst = host.Staff("analyst");
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["export.zip"], await analyst.GetByteArrayAsync("/api/quality/export?format=csv", Cancel), Cancel);

        foreach (var filters in (string[])["", "language=uk", "language=ar&german=A2&k=3", "category=advice", $"exhibitor={DemoFair.School}&published=true", "other=baseline", "weights=goal-any:0,topic-any:2", "model=2&pack=ik 2", "from=2026-06-15&to=2026-06-15", "channel=online&age=unknown"])
        {
            var api = JsonSerializer.Serialize(await analyst.GetAsync("/api/quality/figures?" + filters, Cancel).ReadAsync<QualityFigureSet>(), JsonSerializerOptions.Web);
            Assert.Equal((filters, api), (filters, Run(folder["export.zip"], filters)));
        }

        // The same in Parquet, but for the pseudonyms.
        await File.WriteAllBytesAsync(folder["parquet.zip"], await analyst.GetByteArrayAsync("/api/quality/export?format=parquet", Cancel), Cancel);
        foreach (var filters in (string[])["", $"exhibitor={DemoFair.School}&published=true", "other=baseline"]) Assert.Equal(Run(folder["export.zip"], filters), Run(folder["parquet.zip"], filters));

        using var archive = ZipFile.OpenRead(folder["export.zip"]);
        Assert.Equal(new MeetingCaps(5, 3), ReadRecord.Read(archive).Facts!.Caps);
        using StreamReader visitors = Open("visitors"), offers = Open("offers"), outcomes = Open("outcomes");
        Assert.Null(ReadSide.Read("visitors", visitors, out var v) ?? ReadSide.Read("offers", offers, out var o) ?? ReadOutcomes.Read("outcomes", outcomes, v, o, out _));
        using StreamReader again = Open("visitors"), offersAgain = Open("offers"), outcomesAgain = Open("outcomes");
        Assert.Null(ReadCases.Read(("visitors", again), ("offers", offersAgain), ("outcomes", outcomesAgain), out var cases));
        // As training has it: of who agreed, for the answers as they are.
        var learned = await host.QueryAsync(db => Matchmaking.Matching.Models.GatherCases.ReadAsync(db, host.Services.GetRequiredService<PublishedCatalogues>(), RulePackSet.BuiltIn, 1000, new(5, 2), Cancel));
        Assert.Equal((80, learned.Count), (cases.Count, cases.Count));

        // Every column has its meaning, and no row says whose it is.
        using var dictionary = Open("dictionary");
        var meanings = await dictionary.ReadToEndAsync(Cancel);
        foreach (var file in archive.Entries.Where(e => e.Name.EndsWith(".csv", StringComparison.Ordinal) && e.Name != ExportRecord.Dictionary))
        {
            using var text = new StreamReader(file.Open());
            foreach (var column in (await text.ReadLineAsync(Cancel))!.Split(',')) Assert.Contains($"{file.Name},{column},", meanings, StringComparison.Ordinal);
        }
        var keys = await host.QueryAsync(db => db.Visitors.Select(x => new { x.Id, x.RecordKey }).ToListAsync(Cancel));
        var all = string.Concat(archive.Entries.Select(e => new StreamReader(e.Open()).ReadToEnd()));
        Assert.All(keys, k => Assert.False(all.Contains(k.Id.ToString(), StringComparison.OrdinalIgnoreCase) || all.Contains(k.RecordKey.ToString(), StringComparison.OrdinalIgnoreCase)));
        // Another export has other pseudonyms.
        await File.WriteAllBytesAsync(folder["other.zip"], await analyst.GetByteArrayAsync("/api/quality/export", Cancel), Cancel);
        using var other = ZipFile.OpenRead(folder["other.zip"]);
        Assert.Empty(People(archive).Intersect(People(other)));
        Assert.Equal(3, await host.QueryAsync(db => db.QualityLooks.CountAsync(l => l.What.StartsWith("/api/quality/export"), Cancel)));
        Assert.Equal(HttpStatusCode.BadRequest, (await analyst.GetAsync("/api/quality/export?format=xlsx", Cancel)).StatusCode);

        StreamReader Open(string name) => new(archive.GetEntry(name + ".csv")!.Open());
    }

    [Fact]
    public async Task What_follows_from_the_most_at_a_stand_is_repeated_and_of_before_there_was_one_it_is_as_it_was()
    {
        var day = new InventedDay(3);
        var fair = new FairCatalogue(new CataloguePublished(DemoFair.Fair, 1, SmallFair.Facts, day.Catalogue.Exhibitors, day.Catalogue.Offers, DemoFair.Before));
        var record = new FairRecord(fair, [.. day.Show(300).Select(InventedPeople.Of)], [], new Dictionary<Guid, (int, int)>(), DemoFair.Before);
        using var folder = new TemporaryFolder();
        var (told, full) = (new List<string>(), new List<int>());
        foreach (var caps in (MeetingCaps[])[new(5, 1), new(5, null)])
        {
            var (name, tables) = (folder[$"{told.Count}.zip"], new RecordTables(record, RulePackSet.BuiltIn, caps).All);
            await using (var file = File.Create(name))
                await ExportRecord.WriteAsync(file, tables, parquet: false, new RecordFacts(record.At, caps.AtOnce, caps.AtStand, record.Cuts, fair.Published, []), model: null, Cancel);
            if (caps.AtStand is null) Forget(name, "meetingsAtStand");
            var answer = AnswerFigures.Of(record, new FigureQuestion { Other = "baseline" }, RulePackSet.BuiltIn, null, new(CaseScorers.Baseline), caps, Cancel);
            Assert.Contains(answer.Figures!.Policy, p => p.Logged.Value is not null);
            told.Add(JsonSerializer.Serialize(answer.Figures, JsonSerializerOptions.Web));
            Assert.Equal(told[^1], Run(name, "other=baseline"));

            using var archive = ZipFile.OpenRead(name);
            using StreamReader visitors = Open("visitors"), offers = Open("offers"), outcomes = Open("outcomes");
            Assert.Null(ReadCases.Read(("visitors", visitors), ("offers", offers), ("outcomes", outcomes), out var cases));
            var shown = record.People.Select((p, at) => p.Case(0, at, day.Catalogue, RulePackSet.BuiltIn.At(p.Last!.Day), caps)).OrderBy(c => c.At).Select(c => c.Full!.ToArray()).ToArray();
            Assert.Equal(shown, cases.OrderBy(c => c.At).Select(c => c.Full!.ToArray()));
            full.Add(shown.Sum(places => places.Count(f => f)));

            StreamReader Open(string table) => new(archive.GetEntry(table + ".csv")!.Open());
        }
        Assert.True(full[0] > full[1], $"{full[0]} and {full[1]} places at which nobody could ask");
        Assert.NotEqual(told[0], told[1]);

        static void Forget(string export, string fact)
        {
            using var archive = ZipFile.Open(export, ZipArchiveMode.Update);
            using var file = archive.GetEntry(ExportRecord.Facts)!.Open();
            var facts = JsonNode.Parse(file)!.AsObject();
            Assert.True(facts.Remove(fact));
            file.SetLength(0);
            using var json = new Utf8JsonWriter(file);
            facts.WriteTo(json);
        }
    }

    [Fact]
    public void What_is_no_export_and_what_cannot_be_asked_is_refused_with_a_sentence()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.zip"], "no archive");
        using (ZipFile.Open(folder["empty.zip"], ZipArchiveMode.Create)) { }
        foreach (var (args, code) in ((string[], int)[])[([], 64), ([folder["none.zip"]], 2), ([folder["text.zip"]], 2), ([folder["empty.zip"]], 2), ([folder["empty.zip"], "colour=red"], 2), ([folder["empty.zip"], "k=many"], 2)])
        {
            using StringWriter said = new(), complaint = new();
            Assert.Equal(code, FiguresCommand.Run(args, said, complaint, Cancel));
            Assert.True(said.ToString().Length == 0 && complaint.ToString().Length > 10, string.Join(' ', args));
        }
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_record_that_is_read_while_somebody_is_erased_is_of_one_moment(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var ids = await TrainingTests.SeedAsync(host, i => i % 3 != 0, people: 30);
        var fair = (await host.Services.GetRequiredService<PublishedCatalogues>().CurrentAsync(Cancel))!;
        await host.QueryAsync(async db =>
        {
            await using (await OneSnapshot.TakeAsync(db, Cancel))
            {
                Assert.Equal(30, await db.Visitors.CountAsync(Cancel)); // it begins with the first read
                await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(ids[4], Guid.CreateVersion7(), DemoFair.Before));
                var record = await FairRecord.ReadAsync(db, fair, DemoFair.Before, Cancel);
                Assert.Equal(30, record.People.Count);
                Assert.All(record.People, p => Assert.Single(p.Lists));
            }
            Assert.Equal(29, (await FairRecord.ReadAsync(db, fair, DemoFair.Before, Cancel)).People.Count);
            Assert.Null(db.Database.CurrentTransaction);
            return 0;
        });
    }

    private static string Run(string export, string filters)
    {
        using StringWriter said = new(), complaint = new();
        Assert.True(FiguresCommand.Run([export, filters], said, complaint, Cancel) == 0, complaint.ToString());
        return said.ToString().TrimEnd();
    }

    private static string[] People(ZipArchive archive) => [.. new StreamReader(archive.GetEntry("people.csv")!.Open()).ReadToEnd().Split('\n').Skip(1).Select(l => l.Split(',')[0]).Where(v => v.Length > 0)];
}
