using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Texts;

namespace Matchmaking.Profile.Import;

internal sealed record FairRow(string Key, string Name, string Place, DateTimeOffset Opens, DateTimeOffset Closes, string Zone, IReadOnlyList<string> Languages, int RetainDays, bool Demo);

internal sealed record ExhibitorRow(
    string Key, string Name, string Kind, IReadOnlyList<string> Languages, string? Address, int Tables, string? Stand, IReadOnlyList<string> Formats, string? Email);

internal sealed record OfferRow(
    string Key, string ExhibitorKey, string Kind, string Type, string Title, IReadOnlyDictionary<string, string> Titles, string? Entry, string? Exit,
    IReadOnlyList<string> Topics, IReadOnlyList<string> Isco, IReadOnlyList<string> Languages, IReadOnlyList<string> Traits, string? Conditions);

/// <summary>From files to rows: pure, and every cell that is not understood leaves an issue.</summary>
internal static class FairRows
{
    private static readonly string[] FairColumns = ["key", "name", "place", "day", "opens", "closes", "zone", "languages", "retainDays", "demo"];
    private static readonly string[] ExhibitorColumns = ["id", "name", "kind", "languages", "address", "source", "tables", "stand", "formats", "email"];
    private static readonly string[] OfferColumns = ["id", "exhibitorId", "kind", "type", "title", "entry", "exit", "topics", "isco", "conditions", "source", "languages", "traits"];
    private const string TitlePrefix = "title_";
    private static readonly string[] TitleLanguages = [.. Words.Languages.Where(l => l != "de")];

    /// <summary>A meeting takes twenty minutes: shorter than a few of them is more likely a slip.</summary>
    private static readonly TimeSpan ShortFair = TimeSpan.FromHours(1);

    public static FairRow? Fair(FairFiles files, DateOnly today, List<ImportIssue> issues)
    {
        if (files.Fair is null) return Fair(files.Name, files.Name, "", NextSaturday(today), new(10, 0), new(15, 0), "Europe/Berlin", Words.Languages, 90, demo: false);
        var table = CsvTable.Read(FairFiles.FairCsv, files.Fair, ["key", "name", "day"], FairColumns, issues);
        if (table is null) return null;
        if (table.Rows.Count != 1)
        {
            issues.Add(ImportTexts.Issue(FairFiles.FairCsv, 0, "", "one-fair", null, table.Rows.Count));
            return null;
        }
        var row = table.Rows[0];
        var day = Day(row, today);
        var opens = Time(row, "opens", new(10, 0));
        var closes = Time(row, "closes", new(15, 0));
        if (closes <= opens) row.Fault("closes", "time-order", closes.ToString("HH:mm", CultureInfo.InvariantCulture));
        else if (closes - opens < ShortFair) row.Note("closes", "short-fair", string.Create(CultureInfo.InvariantCulture, $"{opens:HH:mm}-{closes:HH:mm}"));
        if (day < today) row.Note("day", "day-past", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var zone = row.Text("zone") ?? "Europe/Berlin";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) row.Fault("zone", "zone", zone);
        var languages = Languages(row) is { Count: > 0 } some ? some : Words.Languages;
        var (key, name, place) = (row.Required("key", 60), row.Required("name"), row.Text("place") ?? "");
        var demo = row.OneOf("demo", ["true", "false"]) == "true";
        var retain = row.WholeNumber("retainDays", 90, 1, 730);
        return row.Faulty ? null : Fair(key, name, place, day, opens, closes, zone, languages, retain, demo);
    }

    private static FairRow Fair(string key, string name, string place, DateOnly day, TimeOnly opens, TimeOnly closes, string zone, IReadOnlyList<string> languages, int retainDays, bool demo)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return new FairRow(key, name, place, At(opens), At(closes), zone, languages, retainDays, demo);

