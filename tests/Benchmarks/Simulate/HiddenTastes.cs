using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>What a visitor and an offer are to each other, once the visitor looks: chances, each on condition of the one before.</summary>
/// <param name="Useful">What a held meeting is worth on average, 0-1: the answer "1 to 5" is 1 and four draws of it.</param>
internal readonly record struct PairTruth(double Open, double Request, double Accept, double Held, double Useful)
{
    /// <summary>Expected use of looking at the offer while seats are free.</summary>
    public double Use => Open * Request * Accept * Held * Useful;
}

/// <summary>
/// What visitors really want and stands really do; no ranker but the oracle sees it. All effects are in logits and written out in README.md. What is
/// drawn (how good a stand is, what an age likes of a type) follows from the seed alone and stays the same from fair to fair.
/// </summary>
internal sealed class HiddenTastes
{
    /// <summary>Deviation of what no ranker can know: whether just these two take to each other.</summary>
    private const double Chemistry = .8;

    // Three points that have the mean, the spread and the flatness of a normal distribution: what luck does on average.
    private static readonly (double At, double Weight)[] Average = [(-Math.Sqrt(3), 1 / 6.0), (0, 2 / 3.0), (Math.Sqrt(3), 1 / 6.0)];

    private static readonly ushort[] CareGroups = [22, 32, 53];
    private static readonly string[][] Related = [["uk", "ru", "pl", "bg", "sr"], ["fa", "prs", "ps", "ckb", "kmr"], ["ti", "am"], ["es", "pt", "it", "ro"]];

    private readonly CatalogueSnapshot _c;
    private readonly Stand[] _stands;
    private readonly (double Appeal, double Quality)[] _offers;
    private readonly TypeTaste _tastes;

    public HiddenTastes(CatalogueSnapshot catalogue, int seed)
    {
        var luck = new Luck((ulong)seed).Of("tastes");
        _c = catalogue;
        _stands = [.. catalogue.Exhibitors.Select(e => Stand.Of(luck.Of(e.Key)))];
        _offers = [.. catalogue.Offers.Select(o => (.4 * luck.Of(o.Key).Of("appeal").Normal, .4 * luck.Of(o.Key).Of("quality").Normal))];
        _tastes = new TypeTaste(luck);
    }

    /// <summary>What is to be expected of a pair by whoever knows all but its luck.</summary>
    public double Expected(Person person, int offer, ReadOnlySpan<float> pair, Func<PairTruth, double> of)
    {
        var (wish, talk) = (Wish(person, offer, pair), Talk(person, offer, pair));
        var sum = 0d;
        foreach (var (at, weight) in Average) sum += weight * of(Truth(person, offer, pair, wish, talk, Chemistry * at));
        return sum;
    }

    /// <summary>With the luck that this pair has: as it will happen.</summary>
    public PairTruth Happens(Person person, int offer, ReadOnlySpan<float> pair) =>
        Truth(person, offer, pair, Wish(person, offer, pair), Talk(person, offer, pair), Chemistry * person.Luck.Of(offer).Of("chemistry").Normal);

    private PairTruth Truth(Person person, int offer, ReadOnlySpan<float> pair, double wish, double talk, double chemistry)
    {
        var stand = _stands[_c.Exhibitor[offer]];
        var (appeal, quality) = _offers[offer];
        return new PairTruth(
            Chance(.3 + .9 * wish + stand.Fame + appeal + chemistry),
            Chance(.2 + .8 * wish + .5 * talk + .6 * chemistry),
            Chance(stand.Accepts + Welcome(person, offer, pair)),
            Chance(stand.Keeps - .4 * person.Hurried + .5 * talk),
            Chance(.4 + .5 * wish + stand.Quality + quality + talk + .5 * chemistry));
    }

