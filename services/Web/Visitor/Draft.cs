using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Visitor;

/// <summary>Answers so far, as they stand in a sealed cookie (below 4 KB). null or empty: not answered. "unknown" is a full answer.</summary>
public sealed record Draft
{
    public IReadOnlyList<string> Goals { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];
    public string? Speaking { get; init; }
    public bool? Certificate { get; init; }
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
    public IReadOnlyList<string> Consents { get; init; } = [];

    /// <summary>Made when the last page is shown: what is handed in twice from it is one visitor.</summary>
    public string? Key { get; init; }

    public Needs ToNeeds(string language, bool kiosk, FairView? fair, TimeZoneInfo zone) => new()
    {
        Language = language,
        ConversationLanguages = Some(Languages),
        Goals = Some(Goals.Where(Codes.Goals.Contains)),
        Topics = Some(Topics.Where(Codes.Topics.Contains)),
        German = Speaking is null && Certificate is null ? null : new(Codes.GermanLevels.Contains(Speaking) ? Speaking : null, null, Certificate),
        Script = Script,
        CoursePaper = CoursePaper,
        WorkNote = WorkNote,
        Occupation = Isco is null or Codes.Unknown ? null : new(Isco, Years),
        Recognition = Recognition,
        AgeBand = Age,
        TimeInGermany = Time,
        Availability = fair is null || Hours.Count == 0 ? null : [.. Ranges(fair, zone)],
        Childcare = Childcare ? true : null,
        Access = Some(Access),
        Interpreter = Interpreter is null ? null : new(Languages.FirstOrDefault(l => l != "de") ?? language, Interpreter),
        Contact = string.IsNullOrWhiteSpace(Email) ? null : new(Email),
        Consents = [.. Consents],
        Channel = kiosk ? "kiosk" : "online",
    };

    private static IReadOnlyList<string>? Some(IEnumerable<string> codes) => codes.ToArray() is { Length: > 0 } some ? some : null;

    /// <summary>Hours side by side become one range, cut to the fair's hours.</summary>
    private IEnumerable<TimeRange> Ranges(FairView fair, TimeZoneInfo zone)
    {
        var opens = TimeZoneInfo.ConvertTime(fair.Opens, zone);
        var closes = TimeZoneInfo.ConvertTime(fair.Closes, zone);
        var day = new DateTimeOffset(opens.Date, opens.Offset);
        TimeRange? open = null;
        foreach (var hour in Hours.Order())
        {
            DateTimeOffset from = day.AddHours(hour), to = day.AddHours(hour + 1);
            if (from < opens) from = opens;
            if (to > closes) to = closes;
            if (from >= to) continue;
            if (open is not null && open.To == from)
            {
                open = open with { To = to };
                continue;
            }
            if (open is not null) yield return open;
            open = new(from, to);
        }
        if (open is not null) yield return open;
    }
}
