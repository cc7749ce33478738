using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Visitor;

/// <summary>Answers that are not handed in yet, as they stand in a sealed cookie (below 4 KB). null or empty: not answered. "unknown" is a full answer.</summary>
public sealed record Draft
{
    public IReadOnlyList<string> Goals { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];
    public string? Speaking { get; init; }
    public bool? Certificate { get; init; }

    /// <summary>Of <see cref="Parts"/>: what was answered with "I don't know" and has no code of its own that would say so.</summary>
    public IReadOnlyList<string> Unsure { get; init; } = [];
    public string? Script { get; init; }
    public string? CoursePaper { get; init; }
    public string? WorkNote { get; init; }
    public string? Isco { get; init; }

    /// <summary>At a kiosk: the occupation that was searched for. Elsewhere it stands in the address; of a kiosk's addresses its browser keeps a history.</summary>
    public string? Sought { get; init; }
    public int? Years { get; init; }
    public string? Recognition { get; init; }
    public string? Age { get; init; }
    public string? Time { get; init; }

    /// <summary>Full hours of the fair's day that suit, in the fair's zone.</summary>
    public IReadOnlyList<int> Hours { get; init; } = [];
    public bool Childcare { get; init; }
    public IReadOnlyList<string> Access { get; init; } = [];

    /// <summary>Of <see cref="Codes.InterpreterGenders"/>; null: no interpreter wanted.</summary>
    public string? Interpreter { get; init; }
    public string? Email { get; init; }

    /// <summary>Not asked for on pages; where it came by the API it is shown and can be changed.</summary>
    public string? Phone { get; init; }
    public IReadOnlyList<string> Consents { get; init; } = [];

    // Not asked on pages either: what came by the API is not lost when somebody changes another answer here.
    public string? District { get; init; }
    public string? Reading { get; init; }

    /// <summary>Made when the last page is shown: what is handed in twice from it is one visitor.</summary>
    public string? Key { get; init; }

    /// <summary>Parts of a page that can be unknown by themselves.</summary>
    public static class Parts
    {
        public const string Certificate = "certificate";
        public const string Hours = "hours";
    }

    /// <summary>False where nothing was said yet: the language of the page is ticked from the start, and to look at the overview is no answer.</summary>
    public bool Says => Languages.Count > 1 || Goals.Count + Topics.Count + Unsure.Count + Hours.Count + Access.Count + Consents.Count > 0 || Certificate is not null || Years is not null || Childcare
        || new[] { Speaking, Script, CoursePaper, WorkNote, Isco, Recognition, Age, Time, Interpreter, Email, Phone }.Any(a => a is not null);

    public bool IsUnsure(string part) => Unsure.Contains(part);

    /// <returns>The draft in which this part is unknown, or is not.</returns>
    public Draft WithUnsure(string part, bool unsure) => this with { Unsure = [.. Unsure.Where(p => p != part), .. unsure ? [part] : Array.Empty<string>()] };

    public Needs ToNeeds(string language, bool kiosk, FairView? fair, TimeZoneInfo zone) => new()
    {
        Language = language,
        ConversationLanguages = Some(Languages),
        Goals = Some(Goals.Where(Codes.Goals.Contains)),
        Topics = Some(Topics.Where(Codes.Topics.Contains)),
        German = Speaking is null && Reading is null && Certificate is null ? null : new(Codes.GermanLevels.Contains(Speaking) ? Speaking : null, Reading, Certificate),
        Script = Script,
        CoursePaper = CoursePaper,
        WorkNote = WorkNote,
        Occupation = Isco is null or Codes.Unknown ? null : new(Isco, Years),
        Recognition = Recognition,
        AgeBand = Age,
        TimeInGermany = Time,
        Availability = fair is null || Hours.Count == 0 ? null : [.. Ranges(fair, zone)],
        District = District,
        Childcare = Childcare ? true : null,
        Access = Some(Access),
        Interpreter = Interpreter is null ? null : new(Languages.FirstOrDefault(l => l != "de") ?? language, Interpreter),
        Contact = string.IsNullOrWhiteSpace(Email) && string.IsNullOrWhiteSpace(Phone) ? null : new(Email, Phone),
        Consents = [.. Consents],
        Channel = kiosk ? "kiosk" : "online",
    };

    /// <summary>The way back: what was handed in, as it is asked. Its language is that of the page, and its channel where it is handed in again.</summary>
    public static Draft Of(Needs needs, FairView? fair, TimeZoneInfo zone) => new()
    {
        Goals = needs.Goals ?? [],
        Topics = needs.Topics ?? [],
        Languages = needs.ConversationLanguages ?? [],
        Speaking = needs.German?.Speaking,
        Reading = needs.German?.Reading,
        Certificate = needs.German?.Certificate,
        Script = needs.Script,
        CoursePaper = needs.CoursePaper,
        WorkNote = needs.WorkNote,
        Isco = needs.Occupation?.Isco,
        Years = needs.Occupation?.Years,
        Recognition = needs.Recognition,
        Age = needs.AgeBand,
        Time = needs.TimeInGermany,
        Hours = fair is null ? [] : [.. Enumerable.Range(0, 24).Where(hour => Cut(hour, fair, zone) is { } one && needs.Availability?.Any(r => r.From <= one.From && r.To >= one.To) == true)],
        District = needs.District,
        Childcare = needs.Childcare == true,
        Access = needs.Access ?? [],
        Interpreter = needs.Interpreter is null ? null : needs.Interpreter.Gender ?? "any",
        Email = needs.Contact?.Email,
        Phone = needs.Contact?.Phone,
        Consents = needs.Consents ?? [],
    };

    private static IReadOnlyList<string>? Some(IEnumerable<string> codes) => codes.ToArray() is { Length: > 0 } some ? some : null;

    /// <summary>An hour of the fair's day, cut to the fair's hours; null: it is outside of them.</summary>
    private static TimeRange? Cut(int hour, FairView fair, TimeZoneInfo zone)
    {
        var opens = TimeZoneInfo.ConvertTime(fair.Opens, zone);
        var closes = TimeZoneInfo.ConvertTime(fair.Closes, zone);
        var day = new DateTimeOffset(opens.Date, opens.Offset);
        DateTimeOffset from = day.AddHours(hour), to = day.AddHours(hour + 1);
        if (from < opens) from = opens;
        if (to > closes) to = closes;
        return from < to ? new(from, to) : null;
    }

    /// <summary>Hours side by side become one range.</summary>
    private IEnumerable<TimeRange> Ranges(FairView fair, TimeZoneInfo zone)
    {
        TimeRange? open = null;
        foreach (var hour in Hours.Order())
        {
            if (Cut(hour, fair, zone) is not { } one) continue;
            if (open is not null && open.To == one.From)
            {
                open = open with { To = one.To };
                continue;
            }
            if (open is not null) yield return open;
            open = one;
        }
        if (open is not null) yield return open;
    }
}
