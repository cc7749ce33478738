using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Texts;

namespace Matchmaking.Profile.Import;

internal sealed record FairRow(string Key, string Name, string Place, DateTimeOffset Opens, DateTimeOffset Closes, string Zone, IReadOnlyList<string> Languages, int RetainDays, bool Demo, GeoPoint? At);

internal sealed record ExhibitorRow(
    string Key, string Name, string Kind, IReadOnlyList<string> Languages, string? Address, int Tables, string? Stand, IReadOnlyList<string> Formats, string? Email, GeoPoint? At);

/// <summary>From files to rows: pure, and every cell that is not understood leaves an issue.</summary>
internal static class FairRows
{
    private static readonly string[] FairColumns = ["key", "name", "place", "day", "opens", "closes", "zone", "languages", "retainDays", "demo", "latitude", "longitude"];
    private static readonly string[] ExhibitorColumns = ["id", "name", "kind", "languages", "address", "source", "tables", "stand", "formats", "email", "latitude", "longitude"];
    private static readonly string[] OfferColumns = ["id", "exhibitorId", "kind", "type", "title", "entry", "exit", "topics", "isco", "conditions", "source", "languages", "traits"];

    /// <summary>A meeting takes twenty minutes: shorter than a few of them is more likely a slip.</summary>
    private static readonly TimeSpan ShortFair = TimeSpan.FromHours(1);

    public static FairRow? Fair(FairFiles files, DateOnly today, List<ImportIssue> issues)
    {
        if (files.Fair is null) return Fair(files.Name, files.Name, "", NextSaturday(today), new(10, 0), new(15, 0), "Europe/Berlin", Words.Languages, 90, demo: false, at: null);
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
        var at = Point(row);
        return row.Faulty ? null : Fair(key, name, place, day, opens, closes, zone, languages, retain, demo, at);
    }

    private static FairRow Fair(string key, string name, string place, DateOnly day, TimeOnly opens, TimeOnly closes, string zone, IReadOnlyList<string> languages, int retainDays, bool demo, GeoPoint? at)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return new FairRow(key, name, place, At(opens), At(closes), zone, languages, retainDays, demo, at);

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
                row.SomeOf("formats", Codes.Formats) is { Count: > 0 } formats ? formats : ["stand"], Email(row), Point(row));
            if (exhibitor is { At: not null, Address: null }) row.Fault("address", "point-without-address", "");
            if (rows.ContainsKey(key)) row.Fault("id", "id-doubled", key);
            if (!row.Faulty) rows.Add(key, exhibitor);
        }
        return [.. rows.Values];
    }

    /// <param name="exhibitors">Ids that an offer may name; null where they are not known, and none is wrong.</param>
    public static IReadOnlyList<OfferRow> Offers(byte[] bytes, IReadOnlySet<string>? exhibitors, List<ImportIssue> issues)
    {
        var rows = new Dictionary<string, OfferRow>();
        string[] known = [.. OfferColumns, .. OfferCodes.TitleLanguages.Select(OfferRow.TitleColumn)];
        foreach (var row in CsvTable.Read(FairFiles.OffersCsv, bytes, ["id", "exhibitorId", "kind", "type", "title"], known, issues)?.Rows ?? [])
        {
            var key = row.Required("id", 60);
            var exhibitor = row.Required("exhibitorId", 60);
            if (exhibitor.Length > 0 && exhibitors?.Contains(exhibitor) == false) row.Fault("exhibitorId", "exhibitor-unknown", exhibitor, FairFiles.ExhibitorsCsv);
            var offer = OfferRow.Of(row, key, exhibitor);
            if (rows.ContainsKey(key)) row.Fault("id", "id-doubled", key);
            if (!row.Faulty) rows.Add(key, offer);
        }
        return [.. rows.Values];
    }

    public static IReadOnlyList<string> Languages(CsvRow row)
    {
        var languages = row.List("languages");
        foreach (var language in languages.Where(l => !NeedsRules.IsLanguage(l)))
            row.Fault("languages", "language", language);
        return languages;
    }

    /// <summary>Both or none: half a point is nowhere. The numbers are written with a point, as maps give them; a comma of a German spreadsheet is understood.</summary>
    private static GeoPoint? Point(CsvRow row)
    {
        var (latitude, longitude) = (row.Degrees("latitude", 90), row.Degrees("longitude", 180));
        if (latitude is { } north && longitude is { } east) return new GeoPoint(north, east);
        foreach (var (here, column, other) in (ReadOnlySpan<(double?, string, string)>)[(latitude, "latitude", "longitude"), (longitude, "longitude", "latitude")])
            if (here is null && row.Text(column) is null && row.Text(other) is not null) row.Fault(column, "point-half", "", other);
        return null;
    }

    private static string? Email(CsvRow row)
    {
        var email = row.Text("email");
        if (email is not null && !NeedsRules.IsEmail(email)) row.Fault("email", "email", email);
        return email;
    }
}
