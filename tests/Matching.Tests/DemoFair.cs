using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;

namespace Matchmaking.Matching.Tests;

/// <summary>A small fair: a school with four tables and video, a small association, and an advice centre whose topic is nobody's business.</summary>
internal static class DemoFair
{
    public static readonly DateTimeOffset Opens = new(2026, 6, 20, 10, 0, 0, TimeSpan.FromHours(2)), Closes = Opens.AddHours(5), Before = Opens.AddDays(-5);

    public static readonly Guid Fair = Id(1), School = Id(11), Association = Id(12), Advice = Id(13);
    public static readonly Guid Course = Id(21), Meeting = Id(22), Debt = Id(23), SecondCourse = Id(24);

    public static readonly Needs Open = new()
    {
        Language = "uk",
        ConversationLanguages = ["uk", "ru"],
        German = new German("A2"),
        Goals = ["learn-german"],
        Consents = ["matching", "share-with-exhibitor", "quality-review"],
    };

    public static CataloguePublished Catalogue(long version = 1, int schoolTables = 4, bool association = true) => new(
        Fair, version,
        new FairFacts(Fair, "test", "Testmesse", "Rathaus", Opens, Closes, "Europe/Berlin", ["de"], new DateOnly(2026, 12, 31), true, true),
        [
            new ExhibitorFacts(School, "school", "Schule am Fluss", "language-school", ["de", "uk"], null, schoolTables, "Tisch 1", ["stand", "video"]),
            .. association ? [new ExhibitorFacts(Association, "club", "Verein Brücke", "association", ["de"], null, 1, "Tisch 2", ["stand"])] : (ExhibitorFacts[])[],
            new ExhibitorFacts(Advice, "advice", "Beratung Mitte", "advice", ["de"], null, 2, "Tisch 3", ["stand"]),
        ],
        [
            Offer(Course, School, "course", "Integrationskurs", ["learn-german"]),
            Offer(SecondCourse, School, "course", "Berufssprachkurs B2", ["learn-german"]) with { Type = "berufssprachkurs" },
            .. association ? [Offer(Meeting, Association, "leisure", "Nähcafé", ["leisure"])] : (OfferFacts[])[],
            Offer(Debt, Advice, "advice", "Schuldnerberatung", ["debt"], "confidential"),
        ], Before);

    public static VisitorProfileSubmitted Submitted(Guid id, long version, string token, Needs? needs = null) =>
        new(id, Fair, version, CapabilityToken.Hash(token), needs ?? Open, Closes.AddDays(30), Before);

    private static OfferFacts Offer(Guid id, Guid exhibitor, string kind, string title, string[] topics, params string[] traits) => new(
        id, exhibitor, title, kind, kind, title, new Dictionary<string, string> { ["en"] = title + " (en)" }, null, null, topics, [], ["de"], traits, null);

    private static Guid Id(byte n) => new(0x01900000, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, n);
}
