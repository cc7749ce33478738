using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

/// <summary>
/// An invented fair day of which the truth is known: what visitors want, which stands decline, and how far down people look. Lists are the
/// baseline's, with its exploration, or of somebody who knows <see cref="Attraction"/>. With few seats a stand, those that many ask for fill up, and nobody asks them any more. What visitors want is partly what the baseline looks at, and partly <see cref="Taste"/>, which it cannot know.
/// </summary>
internal sealed class InventedDay(int seed, int stands = 20, int offers = 80, double taste = 1, Func<int, double>? examined = null, int seats = int.MaxValue, bool knowing = false)
{
    public static readonly RankedBy Knowing = new("model", "knowing");

    public static readonly DateTimeOffset Opens = new(2026, 11, 28, 10, 0, 0, TimeSpan.FromHours(1));
    private static readonly string[] Types = [.. Vocabulary.Types.Skip(1)];
    private static readonly string[] Languages = ["de", "uk", "ar", "en", "tr", "ru", "fa"];
    private static readonly string[] Occupations = ["2221", "5322", "5120", "2512", "9412", "7231", "3221"];

    private readonly Random _random = new(seed);
    private readonly int[] _seats = [.. Enumerable.Repeat(seats, stands)];
    private readonly Func<int, double> _examined = examined ?? (place => 1 / (1 + .35 * place));

    public CatalogueSnapshot Catalogue { get; } = Fair(seed, stands, offers);

    public IReadOnlyList<ShownCase> Show(int visitors) => [.. Enumerable.Range(0, visitors).Select(i => Show(Person(), Opens.AddSeconds(i * 5)))];

    /// <summary>Chance that somebody who looks at it opens it.</summary>
    public double Attraction(in VisitorFacts v, int offer)
    {
        var pair = new float[Features.PairCount];
        Features.OfPair(v, Catalogue, offer, Verdict.Likely, float.NaN, pair);
        double Known(int at) => float.IsNaN(pair[at]) ? 0 : pair[at];
        var log = -2.9 + 1.1 * Known(Features.GoalAny) + .9 * Known(Features.TopicAny) + .6 * Known(Features.IscoShared) + .4 * Known(Features.LevelFit)
                  + .3 * Known(Features.Language) + taste * Taste(v, offer);
        return Math.Min(.95, Math.Exp(log));
    }

    /// <summary>Young people want what is in the evening, older ones with children what has childcare; neither is in the visitor's answers as such.</summary>
    public double Taste(in VisitorFacts v, int offer)
    {
        var side = Catalogue.Side(offer);
        var young = v.Is(VisitorField.AgeBand, "18-26") || v.Is(VisitorField.AgeBand, "under18");
        return (young == side.Has(OfferTypes.Evening) ? .8 : -.8)
               + (v.Is(VisitorField.TimeInGermany, "under1") && Catalogue.Exhibitors[Catalogue.Exhibitor[offer]].Tables > 2 ? .6 : 0);
    }

    public double Accepted(in VisitorFacts v, int offer)
    {
        var side = Catalogue.Side(offer);
        var lacks = side.Entry > 0 && v.German < side.Entry;
        var picky = side.Kind == OfferTypes.Employer;
        return (lacks ? .25 : .85) * (picky ? .5 : 1) * (side.Has(OfferTypes.Free) ? 1 : .75);
    }

    /// <summary>Expected <see cref="Grades.Use"/> where it is looked at.</summary>
    public double Use(in VisitorFacts v, int offer)
    {
        var (a, asks, accepted) = (Attraction(v, offer), Asks(v, offer), Accepted(v, offer));
        var held = .85;
        var useful = Useful(v, offer);
        return a * ((1 - asks) * 1 + asks * ((1 - accepted) * 3 + accepted * ((1 - held) * 7 + held * ((1 - useful) * 15 + useful * 31)))) / 31;
    }

    private double Asks(in VisitorFacts v, int offer) => .25 + .5 * Attraction(v, offer);

    private double Useful(in VisitorFacts v, int offer) => .3 + .5 * Attraction(v, offer);

    private ShownCase Show(Needs needs, DateTimeOffset at)
    {
        var (facts, rules) = (VisitorFacts.Of(needs), SmallFair.Today);
        var visitor = new Guid(_random.Next(), 0, 0, [.. BitConverter.GetBytes(_random.NextInt64())]);
        var chance = Exploration.Of(.3, visitor, 1, 1, rules.Day);
        var (offers, propensities) = knowing ? Known(facts, rules) : Ranked(facts, rules, chance);
        bool[] full = [.. offers.Select(offer => _seats[Catalogue.Exhibitor[offer]] == 0)];
        var outcomes = offers.Select((offer, place) => Outcome(facts, offer, place)).ToArray();
        return new ShownCase(visitor, facts, Catalogue, rules, [.. offers.Select(offer => Catalogue.Offers[offer].Id)], propensities, at,
            knowing ? Knowing : Baseline.RankedBy, new CaseGroups(needs.Language, needs.German?.Speaking, needs.AgeBand), outcomes, full);
    }

