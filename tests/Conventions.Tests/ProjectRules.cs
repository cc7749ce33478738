using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Matchmaking.Conventions.Tests;

/// <summary>Rules about who may know whom, and about names. Each gives back its complaints.</summary>
internal static partial class ProjectRules
{
    private static readonly string[] Everybody = ["Contracts", "ServiceDefaults"];

    public static IEnumerable<string> ReferencesNothing(Project project, IEnumerable<string> assemblies) =>
        project.References.Concat(project.Packages).Concat(assemblies.Where(a => !a.StartsWith("System.", StringComparison.Ordinal) && a is not ("System" or "netstandard" or "mscorlib")))
            .Select(r => $"{project.Name} references {r}");

    /// <summary>A service knows contracts and ServiceDefaults alone; only AllInOne knows services.</summary>
    public static IEnumerable<string> KnowsNoOtherService(Project project) => project.Name switch
    {
        "AllInOne" => [],
        "ServiceDefaults" => project.References.Select(r => $"ServiceDefaults, which has no domain word, references {r}"),
        _ => project.References.Except(Everybody).Select(r => $"{project.Name} references {r}"),
    };

    public static IEnumerable<string> SaysWhatItIs(IEnumerable<string> projects, IEnumerable<TypeDefinition> types) =>
    [
        .. projects.Where(p => EmptyProjectName().IsMatch(p)).Select(p => $"project {p}: a name that says nothing"),
        .. types.Where(t => EmptyTypeName().IsMatch(t.Name)).Select(t => $"{t.FullName}: a name that says nothing"),
    ];

    public static IEnumerable<string> IsInSolution(string solution, IEnumerable<string> files) =>
        files.Where(f => !solution.Replace('\\', '/').Contains($"\"{f}\"", StringComparison.Ordinal)).Select(f => $"{f} is not in Matchmaking.sln");

    [GeneratedRegex("(?i)(common|helper|util|shared|core|misc)")]
    private static partial Regex EmptyProjectName();

    // Names of the compiler's own begin with "<".
    [GeneratedRegex("^[^<]*(Helpers?|Managers?|Utils?|Utilities|Common|Base)(`\\d+)?$")]
    private static partial Regex EmptyTypeName();
}