        DateTimeOffset At(TimeOnly time)
        {
            var local = day.ToDateTime(time);
            return new DateTimeOffset(local, there.GetUtcOffset(local)).ToUniversalTime();
        }
    }

    private static DateOnly Day(CsvRow row, DateOnly today)
    {
        var text = row.Required("day");
        if (text.Equals("next saturday", StringComparison.OrdinalIgnoreCase)) return NextSaturday(today);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        row.Fault("day", "day", text);
        return today;
    }

    /// <summary>The coming Saturday; on a Saturday, the one after it.</summary>
    private static DateOnly NextSaturday(DateOnly today) => today.AddDays(7 - ((int)today.DayOfWeek + 1) % 7);

    private static TimeOnly Time(CsvRow row, string column, TimeOnly otherwise)
    {
        if (row.Text(column) is not { } text) return otherwise;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        row.Fault(column, "time", text);
        return otherwise;
    }

    public static IReadOnlyList<ExhibitorRow> Exhibitors(byte[] bytes, List<ImportIssue> issues)
    {
        var rows = new Dictionary<string, ExhibitorRow>();
        foreach (var row in CsvTable.Read(FairFiles.ExhibitorsCsv, bytes, ["id", "name", "kind"], ExhibitorColumns, issues)?.Rows ?? [])
        {
            var key = row.Required("id", 60);
            var kind = row.OneOf("kind", Vocabulary.ExhibitorKinds);
            if (kind is null && !row.Faulty) row.Fault("kind", "word-missing", "", string.Join(", ", Vocabulary.ExhibitorKinds));
            var exhibitor = new ExhibitorRow(key, row.Required("name"), kind ?? "", Languages(row), row.Lines("address"), row.WholeNumber("tables", 1, 1, 20), row.Text("stand", 60),
                row.SomeOf("formats", Codes.Formats) is { Count: > 0 } formats ? formats : ["stand"], Email(row));
            if (rows.ContainsKey(key)) row.Fault("id", "id-doubled", key);
            if (!row.Faulty) rows.Add(key, exhibitor);
        }
        return [.. rows.Values];
    }

    /// <param name="exhibitors">Ids that an offer may name; null where they are not known, and none is wrong.</param>
    public static IReadOnlyList<OfferRow> Offers(byte[] bytes, IReadOnlySet<string>? exhibitors, List<ImportIssue> issues)
    {
        var rows = new Dictionary<string, OfferRow>();
        string[] known = [.. OfferColumns, .. TitleLanguages.Select(l => TitlePrefix + l)];
        foreach (var row in CsvTable.Read(FairFiles.OffersCsv, bytes, ["id", "exhibitorId", "kind", "type", "title"], known, issues)?.Rows ?? [])
        {
            var key = row.Required("id", 60);
            var exhibitor = row.Required("exhibitorId", 60);
            if (exhibitor.Length > 0 && exhibitors?.Contains(exhibitor) == false) row.Fault("exhibitorId", "exhibitor-unknown", exhibitor, FairFiles.ExhibitorsCsv);
            var kind = row.OneOf("kind", Vocabulary.OfferKinds);
            var types = kind is null ? [] : Vocabulary.Types[kind];
            var type = kind is null ? null : row.OneOf("type", types, Vocabulary.TypeSynonymsOf(kind));
            if ((kind is null || type is null) && !row.Faulty)
                row.Fault(kind is null ? "kind" : "type", "word-missing", "", string.Join(", ", kind is null ? Vocabulary.OfferKinds : types));
            var isco = row.List("isco");
            foreach (var code in isco.Where(c => c.Length is 0 or > 4 || !c.All(char.IsAsciiDigit)))
                row.Fault("isco", "isco", code);
            var conditions = row.List("conditions");
            var traits = row.SomeOf("traits", Vocabulary.Traits).Union(conditions.Select(c => Vocabulary.TraitsInConditions.GetValueOrDefault(c.ToLowerInvariant())).OfType<string>());
            var offer = new OfferRow(key, exhibitor, kind ?? "", type ?? "", row.Required("title"),
                TitleLanguages.Select(l => (l, text: row.Text(TitlePrefix + l, 200))).Where(t => t.text is not null).ToDictionary(t => t.l, t => t.text!),
                row.OneOf("entry", Codes.GermanLevels), row.OneOf("exit", Codes.GermanLevels), row.SomeOf("topics", Vocabulary.Topics), isco, Languages(row),
                [.. traits], conditions is [] ? null : string.Join("; ", conditions.Where(c => !Vocabulary.TraitsInConditions.ContainsKey(c.ToLowerInvariant()))) is { Length: > 0 } rest ? rest : null);
            if (offer is { Entry: { } entry, Exit: { } exit } && Level(exit) < Level(entry)) row.Fault("exit", "level-order", exit, entry);
            if (rows.ContainsKey(key)) row.Fault("id", "id-doubled", key);
            if (!row.Faulty) rows.Add(key, offer);
        }
        return [.. rows.Values];
    }

    private static int Level(string german) => Codes.GermanLevels.ToList().IndexOf(german);

    private static IReadOnlyList<string> Languages(CsvRow row)
    {
        var languages = row.List("languages");
        foreach (var language in languages.Where(l => !NeedsRules.IsLanguage(l)))
            row.Fault("languages", "language", language);
        return languages;
    }

    private static string? Email(CsvRow row)
    {
        var email = row.Text("email");
        if (email is not null && !NeedsRules.IsEmail(email)) row.Fault("email", "email", email);
        return email;
    }
}
