using System.Diagnostics;
using System.Text.Json;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Rig;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Benchmarks.Quality;

/// <summary>
/// The analyst's first view of a large record, beside an empty page; what it costs to count it anew, and a question that nobody asked before. The service is
/// started again before it is measured, so that nothing but the database remembers.
/// </summary>
internal static class QualityBenchmark
{
    private const string Overview = "/api/quality/summary", All = "/api/quality/figures", Filtered = All + "?language=uk&german=A2";

    private static readonly TimeSpan KeptWithin = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(string[] args)
    {
        if (QualityOptions.Parse(args) is not { } options) return QualityOptions.Usage();
        if (ServiceProcess.Configuration != "Release") Console.WriteLine("Built as Debug: the figures say nothing. Run with -c Release.");
        List<double> views = [];
        if (options.Sqlite > 0) views.Add(await MeasureAsync("sqlite", options, options.Sqlite, new Dictionary<string, string>()));
        if (options.Postgres > 0) views.Add(await OnPostgresAsync(options));
        if (views.Count > 0) Samples.Result("quality.overview.ms", views.Max());
        return 0;
    }

    private static async Task<double> OnPostgresAsync(QualityOptions options)
    {
        await using var postgres = await PostgresServer.StartAsync(durable: true);
        await using var redis = await RedisServer.StartAsync();
        await using var rabbit = await RabbitMqServer.StartAsync();
        return await MeasureAsync("postgres", options, options.Postgres, new Dictionary<string, string>
        {
            ["ConnectionStrings:matching"] = await postgres.CreateDatabaseAsync("matching"),
            ["ConnectionStrings:redis"] = redis.ConnectionString,
            ["ConnectionStrings:rabbitmq"] = rabbit.ConnectionString,
            ["Services:Key"] = Guid.NewGuid().ToString("N"),
        });
    }

    /// <returns>Milliseconds of the overview.</returns>
    private static async Task<double> MeasureAsync(string engine, QualityOptions options, int impressions, IReadOnlyDictionary<string, string> connections)
    {
        using var folder = new TemporaryFolder();
        await using (var host = await QualityHost.StartAsync(folder.Path, connections)) await FillAsync(engine, host, options, impressions);
        var began = Stopwatch.GetTimestamp();
        await using (var host = await QualityHost.StartAsync(folder.Path, connections))
        {
            while (!await KeptAsync(host))
            {
                if (Stopwatch.GetElapsedTime(began) > KeptWithin) throw new TimeoutException("The figures are not kept.");
                await Task.Delay(200);
            }
            Console.WriteLine($"{engine}: started and counted for the first time after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        }

        await using var again = await QualityHost.StartAsync(folder.Path, connections);
        var first = await QualityHost.GetAsync(again.Analyst, Overview);
        Console.WriteLine($"{engine}: first view of a process that has just started {first.Ms:0} ms, {first.Bytes:N0} bytes");
        for (var i = 0; i < options.Samples; i++)
        {
            await QualityHost.GetAsync(again.Analyst, Overview);
            await QualityHost.GetAsync(again.Empty, "/");
        }
        List<double> views = [], ratios = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            List<double> ours = [], empty = [];
            for (var i = 0; i < options.Samples; i++)
            {
                ours.Add((await QualityHost.GetAsync(again.Analyst, Overview)).Ms);
                empty.Add((await QualityHost.GetAsync(again.Empty, "/")).Ms);
            }
            views.Add(Samples.Median(ours));
            ratios.Add(Samples.Median(ours) / Samples.Median(empty));
            Console.WriteLine($"  round {round + 1}: {Samples.Format(views[^1], "0.0")} ms (p95 {Samples.Format(Samples.Quantile(ours, .95), "0.0")}) | empty {Samples.Format(Samples.Median(empty), "0.00")} ms");
        }
        var unasked = await QualityHost.GetAsync(again.Analyst, Filtered);
        var asked = await QualityHost.GetAsync(again.Analyst, Filtered);
        var all = await QualityHost.GetAsync(again.Analyst, All);
        Console.WriteLine($"{engine}: all figures {all.Ms:0} ms; a question that nobody asked before {unasked.Ms:0} ms, asked again {asked.Ms:0} ms");
        Console.WriteLine($"{engine}: overview {Samples.Interval(views, "0.0")} ms; to reach: under 1000");
        Samples.Result($"quality.overview.{engine}.first.ms", first.Ms);
        Samples.Result($"quality.overview.{engine}.ms", Samples.Median(views));
        Samples.Result($"quality.overview.{engine}.over-empty", Samples.Median(ratios));
        Samples.Result($"quality.unasked.{engine}.ms", unasked.Ms);
        return Samples.Median(views);
    }

    private static async Task<bool> KeptAsync(QualityHost host)
    {
        var there = false;
        await host.SaveAsync(async db => there = await db.KeptFigures.CountAsync() > 1);
        return there;
    }

    private static async Task FillAsync(string engine, QualityHost host, QualityOptions options, int impressions)
    {
        // Until the record is there, nothing is to be counted.
        await host.Services.GetRequiredService<KeepFigures>().StopAsync(default);
        var clock = Stopwatch.StartNew();
        await host.SaveAsync(async db =>
        {
            await SlotPlan.KeepAsync(db, QualityRecord.Catalogue, new HashSet<(Guid, int)>(), default);
            db.Catalogues.Add(new KeptCatalogue { FairId = QualityRecord.Catalogue.FairId, Version = 1, Body = JsonSerializer.Serialize(QualityRecord.Catalogue, JsonSerializerOptions.Web), At = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync();
        });
        var made = await QualityRecord.FillAsync(host.SaveAsync, options.Visitors, impressions);
        await host.SaveAsync(db => db.KeptFigures.ExecuteDeleteAsync());
        Console.WriteLine($"{engine}: {made:N0} impressions of {options.Visitors:N0} visitors, filled in {clock.Elapsed.TotalSeconds:0} s");
    }
}
