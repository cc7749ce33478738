using MassTransit;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Tests.Ledger;

/// <summary>A process of the ledger service. Not started it is like one that commits and dies: what it saves is in the database, and nobody sends it.</summary>
internal sealed class LedgerHost : IAsyncDisposable
{
    private LedgerHost(WebApplication app) => App = app;

    public WebApplication App { get; }
    public Witness Witness => App.Services.GetRequiredService<Witness>();
    public IBus Bus => App.Services.GetRequiredService<IBus>();
    public T Get<T>() where T : notnull => App.Services.GetRequiredService<T>();

    public static LedgerHost Build(IReadOnlyDictionary<string, string?> settings, bool embedded, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Matchmaking.ServiceDefaults.Tests" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Witness>();
        if (clock is not null) builder.Services.AddSingleton(clock);
        builder.AddDefaults("ledger", embedded);
        builder.AddDatabase<LedgerDb, LedgerDbSqlite, LedgerDbPostgres>("ledger");
        builder.AddBus();
        var app = builder.Build();
        app.MapDefaults();
        return new LedgerHost(app);
    }

    public async Task<LedgerHost> StartAsync()
    {
        await App.StartAsync();
        // What tests publish themselves is not mandatory: before the queues are bound it would be dropped.
        await Get<BusStarted>().WaitAsync(CancellationToken.None);
        return this;
    }

    /// <summary>One unit of work on the service's database.</summary>
    public async Task<T> InAsync<T>(Func<LedgerDb, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<LedgerDb>());
    }

    public Task InAsync(Func<LedgerDb, Task> work) => InAsync(async db => { await work(db); return 0; });

    /// <summary>An effect and its announcement in one save, as an endpoint does it.</summary>
    public Task DepositAsync(Guid account, int amount = 1, string? unique = null) => InAsync(db =>
    {
        db.Entries.Add(new Entry { By = "endpoint", Account = account, Amount = amount, Unique = unique });
        db.Announce(new Deposited(account, amount), account, 1);
        return db.SaveChangesAsync();
    });

    public Task<int> CountAsync(string by, Guid account) => InAsync(db => db.Entries.CountAsync(e => e.By == by && e.Account == account));

    public Task<bool> HandledAsync(Guid account) => InAsync(db => db.Entries.AnyAsync(e => e.By == nameof(RecordReportConsumer) && e.Account == account));

    public HttpClient Http()
    {
        var http = new HttpClient { BaseAddress = Get<OwnAddress>().Value };
        http.DefaultRequestHeaders.Add("X-Service-Key", Get<ServiceKey>().Value);
        return http;
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}
