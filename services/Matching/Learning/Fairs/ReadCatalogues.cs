using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>Offers of a file: an id, a kind, and what else is known; by the column "catalogue" of several catalogues. Of "x@1" what is before the sign is the offer.</summary>
internal static class ReadCatalogues
{
    private static readonly FairFacts Nowhere = new(
        Guid.Empty, "file", "file", "", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "Europe/Berlin", ["de"], DateOnly.MaxValue, false, false);

    public static Refusal? Read(string file, TextReader text, out Dictionary<string, (CatalogueSnapshot Catalogue, Guid Id)> offers)
    {
        offers = [];
        if (NamedLines.Read(file, text, out var lines) is { } refusal) return refusal;
        var (catalogues, ids) = (new Dictionary<string, (Dictionary<Guid, ExhibitorFacts> Stands, List<OfferFacts> Offers)>(), new Dictionary<string, (string Catalogue, Guid Id)>());
        foreach (var (line, cells) in lines.Rows)
        {
            string Cell(string column) => lines.Cell(cells, column);
            string[] Words(string column) => [.. CaseFiles.Words(Cell(column))];
            if (cells[0].Length == 0) return new(file, line, "no id", "The first column is the id.");
            if (!Vocabulary.Kinds.Contains(Cell("kind"))) return new(file, line, $"kind '{Cell("kind")}'", $"One of {string.Join(", ", Vocabulary.Kinds)}.");
            foreach (var level in new[] { "entry", "exit" })
                if (Cell(level).Length > 0 && Vocabulary.Level(Cell(level)) < 0) return new(file, line, $"{level} '{Cell(level)}'", $"One of {string.Join(", ", Vocabulary.Levels)}; leave the cell empty where nothing is known.");
            var tables = 1;
            if (Cell("tables").Length > 0 && !int.TryParse(Cell("tables"), NumberStyles.None, CultureInfo.InvariantCulture, out tables)) return new(file, line, $"tables '{Cell("tables")}'", "Tables are a whole number.");

            var (id, stand) = (CaseFiles.Id(cells[0].Split('@')[0]), CaseFiles.Id(Cell("exhibitor") is { Length: > 0 } named ? named : "stand of " + cells[0]));
            if (!ids.TryAdd(cells[0], (Cell("catalogue"), id))) return new(file, line, $"id '{cells[0]}' stands twice", "Give each row an id of its own.");
            if (!catalogues.TryGetValue(Cell("catalogue"), out var into)) catalogues[Cell("catalogue")] = into = ([], []);
            into.Stands.TryAdd(stand, new ExhibitorFacts(stand, Cell("standKey"), Cell("exhibitor"), "", Words("standLanguages"), null, tables, null, []));
            into.Offers.Add(new OfferFacts(id, stand, Cell("key") is { Length: > 0 } key ? key : cells[0], Cell("kind"), Cell("type"), cells[0], new Dictionary<string, string>(),
                Cell("entry") is { Length: > 0 } entry ? entry : null, Cell("exit") is { Length: > 0 } exit ? exit : null, Words("topics"), Words("isco"), Words("languages"), Words("traits"),
                Cell("conditions") is { Length: > 0 } conditions ? conditions : null));
        }
        var built = catalogues.ToDictionary(c => c.Key, c => CatalogueSnapshot.Build(Nowhere, 1, c.Value.Stands.Values, c.Value.Offers));
        offers = ids.ToDictionary(i => i.Key, i => (built[i.Value.Catalogue], i.Value.Id));
        return null;
    }
}
