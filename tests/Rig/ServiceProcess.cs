using System.Reflection;

namespace Matchmaking.Rig;

/// <summary>One of our own services as a child process, to be talked to over HTTP, killed and started again.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string service, library;
    private readonly TimeSpan readyWithin;
    private readonly Dictionary<string, string?> environment;
    private readonly TemporaryFolder folder = new();
    private string[] arguments;
    private ChildProcess? process;
    private string[] earlier = [];

    private ServiceProcess(
        string service, string library, IReadOnlyDictionary<string, string?>? environment, IEnumerable<string>? arguments, TimeSpan? readyWithin,
        Uri? address)
    {
        this.service = service;
        this.library = library;
        this.readyWithin = readyWithin ?? TimeSpan.FromSeconds(60);
        this.arguments = [.. arguments ?? []];
        Address = address ?? new Uri($"http://127.0.0.1:{FreePort.Next()}");
        Http = new HttpClient { BaseAddress = Address };
        this.environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["ASPNETCORE_HTTP_PORTS"] = null,
            // As in a container, where the working folder is the program's: appsettings.json is found. Data go to our folder.
            ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(library),
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string?>())
            this.environment[key] = value;
    }

    /// <summary>The configuration that this test run was built in: Debug or Release.</summary>
    public static string Configuration { get; } =
        typeof(ServiceProcess).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>http://127.0.0.1:port, the same after a restart.</summary>
    public Uri Address { get; }

    /// <summary>A client of <see cref="Address"/>; disposed with the service.</summary>
    public HttpClient Http { get; }

    /// <summary>Its working folder: empty at first, kept over restarts, removed at disposal.</summary>
    public string Folder => folder.Path;

    public bool IsRunning => process is { IsRunning: true };

    /// <summary>The process id while it runs.</summary>
    public int Id => process?.Id ?? throw new InvalidOperationException($"{service} does not run.");

    /// <summary>Resident memory in bytes; 0 when it does not run.</summary>
    public long WorkingSet => process is { IsRunning: true } ? process.WorkingSet : 0;

    /// <summary>From the start of the process until /health/ready said 200.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>Everything it wrote, standard output and error, the runs before a restart included.</summary>
    public IReadOnlyList<string> Output => [.. earlier, .. process?.Output ?? []];

    /// <summary>Starts services/<paramref name="service"/> as it was built last, and waits for GET /health/ready to say 200.</summary>
    /// <param name="service">The folder's name, e.g. "Matching".</param>
    /// <param name="environment">Added to the environment of the test; a null takes a variable away.</param>
    /// <param name="arguments">Of the command line.</param>
    /// <param name="readyWithin">60 seconds unless told.</param>
    /// <param name="address">Where it is to listen, for those whom others must know before they run; a free port unless told.</param>
    public static Task<ServiceProcess> StartAsync(
        string service, IReadOnlyDictionary<string, string?>? environment = null, IEnumerable<string>? arguments = null, TimeSpan? readyWithin = null,
        Uri? address = null)
    {
        var project = Path.Combine("services", service);
        var library = Path.Combine(Repository.Root, project, "bin", Configuration, "net10.0", $"Matchmaking.{service}.dll");
        return File.Exists(library)
            ? StartLibraryAsync(service, library, environment, arguments, readyWithin, address)
            : throw new FileNotFoundException($"{library} is not built. Run: dotnet build {project} -c {Configuration}");
    }

    internal static async Task<ServiceProcess> StartLibraryAsync(
        string service, string library, IReadOnlyDictionary<string, string?>? environment = null, IEnumerable<string>? arguments = null,
        TimeSpan? readyWithin = null, Uri? address = null)
    {
        var started = new ServiceProcess(service, library, environment, arguments, readyWithin, address);
        await Starting.OrDisposeAsync(started, started.RunAsync);
        return started;
    }

    /// <summary>SIGKILL: no goodbye, no flush.</summary>
    public Task KillAsync() => EndAsync(process => process.KillAsync());

    /// <summary>SIGTERM, as an orchestrator stops it; killed after 30 seconds. True if it ended by itself.</summary>
    public async Task<bool> StopAsync()
    {
        var byItself = true;
        await EndAsync(async process => byItself = await process.StopAsync(ProcessTree.Terminate, TimeSpan.FromSeconds(30)));
        return byItself;
    }

    /// <summary>Starts it again, after a kill if it still runs, on the same port and in the same folder.</summary>
    /// <param name="arguments">New ones, or null for those it had.</param>
    public async Task RestartAsync(IEnumerable<string>? arguments = null)
    {
        await KillAsync();
        this.arguments = [.. arguments ?? this.arguments];
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
        folder.Dispose();
    }

    private async Task RunAsync()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        process = ChildProcess.Start(Programs.Find("dotnet"), [library, .. arguments], environment, folder.Path);
        await process.WaitUntilAsync(IsReadyAsync, readyWithin);
        StartedIn = clock.Elapsed;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        using var answer = await Http.GetAsync("/health/ready", cancel);
        return answer.IsSuccessStatusCode;
    }

    private async Task EndAsync(Func<ChildProcess, Task> how)
    {
        if (process is null) return;
        await how(process);
        earlier = [.. earlier, .. process.Output];
        await process.DisposeAsync();
        process = null;
    }
}
