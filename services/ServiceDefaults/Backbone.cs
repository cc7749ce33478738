using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;

namespace Matchmaking.ServiceDefaults;

/// <summary>On what the process stands: everything embedded (one process), or RabbitMQ, Redis and PostgreSQL by connection strings.</summary>
/// <param name="Embedded">In-memory bus, SQLite files, in-memory cache; chosen by AllInOne alone.</param>
/// <param name="DataFolder">Where embedded data live (setting DataFolder, default ./data).</param>
/// <param name="RabbitMq">Needed by whoever adds the bus; Web does not.</param>
/// <param name="InstanceId">This process; owner of the outbox rows it has claimed.</param>
public sealed record Backbone(string Service, bool Embedded, string DataFolder, string? RabbitMq, string? Redis, Guid InstanceId)
{
    internal static Backbone Read(string service, bool embedded, IConfiguration settings)
    {
        var folder = Path.GetFullPath(settings["DataFolder"] ?? "data");
        if (embedded)
        {
            OwnFiles.CreateFolder(folder);
            return new Backbone(service, true, folder, null, null, Guid.NewGuid());
        }
        return new Backbone(service, false, folder, Setting("rabbitmq"), Setting("redis") ?? throw StartRefused.Missing(service, "redis", "host:6379"), Guid.NewGuid());

        string? Setting(string name) => settings.GetConnectionString(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>One line that says on what the process stands.</summary>
    public string StartUpLine => Embedded
        ? $"service={Service} bus=in-memory db=sqlite ({DataFolder}) cache=memory"
        : $"service={Service} bus={(RabbitMq is null ? "none" : "rabbitmq")} db={(RabbitMq is null ? "none" : "postgresql")} cache=redis";
}

/// <summary>A set-up that cannot work. The process prints the message alone and ends with code 78 (EX_CONFIG).</summary>
public sealed class StartRefused : Exception
{
    public StartRefused(string message) : base(message) => Thrown = true;

    /// <summary>From then on the process ends: what libraries say of being stopped half started would only hide the one sentence.</summary>
    internal static volatile bool Thrown;

    internal static StartRefused Missing(string service, string connection, string example) => new(
        $"{service} cannot start alone: connection string '{connection}' is missing. " +
        $"Set ConnectionStrings__{connection}, for example {example}; or run the whole fair in one process: dotnet run --project services/AllInOne");

    private static readonly List<IDisposable> Signals = [];
    private static volatile bool _toldToStop;

    /// <summary>What ends the start for a reason of ours is told in one sentence, without a stack trace.</summary>
    public static void PrintPlainly()
    {
        lock (Signals)
        {
            if (Signals.Count > 0) return;
            Signals.AddRange(new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, _ => _toldToStop = true)));
        }
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            // Told to stop while it was still starting: what is cancelled by that is no fault.
            if (_toldToStop && e.ExceptionObject is OperationCanceledException) Environment.Exit(143);
            if (e.ExceptionObject is not StartRefused refused) return;
            Console.Error.WriteLine(refused.Message);
            Environment.Exit(78);
        };
    }
}
