using System.Xml.Linq;
using Matchmaking.Rig;
using Mono.Cecil;

namespace Matchmaking.Conventions.Tests;

/// <summary>A project as its file and its built assembly say.</summary>
/// <param name="Name">Name of its folder, as "Profile".</param>
/// <param name="References">Names of the projects it refers to.</param>
internal sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages, string? Library)
{
    public static Project Of(string file, string text, string? library = null)
    {
        var xml = XDocument.Parse(text);
        string[] All(string element) => [.. xml.Descendants(element).Select(e => (string?)e.Attribute("Include")).OfType<string>()];
        return new Project(Path.GetFileNameWithoutExtension(file), [.. All("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))], All("PackageReference"), library);
    }

    public ModuleDefinition Module => ModuleDefinition.ReadModule(Library ?? throw new InvalidOperationException($"{Name} is not built."));

    /// <summary>All types, nested ones (async state machines among them) included.</summary>
    public IReadOnlyList<TypeDefinition> Types => [.. Module.GetTypes()];
}

/// <summary>The projects of this working copy.</summary>
internal static class Projects
{
    public static Project Contracts { get; } = Read(Path.Combine(Repository.Root, "contracts", "Contracts.csproj"));

    public static IReadOnlyList<Project> Services { get; } =
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "services")).SelectMany(d => Directory.GetFiles(d, "*.csproj")).Order().Select(Read)];

    /// <summary>All types of all services, built by us.</summary>
    public static IReadOnlyList<TypeDefinition> Types { get; } = [.. Services.SelectMany(s => s.Types)];

    /// <summary>Paths of all project files, relative to the root.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. ((string[])["contracts", "services", "tests"]).SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Repository.Root, f)).Where(f => !f.Split('/').Any(part => part is "bin" or "obj")).Order()];

    private static Project Read(string file)
    {
        var library = Path.Combine(Path.GetDirectoryName(file)!, "bin", ServiceProcess.Configuration, "net10.0", $"Matchmaking.{Path.GetFileNameWithoutExtension(file)}.dll");
        return Project.Of(file, File.ReadAllText(file), library);
    }
}
