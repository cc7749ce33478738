using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Learning.Tables;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Quality;

/// <summary>One file of an export.</summary>
/// <param name="Columns">Each with what it means; what its cells are says <see cref="CaseFiles.KindOf"/>.</param>
internal sealed record RecordTable(string Name, IReadOnlyList<(string Name, string Means)> Columns, IEnumerable<IReadOnlyList<string>> Rows)
{
    public Task WriteParquetAsync(Stream to, CancellationToken cancel) => ParquetRows.WriteAsync(to, [.. Columns.Select(c => (c.Name, CaseFiles.KindOf(c.Name)))], Rows, cancel);

    /// <summary>As CSV, with its header.</summary>
    public IEnumerable<string> Lines => Rows.Select(CsvLines.LineOf).Prepend(CsvLines.LineOf(Columns.Select(c => c.Name)));
}

/// <summary>What beside the rows figures follow from: the catalogue as published, the rules published beside those of the program, and the settings.</summary>
/// <param name="MeetingsAtStand">null: written before there was such a number.</param>
/// <param name="Cuts">Where the pieces of time end.</param>
internal sealed record RecordFacts(
    DateTimeOffset At, int MeetingsAtOnce, int? MeetingsAtStand, IReadOnlyList<DateTimeOffset> Cuts, CataloguePublished Catalogue, IReadOnlyList<PackFile> Packs)
{
    [JsonIgnore]
    public MeetingCaps Caps => new(MeetingsAtOnce, MeetingsAtStand);
}

/// <summary>
/// A fair's record as tables. The first three are those of <see cref="CaseFiles"/>, which `evaluate` and `train` read: lists of who agreed to a review, shown
/// for the answers as they are now. All other places are in "counted": they are in totals, and nobody judges or learns by them.
/// Whose a row is stands in it as a pseudonym that is made with a salt of this export, which nobody keeps.
/// </summary>
internal sealed class RecordTables(FairRecord record, RulePackSet packs, MeetingCaps caps)
{
    public const string Visitors = "visitors", Offers = "offers", Outcomes = "outcomes", Counted = "counted", People = "people", Came = "came", Seats = "seats";

    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<DateOnly, RulesOfDay> _days = [];

    public IReadOnlyList<RecordTable> All =>
    [
        new(Visitors, [.. CaseFiles.Visitors.Select(c => (c, c == "visitor" ? "pseudonym, of this export alone" : "answer of the questionnaire, as its code; empty: not known"))],
            record.People.Select(p => ExportCases.Visitor(Pseudonym(p), p.Facts, new CaseGroups(p.Labels[3], p.Labels[4], p.Labels[5])).ToArray())),
        new(Offers, [.. CaseFiles.Offers.Select(c => (c, "of the offer or its stand, as published"))], Enumerable.Range(0, record.Fair.Snapshot.Count).Select(o => ExportCases.Offer(record.Fair.Snapshot, o, 0))),
        new(Outcomes, Places, Shown(learned: true)),
        new(Counted, Places, Shown(learned: false)),
        new(People,
            [
                ("visitor", "pseudonym; rows are in the order in which people came"), ("span", "piece of time in which the visitor came, at least 500 people each"), ("model", "that ranked the last list"), ("pack", "rule packs of the last list, by |"),
                ("language", "group"), ("german", "group"), ("age", "group"), ("channel", "kiosk or online"), ("reviewed", "yes: agreed that it is checked whether suggestions helped; else the own list is not judged"),
                ("firstAnswer", "from the first answers to the first answer of a stand, d.hh:mm:ss; empty: none"),
            ],
            record.People.Select(p => (IReadOnlyList<string>)[Pseudonym(p), .. p.Labels, CaseFiles.YesNo(p.Reviewed), p.FirstAnswer?.ToString("c", CultureInfo.InvariantCulture) ?? ""])),
        new(Came, [("visitor", "pseudonym"), ("offer", "wherever it was found: on a list, by a search, at the stand"), ("came", "what came of it, by ;"), ("useful", "how useful the meeting was, 1 to 5; empty: not said")],
            record.People.SelectMany(p => p.Came.Select(c => (IReadOnlyList<string>)[Pseudonym(p), c.Key.ToString(), CaseFiles.Join(CaseFiles.StepsOf(c.Value)), c.Value.Useful?.ToString(CultureInfo.InvariantCulture) ?? ""]))),
        new(Seats, [("exhibitor", "id of the stand"), ("all", "seats given"), ("free", "seats that could be booked when this was written")],
            record.Seats.Select(s => (IReadOnlyList<string>)[s.Key.ToString(), s.Value.All.ToString(CultureInfo.InvariantCulture), s.Value.Free.ToString(CultureInfo.InvariantCulture)])),
    ];

    private static (string, string)[] Places =>
    [
        ("visitor", "pseudonym"), ("offer", "id"), ("grade", "opened 1, requested 2, accepted 3, held 4, found useful 5; 0: nothing came of it"), ("time", "when the list was shown, ISO 8601"), ("position", "on the list, from 1"),
        ("propensity", "chance with which the offer stood on this place, above 0 to 1"), ("came", "opened, requested, accepted, declined, held, no-show, by ;"), ("useful", "1 to 5; empty: not said"),
        ("ranker", "baseline or model"), ("version", "of it"), ("day", "whose rules held"), ("full", "yes: nobody could ask, as no seat was free or the visitor had asked as often as one may, at all or at this stand; empty: not known"),
        ("list", "number of the visitor's list, by time"), ("packs", "rule packs, by ;"), ("candidates", "offers that could have stood on the list; empty: not known"),
    ];

    private IEnumerable<IReadOnlyList<string>> Shown(bool learned)
    {
        var c = record.Fair.Snapshot;
        for (var person = 0; person < record.People.Count; person++)
        {
            var p = record.People[person];
            for (var at = 0; at < p.Lists.Length; at++)
            {
                var list = p.Lists[at];
                string[] more = [(at + 1).ToString(CultureInfo.InvariantCulture), CaseFiles.Join(list.Packs), list.Candidates?.ToString(CultureInfo.InvariantCulture) ?? ""];
                var judged = p.Reviewed && list.ProfileVersion == p.Version;
                if (list.Offers.Count == 0 && !learned) yield return [.. Nothing(p, list), .. more];
                var shown = p.Case(at, person, c, RulesOf(list.Day), caps);
                for (var place = 0; place < list.Offers.Count; place++)
                    if (learned == (judged && c.TryOffer(list.Offers[place], out _))) yield return [.. ExportCases.Outcome(shown, Pseudonym(p), list.Offers[place].ToString(), place), .. more];
            }
        }
    }

    private string[] Nothing(Person p, ShownList list) =>
        [Pseudonym(p), "", "0", list.At.ToString("O", CultureInfo.InvariantCulture), "", "", "", "", list.RankerKind, list.RankerVersion, list.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ""];

    private string Pseudonym(Person p) => "v" + Convert.ToHexStringLower(HMACSHA256.HashData(_salt, p.Key.ToByteArray()))[..16];

    private RulesOfDay RulesOf(DateOnly day) => _days.TryGetValue(day, out var rules) ? rules : _days[day] = packs.At(day);
}
