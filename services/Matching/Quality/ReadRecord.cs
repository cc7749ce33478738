using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Learning.Tables;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Quality;

/// <summary>A record from its export.</summary>
internal static class ReadRecord
{
    /// <returns>null and why, where it is not an export.</returns>
    public static (FairRecord? Record, RecordFacts? Facts, LearnedModel? Champion, string? Why) Read(ZipArchive archive)
    {
        if (archive.GetEntry(ExportRecord.Facts) is not { } factsFile) return (null, null, null, $"{ExportRecord.Facts} is missing.");
        using var json = factsFile.Open();
        var facts = JsonSerializer.Deserialize<RecordFacts>(json, JsonSerializerOptions.Web)!;
        var files = new Dictionary<string, NamedLines>();
        foreach (var name in (string[])[RecordTables.Outcomes, RecordTables.Counted, RecordTables.People, RecordTables.Came, RecordTables.Seats])
        {
            if (Table(archive, name) is not { } text) return (null, null, null, $"{name}{TableFile.Csv} and {name}{TableFile.Parquet} are missing.");
            // A file of which nothing but the header is there is no fault here.
            files[name] = NamedLines.Read(name, text, out var lines) is { } refusal && lines.Rows.Count > 0 ? throw new InvalidDataException($"{refusal}") : lines;
        }
        if (Table(archive, RecordTables.Visitors) is not { } answers) return (null, null, null, $"{RecordTables.Visitors}{TableFile.Csv} and {RecordTables.Visitors}{TableFile.Parquet} are missing.");
        if (ReadPeople.Read(RecordTables.Visitors, answers, out var known) is { } no && known.Count > 0) return (null, null, null, $"{no}");

        var lists = new Dictionary<string, SortedDictionary<int, List<NamedRow>>>();
        foreach (var file in (NamedLines[])[files[RecordTables.Outcomes], files[RecordTables.Counted]])
            foreach (var (_, cells) in file.Rows)
            {
                var row = new NamedRow(file, cells);
                if (!lists.TryGetValue(row["visitor"], out var own)) lists[row["visitor"]] = own = [];
                var number = int.Parse(row["list"], CultureInfo.InvariantCulture);
                if (!own.TryGetValue(number, out var places)) own[number] = places = [];
                places.Add(row);
            }
        var came = files[RecordTables.Came].Rows.Select(r => new NamedRow(files[RecordTables.Came], r.Cells)).ToLookup(r => r["visitor"]);
        Person[] people = [.. files[RecordTables.People].Rows.Select(r => PersonOf(new NamedRow(files[RecordTables.People], r.Cells), known, lists, came))];
        var seats = files[RecordTables.Seats].Rows.Select(r => new NamedRow(files[RecordTables.Seats], r.Cells))
            .ToDictionary(r => Guid.Parse(r["exhibitor"]), r => (int.Parse(r["all"], CultureInfo.InvariantCulture), int.Parse(r["free"], CultureInfo.InvariantCulture)));
        return (new FairRecord(new FairCatalogue(facts.Catalogue), people, facts.Cuts, seats, facts.At), facts, ChampionOf(archive), null);
    }

    private static TextReader? Table(ZipArchive archive, string name)
    {
        if ((archive.GetEntry(name + TableFile.Csv) ?? archive.GetEntry(name + TableFile.Parquet)) is not { } file) return null;
        using var content = file.Open();
        return TableFile.Read(file.Name, content, out var text) is { } refusal ? throw new InvalidDataException($"{refusal}") : text;
    }

    private sealed record NamedRow(NamedLines File, string[] Cells)
    {
        public string this[string column] => File.Cell(Cells, column);
    }

    private static Person PersonOf(NamedRow row, Dictionary<string, ReadPeople.Person> known, Dictionary<string, SortedDictionary<int, List<NamedRow>>> lists, ILookup<string, NamedRow> came)
    {
        var id = row["visitor"];
        var own = lists.GetValueOrDefault(id) ?? [];
        var shown = own.Values.Select(places => places.Where(p => p["offer"].Length > 0).OrderBy(p => int.Parse(p["position"], CultureInfo.InvariantCulture)).ToArray()).ToArray();
        return new Person(
            [row["span"], row["model"], row["pack"], row["language"], row["german"], row["age"], row["channel"]], known[id].Facts, row["reviewed"] == "yes",
            [.. own.Values.Zip(shown, (places, ordered) => ListOf(places[0], ordered))], [.. shown.Select(places => places.Select(OutcomeOf).ToArray())],
            came[id].ToDictionary(c => Guid.Parse(c["offer"]), OutcomeOf), row["firstAnswer"] is { Length: > 0 } first ? TimeSpan.ParseExact(first, "c", CultureInfo.InvariantCulture) : null);
    }

    private static ShownList ListOf(NamedRow head, NamedRow[] places) => new()
    {
        RankerKind = head["ranker"],
        RankerVersion = head["version"],
        Packs = [.. CaseFiles.Words(head["packs"])],
        Candidates = head["candidates"] is { Length: > 0 } some ? int.Parse(some, CultureInfo.InvariantCulture) : null,
        Day = DateOnly.ParseExact(head["day"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
        At = DateTimeOffset.Parse(head["time"], CultureInfo.InvariantCulture),
        Offers = [.. places.Select(p => Guid.Parse(p["offer"]))],
        Propensities = places.Any(p => p["propensity"].Length > 0) ? [.. places.Select(p => double.Parse(p["propensity"], CultureInfo.InvariantCulture))] : [],
        Full = places.Length == 0 || places.Any(p => p["full"].Length == 0) ? null : [.. places.Select(p => p["full"] == "yes")],
    };

    private static OfferOutcome OutcomeOf(NamedRow row)
    {
        var came = CaseFiles.Words(row["came"]).ToHashSet();
        return new OfferOutcome(came.Contains("opened"), came.Contains("requested"), came.Contains("accepted"), came.Contains("declined"), came.Contains("held"), came.Contains("no-show"),
            row["useful"] is { Length: > 0 } useful ? int.Parse(useful, CultureInfo.InvariantCulture) : null);
    }

    private static LearnedModel? ChampionOf(ZipArchive archive)
    {
        if (archive.GetEntry(ExportRecord.Model) is not { } file) return null;
        using var stream = file.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var (model, why) = LearnedModel.Read(bytes.ToArray());
        return model ?? throw new InvalidDataException($"{ExportRecord.Model}: {why}");
    }
}
