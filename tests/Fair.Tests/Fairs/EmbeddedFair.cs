using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Rig;

namespace Matchmaking.Fair.Tests.Fairs;

/// <summary>The whole fair in one process: in-memory bus, SQLite, in-memory cache, demo sign-in.</summary>
public sealed class EmbeddedFair : RunningFair
{
    private readonly IReadOnlyList<string> arguments;
    private ServiceProcess? process;

    public EmbeddedFair() : this("--visitors", "0") { }

    private EmbeddedFair(params string[] arguments) => this.arguments = arguments;

    public override Uri Address => Process.Address;
    public override bool Embedded => true;
    public override IReadOnlyList<string> Descriptions => ["/openapi/v1.json"];
    public ServiceProcess Process => process ?? throw new InvalidOperationException("The fair does not run.");

    public override IReadOnlyList<string> Services => ["all-in-one"];
    public override IReadOnlyList<string> Lines => Process.Output;

    /// <summary>One of its own, for tests that stop it.</summary>
    public static async Task<EmbeddedFair> StartAsync(params string[] arguments)
    {
        var fair = new EmbeddedFair(arguments);
        await fair.InitializeAsync();
        return fair;
    }

    public override async ValueTask InitializeAsync() => process = await ServiceProcess.StartAsync("AllInOne", Settings(Traces), arguments, Patience);

    public override async Task<string> SignInAsync(string role, Guid? exhibitorId = null) =>
        (await PostAsync("/api/demo/sign-in", new DemoSignIn(role, exhibitorId))).Read<StaffToken>().Token;

    public override async Task<IReadOnlyList<DemoMail>> MailsAsync() => (await GetAsync("/api/demo/mail?take=10000")).Read<List<DemoMail>>();

    public override async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        await base.DisposeAsync();
    }

    internal static Dictionary<string, string?> Settings(TraceCollector traces) => new()
    {
        ["RateLimits__WritesPerMinute"] = "1000000",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = traces.Address.ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "300",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "3000",
    };
}
