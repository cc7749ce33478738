using System.Reflection;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Texts;

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

    /// <summary>
    /// This set with packs published after it, in their order: each holds on its own days, and a pack of the same id that was there before holds
    /// on the days around them. All or nothing: with any problem there is no set.
    /// </summary>
    public (RulePackSet? Set, IReadOnlyList<PackProblem> Problems) With(IEnumerable<PackFile> published)
    {
        var problems = new List<PackProblem>();
        var packs = Packs.ToList();
        var versions = packs.Select(p => p.Ref).ToHashSet();
        foreach (var file in published)
        {
            if (RulePackReader.Read(file, problems) is not { } pack) continue;
            if (!versions.Add(pack.Ref)) problems.Add(new(file.Name, null, $"there is a version \"{pack.Version}\" of \"{pack.Id}\" already", "give a correction a version of its own"));
            packs = [.. packs.SelectMany(p => p.Id == pack.Id ? Around(p, pack) : [p]), pack];
        }
        return problems.Count == 0 ? (new RulePackSet([.. packs.OrderBy(p => p.Id, StringComparer.Ordinal).ThenBy(p => p.ValidFrom)]), problems) : (null, problems);
    }

    /// <summary>What remains of a pack's days when another takes its own out of them: all, a part before, a part after, both, or nothing.</summary>
    private static IEnumerable<RulePack> Around(RulePack old, RulePack taken)
    {
        if (old.ValidTo < taken.ValidFrom || old.ValidFrom > taken.ValidTo)
        {
            yield return old;
            yield break;
        }
        if (old.ValidFrom < taken.ValidFrom) yield return old with { ValidTo = taken.ValidFrom.AddDays(-1) };
        if (taken.ValidTo is { } last && (old.ValidTo is null || old.ValidTo > last)) yield return old with { ValidFrom = last.AddDays(1) };
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
                problems.Add(new(later.File, null, $"pack \"{later.Id}\" is valid from {later.ValidFrom:O}, when {earlier.File} still is",
                    $"end {earlier.File} with \"validTo\": \"{later.ValidFrom.AddDays(-1):O}\""));
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

/// <summary>
/// The packs of one day. How they combine: each pack answers one question (admission, level, whom it is for); the verdict is the worst of the
/// answers, the office that of the answer which decided, and every answer is told. An offer that no pack is about is "likely": nothing is
/// known against it, and the stand can say more.
/// </summary>
internal sealed class RulesOfDay(DateOnly day, IReadOnlyList<RulePack> packs)
{
    private static readonly Judgement NoRule = new(Verdict.Likely, null, []);

    public DateOnly Day => day;

    public IReadOnlyList<RulePack> Packs => packs;

    public IReadOnlyList<RulePackRef> Refs { get; } = [.. packs.Select(p => p.Ref)];

    public Judgement Judge(in VisitorFacts visitor, in OfferSide offer)
    {
        List<Finding>? found = null;
        foreach (var pack in packs)
            if (pack.Find(visitor, offer) is { } rule)
                (found ??= []).Add(new Finding(rule, pack, Say(rule, visitor, offer)));
        if (found is null) return NoRule;

        if (found.Count > 1) found = [.. found.OrderByDescending(f => f.Rule.Verdict)];
        var verdict = found[0].Rule.Verdict;
        return new Judgement(verdict, found.Find(f => f.Rule.Verdict == verdict && f.Rule.Office is not null)?.Rule.Office, found);
    }

    public Judgement Judge(in VisitorFacts visitor, CatalogueSnapshot catalogue, int offer) => Judge(visitor, catalogue.Side(offer));

    /// <summary>What holds for a type of offer as such, of which neither level nor traits are known.</summary>
    public Judgement JudgeType(in VisitorFacts visitor, string type) =>
        Judge(visitor, OfferSide.Of(Vocabulary.KindOf(type) ?? throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of offer."), type));

    /// <summary>One judgement for each of <see cref="CatalogueSnapshot.Sides"/>; that of an offer is at <see cref="CatalogueSnapshot.SideOf"/>.</summary>
    public Judgement[] JudgeAll(in VisitorFacts visitor, CatalogueSnapshot catalogue)
    {
        var judged = new Judgement[catalogue.Sides.Length];
        for (var i = 0; i < judged.Length; i++) judged[i] = Judge(visitor, catalogue.Sides[i]);
        return judged;
    }

    private static IReadOnlyList<TextArg> Say(Rule rule, in VisitorFacts visitor, in OfferSide offer)
    {
        if (rule.With.Count == 0) return [];
        var args = new TextArg[rule.With.Count];
        for (var i = 0; i < args.Length; i++)
        {
            var level = rule.With[i] switch { "entry" => offer.Entry, "exit" => offer.Exit, _ => visitor.German };
            args[i] = TextArg.Code(rule.With[i], "level." + Vocabulary.LevelCode(level));
        }
        return args;
    }
}
