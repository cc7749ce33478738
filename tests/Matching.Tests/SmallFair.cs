using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Tests;

/// <summary>A fair small enough to know by heart: every type of course, work near and far from nursing, advice, offices and leisure.</summary>
internal static class SmallFair
{
    public static readonly DateOnly Before = new(2026, 2, 8), After = new(2026, 2, 9);

    private static readonly FairFacts Fair = new(
        Guid.Parse("01900000-0000-7000-8000-000000000000"), "small", "Kleine Messe", "Leipzig", new(2026, 11, 28, 10, 0, 0, TimeSpan.FromHours(1)),
        new(2026, 11, 28, 15, 0, 0, TimeSpan.FromHours(1)), "Europe/Berlin", ["de"], new(2027, 2, 26), true, true);

    private static readonly ExhibitorFacts[] Stands =
    [
        Stand("welcome", "Willkommenszentrum", "office", "de", "en", "uk", "ar"), Stand("bamf", "BAMF", "office", "de", "en"),
        Stand("school-a", "Sprachschule A", "language-school", "de", "uk"), Stand("school-b", "Sprachschule B", "language-school", "de", "ar"),
        Stand("clinic", "Klinik", "employer", "de"), Stand("care", "Pflegedienst", "employer", "de", "uk"),
        Stand("kitchen", "Küche", "employer", "de", "ar", "tr"), Stand("software", "Software", "employer", "en"),
        Stand("iq", "Anerkennungsberatung", "advice", "de", "uk", "en"), Stand("mbe", "MBE", "advice", "de", "uk", "ar"),
        Stand("jmd", "JMD", "advice", "de", "ar"), Stand("debt", "Schuldnerberatung", "advice", "de"),
        Stand("housing", "Wohnungsamt", "office", "de"), Stand("cafe", "Sprachcafé", "association", "de", "uk"),
        Stand("club", "Sportverein", "association", "de", "ar"), Stand("families", "Familientreff", "association", "de", "tr"),
    ];

    private static readonly OfferFacts[] Offers =
    [
        Offer("welcome-1", "welcome", "advice", "orientation", traits: ["first-advice", "any-status"]),
        Offer("bamf-1", "bamf", "office", "course-admission"),
        Offer("a-1", "school-a", "course", "integrationskurs", "none", "B1"), Offer("a-2", "school-a", "course", "integrationskurs", "A2", "B1"),
        Offer("a-3", "school-a", "course", "intensivkurs", "none", "B1"), Offer("a-4", "school-a", "course", "zweitschriftlernerkurs", "none", "B1"),
        Offer("a-5", "school-a", "course", "foerderkurs", "none", "B1"), Offer("a-6", "school-a", "course", "exam", "A2", "B1"),
        Offer("b-1", "school-b", "course", "alphabetisierungskurs", "none", "A2"), Offer("b-2", "school-b", "course", "berufssprachkurs", "B1", "B2"),
        Offer("b-3", "school-b", "course", "berufssprachkurs-b1", "A2", "B1"),
        Offer("b-4", "school-b", "course", "berufssprachkurs-recognition", "B1", "B2", isco: ["2221"]),
        Offer("b-5", "school-b", "course", "erstorientierungskurs", "none"), Offer("b-6", "school-b", "course", "mia", "none", traits: ["women", "childcare"]),
        Offer("clinic-1", "clinic", "employer", "vacancy", "B2", isco: ["2221"]), Offer("clinic-2", "clinic", "employer", "apprenticeship", "B1", isco: ["3221"]),
        Offer("clinic-3", "clinic", "employer", "vacancy", "B1", isco: ["3258"]),
        Offer("care-1", "care", "employer", "vacancy", "A2", isco: ["5322"]), Offer("care-2", "care", "employer", "vacancy", "B1", isco: ["2221"]),
        Offer("kitchen-1", "kitchen", "employer", "vacancy", "A1", isco: ["5120"]), Offer("kitchen-2", "kitchen", "employer", "vacancy", "none", isco: ["9412"]),
        Offer("software-1", "software", "employer", "vacancy", "none", isco: ["2512"]), Offer("software-2", "software", "employer", "internship", "A2", isco: ["2513"]),
        Offer("iq-1", "iq", "advice", "recognition"), Offer("mbe-1", "mbe", "advice", "mbe"), Offer("jmd-1", "jmd", "advice", "jmd", traits: ["youth"]),
        Offer("debt-1", "debt", "advice", "debt", traits: ["confidential"]), Offer("housing-1", "housing", "advice", "housing"),
        Offer("cafe-1", "cafe", "course", "language-cafe", "A1", traits: ["free", "evening"]),
        Offer("cafe-2", "cafe", "course", "volunteer-course", "none", "A1", traits: ["free"]),
        Offer("club-1", "club", "leisure", "sport", traits: ["free"]), Offer("families-1", "families", "leisure", "families"),
    ];

    public static CatalogueSnapshot Catalogue { get; } = Build(Offers);

    public static CatalogueSnapshot Shuffled(int seed)
    {
        var random = new Random(seed);
        var offers = (OfferFacts[])Offers.Clone();
        var stands = (ExhibitorFacts[])Stands.Clone();
        random.Shuffle(offers);
        random.Shuffle(stands);
        return CatalogueSnapshot.Build(Fair, 1, stands, offers);
    }

    public static CatalogueSnapshot Build(IEnumerable<OfferFacts> offers, long version = 1, FairFacts? fair = null) =>
        CatalogueSnapshot.Build(fair ?? Fair, version, Stands, offers);

    public static FairFacts Facts => Fair;

    public static IReadOnlyList<OfferFacts> AllOffers => Offers;

    public static RulesOfDay Today => RulePackSet.BuiltIn.At(new DateOnly(2026, 11, 23));

    /// <summary>A nurse from Ukraine: four years in the job, German A2, here since spring.</summary>
    public static Needs Nurse => new()
    {
        Language = "uk",
        ConversationLanguages = ["uk", "ru"],
        Goals = ["learn-german", "work", "recognition"],
        German = new("A2", "A1", false),
        Script = "latin",
        CoursePaper = "entitlement",
        WorkNote = "allowed",
        Occupation = new("2221", 4),
        Recognition = "none",
        AgeBand = "27plus",
        TimeInGermany = "under1",
        Consents = ["matching"],
    };

    public static OfferFacts Offer(
        string key, string stand, string kind, string type, string? entry = null, string? exit = null, string[]? topics = null, string[]? isco = null,
        string[]? traits = null, string? conditions = null) =>
        new(Id("offer " + key), Id(stand), key, kind, type, "Angebot " + key, new Dictionary<string, string> { ["en"] = "Offer " + key }, entry, exit,
            topics ?? [], isco ?? [], [], traits ?? [], conditions);

    private static ExhibitorFacts Stand(string key, string name, string kind, params string[] languages) =>
        new(Id(key), key, name, kind, languages, null, 1, null, ["stand"]);

    private static Guid Id(string text) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
