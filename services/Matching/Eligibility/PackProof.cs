using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>
/// Proves that a pack is a decision table by trying every visitor and every offer that its conditions can tell apart: exactly one rule applies
/// to each. Packs look at one to three fields, so this is a few hundred cases; more than <see cref="Limit"/> are refused.
/// </summary>
internal static class PackProof
{
    public const int Limit = 500_000;

    public static void Check(RulePack pack, List<PackProblem> problems)
    {
        var space = new CaseSpace(pack.Mentions, pack.Scope);
        if (space.Count > Limit)
        {
            problems.Add(new(pack.File, null, "too-many-cases", space.Count, Limit));
            return;
        }
        var offers = space.Offers.ToList();
        if (offers.Count == 0)
        {
            problems.Add(new(pack.File, null, "scope-empty"));
            return;
        }

        var told = new HashSet<(string, string)>();
        foreach (var visitor in space.Visitors)
            foreach (var offer in offers)
                CheckCase(pack, visitor, offer, space, told, problems);
        foreach (var rule in pack.Rules)
            if (!told.Contains((rule.Id, "used")))
                problems.Add(new(pack.File, rule.Id, "never"));
    }

    private static void CheckCase(
        RulePack pack, in VisitorFacts visitor, in OfferSide offer, CaseSpace space, HashSet<(string, string)> told, List<PackProblem> problems)
    {
        Rule? first = null;
        foreach (var rule in pack.Rules)
        {
            if (rule.When.Test(visitor, offer) != Truth.True) continue;
            told.Add((rule.Id, "used"));
            if (first is null) first = rule;
            else if (told.Add((first.Id, rule.Id)))
                problems.Add(new(pack.File, rule.Id, first.Verdict == rule.Verdict ? "overlap" : "contradiction", first.Id, space.Words(visitor, offer), first.Verdict.Code(), rule.Verdict.Code()));
        }
        if (first is null && told.Add(("", "")))
            problems.Add(new(pack.File, null, "gap", space.Words(visitor, offer)));
    }
}
