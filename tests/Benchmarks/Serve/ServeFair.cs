using System.Security.Cryptography;
using System.Text;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Benchmarks.Serve;

/// <summary>A catalogue of any size: stands of five offers, in four languages, with times to meet.</summary>
internal static class ServeFair
{
    private const int OffersOfStand = 5;
    private static readonly (string Kind, string Type, string Title, string Topic)[] Offers =
    [
        ("course", "integrationskurs", "Integrationskurs am Vormittag", "learn-german"), ("course", "berufssprachkurs", "Berufssprachkurs B2", "learn-german"),
        ("employer", "job", "Pflegefachkraft in Teilzeit", "work"), ("advice", "recognition", "Anerkennung ausländischer Abschlüsse", "recognition"),
        ("leisure", "meeting", "Sprachcafé mit Kinderbetreuung", "leisure"), ("advice", "migration-advice", "Migrationsberatung", "advice"),
    ];

    public static CataloguePublished Catalogue(int offers)
    {
        var opens = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(5).AddHours(8), TimeSpan.Zero);
        var fair = new FairFacts(Id("fair"), "serve", "Messe", "Rathaus", opens, opens.AddHours(6), "Europe/Berlin", ["de"], DateOnly.FromDateTime(opens.UtcDateTime).AddDays(90), true, true);
        var stands = (offers + OffersOfStand - 1) / OffersOfStand;
        return new CataloguePublished(
            fair.Id, 1, fair,
            [.. Enumerable.Range(0, stands).Select(s => new ExhibitorFacts(
                Id($"stand {s}"), $"stand-{s}", $"Stand Nummer {s}", s % 3 == 0 ? "language-school" : "association", ["de", "uk"], null, 2, $"Halle A, {s}", ["stand"]))],
            [.. Enumerable.Range(0, offers).Select(o => Offer(o, Offers[o % Offers.Length]))], opens.AddDays(-5));
    }

    private static OfferFacts Offer(int number, (string Kind, string Type, string Title, string Topic) of) => new(
        Id($"offer {number}"), Id($"stand {number / OffersOfStand}"), $"offer-{number:000}", of.Kind, of.Type, of.Title,
        new Dictionary<string, string> { ["en"] = of.Title + " (in English)", ["uk"] = of.Title + " (українською)", ["ar"] = of.Title + " (بالعربية)" },
        null, null, [of.Topic], [], ["de", "uk"], [], null);

    private static Guid Id(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
