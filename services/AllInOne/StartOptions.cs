using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Matchmaking.ServiceDefaults;

namespace Matchmaking.AllInOne;

/// <summary>What may stand behind the command.</summary>
/// <param name="Import">Folder of another fair, instead of the demo.</param>
/// <param name="Reset">Forget all data first.</param>
/// <param name="Visitors">How many invented visitors to make; null: a few at the very first start of the demo.</param>
/// <param name="Rest">Settings for the host, as --urls=….</param>
internal sealed record StartOptions(string? Import, bool Reset, int? Visitors, string[] Rest)
{
    private const string DefaultAddress = "http://localhost:5080";
    private const int MostVisitors = 20_000;

    /// <summary>Held, not used: it goes with the process, however that ends.</summary>
    private static FileStream? _held;

    public static bool TryParse(string[] args, [NotNullWhen(true)] out StartOptions? options)
    {
        options = null;
        string? import = null;
        var reset = false;
        int? visitors = null;
        var rest = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--reset":
                    reset = true;
                    break;
                case "--import" when i + 1 < args.Length:
                    import = args[++i];
                    break;
                case "--visitors" when i + 1 < args.Length && int.TryParse(args[i + 1], out var n) && n is >= 0 and <= MostVisitors:
                    visitors = n;
                    i++;
                    break;
                case var other when other.StartsWith("--", StringComparison.Ordinal) && other.Contains('='):
                    rest.Add(other);
                    break;
                default:
                    return false;
            }
        }
        options = new StartOptions(import, reset, visitors, [.. rest]);
        return true;
    }

    public static int Usage()
    {
        Console.Error.WriteLine($"""
            Usage: dotnet run --project services/AllInOne [-- OPTIONS]
              --reset          forget all data and start afresh
              --import FOLDER  take the fair of this folder (exhibitors.csv, offers.csv, fair.csv) instead of the demo
              --visitors N     make N invented visitors (0 to {MostVisitors}) at a demo fair, so that the pages of exhibitors and analysts are not empty
              --Name=value     a setting, for example --Demo:Enabled=false
            """);
        return 64;
    }

    /// <summary>The host with this process's defaults: settings of the environment and of the command line win.</summary>
    public WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = Rest, ContentRootPath = AppContext.BaseDirectory });
        var settings = builder.Configuration;
        if (settings["urls"] is null && settings["HTTP_PORTS"] is null) builder.WebHost.UseUrls(DefaultAddress);
        Default("Demo:Enabled", "true");
        Default("Demo:OutcomesBeforehand", "true");
        Default("Fair:DefaultFolder", Path.Combine(AppContext.BaseDirectory, "DemoFair"));
        if (Import is not null) settings["Fair:Folder"] = Path.GetFullPath(Import);
        // Built but not published, the pages' files are still with their project.
        builder.WebHost.UseStaticWebAssets();
        var folder = Path.GetFullPath(settings["DataFolder"] ?? "data");
        OwnFiles.CreateFolder(folder);
        Hold(folder);
        RefuseTaken(settings["urls"] ?? DefaultAddress);
        if (Reset) ResetData(folder);
        return builder;

        void Default(string name, string value) => settings[name] ??= value;
    }

    /// <summary>Two processes on the same files would lose each other's messages, and a reset would take them from under the other.</summary>
    private static void Hold(string folder)
    {
        StartRefused.PrintPlainly();
        try { _held = new FileStream(Path.Combine(folder, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException)
        {
            throw new StartRefused($"Another fair is running on {folder}. Stop it first, or give this one a folder of its own: -- --DataFolder=PATH");
        }
    }

    /// <summary>Asked before anything starts: found out later, half a fair would have to be taken down again.</summary>
    private static void RefuseTaken(string addresses)
    {
        foreach (var address in addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(address.Replace("://+", "://0.0.0.0").Replace("://*", "://0.0.0.0"), UriKind.Absolute, out var uri) || uri.Port <= 0) continue;
            using var listener = new TcpListener(IPAddress.TryParse(uri.Host, out var ip) ? ip : IPAddress.Loopback, uri.Port);
            try { listener.Start(); }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new StartRefused($"Another program listens on {address} already. Stop it, or set ASPNETCORE_URLS to another address, for example http://localhost:5081");
            }
        }
    }

    /// <summary>Removes what this program writes there, and nothing else.</summary>
    private static void ResetData(string folder)
    {
        foreach (var name in (string[])["profile", "matching", "notification"])
            foreach (var end in (string[])["", "-wal", "-shm"]) File.Delete(Path.Combine(folder, $"{name}.db{end}"));
        foreach (var own in (string[])["mail", "keys"])
            if (Directory.Exists(Path.Combine(folder, own))) Directory.Delete(Path.Combine(folder, own), recursive: true);
    }
}
