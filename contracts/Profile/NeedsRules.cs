using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace Matchmaking.Contracts.Profile;

/// <summary>One thing that is wrong with a Needs document.</summary>
/// <param name="Field">Path, as "german.speaking".</param>
/// <param name="Code">required, unknown-code, language, too-long, plain-text, too-many, out-of-range, wrong-order, email, phone.</param>
/// <param name="Arguments">What the text of the code mentions: the value and the possible ones, or a limit.</param>
public sealed record NeedsFault(string Field, string Code, IReadOnlyList<object> Arguments);

/// <summary>What makes a Needs document acceptable: known codes, sane lengths, the consent to be matched.</summary>
public static partial class NeedsRules
{
    public const int MaxEntries = 20, MaxDistrict = 60, MaxEmail = 254, MaxPhone = 30, MaxYears = 70;

    private static readonly HashSet<string> KnownLanguages =
        [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures).Select(c => c.Name).Where(n => n.Length > 0), .. Codes.Languages];

    /// <summary>
    /// As it is kept: what is "unknown" in a place where that is not a code of its own is not answered, and of a language tag the language is left.
    /// Nothing that is wrong becomes right by it.
    /// </summary>
    public static Needs Tidy(Needs needs) => needs with
    {
        Language = needs.Language is { } language ? Reduced(language) : null,
        ConversationLanguages = Known(needs.ConversationLanguages)?.Select(l => l is null ? null! : Reduced(l)).ToArray(),
        Goals = Known(needs.Goals),
        Topics = Known(needs.Topics),
        German = needs.German is { } german ? german with { Speaking = Codes.Known(german.Speaking), Reading = Codes.Known(german.Reading) } : null,
        Occupation = needs.Occupation is { } occupation ? occupation with { Isco = Codes.Known(occupation.Isco) } : null,
        District = Codes.Known(needs.District),
        Access = Known(needs.Access),
        Interpreter = needs.Interpreter is { } wish
            ? wish with { Language = Codes.Known(wish.Language) is { } spoken ? Reduced(spoken) : null, Gender = Codes.Known(wish.Gender) } : null,
        Contact = needs.Contact is { } contact ? contact with { Email = Codes.Known(contact.Email), Phone = Codes.Known(contact.Phone) } : null,
        Channel = Codes.Known(needs.Channel),
    };

    private static IReadOnlyList<string>? Known(IReadOnlyList<string>? values) =>
        values is not null && values.Contains(Codes.Unknown) ? [.. values.Where(v => v != Codes.Unknown)] : values;

    /// <summary>"uk-UA" as "uk". What does not look like a language tag stays as it is, to be refused.</summary>
    public static string Reduced(string tag)
    {
        if (!Tag().IsMatch(tag)) return tag;
        // Dari has a code of its own, but phones set to it say Persian of Afghanistan.
        if (tag.Equals("fa-AF", StringComparison.OrdinalIgnoreCase)) return "prs";
        return tag.Split('-')[0].ToLowerInvariant();
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,6}$")]
    private static partial Regex Tag();

    /// <returns>Every fault found, in the order of the fields; empty where all is well.</returns>
    public static IReadOnlyList<NeedsFault> Check(Needs needs)
    {
        var faults = new List<NeedsFault>();
        if (needs.Language is null) Fault("language", "required");
        else Language("language", needs.Language);
        if (needs.Consents is null) Fault("consents", "required");
        else
        {
            Each("consents", needs.Consents, Codes.Consents);
            if (!needs.Consents.Contains("matching")) Fault("consents", "consent-needed");
        }
        Languages("conversationLanguages", needs.ConversationLanguages);
        Each("goals", needs.Goals, Codes.Goals);
        Each("topics", needs.Topics, Codes.Topics);
        One("german.speaking", needs.German?.Speaking, [.. Codes.GermanLevels, Codes.Unknown]);
        One("german.reading", needs.German?.Reading, [.. Codes.GermanLevels, Codes.Unknown]);
        One("script", needs.Script, Codes.Scripts);
        One("coursePaper", needs.CoursePaper, Codes.CoursePapers);
        One("workNote", needs.WorkNote, Codes.WorkNotes);
        if (needs.Occupation?.Isco is { } isco && !(isco.Length is >= 1 and <= 4 && isco.All(char.IsAsciiDigit))) Fault("occupation.isco", "isco", isco);
        if (needs.Occupation?.Years is < 0 or > MaxYears) Fault("occupation.years", "out-of-range", 0, MaxYears);
        One("recognition", needs.Recognition, Codes.RecognitionStages);
        One("ageBand", needs.AgeBand, Codes.AgeBands);
        One("timeInGermany", needs.TimeInGermany, Codes.TimesInGermany);
        if (needs.Availability is { } times)
        {
            if (times.Count > MaxEntries) Fault("availability", "too-many", MaxEntries);
            for (var i = 0; i < Math.Min(times.Count, MaxEntries); i++)
                if (times[i] is not { } time) Fault($"availability[{i}]", "required");
                else if (time.From == default || time.To == default) Fault($"availability[{i}].{(time.From == default ? "from" : "to")}", "required");
                else if (time.To <= time.From) Fault($"availability[{i}].to", "wrong-order");
        }
        if (needs.District?.Length > MaxDistrict) Fault("district", "too-long", MaxDistrict);
        else if (needs.District?.Any(IsUnprintable) == true) Fault("district", "plain-text");
        Each("access", needs.Access, Codes.AccessNeeds);
        if (needs.Interpreter?.Language is { } spoken) Language("interpreter.language", spoken);
        One("interpreter.gender", needs.Interpreter?.Gender, Codes.InterpreterGenders);
        if (needs.Contact?.Email is { Length: > 0 } email && !IsEmail(email)) Fault("contact.email", "email");
        if (needs.Contact?.Phone is { Length: > 0 } phone && !IsPhone(phone)) Fault("contact.phone", "phone");
        One("channel", needs.Channel, Codes.Channels);
        return faults;

        void Fault(string field, string code, params object[] arguments) => faults.Add(new NeedsFault(field, code, arguments));

        void One(string field, string? value, IReadOnlyList<string> possible)
        {
            if (value is not null && !possible.Contains(value)) Fault(field, "unknown-code", Shown(value), string.Join(", ", possible));
        }

        void Each(string field, IReadOnlyList<string>? values, IReadOnlyList<string> possible)
        {
            if (values is null) return;
            if (values.Count > MaxEntries) Fault(field, "too-many", MaxEntries);
            foreach (var value in values.Take(MaxEntries))
                if (value is null || !possible.Contains(value)) Fault(field, "unknown-code", Shown(value), string.Join(", ", possible));
        }

        void Languages(string field, IReadOnlyList<string>? values)
        {
            if (values is null) return;
            if (values.Count > MaxEntries) Fault(field, "too-many", MaxEntries);
            foreach (var value in values.Take(MaxEntries)) Language(field, value);
        }

        void Language(string field, string? value)
        {
            if (value is null || !IsLanguage(value)) Fault(field, "language", Shown(value));
        }
    }

    /// <summary>A language tag that ICU or <see cref="Codes.Languages"/> knows, without a region.</summary>
    public static bool IsLanguage(string tag) => KnownLanguages.Contains(tag);

    /// <summary>Control characters, breaks of lines, and signs that turn the direction of what stands beside them.</summary>
    private static bool IsUnprintable(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    /// <summary>A plain address with a domain; display names and quotes are not accepted.</summary>
    public static bool IsEmail(string text) =>
        text.Length <= MaxEmail && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or ',' or ';')
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.') && !address.Host.EndsWith('.');

    private static bool IsPhone(string text) =>
        text.Length <= MaxPhone && text.Count(char.IsAsciiDigit) >= 5 && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '/' or '(' or ')');

    /// <summary>What was sent, short enough to be repeated in a message.</summary>
    private static string Shown(string? value) => value is null ? "null" : value.Length <= 40 ? value : value[..40] + "…";
}
