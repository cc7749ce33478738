using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Notification.Tests;

/// <summary>
/// A second reader of calendar files, written from RFC 5545 and RFC 5546 alone and not with the library that writes them: it refuses what a strict
/// calendar program would, and tells why.
/// </summary>
internal sealed partial record StrictCalendar(string Method, StrictEvent Event)
{
    private const int LongestLine = 75; // octets, RFC 5545 3.1

    /// <summary>What a calendar's own lines may be called once, and what must be there.</summary>
    private static readonly string[] CalendarOnce = ["VERSION", "PRODID", "METHOD", "CALSCALE"];

    /// <summary>RFC 5545 3.6.1: at most once in an event.</summary>
    private static readonly string[] EventOnce = ["UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SEQUENCE", "STATUS", "SUMMARY", "DESCRIPTION", "LOCATION", "ORGANIZER", "CLASS", "CREATED", "LAST-MODIFIED", "PRIORITY", "TRANSP", "URL"];

    public static StrictCalendar Read(string text)
    {
        var lines = Unfold(text).ToList();
        Require(lines[0] is { Name: "BEGIN", Value: "VCALENDAR" } && lines[^1] is { Name: "END", Value: "VCALENDAR" }, "not one calendar");
        var begin = lines.FindIndex(l => l is { Name: "BEGIN", Value: "VEVENT" });
        var end = lines.FindIndex(l => l is { Name: "END", Value: "VEVENT" });
        Require(begin > 0 && end > begin && lines.Count(l => l.Name == "BEGIN") == 2, "one event and nothing else: no VTIMEZONE is needed where all times are UTC");
        var head = lines[1..begin];
        var body = lines[(begin + 1)..end];
        Require(head.All(l => CalendarOnce.Contains(l.Name)) && head.DistinctBy(l => l.Name).Count() == head.Count, "a calendar's own line that does not belong there");
        Require(One(head, "VERSION") == "2.0" && One(head, "PRODID").Length > 0, "VERSION and PRODID");
        foreach (var name in EventOnce) Require(body.Count(l => l.Name == name) <= 1, $"{name} more than once");
        Require(body.All(l => EventOnce.Contains(l.Name) || l.Name == "ATTENDEE"), "a line of an event that nobody needs");

        var method = One(head, "METHOD");
        var read = new StrictEvent(
            One(body, "UID"), int.Parse(One(body, "SEQUENCE"), NumberStyles.None, CultureInfo.InvariantCulture), One(body, "STATUS"), Utc(One(body, "DTSTAMP")),
            Utc(One(body, "DTSTART")), Utc(One(body, "DTEND")), Plain(One(body, "SUMMARY")), body.Find(l => l.Name == "LOCATION")?.Value is { } place ? Plain(place) : null,
            body.Find(l => l.Name == "ORGANIZER")?.Value, [.. body.Where(l => l.Name == "ATTENDEE")]);
        Require(read.End > read.Start, "DTEND not after DTSTART");
        Require(!body.Exists(l => l.Name == "DURATION"), "DTEND and DURATION");
        switch (method)
        {
            case "REQUEST": // RFC 5546 3.2.2
                Require(read.Organizer is not null && read.Attendees.Count >= 1, "a REQUEST has one ORGANIZER and at least one ATTENDEE");
                Require(read.Status is "TENTATIVE" or "CONFIRMED", "a REQUEST is TENTATIVE or CONFIRMED");
                break;
            case "CANCEL": // RFC 5546 3.2.5
                Require(read.Organizer is not null && read.Attendees.Count >= 1, "a CANCEL names its ORGANIZER and whose entry goes");
                Require(read.Status == "CANCELLED", "a CANCEL of the whole event is CANCELLED");
                Require(read.Sequence > 0, "a CANCEL has a SEQUENCE that has grown");
                break;
            case "PUBLISH": // RFC 5546 3.2.1
                Require(read.Attendees.Count == 0, "a PUBLISH has no ATTENDEE");
                break;
            default:
                throw new FormatException($"METHOD {method}");
        }
        return new StrictCalendar(method, read);
    }

    private static IEnumerable<Line> Unfold(string text)
    {
        Require(text.EndsWith("\r\n", StringComparison.Ordinal), "the last line is not ended");
        Require(!text.Replace("\r\n", "", StringComparison.Ordinal).Any(c => c is '\r' or '\n'), "a line break that is not CRLF");
        var logical = new List<string>();
        foreach (var line in text[..^2].Split("\r\n"))
        {
            Require(Encoding.UTF8.GetByteCount(line) <= LongestLine, $"a line of more than {LongestLine} octets");
            Require(line.Length > 0 && !line.Any(c => char.IsControl(c) && c != '\t'), "an empty line or a control character");
            if (line[0] is ' ' or '\t') logical[^1] += line[1..];
            else logical.Add(line);
        }
        return logical.Select(l => ContentLine().Match(l) is { Success: true } m
            ? new Line(m.Groups["name"].Value, m.Groups["parameters"].Value, m.Groups["value"].Value)
            : throw new FormatException("not a content line: " + l));
    }

    private static string One(IEnumerable<Line> lines, string name) => lines.SingleOrDefault(l => l.Name == name)?.Value ?? throw new FormatException($"{name} is missing");

    private static DateTimeOffset Utc(string value) => DateTimeOffset.ParseExact(value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Plain(string value)
    {
        Require(!Unescaped().IsMatch(value), "a comma, semicolon or backslash of a text that is not escaped: " + value);
        return value.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }

    private static void Require(bool holds, string fault)
    {
        if (!holds) throw new FormatException(fault);
    }

    [GeneratedRegex("""^(?<name>[A-Z-]+)(?<parameters>(;[A-Z-]+=("[^"]*"|[^",;:]*))*):(?<value>.*)$""", RegexOptions.Singleline)]
    private static partial Regex ContentLine();

    [GeneratedRegex("""(?<!\\)(\\\\)*[,;]|(?<!\\)(\\\\)*\\[^\\,;nN]""")]
    private static partial Regex Unescaped();

    internal sealed record Line(string Name, string Parameters, string Value);
}

internal sealed record StrictEvent(
    string Uid, int Sequence, string Status, DateTimeOffset Stamp, DateTimeOffset Start, DateTimeOffset End, string Summary, string? Location, string? Organizer,
    IReadOnlyList<StrictCalendar.Line> Attendees);
