using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Quality;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>People as figures see them, made up: what they answered, what they were shown and what came of it.</summary>
internal static class InventedPeople
{
    public static readonly FairCatalogue Fair = new(DemoFair.Catalogue());
    public static readonly Guid[] Offers = [DemoFair.Course, DemoFair.SecondCourse, DemoFair.Meeting, DemoFair.Debt];

    private static readonly string[] Languages = ["uk", "uk", "uk", "ar", "ar", "fa", "vi", "kmr"], Levels = ["none", "A1", "B1"], Ages = ["27plus", "27plus", "under18"];

    private const string Silent = "ar";

    /// <summary>A crowd in which many groups are small, and what comes of the lists is rare, and rarer still for one of them.</summary>
    public static IReadOnlyList<Person> Crowd(int people, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, people).Select(Somebody)];

        Person Somebody(int i)
        {
            var language = Pick(Languages);
            // In a language in which the lists are not understood little comes of them.
            var does = language == Silent ? .05 : .6;
            return Of(
                language, Pick(Levels), Pick(Ages), random.NextDouble() < .3 ? "kiosk" : "online", (i * 3 / people).ToString(System.Globalization.CultureInfo.InvariantCulture),
                [.. Offers.Take(random.Next(1, 5)).Where(_ => random.NextDouble() < does).Select(o => (o, Outcome()))], random.NextDouble() < .8, random.NextDouble() < .9 ? "baseline 2" : "model m-1");
        }

        string Pick(string[] of) => of[random.Next(of.Length)];
        OfferOutcome Outcome() => random.Next(10) switch
        {
            < 5 => new(Opened: true),
            < 7 => new(Requested: true, Declined: random.NextDouble() < .5),
            7 => new(Requested: true, Accepted: true),
            8 => new(Requested: true, Accepted: true, NoShow: random.NextDouble() < .5),
            _ => new(Requested: true, Accepted: true, Held: true, Useful: random.Next(1, 6)),
        };
    }

    /// <param name="came">By offer.</param>
    /// <param name="shown">The order of the list; default: all four.</param>
    public static Person Of(
        string language, string german = "A2", string age = "27plus", string channel = "online", string piece = "0", IReadOnlyList<(Guid Offer, OfferOutcome Outcome)>? came = null, bool reviewed = true,
        string model = "baseline 2", Guid[]? shown = null, TimeSpan? answer = null)
    {
        shown ??= Offers;
        var by = (came ?? []).ToDictionary(c => c.Offer, c => c.Outcome);
        var needs = new Needs { Language = language, German = new German(german), Goals = ["learn-german"], AgeBand = age };
        var list = new ShownList { Id = Guid.NewGuid(), RankerKind = model.Split(' ')[0], RankerVersion = model.Split(' ')[1], Packs = ["ik 2"], Offers = shown, At = DemoFair.Before, Day = new DateOnly(2026, 6, 15) };
        return new Person([piece, model, "ik 2", language, german, age, channel], VisitorFacts.Of(needs), reviewed, [list], [[.. shown.Select(o => by.GetValueOrDefault(o))]], by, answer);
    }

    /// <summary>Somebody who was shown this one list.</summary>
    public static Person Of(ShownCase shown) => new(
        ["0", "baseline 2", "", "uk", "A2", "27plus", "online"], shown.Facts, true,
        [new ShownList { RankerKind = "baseline", RankerVersion = "2", Packs = [], Offers = shown.Offers, Propensities = shown.Propensities, Full = shown.Full, At = shown.At, Day = SmallFair.Today.Day }],
        [[.. shown.Outcomes]], shown.Offers.Zip(shown.Outcomes).Where(x => x.Second != default).ToDictionary(x => x.First, x => x.Second), null)
    { Key = shown.Visitor };

    public static FigureDesk Desk(IReadOnlyList<Person> people, FigureFilter? filter = null, int depth = 5, int least = Blocks.Least) => new(Fair, people, filter ?? new FigureFilter(), depth, least);
}
