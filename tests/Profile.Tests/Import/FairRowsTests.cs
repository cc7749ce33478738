using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Import;

namespace Matchmaking.Profile.Tests.Import;

/// <summary>From files to rows: what cannot be understood is named by row, column, found, expected and repair.</summary>
public sealed class FairRowsTests
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly DateOnly Monday = new(2026, 11, 23);

    public FairRowsTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData(",Name,advice,de,,,1,,,", "id", "")]
    [InlineData("b,,advice,de,,,1,,,", "name", "")]
    [InlineData("b,Name,,de,,,1,,,", "kind", "")]
    [InlineData("b,Name,circus,de,,,1,,,", "kind", "circus")]
    [InlineData("b,Name,advice,de;klingon,,,1,,,", "languages", "klingon")]
    [InlineData("b,Name,advice,de,,,0,,,", "tables", "0")]
    [InlineData("b,Name,advice,de,,,21,,,", "tables", "21")]
    [InlineData("b,Name,advice,de,,,two,,,", "tables", "two")]
    [InlineData("b,Name,advice,de,,,1,,stand;fax,", "formats", "fax")]
    [InlineData("b,Name,advice,de,,,1,,,not an address", "email", "not an address")]
    [InlineData("a,Name,advice,de,,,1,,,", "id", "a")]
    [InlineData("b,\"Name\nOrt: woanders\",advice,de,,,1,,,", "name", "Name…")]
    [InlineData("b,Name,advice,de,,,1,\"T1\r\nOrt: woanders\",,", "stand", "T1…")]
    [InlineData("b,Na\0me,advice,de,,,1,,,", "name", "U+0000")]
    [InlineData("b,Name,advice,de,Str\u0007aße 1,,1,,,", "address", "U+0007")]
    public void A_faulty_exhibitor_is_left_out_and_says_why(string row, string column, string found)
    {
        var issues = new List<ImportIssue>();
        var rows = FairRows.Exhibitors(CsvFiles.Utf8(CsvFiles.ExhibitorHeader + "a,Alpha,advice,de,,,1,,,\n" + row + "\nc,Gamma,office,,,,,,,\n"), issues);
        Assert.Equal(["a", "c"], rows.Select(r => r.Key));
        Named(Assert.Single(issues), "exhibitors.csv", 3, column, found);
    }

    [Theory]
    [InlineData(",a,advice,mbe,Titel,,,,,,,,", "id", "")]
    [InlineData("o,,advice,mbe,Titel,,,,,,,,", "exhibitorId", "")]
    [InlineData("o,nobody,advice,mbe,Titel,,,,,,,,", "exhibitorId", "nobody")]
    [InlineData("o,a,,mbe,Titel,,,,,,,,", "kind", "")]
    [InlineData("o,a,magic,mbe,Titel,,,,,,,,", "kind", "magic")]
    [InlineData("o,a,advice,,Titel,,,,,,,,", "type", "")]
    [InlineData("o,a,advice,integrationskurs,Titel,,,,,,,,", "type", "integrationskurs")]
    [InlineData("o,a,advice,mbe,,,,,,,,,", "title", "")]
    [InlineData("o,a,course,integrationskurs,Titel,A0,,,,,,,", "entry", "A0")]
    [InlineData("o,a,course,integrationskurs,Titel,,D1,,,,,,", "exit", "D1")]
    [InlineData("o,a,course,integrationskurs,Titel,B1,A2,,,,,,", "exit", "A2")]
    [InlineData("o,a,advice,mbe,Titel,,,astrology,,,,,", "topics", "astrology")]
    [InlineData("o,a,advice,mbe,\"Titel,,,,,,,,", "title", "\"Titel")]
    [InlineData("o,a,advice,mbe,\"Titel\" und mehr,,,,,,,,", "title", "\"Titel\" und mehr")]
    [InlineData("o,a,advice,mbe,Titel\",,,,,,,,", "title", "Titel\"")]
    [InlineData("o,a,advice,mbe,\"Titel\nund Titel\",,,,,,,,", "title", "Titel…")]
    [InlineData("o,a,advice,mbe,Ti\0tel,,,,,,,,", "title", "U+0000")]
    [InlineData("o,a,advice,mbe,Titel,,,,,an\u001bdere,,,", "conditions", "U+001B")]
    [InlineData("o,a,advice,mbe,Ti\u2028tel,,,,,,,,", "title", "Ti…")]
    [InlineData("o,a,employer,vacancy,Titel,,,,22214,,,,", "isco", "22214")]
    [InlineData("o,a,employer,vacancy,Titel,,,,22a,,,,", "isco", "22a")]
    [InlineData("o,a,advice,mbe,Titel,,,,,,,xx-unknown,", "languages", "xx-unknown")]
    [InlineData("o,a,advice,mbe,Titel,,,,,,,,splendid", "traits", "splendid")]
    [InlineData("first,a,advice,mbe,Titel,,,,,,,,", "id", "first")]
    public void A_faulty_offer_is_left_out_and_says_why(string row, string column, string found)
    {
        var issues = new List<ImportIssue>();
        var rows = FairRows.Offers(CsvFiles.Utf8(CsvFiles.OfferHeader + "first,a,advice,mbe,Titel,,,,,,,,\n" + row + "\nlast,a,advice,mbe,Titel,,,,,,,,\n"), new HashSet<string> { "a" }, issues);
        Assert.Equal(["first", "last"], rows.Select(r => r.Key));
        Named(Assert.Single(issues), "offers.csv", 3, column, found);
    }

    [Theory]
    [InlineData(",Name,Ort,2026-12-05,10:00,15:00,Europe/Berlin,de,90,false", "key", "")]
    [InlineData("k,,Ort,2026-12-05,10:00,15:00,Europe/Berlin,de,90,false", "name", "")]
    [InlineData("k,Name,Ort,5.12.2026,10:00,15:00,Europe/Berlin,de,90,false", "day", "5.12.2026")]
    [InlineData("k,Name,Ort,2026-12-05,10 Uhr,15:00,Europe/Berlin,de,90,false", "opens", "10 Uhr")]
    [InlineData("k,Name,Ort,2026-12-05,10:00,25:00,Europe/Berlin,de,90,false", "closes", "25:00")]
    [InlineData("k,Name,Ort,2026-12-05,15:00,10:00,Europe/Berlin,de,90,false", "closes", "10:00")]
    [InlineData("k,Name,Ort,2026-12-05,10:00,15:00,Leipzig,de,90,false", "zone", "Leipzig")]
    [InlineData("k,Name,Ort,2026-12-05,10:00,15:00,Europe/Berlin,de,many,false", "retainDays", "many")]
    [InlineData("k,Name,Ort,2026-12-05,10:00,15:00,Europe/Berlin,de,90,maybe", "demo", "maybe")]
    public void A_faulty_fair_is_not_taken_and_says_why(string row, string column, string found)
    {
        var issues = new List<ImportIssue>();
        Assert.Null(FairRows.Fair(CsvFiles.Of(fair: row), Monday, issues));
        Named(Assert.Single(issues), "fair.csv", 2, column, found);
    }

    [Theory]
    [InlineData("klingon")]
    public void A_fairs_languages_are_checked_like_all_others(string language)
    {
        var issues = new List<ImportIssue>();
        Assert.Null(FairRows.Fair(CsvFiles.Of(fair: $"k,Name,Ort,2026-12-05,10:00,15:00,Europe/Berlin,de;{language},90,false"), Monday, issues));
        Named(Assert.Single(issues), "fair.csv", 2, "languages", language);
    }

    [Theory]
    [InlineData(2026, 11, 23, 28)]  // Monday
    [InlineData(2026, 11, 27, 28)]  // Friday
    [InlineData(2026, 11, 28, 35)]  // Saturday: the one after it
    [InlineData(2026, 11, 29, 35)]  // Sunday
    public void Next_Saturday_is_the_coming_one(int year, int month, int day, int expected)
    {
        var fair = FairRows.Fair(CsvFiles.Of(fair: "k,Name,Ort,next saturday,10:00,15:00,,,,"), new(year, month, day), [])!;
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.FromHours(1)).AddDays(expected - 1), fair.Opens);
        Assert.Equal(fair.Opens.AddHours(5), fair.Closes);
    }

    [Fact]
    public void Hours_are_those_of_the_fairs_zone_in_summer_and_in_winter()
    {
        Assert.Equal(TimeSpan.FromHours(8), FairRows.Fair(CsvFiles.Of(fair: "k,Name,Ort,2026-06-20,10:00,15:00,,,,"), Monday, [])!.Opens.TimeOfDay);
        Assert.Equal(TimeSpan.FromHours(9), FairRows.Fair(CsvFiles.Of(fair: "k,Name,Ort,2026-12-19,10:00,15:00,,,,"), Monday, [])!.Opens.TimeOfDay);
    }

    [Theory]
    [InlineData("id;Bezeichnung;kind\na;Alpha;advice\n", "id,Bezeichnung,kind", "name")]
    [InlineData("id\tBezeichnung\tkind\na\tAlpha\tadvice\n", "id,Bezeichnung,kind", "name")]
    [InlineData("Nummer;Bezeichnung\n1;Alpha\n", "Nummer,Bezeichnung", "id")]
    public void What_separates_columns_is_seen_by_the_header_so_that_a_missing_column_is_told_as_such(string file, string found, string missing)
    {
        var issues = new List<ImportIssue>();
        Assert.Empty(FairRows.Exhibitors(CsvFiles.Utf8(file), issues));
        Assert.Contains(issues, i => (i.Code, i.Row, i.Column, i.Found) == ("column-missing", 1, missing, found));
        Assert.All(issues, i => Assert.Equal("column-missing", i.Code));
    }

    [Theory]
    [InlineData("sep=;\r\nid;name;kind\r\na;Müller, Schmidt & Co;advice\r\nb;Beta;circus\r\n", "Müller, Schmidt & Co")]
    [InlineData("\"sep=\t\"\nid\tname\tkind\na\tAlpha\tadvice\nb\tBeta\tcircus\n", "Alpha")]
    [InlineData("SEP=,\nid,name,kind\na,Alpha,advice\nb,Beta,circus\n", "Alpha")]
    public void A_line_in_which_Excel_says_what_separates_is_heeded_and_lines_keep_their_numbers(string file, string name)
    {
        var issues = new List<ImportIssue>();
        Assert.Equal(name, Assert.Single(FairRows.Exhibitors(CsvFiles.Utf8(file), issues)).Name);
        Named(Assert.Single(issues), "exhibitors.csv", 4, "kind", "circus");
    }

    [Fact]
    public void Unicode_text_of_the_other_byte_order_is_read_too()
    {
        var issues = new List<ImportIssue>();
        byte[] file = [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("id;name;kind\r\na;Бюро;office\r\n")];
        Assert.Equal("Бюро", Assert.Single(FairRows.Exhibitors(file, issues)).Name);
        Assert.Empty(issues);
    }

    [Fact]
    public void A_file_as_a_German_Excel_writes_it_is_read()
    {
        var issues = new List<ImportIssue>();
        var file = Western.GetBytes("id;name;kind;languages;tables\r\na;Bürgeramt „Süd“ – Größe 5 €;office;\"de;uk\";2\r\nb;Straße;nothing;;\r\n;;;;\r\n;;;;\r\n");
        var read = Assert.Single(FairRows.Exhibitors(file, issues));
        Assert.Equal(("a", "Bürgeramt „Süd“ – Größe 5 €", 2), (read.Key, read.Name, read.Tables));
        Assert.Equal(["de", "uk"], read.Languages);
        Named(Assert.Single(issues), "exhibitors.csv", 3, "kind", "nothing");
    }

    [Fact]
    public void Unicode_text_of_an_Excel_is_read()
    {
        var issues = new List<ImportIssue>();
        byte[] file = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("id\tname\tkind\r\na\tБюро, Bürgeramt\toffice\r\n")];
        Assert.Equal("Бюро, Bürgeramt", Assert.Single(FairRows.Exhibitors(file, issues)).Name);
        Assert.Empty(issues);
    }

    [Fact]
    public void Issues_are_told_in_the_language_of_the_caller()
    {
        var german = Tell("de");
        Assert.Equal("eines von office, advice, employer, language-school, training, association", german.Expected);
        Assert.Equal("Nehmen Sie eines dieser Wörter.", german.Repair);
        Assert.Equal("Use one of these words.", Tell("en").Repair);
        Assert.Equal(german, Tell("tr"));

        static ImportIssue Tell(string language)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var issues = new List<ImportIssue>();
            FairRows.Exhibitors(CsvFiles.Utf8(CsvFiles.ExhibitorHeader + "a,Alpha,circus,de,,,1,,,\n"), issues);
            return Assert.Single(issues);
        }
    }

    [Fact]
    public void German_and_English_have_the_same_texts_with_the_same_places()
    {
        var texts = new ResourceManager("Matchmaking.Profile.Texts.Import", typeof(FairRows).Assembly);
        var german = All(CultureInfo.InvariantCulture);
        var english = All(CultureInfo.GetCultureInfo("en"));
        Assert.Equal(german.Keys.Order(), english.Keys.Order());
        Assert.All(german, t => Assert.Equal(Regex.Matches(t.Value, @"\{\d\}").Select(m => m.Value).Order(), Regex.Matches(english[t.Key], @"\{\d\}").Select(m => m.Value).Order()));

        Dictionary<string, string> All(CultureInfo culture) =>
            texts.GetResourceSet(culture, true, false)!.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);
    }

    [Fact]
    public void A_file_in_a_code_page_that_cannot_be_told_is_named_as_such()
    {
        var issues = new List<ImportIssue>();
        byte[] cyrillic = [.. CsvFiles.Utf8(CsvFiles.ExhibitorHeader + "a,"), 0xCA, 0xF3, 0xF0, 0xF1, .. CsvFiles.Utf8(",office,,,,,,,\n")]; // "Курс" in Windows-1251
        Assert.Empty(FairRows.Exhibitors(cyrillic, issues));
        Named(Assert.Single(issues), "exhibitors.csv", 0, "", "bytes that are not UTF-8");
    }

    [Fact]
    public void A_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_Windows_does()
    {
        var issues = new List<ImportIssue>();
        byte[] file = [0xEF, 0xBB, 0xBF, .. CsvFiles.Utf8((CsvFiles.ExhibitorHeader + "a,Alpha,advice,de,,,1,,,\n").Replace("\n", "\r\n", StringComparison.Ordinal))];
        Assert.Equal("a", Assert.Single(FairRows.Exhibitors(file, issues)).Key);
        Assert.Empty(issues);
    }

    [Fact]
    public void An_empty_file_is_named_as_such()
    {
        var issues = new List<ImportIssue>();
        Assert.Empty(FairRows.Exhibitors([], issues));
        Named(Assert.Single(issues), "exhibitors.csv", 0, "", "an empty file");
    }

    [Fact]
    public async Task One_quotation_mark_too_many_costs_the_row_it_stands_in_and_no_other()
    {
        var issues = new List<ImportIssue>();
        var rows = FairRows.Offers(CsvFiles.Utf8((await LeipzigAsync()).Replace("Bürgeramt auf Englisch", "\"Bürgeramt auf Englisch", StringComparison.Ordinal)), null, issues);
        Assert.Equal(30, rows.Count);
        Named(Assert.Single(issues), "offers.csv", 3, "title", "\"Bürgeramt auf Englisch");
        Assert.Equal("a closing quotation mark", issues[0].Expected);
    }

    [Fact]
    public async Task Two_quotation_marks_too_many_do_not_make_one_offer_of_two()
    {
        // At the beginning of one title and at the end of the next: by the letter of the standard a single cell of two lines.
        var text = (await LeipzigAsync()).Replace("Bürgeramt auf Englisch", "\"Bürgeramt auf Englisch", StringComparison.Ordinal);
        foreach (var second in (string[])["\"Arbeits- und Sozialrecht für Beschäftigte aus der EU", "Arbeits- und Sozialrecht für Beschäftigte aus der EU\""])
        {
            var issues = new List<ImportIssue>();
            var rows = FairRows.Offers(CsvFiles.Utf8(text.Replace("Arbeits- und Sozialrecht für Beschäftigte aus der EU", second, StringComparison.Ordinal)), null, issues);
            Assert.Equal([(3, "title"), (4, "title")], issues.Select(i => (i.Row, i.Column)));
            Assert.All(issues, i => Assert.Equal("a closing quotation mark", i.Expected));
            Assert.Equal(29, rows.Count);
            Assert.DoesNotContain(rows, r => r.Title.Contains('\n'));
        }
    }

    /// <summary>A mark anywhere in Leipzig's offers: every row that is not the same any more is told, and every line is either read or told.</summary>
    [Fact]
    public async Task Wherever_a_quotation_mark_falls_no_row_is_lost_in_silence()
    {
        var text = await LeipzigAsync();
        var sound = FairRows.Offers(CsvFiles.Utf8(text), null, []).ToDictionary(r => r.Key, r => r.Title);
        for (var at = text.IndexOf('\n') + 1; at < text.Length; at += 7)
        {
            var issues = new List<ImportIssue>();
            var rows = FairRows.Offers(CsvFiles.Utf8(text.Insert(at, "\"")), null, issues);
            var told = issues.Where(i => i.Skipped).Select(i => i.Row).Distinct().Count();
            Assert.True(told is 1 && rows.Count == sound.Count - 1, $"at {at}: {rows.Count} rows, {told} told");
            Assert.All(rows, r => Assert.Equal(sound[r.Key], r.Title));
        }
    }

    private static async Task<string> LeipzigAsync() => Encoding.UTF8.GetString((await CsvFiles.FolderAsync("leipzig")).Offers!);

    [Fact]
    public void Lines_that_cannot_be_told_from_an_open_cell_are_all_named()
    {
        var issues = new List<ImportIssue>();
        var rows = FairRows.Exhibitors(CsvFiles.Utf8(CsvFiles.ExhibitorHeader + "a,\"Alpha,advice,de,,,1,,,\nund Beta\n\nb,Beta\nc,Gamma,office,,,,,,,\n"), issues);
        Assert.Equal("c", Assert.Single(rows).Key);
        Assert.Equal([(2, "quote"), (3, "quote-lost"), (5, "quote-lost")], issues.Select(i => (i.Row, i.Code)));
    }

    [Fact]
    public void An_address_on_several_lines_becomes_one_and_lines_are_counted_on()
    {
        var issues = new List<ImportIssue>();
        var rows = FairRows.Exhibitors(CsvFiles.Utf8(CsvFiles.ExhibitorHeader
            + "a,Alpha,advice,de,\"Straße 1, Hof\r\n\r\n 04109 Leipzig\",,1,,,\n" // lines 2 to 4
            + "\n"                                                            // 5, empty
            + "b,Beta,circus,de,,,1,,,\n"                                     // 6
            + "c,Gamma,circus,de,,,1,,,\n"), issues);                         // 7
        Assert.Equal("Straße 1, Hof 04109 Leipzig", Assert.Single(rows).Address);
        Assert.Equal([6, 7], issues.Select(i => i.Row));
    }

    [Fact]
    public void Quotation_marks_that_belong_to_a_text_are_kept()
    {
        var issues = new List<ImportIssue>();
        var rows = FairRows.Exhibitors(CsvFiles.Utf8(CsvFiles.ExhibitorHeader + "a, \"Verein \"\"Brücke\"\", e.V.\" ,advice,de,,,1,,,\nb,Verein \"Brücke\" e.V.,advice,,,,,,,\n"), issues);
        Assert.Empty(issues);
        Assert.Equal(["Verein \"Brücke\", e.V.", "Verein \"Brücke\" e.V."], rows.Select(r => r.Name));
    }

    [Theory, InlineData("id,name,kind,Name\na,Alpha,advice,Beta\n", "name", "name, Name"), InlineData("id,name,name,kind\na,Alpha,Beta,advice\n", "name", "name, name")]
    public void A_column_that_stands_twice_is_told(string file, string column, string found)
    {
        var issues = new List<ImportIssue>();
        Assert.Empty(FairRows.Exhibitors(CsvFiles.Utf8(file), issues));
        Named(Assert.Single(issues), "exhibitors.csv", 1, column, found);
    }

    [Theory]
    [InlineData("k,Name,Ort,2026-11-22,10:00,15:00,Europe/Berlin,de,90,false", "day", "2026-11-22")]
    [InlineData("k,Name,Ort,2026-12-05,10:00,10:05,Europe/Berlin,de,90,false", "closes", "10:00-10:05")]
    public void A_fair_that_is_odd_is_taken_with_a_note(string row, string column, string found)
    {
        var issues = new List<ImportIssue>();
        Assert.NotNull(FairRows.Fair(CsvFiles.Of(fair: row), Monday, issues));
        var note = Assert.Single(issues);
        Assert.Equal((2, column, found, false), (note.Row, note.Column, note.Found, note.Skipped));
    }

    [Fact]
    public void A_missing_comma_is_named_by_its_row()
    {
        var issues = new List<ImportIssue>();
        Assert.Empty(FairRows.Exhibitors(CsvFiles.Utf8(CsvFiles.ExhibitorHeader + "a,Alpha,advice,de,,1,,,\n"), issues));
        Named(Assert.Single(issues), "exhibitors.csv", 2, "", "9 cells");
    }

    [Fact]
    public void Unknown_columns_are_noted_and_harm_nothing()
    {
        var issues = new List<ImportIssue>();
        Assert.Single(FairRows.Exhibitors(CsvFiles.Utf8("id,name,kind,colour\na,Alpha,advice,blue\n"), issues));
        var note = Assert.Single(issues);
        Assert.Equal((1, "colour", false), (note.Row, note.Column, note.Skipped));
    }

    private static void Named(ImportIssue issue, string file, int row, string column, string found)
    {
        Assert.Equal((file, row, column, found, true), (issue.File, issue.Row, issue.Column, issue.Found, issue.Skipped));
        Assert.NotEmpty(issue.Expected);
        Assert.NotEmpty(issue.Repair);
    }
}
