using System.Reflection;

namespace Matchmaking.Matching.Eligibility;

/// <summary>Rule packs of all times. Immutable: publishing another pack makes another set.</summary>
internal sealed class RulePackSet
{
    private static readonly Lazy<RulePackSet> Shipped = new(ReadShipped);

    private RulePackSet(IReadOnlyList<RulePack> packs) => Packs = packs;

    public IReadOnlyList<RulePack> Packs { get; }

    /// <summary>The packs that come with the program.</summary>
    public static RulePackSet BuiltIn => Shipped.Value;

    /// <summary>The rules as they stood, stand or will stand on a day of the fair's zone.</summary>
    public RulesOfDay At(DateOnly day) => new(day, [.. Packs.Where(p => p.ValidOn(day))]);

    /// <summary>Packs that somebody should have looked at by that day.</summary>
    public IEnumerable<RulePack> DueForReview(DateOnly day) => Packs.Where(p => p.ValidOn(day) && p.ReviewBy < day);

    /// <summary>Before this day no rules were looked up.</summary>
    public static DateOnly FirstDay => BuiltIn.Packs.Min(p => p.ValidFrom);

    /// <summary>
    /// This set with packs published after it, in their order: each holds on its own days, and a pack of the same id that was there before holds
    /// on the days around them. A file with a problem is left out as a whole, and what the others say goes on holding.
    /// </summary>
    public (RulePackSet Set, IReadOnlyList<PackProblem> Problems) With(IEnumerable<PackFile> published)
    {
        var (set, problems, versions) = (this, new List<PackProblem>(), Packs.Select(p => p.Ref).ToHashSet());
        foreach (var file in published)
        {
            if (RulePackReader.Read(file, problems) is not { } pack) continue;
            if (!versions.Add(pack.Ref)) problems.Add(new(file.Name, null, "version-taken", pack.Version, pack.Id));
            else set = set.With(pack);
        }
        return (set, problems);
    }

    private RulePackSet With(RulePack pack) => new(
        [.. Packs.SelectMany(p => p.Id == pack.Id ? Around(p, pack) : [p]).Append(pack).OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.ValidFrom)]);

    /// <summary>What remains of a pack's days when another takes its own out of them: all, a part before, a part after, both, or nothing.</summary>
    private static IEnumerable<RulePack> Around(RulePack old, RulePack taken)
    {
        if (old.ValidTo < taken.ValidFrom || old.ValidFrom > taken.ValidTo)
        {
            yield return old;
            yield break;
        }
        if (old.ValidFrom < taken.ValidFrom) yield return old with { ValidTo = taken.ValidFrom.AddDays(-1) };
        if (taken.ValidTo is { } last && last < DateOnly.MaxValue && (old.ValidTo is null || old.ValidTo > last)) yield return old with { ValidFrom = last.AddDays(1) };
    }

    /// <summary>All files or nothing: with any problem there is no set.</summary>
    public static (RulePackSet? Set, IReadOnlyList<PackProblem> Problems) Load(IEnumerable<PackFile> files)
    {
        var problems = new List<PackProblem>();
        var packs = new List<RulePack>();
        foreach (var file in files)
            if (RulePackReader.Read(file, problems) is { } pack) packs.Add(pack);

        packs = [.. packs.OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.ValidFrom)];
        foreach (var (earlier, later) in packs.Zip(packs.Skip(1)))
            if (earlier.Id == later.Id && !(earlier.ValidTo < later.ValidFrom))
                problems.Add(new(later.File, null, "same-days", later.Id, later.ValidFrom, earlier.File, later.ValidFrom.AddDays(-1)));
        return problems.Count == 0 ? (new RulePackSet(packs), problems) : (null, problems);
    }

    public static IEnumerable<PackFile> ShippedFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Packs/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new PackFile(name["Packs/".Length..], reader.ReadToEnd());
        }
    }

    private static RulePackSet ReadShipped()
    {
        var (set, problems) = Load(ShippedFiles());
        return set ?? throw new InvalidOperationException("Rule packs cannot be read:\n" + string.Join('\n', problems));
    }
}