    /// <summary>How much the person wants what the offer is, whoever offers it.</summary>
    private double Wish(Person person, int offer, ReadOnlySpan<float> pair)
    {
        var (v, side) = (person.Facts, _c.Side(offer));
        var type = Vocabulary.Types[side.Type];
        var kind = Vocabulary.Kinds[side.Kind];
        var (young, grown) = (v.Is(VisitorField.AgeBand, "under18") || v.Is(VisitorField.AgeBand, "18-26"), v.Is(VisitorField.AgeBand, "27plus"));
        var (fresh, settled) = (v.Is(VisitorField.TimeInGermany, "under1"), v.Is(VisitorField.TimeInGermany, "over3"));
        var (work, course, after) = (kind == "employer", kind == "course", side.Has(OfferTypes.Evening) || side.Has(Weekend));

        // What the baseline knows as well, at other weights.
        var sum = -1.5 + (pair[Features.GoalAny] switch { 1f => 1.1, .6f => .5, 0f => -.6, _ => 0 })
            + .8 * Known(pair[Features.TopicAny]) + .5 * Known(pair[Features.VerdictValue]) + .5 * Known(pair[Features.LevelFit])
            + 1.3 * Known(pair[Features.IscoShared]) - .9 * pair[Features.OtherOccupation] + .5 * pair[Features.Newcomer]
            + .5 * pair[Features.Recognition] + .5 * pair[Features.Script] + .4 * pair[Features.CourseDepth];

        // What it does not know: who the person is decides what an offer is worth.
        if (young) sum += (after ? .8 : 0) + (kind == "leisure" ? .5 : 0) + (type is "apprenticeship" or "internship" ? .9 : 0) - (type == "intensivkurs" ? .6 : 0);
        if (grown) sum += (type is "qualification" or "further-education" ? .7 : 0) - (type is "apprenticeship" or "internship" && v.Years >= 8 ? 1.2 : 0);
        if (fresh && work) sum -= .8;
        if (settled) sum += (type is "start-up" or "further-education" or "qualification" or "graduates" ? .6 : 0) - (course && side.Entry <= 0 ? .7 : 0);
        if (v.Is(VisitorField.Childcare, "yes")) sum += (side.Has(OfferTypes.Childcare) ? .9 : 0) + (side.Has(Online) || side.Has(PartTime) ? .7 : 0) - (after ? 1 : 0);
        if (v.Is(VisitorField.Script, "not-literate")) sum -= (_c.Offers[offer].Conditions is not null ? .6 : 0) + (side.Has(Online) ? .6 : 0);
        if (v.German is 0 or 1 && type == "vacancy") sum -= .7;
        if (v.German >= 3 && type is "language-cafe" or "meeting" or "participation") sum += .5;
        if (v.Is(VisitorField.Certificate, "yes") && type == "exam") sum -= .9;
        if (IsCare(v.Isco) && _c.Occupations(offer).ToArray().Any(IsCare)) sum += _stands[_c.Exhibitor[offer]].Care;
        sum += _tastes.Of(v, side.Type);

        // What the questionnaire never asks.
        sum += .4 * person.Sociable * (kind == "leisure" || work ? 1 : -.3) - .4 * person.Hurried * (course ? 1 : -.2);
        return sum + .3 * person.Luck.Of("kinds").Of(side.Kind).Normal;
    }

    /// <summary>How well the two can talk, in whose language.</summary>
    private double Talk(Person person, int offer, ReadOnlySpan<float> pair)
    {
        if (person.Facts.German >= Vocabulary.Level("B2") || _c.Languages[offer] == 0) return .2;
        var own = person.Needs.Language!;
        if ((_c.Languages[offer] & Vocabulary.LanguageBits([own])) != 0) return .5;
        if (Related.Any(family => family.Contains(own) && (_c.Languages[offer] & Vocabulary.LanguageBits(family)) != 0)) return .15;
        return pair[Features.Language] == 1 ? -.1 : pair[Features.Interpreting] == 1 ? -.3 : -.9;
    }

    /// <summary>What makes a stand say yes to just this person.</summary>
    private double Welcome(Person person, int offer, ReadOnlySpan<float> pair)
    {
        var (v, side) = (person.Facts, _c.Side(offer));
        var welcome = .3 * Known(pair[Features.VerdictValue]);
        if (side.Entry > 0) welcome -= .5 * Math.Max(0, side.Entry - Math.Max(v.German, 0));
        if (side.Kind != OfferTypes.Employer) return welcome;
        if (v.Is(VisitorField.WorkNote, "not-allowed")) welcome -= 1.5;
        if (v.Is(VisitorField.WorkNote, "permission-needed")) welcome -= .6;
        return welcome + (v.Years >= 5 ? .5 : 0) + .6 * Known(pair[Features.IscoShared]) - (v.Is(VisitorField.Recognition, "none") && v.Isco.Regulated ? .5 : 0);
    }

    private static readonly uint Weekend = Vocabulary.Trait("weekend"), Online = Vocabulary.Trait("online"), PartTime = Vocabulary.Trait("part-time");

    private static bool IsCare(Isco isco) => isco.Digits >= 2 && CareGroups.Contains((ushort)(isco.Digit(0) * 10 + isco.Digit(1)));

    private static double Known(float value) => float.IsNaN(value) ? 0 : value;

    private static double Chance(double logit) => 1 / (1 + Math.Exp(-logit));

    /// <param name="Fame">Draws people to open, whatever it is worth.</param>
    /// <param name="Care">To people of care occupations alone.</param>
    private readonly record struct Stand(double Quality, double Fame, double Accepts, double Keeps, double Care)
    {
        public static Stand Of(Luck luck) => new(
            .7 * luck.Of("quality").Normal, .5 * luck.Of("fame").Normal, .9 + .9 * luck.Of("accepts").Normal, 1.7 + .4 * luck.Of("keeps").Normal, 1.1 * luck.Of("care").Normal);
    }
}

/// <summary>What ages, times in Germany and levels of German like of each type of offer: drawn, as nobody would have guessed it.</summary>
internal sealed class TypeTaste(Luck luck)
{
    private const double Deviation = .4;
    private static readonly VisitorField[] By = [VisitorField.AgeBand, VisitorField.TimeInGermany, VisitorField.German];

    private readonly double[][] _tastes = [.. By.Select(field => Enumerable.Range(0, Vocabulary.Types.Count * 16)
        .Select(at => Deviation * luck.Of(field.ToString()).Of(at).Normal).ToArray())];

    public double Of(in VisitorFacts v, int type)
    {
        var sum = 0d;
        for (var i = 0; i < By.Length; i++) sum += _tastes[i][type * 16 + v[By[i]]];
        return sum;
    }
}
