using CsCheck;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Tests;

/// <summary>Any needs and any offer that the vocabularies allow, for property tests.</summary>
internal static class Any
{
    public static readonly Gen<Needs> Needs =
        from language in Gen.Int[0, 4].Select(i => new[] { "uk", "ar", "de", "tr", "fr" }[i])
        from goals in Subset(Codes.Goals)
        from topics in Subset(Codes.Topics)
        from german in OrNull(Codes.GermanLevels)
        from fields in Gen.Select(OrNull(Codes.CoursePapers), OrNull(Codes.WorkNotes), OrNull(Codes.RecognitionStages), OrNull(Codes.AgeBands))
        from more in Gen.Select(OrNull(Codes.TimesInGermany), OrNull(Codes.Scripts), OrNull(["2221", "51", "7", "2512", "9412"]), Gen.Bool)
        select new Needs
        {
            Language = language,
            Goals = goals,
            Topics = topics,
            German = german is null ? null : new German(german),
            CoursePaper = fields.Item1,
            WorkNote = fields.Item2,
            Recognition = fields.Item3,
            AgeBand = fields.Item4,
            TimeInGermany = more.Item1,
            Script = more.Item2,
            Occupation = more.Item3 is null ? null : new Occupation(more.Item3, 3),
            Childcare = more.Item4,
            Consents = ["matching"],
        };

    /// <summary>Every field on its own known or not.</summary>
    public static readonly Gen<VisitorFacts> Facts =
        Gen.Int[0, 840].Array[VisitorFields.Names.Count].Select(draws => draws.Index().Aggregate(default(VisitorFacts), (facts, draw) =>
            facts.With((VisitorField)draw.Index, draw.Item % (((VisitorField)draw.Index).Values().Count + 1))));

    public static readonly Gen<OfferSide> Side =
        from kind in Gen.Int[0, Vocabulary.Kinds.Count - 1]
        from type in Gen.Int[0, Vocabulary.Types.Count - 1]
        from entry in Gen.Int[-1, 6]
        from exit in Gen.Int[-1, 6]
        from traits in Gen.Int[0, (1 << Vocabulary.Traits.Count) - 1]
        select new OfferSide((byte)kind, (byte)type, (sbyte)entry, (sbyte)exit, (uint)traits);

    public static readonly Gen<DateOnly> Day = Gen.Int[0, 1500].Select(n => new DateOnly(2024, 1, 1).AddDays(n));

    private static Gen<string?> OrNull(IReadOnlyList<string> codes) => Gen.Int[-1, codes.Count - 1].Select(i => i < 0 ? null : codes[i]);

    private static Gen<string[]> Subset(IReadOnlyList<string> codes) =>
        Gen.Int[0, (1 << codes.Count) - 1].Select(Gen.Bool, (mask, few) =>
            codes.Where((_, i) => (mask >> i & 1) != 0).Take(few ? 2 : codes.Count).ToArray());
}
