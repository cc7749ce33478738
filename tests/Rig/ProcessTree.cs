using System.Runtime.InteropServices;

namespace Matchmaking.Rig;

/// <summary>Signals to a process and to all that it started, by Linux's /proc.</summary>
internal static class ProcessTree
{
    internal const int Interrupt = 2, Quit = 3, Kill = 9, Terminate = 15;

    internal static void Signal(int id, int signal) => _ = SendSignal(id, signal);

    /// <summary>Kills the process and its descendants and returns when all of them are gone.</summary>
    internal static async Task KillAsync(int id)
    {
        var all = Descendants(id).Append(id).ToList();
        _ = SendSignal(-id, Kill);          // the group: ChildProcess makes every child the leader of its own
        foreach (var one in all)
            _ = SendSignal(one, Kill);      // and who left the group, as each PostgreSQL backend does
        for (var waited = 0; all.Exists(IsAlive) && waited < 10_000; waited += 10)
            await Task.Delay(10);
    }

    internal static IEnumerable<int> Descendants(int id)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var process) ? process : 0)
            .Where(process => process > 0)
            .Select(process => (Process: process, Stat(process)?.Parent))
            .ToLookup(pair => pair.Parent, pair => pair.Process);
        return Below(id);

        IEnumerable<int> Below(int parent) => parents[parent].SelectMany(child => Below(child).Append(child));
    }

    /// <summary>A zombie is not alive: it holds no port and no file.</summary>
    internal static bool IsAlive(int id) => Stat(id) is { State: not 'Z' and not 'X' };

    // "4711 (name, may hold spaces) S 1 ...": state and parent follow the last parenthesis.
    private static (char State, int Parent)? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ', 3);
            return (fields[0][0], int.Parse(fields[1], System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int id, int signal);
}
