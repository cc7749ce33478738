namespace Matchmaking.Rig;

/// <summary>A program that the tests need is not installed.</summary>
public sealed class MissingProgramException(string program, IEnumerable<string> places)
    : Exception($"{program} is missing (looked for {string.Join(", ", places)}). Run tests/run.sh, which installs it.");

internal static class Programs
{
    /// <summary>The full path of a program: the first of <paramref name="places"/> that exists, else the one on the PATH.</summary>
    internal static string Find(string program, params string[] places)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var onPath = path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program));
        return places.Concat(onPath).FirstOrDefault(File.Exists)
            ?? throw new MissingProgramException(program, [.. places, "the PATH"]);
    }
}
