using System.Globalization;

namespace Matchmaking.Matching.Learning.Tables;

/// <summary>
/// What came of visitors and offers: columns visitor, offer and grade (0 or above; higher is better), and if wanted time, position (from 1, how high it stood)
/// and propensity (how likely it was to be shown, above 0 to 1). Other columns are not read.
/// </summary>
internal static class ReadOutcomes
{
    /// <summary>No outcome counts for more than this many: one that was shown by the rarest chance would otherwise drown all others.</summary>
    private const double MostWeight = 20;

    public static Refusal? Read(string file, TextReader text, SideTable visitors, SideTable offers, out OutcomeTable table)
    {
        table = new OutcomeTable(visitors, offers, []);
        if (CsvLines.Read(file, text, out var header, out var rows) is { } refusal) return refusal;
        int Column(string name) => Array.FindIndex(header, h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
        foreach (var needed in new[] { "visitor", "offer", "grade" })
            if (Column(needed) < 0) return new(file, 1, $"no column '{needed}'", $"Name the columns visitor, offer and grade; found: {string.Join(", ", header)}.");
        if (rows.Count == 0) return new(file, 0, "no outcomes", "There is nothing to learn from yet: record what visitors did with what they were shown.");

        var (visitor, offer, grade, time, position, propensity) = (Column("visitor"), Column("offer"), Column("grade"), Column("time"), Column("position"), Column("propensity"));
        var visitorAt = Index(visitors);
        var offerAt = Index(offers);
        var latest = new Dictionary<(int, int), (int Line, string Time, float Grade, double Weight)>();
        foreach (var (line, cells) in rows)
        {
            if (!visitorAt.TryGetValue(cells[visitor], out var v)) return new(file, line, $"visitor '{cells[visitor]}' is not in the table of visitors", "Add the visitor or leave the line out.");
            if (!offerAt.TryGetValue(cells[offer], out var o)) return new(file, line, $"offer '{cells[offer]}' is not in the table of offers", "Add the offer or leave the line out.");
            if (Number(cells[grade]) is not ({ } g and >= 0)) return new(file, line, $"grade '{cells[grade]}'", "A grade is a finite number, 0 or above.");
            if (position >= 0 && cells[position].Length > 0 && Number(cells[position]) is not >= 1)
                return new(file, line, $"position '{cells[position]}'", "Positions count from 1; leave the cell empty where none is known.");
            var chance = propensity < 0 || cells[propensity].Length == 0 ? 1 : Number(cells[propensity]);
            if (chance is not ({ } p and > 0 and <= 1)) return new(file, line, $"propensity '{cells[propensity]}'", "A propensity is above 0 and at most 1; leave the cell empty where none is known.");
            var when = time < 0 ? "" : cells[time];
            if (latest.TryGetValue((v, o), out var other) && other.Time == when)
                return new(file, line, $"visitor '{cells[visitor]}' and offer '{cells[offer]}' stand already on line {other.Line}", "Keep one of them, or say by time which came later.");
            if (!latest.ContainsKey((v, o)) || Later(when, other.Time)) latest[(v, o)] = (line, when, (float)g, Math.Min(MostWeight, 1 / p));
        }
        // What never happened counts as 0, so that "bought: 1" alone can be learned from; but not where nothing, or everything, happened to all.
        var alike = latest.Values.All(x => x.Grade == latest.Values.First().Grade);
        if (alike && (latest.Values.First().Grade == 0 || latest.Count == latest.Keys.Select(k => k.Item1).Distinct().Count() * offers.Count))
            return new(file, 0, $"all outcomes have the grade {rows[0].Cells[grade]}", "One-sided outcomes teach nothing: export also what was shown and left, with grade 0.");

        // Self-normalised: propensities shift what counts, not how much everything counts.
        var mean = latest.Values.Average(x => x.Weight);
        var lists = visitors.Ids.Select(_ => new List<Outcome>()).ToArray();
        foreach (var ((v, o), kept) in latest) lists[v].Add(new Outcome(o, kept.Grade, (float)(kept.Weight / mean)));
        table = new OutcomeTable(visitors, offers, [.. lists.Select(list => list.OrderBy(x => x.Offer).ToArray())]);
        return null;
    }

    /// <summary>Times are compared as numbers where they are numbers, else as dates where they are dates, else as text.</summary>
    private static bool Later(string one, string other) =>
        Number(one) is { } a && Number(other) is { } b ? a > b
        : DateTimeOffset.TryParse(one, CultureInfo.InvariantCulture, out var c) && DateTimeOffset.TryParse(other, CultureInfo.InvariantCulture, out var d) ? c > d
        : string.CompareOrdinal(one, other) > 0;

    private static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static Dictionary<string, int> Index(SideTable table) => table.Ids.Select((id, at) => (id, at)).ToDictionary(p => p.id, p => p.at);
}
