using System.Security.Cryptography;
using System.Text;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Profile.Import;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>The demo fair as the importer reads it, with ids that follow from the files' own.</summary>
internal static class DemoFairFiles
{
    /// <summary>Any day will do for a fair that never takes place; this one keeps figures the same from week to week.</summary>
    private static readonly DateOnly Today = new(2026, 3, 2);

    public static async Task<CatalogueSnapshot> ReadAsync(string folder)
    {
        var files = await FairFiles.InFolderAsync(folder, CancellationToken.None);
        var issues = new List<ImportIssue>();
        var fair = FairRows.Fair(files, Today, issues)!;
        var stands = FairRows.Exhibitors(files.Exhibitors!, issues);
        var offers = FairRows.Offers(files.Offers!, stands.Select(s => s.Key).ToHashSet(), issues);
        if (issues.Count > 0) throw new InvalidDataException(string.Join('\n', issues));
        var facts = new FairFacts(Id(fair.Key), fair.Key, fair.Name, fair.Place, fair.Opens, fair.Closes, fair.Zone, fair.Languages,
            DateOnly.FromDateTime(fair.Closes.UtcDateTime).AddDays(fair.RetainDays), true, fair.Demo);
        return CatalogueSnapshot.Build(facts, 1,
            stands.Select(s => new ExhibitorFacts(Id(s.Key), s.Key, s.Name, s.Kind, s.Languages, s.Address, s.Tables, s.Stand, s.Formats)),
            offers.Select(o => new OfferFacts(Id("offer " + o.Key), Id(o.ExhibitorKey), o.Key, OfferCodes.KindForVisitors(o.Kind), o.Type, o.Title,
                o.Titles, o.Entry, o.Exit, o.Topics, o.Isco, o.Languages, o.Traits, o.Conditions)));
    }

    private static Guid Id(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