    private (int[] Offers, IReadOnlyList<double> Propensities) Ranked(in VisitorFacts facts, RulesOfDay rules, Exploration chance)
    {
        var list = Ranker.Rank(facts, Catalogue, rules, most: ListOrder.Head, shaping: new Shaping(Exploration: chance));
        return ([.. list.Items.Select(item => item.Offer)], list.Propensities);
    }

    private (int[] Offers, IReadOnlyList<double> Propensities) Known(VisitorFacts facts, RulesOfDay rules)
    {
        var judged = rules.JudgeAll(facts, Catalogue);
        return ([.. Enumerable.Range(0, Catalogue.Count).Where(o => judged.VerdictOn(o) != Verdict.No).OrderByDescending(o => Attraction(facts, o)).Take(ListOrder.Head)], []);
    }

    private OfferOutcome Outcome(in VisitorFacts v, int offer, int place)
    {
        if (_random.NextDouble() >= _examined(place) || _random.NextDouble() >= Attraction(v, offer)) return default;
        var stand = Catalogue.Exhibitor[offer];
        if (_seats[stand] == 0 || _random.NextDouble() >= Asks(v, offer)) return new OfferOutcome(Opened: true);
        if (_random.NextDouble() >= Accepted(v, offer)) return new OfferOutcome(Opened: true, Requested: true, Declined: true);
        _seats[stand]--;
        if (_random.NextDouble() >= .85) return new OfferOutcome(Opened: true, Requested: true, Accepted: true, NoShow: true);
        var useful = _random.NextDouble() < Useful(v, offer) ? _random.Next(4, 6) : _random.Next(1, 4);
        return new OfferOutcome(Opened: true, Requested: true, Accepted: true, Held: true, Useful: useful);
    }

    public Needs Person() => new()
    {
        Language = Pick(Languages),
        Goals = [.. Codes.Goals.Where(_ => _random.NextDouble() < .25)],
        Topics = [.. Codes.Topics.Where(_ => _random.NextDouble() < .15)],
        German = Maybe(Codes.GermanLevels) is { } level ? new German(level) : null,
        Script = Maybe(["latin", "latin", "other", "not-literate"]),
        CoursePaper = Maybe(Codes.CoursePapers),
        WorkNote = Maybe(Codes.WorkNotes),
        Occupation = _random.NextDouble() < .5 ? new Occupation(Pick(Occupations), _random.Next(20)) : null,
        Recognition = Maybe(Codes.RecognitionStages),
        AgeBand = Maybe(["under18", "18-26", "27plus", "27plus"]),
        TimeInGermany = Maybe(["under1", "1-3", "over3"]),
        Childcare = _random.NextDouble() < .2 ? true : null,
        Interpreter = _random.NextDouble() < .1 ? new InterpreterWish("uk") : null,
        Access = _random.NextDouble() < .05 ? ["wheelchair"] : null,
        Availability = _random.NextDouble() < .2 ? [new TimeRange(Opens.AddHours(7), Opens.AddHours(9))] : null,
        Consents = ["matching", "quality-review"],
    };

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private string? Maybe(IReadOnlyList<string> from) => _random.NextDouble() < .2 ? null : from[_random.Next(from.Count)];

    private static CatalogueSnapshot Fair(int seed, int stands, int offers)
    {
        var random = new Random(seed ^ 0x51ab);
        string One(IReadOnlyList<string> from) => from[random.Next(from.Count)];
        Guid Id(int kind, int at) => new(kind, (short)at, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
        var exhibitors = Enumerable.Range(0, stands).Select(s => new ExhibitorFacts(
            Id(1, s), $"stand-{s:000}", $"Stand {s}", "association", ["de", One(Languages)], null, random.Next(1, 5), null, ["stand"])).ToArray();
        return CatalogueSnapshot.Build(SmallFair.Facts, 1, exhibitors, Enumerable.Range(0, offers).Select(o =>
        {
            var type = One(Types);
            var kind = Vocabulary.KindOf(type)!;
            var entry = random.NextDouble() < .5 ? One(["none", "A1", "A2", "B1", "B2"]) : null;
            return new OfferFacts(Id(2, o), exhibitors[random.Next(stands)].Id, $"offer-{o:000}", kind, type, $"Angebot {o}", new Dictionary<string, string>(), entry,
                kind == "course" && entry is not null ? Vocabulary.LevelCode(Math.Min(6, Vocabulary.Level(entry) + 2)) : null,
                random.NextDouble() < .4 ? [One(Codes.Topics)] : [], kind == "employer" ? [One(Occupations)] : [], random.NextDouble() < .3 ? [One(Languages)] : [],
                [.. Vocabulary.Traits.Where(_ => random.NextDouble() < .3)], random.NextDouble() < .2 ? "nach Anmeldung" : null);
        }));
    }
}
