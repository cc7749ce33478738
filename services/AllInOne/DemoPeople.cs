using System.Globalization;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.AllInOne;

/// <summary>Makes needs as the visitors of such a fair have them; the shares are plausible, not measured.</summary>
internal sealed class DemoPeople(int seed)
{
    private static readonly (string Code, int Weight, string[] Also)[] Languages =
        [("uk", 30, ["ru"]), ("ar", 24, ["kmr"]), ("ru", 7, ["de"]), ("fa", 9, ["prs"]), ("en", 6, []), ("tr", 6, ["kmr"]), ("es", 5, ["en"]), ("fr", 4, ["en"]), ("ti", 4, ["am"]), ("vi", 3, []), ("ro", 2, [])];
    private static readonly string[] Occupations =
        ["2221", "5321", "5322", "7115", "7411", "7231", "5120", "9112", "8332", "2512", "2341", "2310", "3322", "4110", "5223", "9334", "7512", "2212", "5141", "3212"];

    public Random Dice { get; } = new(seed);

    /// <summary>Somebody who wants what this offer is about, agrees that its stand reads what they share, and is free at all times.</summary>
    public Needs NextFor(OfferView offer, int number)
    {
        var needs = Next(number);
        return needs with
        {
            Goals = [.. Codes.Goals.Where(offer.Topics.Contains)],
            Topics = [.. Codes.Topics.Where(offer.Topics.Contains)],
            Consents = [.. (needs.Consents ?? []).Union(["share-with-exhibitor"])],
        };
    }

    public Needs Next(int number)
    {
        var language = Weighted(Languages, l => l.Weight);
        var german = Weighted(new (string Level, int Weight)[] { ("none", 18), ("A1", 24), ("A2", 26), ("B1", 18), ("B2", 9), ("C1", 3), ("unknown", 4) }, l => l.Weight).Level;
        var goals = Some(Codes.Goals, german is "B2" or "C1" ? 0.22 : 0.26).Union(german is "none" or "A1" or "A2" && Chance(0.75) ? ["learn-german"] : []).ToList();
        var young = Chance(0.3);
        return new Needs
        {
            Language = language.Code,
            ConversationLanguages = Chance(0.9) ? [language.Code, .. language.Also.Where(_ => Chance(0.6))] : null,
            Goals = Chance(0.95) ? goals : null,
            Topics = goals.Intersect(["advice", "offices", "family"]).Any() ? Some(Codes.Topics, 0.25) : null,
            German = new German(german, Chance(0.5) ? german : null, Chance(0.3)),
            Script = language.Code is "ar" or "fa" or "ti" && german == "none" ? (Chance(0.2) ? "not-literate" : "other") : Chance(0.7) ? "latin" : null,
            CoursePaper = One(Codes.CoursePapers),
            WorkNote = Chance(0.5) ? "allowed" : One(Codes.WorkNotes),
            Occupation = Chance(0.7) ? new Occupation(One(Occupations), Dice.Next(0, 20)) : null,
            Recognition = Chance(0.6) ? One(Codes.RecognitionStages) : null,
            AgeBand = young ? (Chance(0.15) ? "under18" : "18-26") : Chance(0.95) ? "27plus" : "unknown",
            TimeInGermany = One(Codes.TimesInGermany),
            Childcare = Chance(0.25) ? true : null,
            Access = Chance(0.04) ? ["wheelchair"] : null,
            Interpreter = Chance(0.2) ? new InterpreterWish(language.Code, "any") : null,
            Contact = Chance(0.25) ? new Contact(string.Create(CultureInfo.InvariantCulture, $"besuch-{number}@example.org")) : null,
            Consents = ["matching", .. Chance(0.85) ? ["share-with-exhibitor"] : Array.Empty<string>(), .. Chance(0.8) ? ["quality-review"] : Array.Empty<string>()],
            Channel = Chance(0.5) ? "kiosk" : "online",
        };
    }

    private bool Chance(double p) => Dice.NextDouble() < p;

    private string One(IReadOnlyList<string> from) => from[Dice.Next(from.Count)];

    private List<string> Some(IReadOnlyList<string> from, double p) => [.. from.Where(_ => Chance(p))];

    private T Weighted<T>(IReadOnlyList<T> from, Func<T, int> weight)
    {
        var left = Dice.Next(from.Sum(weight));
        foreach (var item in from)
            if ((left -= weight(item)) < 0) return item;
        return from[^1];
    }
}
