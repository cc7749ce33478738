using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Contracts.Texts;
using Matchmaking.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Matchmaking.Web.Components;

/// <summary>
/// What every component says and how: texts by key, times in the fair's zone, and names in another script set apart, because a page from right to left
/// otherwise tears "A2" or "20.6" apart (look/README: right to left and mixed scripts).
/// </summary>
public abstract partial class View : ComponentBase
{
    private const char Isolate = '\u2068', IsolateEnd = '\u2069', Piece = '\ufffc';
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    [Inject] private protected Visit Visit { get; set; } = default!;
    [Inject] private protected Assets Files { get; set; } = default!;

    /// <summary>Where a part of a page is shown as people of another language see it; null: the language of the page.</summary>
    [CascadingParameter(Name = "Tongue")] private protected string? Tongue { get; set; }

    private protected string Language => Tongue ?? Visit.Language;

    private protected bool Rtl => Tongue is null ? Visit.Rtl : Tongues.Direction(Tongue) == "rtl";

    /// <summary>A text for attributes: plain.</summary>
    protected string S(string key, params object[] values) => Pages.Find(key, CultureInfo.GetCultureInfo(Language)) is not { } text ? key : values.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, values);

    /// <summary>A text for the page: encoded, other scripts set apart.</summary>
    protected MarkupString T(string key, params object[] values) => Say(S(key, values));

    protected bool Has(string key) => Pages.Find(key, CultureInfo.CurrentUICulture) is not null;

    /// <summary>The text of a code, or the code itself where a newer service says one that is not known here.</summary>
    protected MarkupString Word(string group, string code) => Say(WordPlain(group, code));

    protected string WordPlain(string group, string code) => Has($"{group}.{code}") ? S($"{group}.{code}") : code;

    /// <summary>The name of an occupation in the language of the page; null where the list of occupations does not have its code.</summary>
    protected string? Occupation(string? isco) => OccupationList.Find(isco)?.In(Language).Name;

    protected string List(IEnumerable<string> words) => Words.List(words, Language);

    protected string Languages(IEnumerable<string> codes) => List(codes.Select(c => WordPlain("lang", c)));

    /// <summary>Any text, ours or a service's, as the page's language needs it.</summary>
    protected MarkupString Say(string? text)
    {
        if (text is null) return default;
        return Rtl ? SetApart(text) : new(Encoder.Encode(text));
    }

    /// <summary>A text for a page from right to left.</summary>
    internal static MarkupString SetApart(string text)
    {
        // Nothing of the page's own script in it: a German sentence, set as one.
        if (!HasOwnScript(text) && text.Count(char.IsLetter) > 2) return De(text.Trim(Isolate, IsolateEnd));
        var html = new System.Text.StringBuilder();
        var at = 0;
        foreach (Match run in Foreign().Matches(text))
        {
            html.Append(Encoder.Encode(text[at..run.Index]));
            at = run.Index + run.Length;
            // What a service has set apart as somebody's own words is one piece, with its full stops and brackets.
            if (run.Value[0] == Isolate)
            {
                var own = run.Value.Trim(Isolate, IsolateEnd);
                html.Append(HasOwnScript(own) ? $"<bdi>{Encoder.Encode(own)}</bdi>" : De(own).Value);
                continue;
            }
            var isName = run.Value.Count(char.IsLetter) > 2;
            html.Append(isName ? "<bdi lang=\"de\" dir=\"ltr\">" : "<bdi dir=\"ltr\">").Append(Encoder.Encode(run.Value)).Append("</bdi>");
        }
        return new(html.Append(Encoder.Encode(text[at..])).ToString());
    }

    private static bool HasOwnScript(string text) => text.Any(c => c is >= '\u0590' and <= '\u08ff');

    /// <summary>German as it stands on a sign or in a name.</summary>
    protected static MarkupString De(string? text) => new($"<bdi lang=\"de\" dir=\"ltr\">{Encoder.Encode(text ?? "")}</bdi>");

    /// <summary>A title in the language of the page, or in German where there is none: set as such, for whoever reads it aloud.</summary>
    protected MarkupString Titled(string title, string titleDe) => title == titleDe && Language != "de" ? De(title) : Say(title);

    /// <summary>A sentence with a piece in it that speaks for itself, as a title in another language; it stands in the last of the places.</summary>
    protected MarkupString With(string key, MarkupString piece, params object[] values)
    {
        var around = S(key, [.. values, Piece.ToString()]).Split(Piece, 2);
        return new(Say(around[0]).Value + piece.Value + (around.Length > 1 ? Say(around[1]).Value : ""));
    }

    /// <summary>From which German to which: "ab B1", "bis A2", "von A2 bis B1". One of the two is there.</summary>
    protected string Levels(string? entry, string? exit) => (entry, exit) switch
    {
        (null or "none", { } to) => S("offer.to", to),
        ({ } from, null) => S("offer.from", from == "none" ? S("german.none") : from),
        var (from, to) => S("offer.from-to", from!, to!),
    };

    protected string Clock(DateTimeOffset at) => Visit.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    protected string Weekday(DateTimeOffset at) => Words.Weekday(Visit.Local(at), Language);

    /// <summary>"20. Juni".</summary>
    protected string DayMonth(DateTimeOffset at) => Words.DayMonth(Visit.Local(at), Language);

    /// <summary>"Samstag, 20. Juni".</summary>
    protected string LongDay(DateTimeOffset at) => Words.LongDay(Visit.Local(at), Language);

    /// <summary>"9. Februar 2026".</summary>
    protected string Date(DateOnly day) => Words.Date(day, Language);

    /// <summary>The hour without minutes where it is full: "10", "10:30".</summary>
    protected string Hour(DateTimeOffset at) => Visit.Local(at) is { Minute: 0 } full ? full.Hour.ToString(CultureInfo.InvariantCulture) : Clock(at);

    protected string Machine(DateTimeOffset at) => Visit.Local(at).ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture);

    protected string FairName => Visit.Fair?.Name ?? "Integrationsmesse";

    /// <summary>"20.6., 10–15 Uhr": short enough for the head of a phone.</summary>
    protected string FairHours => Visit.Fair is not { } fair ? ""
        : S("brand.when", string.Format(CultureInfo.CurrentCulture, Words.In("date.brand", Visit.Language), Weekday(fair.Opens), Visit.Local(fair.Opens).Day, Visit.Local(fair.Opens).Month),
            Hour(fair.Opens), Hour(fair.Closes));

    // Latin words and codes ("BAMF", "A2", "§44 AufenthG"), and digits with signs between them ("20.6"), which would be reordered.
    [GeneratedRegex(@"\u2068[^\u2069]*\u2069|(?:[A-Za-zÀ-ž§][A-Za-zÀ-ž0-9§%&/.:+@–-]*|\d+(?:[.:/–-]\d+)+)(?: [A-Za-zÀ-ž0-9§(][A-Za-zÀ-ž0-9§%&/.:+@()–-]*)*(?<![.:(–-])")]
    private static partial Regex Foreign();
}
