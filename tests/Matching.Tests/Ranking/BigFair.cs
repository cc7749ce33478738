using System.Security.Cryptography;
using System.Text;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Learning.Tables;
using Matchmaking.Rig;

namespace Matchmaking.Matching.Tests.Ranking;

/// <summary>The demo fair with its sixty stands as it is delivered, and visitors invented for it.</summary>
internal static class BigFair
{
    public static CatalogueSnapshot Catalogue { get; } = Read();

    /// <summary>The same number, the same visitors. What they want follows what is asked most at such fairs: German, work, advice.</summary>
    public static IReadOnlyList<Needs> Visitors(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var language = One("uk", "uk", "uk", "ar", "ar", "fa", "tr", "ru");
            return new Needs
            {
                Language = language,
                ConversationLanguages = random.Next(3) == 0 ? [language, "en"] : [language],
                Goals = [.. Enumerable.Range(0, random.Next(4)).Select(_ => One("learn-german", "learn-german", "work", "work", Codes.Goals[random.Next(Codes.Goals.Count)])).Distinct()],
                Topics = random.Next(3) == 0 ? [Codes.Topics[random.Next(Codes.Topics.Count)]] : [],
                German = random.Next(5) == 0 ? null : new German(Codes.GermanLevels[random.Next(Codes.GermanLevels.Count - 1)]),
                AgeBand = random.Next(3) == 0 ? "18-26" : "27plus",
                WorkNote = random.Next(2) == 0 ? "allowed" : null,
                TimeInGermany = random.Next(3) == 0 ? "under1" : null,
                Occupation = random.Next(2) == 0 ? new Occupation(One("2221", "5120", "7231", "2512", "9112", "5322"), 3) : null,
                Childcare = random.Next(4) == 0,
                Consents = ["matching"],
            };
        })];

        string One(params string[] of) => of[random.Next(of.Length)];
    }

    private static CatalogueSnapshot Read()
    {
        var stands = Rows("exhibitors.csv").Select(r => new ExhibitorFacts(
            Id(r("id")), r("id"), r("name"), r("kind"), List(r("languages")), r("address"), int.Parse(r("tables")), r("stand"), List(r("formats"))));
        var offers = Rows("offers.csv").Select(r => new OfferFacts(
            Id("offer " + r("id")), Id(r("exhibitorId")), r("id"), Kind(r("kind")), r("type"), r("title"), new Dictionary<string, string>(), OrNull(r("entry")), OrNull(r("exit")),
            List(r("topics")), List(r("isco")), List(r("languages")), List(r("traits")), OrNull(r("conditions"))));
        return CatalogueSnapshot.Build(SmallFair.Facts, 1, stands, offers);
    }

    private static List<Func<string, string>> Rows(string file)
    {
        using var text = new StreamReader(Path.Combine(Repository.Root, "services/AllInOne/DemoFair", file));
        Assert.Null(CsvLines.Read(file, text, out var header, out var rows));
        return [.. rows.Select(row => (Func<string, string>)(column => row.Cells[Array.IndexOf(header, column)]))];
    }

    /// <summary>As the importer has it: further training stands under work.</summary>
    private static string Kind(string kind) => kind == "training" ? "employer" : kind;

    private static string[] List(string cell) => cell.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? OrNull(string cell) => cell.Length == 0 ? null : cell;

    private static Guid Id(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
