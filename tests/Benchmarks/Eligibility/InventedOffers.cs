using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Benchmarks.Eligibility;

/// <summary>Catalogues of invented offers, and visitors. The same seed, the same offers.</summary>
internal static class InventedOffers
{
    private static readonly FairFacts Fair = new(
        Guid.NewGuid(), "invented", "Invented", "Leipzig", new(2026, 11, 28, 9, 0, 0, default), new(2026, 11, 28, 14, 0, 0, default), "Europe/Berlin", ["de"], new(2027, 2, 26), true, true);

    private static readonly ExhibitorFacts Stand = new(Guid.NewGuid(), "stand", "Stand", "association", ["de"], null, 1, null, ["stand"]);

    /// <summary>As a city's offers are: every type, levels as courses of that type have them, each trait on one offer in five.</summary>
    public static CatalogueSnapshot Usual(int count, int seed)
    {
        var random = new Random(seed);
        return Build(Enumerable.Range(0, count).Select(i =>
        {
            var type = Vocabulary.Types[1 + random.Next(Vocabulary.Types.Count - 1)];
            var kind = Vocabulary.KindOf(type)!;
            var level = random.Next(-1, 6);
            var (entry, exit) = kind switch
            {
                "course" => (level, level < 0 && random.Next(2) == 0 ? -1 : level + 1),
                "employer" => (level, -1),
                _ => (-1, -1),
            };
            return Offer(i, kind, type, entry, exit, [.. Vocabulary.Traits.Where(_ => random.Next(5) == 0)]);
        }));
    }

    /// <summary>No two offers are alike in what a rule may look at. All are courses: most packs are about them, and look at most of their columns.</summary>
    public static CatalogueSnapshot AllDistinct(int count, int seed)
    {
        var random = new Random(seed);
        var seen = new HashSet<OfferSide>();
        var offers = new List<OfferFacts>();
        while (offers.Count < count)
        {
            var type = Vocabulary.Types[1 + random.Next(14)];
            var (entry, exit) = (random.Next(-1, 7), random.Next(-1, 7));
            string[] traits = [.. Vocabulary.Traits.Where(_ => random.Next(2) == 0)];
            if (seen.Add(OfferSide.Of("course", type, Code(entry), Code(exit), traits))) offers.Add(Offer(offers.Count, "course", type, entry, exit, traits));
        }
        return Build(offers);
    }

    /// <summary>Any answers: each question is left open by one in three.</summary>
    public static VisitorFacts[] Visitors(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var facts = default(VisitorFacts);
            for (var field = VisitorField.CoursePaper; field <= VisitorField.Occupation; field++)
                if (random.Next(3) > 0) facts = facts.With(field, 1 + random.Next(field.Values().Count));
            return facts;
        })];
    }

    private static CatalogueSnapshot Build(IEnumerable<OfferFacts> offers) => CatalogueSnapshot.Build(Fair, 1, [Stand], offers);

    private static OfferFacts Offer(int i, string kind, string type, int entry, int exit, string[] traits) => new(
        Guid.CreateVersion7(), Stand.Id, $"offer-{i:D6}", kind, type, "Offer", new Dictionary<string, string>(), Code(entry), Code(exit), [], [], ["de"], traits, null);

    private static string? Code(int level) => level < 0 ? null : Vocabulary.Levels[level];
}
