using System.Collections.Concurrent;
using System.Diagnostics;

namespace Matchmaking.Rig;

/// <summary>One program that we started: its output, its end, and the promise that it does not outlive us.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int MaximumLines = 20_000;

    // A shell that waits for the word "done" from DisposeAsync. When its input ends without it, this process died, however hard:
    // then it kills the program and removes its folder. (PR_SET_PDEATHSIG would be tied to the thread that started the program,
    // and thread-pool threads come and go.) In its own session, so that Ctrl-C does not end it first.
    private const string GuardScript = """
        exec >/dev/null 2>&1
        read -r word && [ "$word" = done ] && exit 0
        kill -s KILL -- "-$1"
        for attempt in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$2"; [ -e "$2" ] || exit 0; sleep 0.2; done
        """;

    private readonly Process process;
    private readonly Process guard;
    private readonly string name;
    private readonly ConcurrentQueue<string> output = [];

    private ChildProcess(string name, Process process, string folder)
    {
        this.name = name;
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.StandardInput.Close();
        guard = Guard(process.Id, folder);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    internal int Id => process.Id;

    internal bool IsRunning => !process.HasExited;

    /// <summary>What it wrote until now: a copy, since it goes on writing.</summary>
    internal string[] Output => output.ToArray();

    internal long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts a program as the leader of its own process group.</summary>
    /// <param name="program">Full path of the program.</param>
    /// <param name="arguments">One argument each, no quoting needed.</param>
    /// <param name="environment">Added to our own environment; a null takes a variable away.</param>
    /// <param name="folder">The working folder; removed too if this process dies without disposing.</param>
    internal static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string folder)
    {
        // setsid executes the program in its own place, so the process id is the program's and names its group.
        var start = new ProcessStartInfo(Programs.Find("setsid"), [program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
            if (value is null) start.Environment.Remove(key);
            else start.Environment[key] = value;
        return new ChildProcess(Path.GetFileName(program), new Process { StartInfo = start }, folder);
    }

    /// <summary>Asks again and again until the answer is yes; throws with the output's tail when the program ends or time is over.</summary>
    internal async Task WaitUntilAsync(Func<CancellationToken, Task<bool>> answers, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        Exception? last = null;
        while (true)
        {
            if (process.HasExited)
            {
                await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(1000));   // lets the last lines of output arrive
                throw new InvalidOperationException($"{name} ended with code {process.ExitCode}.\n{Tail()}");
            }
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"{name} did not answer within {within.TotalSeconds:0} s.\n{Tail()}", last);
            try
            {
                using var once = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
                once.CancelAfter(TimeSpan.FromSeconds(5));
                if (await answers(once.Token))
                    return;
            }
            catch (Exception e)
            {
                last = e;   // not there yet: refused, reset, half-started
            }
            await Task.Delay(40);
        }
    }

    /// <summary>SIGKILL to it and all that it started; returns when all of them are gone.</summary>
    internal async Task KillAsync()
    {
        if (IsRunning)
            await ProcessTree.KillAsync(Id);
        await EndedAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Asks it by a signal to end, and kills it if it does not within the limit. True if it ended by itself.</summary>
    internal async Task<bool> StopAsync(int signal, TimeSpan within)
    {
        if (IsRunning)
            ProcessTree.Signal(Id, signal);
        var ended = await EndedAsync(within);
        await KillAsync();
        return ended;
    }

    /// <summary>Waits for its own end; null if it did not come in time.</summary>
    internal async Task<int?> EndAsync(TimeSpan within)
    {
        if (!await EndedAsync(within)) return null;
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(1000));   // lets the last lines of output arrive
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await guard.StandardInput.WriteLineAsync("done");
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
        process.Dispose();
    }

    internal string Tail(int lines = 40) => string.Join('\n', output.TakeLast(lines));

    private async Task<bool> EndedAsync(TimeSpan within)
    {
        for (var clock = Stopwatch.StartNew(); IsRunning; await Task.Delay(10))
            if (clock.Elapsed > within)
                return false;
        return true;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        output.Enqueue(line);
        if (output.Count > MaximumLines) output.TryDequeue(out _);
    }

    private static Process Guard(int id, string folder)
    {
        var start = new ProcessStartInfo(
            Programs.Find("setsid"), ["/bin/sh", "-c", GuardScript, "guard", id.ToString(System.Globalization.CultureInfo.InvariantCulture), folder])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
        };
        return Process.Start(start)!;
    }
}
