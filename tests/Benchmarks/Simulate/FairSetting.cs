using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>What every simulated fair has in common: the stands and their offers, the rules, and the truth.</summary>
internal sealed record FairSetting(CatalogueSnapshot Catalogue, RulesOfDay Rules, HiddenTastes Tastes)
{
    /// <summary>Bookable seats of each stand: one in each of a day's fifteen steps of twenty minutes.</summary>
    public const int SeatsPerStand = 15;

    /// <summary>As a deployment has it that sets nothing.</summary>
    public static readonly double Exploration = new Matching.MatchingOptions().Exploration;

    /// <summary>How likely somebody looks as far as this place, from 0.</summary>
    public static double Looks(int place) => Math.Pow(place + 1, -.75);

    /// <param name="judged">The rules' answers for this person, by side.</param>
    public void Pair(Person person, Judgements judged, int offer, Span<float> into) =>
        Features.OfPair(person.Facts, Catalogue, offer, judged.VerdictOn(offer), float.NaN, into);

    /// <summary>The true expected use of every offer for a visitor; 0 where the rules say no, since it is not shown then.</summary>
    public float[] ExpectedUse(Person person)
    {
        var judged = Rules.JudgeAll(person.Facts, Catalogue);
        var uses = new float[Catalogue.Count];
        Span<float> pair = stackalloc float[Features.PairCount];
        for (var offer = 0; offer < uses.Length; offer++)
        {
            if (judged.VerdictOn(offer) == Verdict.No) continue;
            Pair(person, judged, offer, pair);
            uses[offer] = (float)Tastes.Expected(person, offer, pair, truth => truth.Use);
        }
        return uses;
    }
}
