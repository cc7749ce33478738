using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Timing;

namespace Matchmaking.Notification.Templates;

/// <summary>What a kind of notice can say: words, and lists to go through.</summary>
internal sealed record TemplateNames(IReadOnlyCollection<string> Words, IReadOnlyCollection<string> Lists);

internal sealed record TemplateSample(string Side, NoticeFacts Facts, MeetingLists Lists);

/// <summary>Invented notices on which a text is tried, and which its author sees.</summary>
internal static class TemplateSamples
{
    public const string Link = "https://messe.example.org/link/beispiel";
    private const string Title = "Deutschkurs am Abend", Exhibitor = "Sprachschule Lindenhof";
    private static readonly DateTimeOffset Start = new(2026, 6, 20, 10, 20, 0, TimeSpan.FromHours(2));

    /// <summary>What a confidential meeting must not say.</summary>
    public static readonly IReadOnlyList<string> Telling = [Title, Exhibitor, "German evening course", "lindenhof-kwm"];

    public static TemplateNames Names(string kind, string language)
    {
        var sample = All(kind)[0];
        var words = MailTexts.WordsOf(language, sample.Side, sample.Facts, Link, sample.Lists);
        string[] lists = kind switch
        {
            NoticeKinds.Digest => ["open", "news"],
            NoticeKinds.DayAhead => ["meetings"],
            NoticeKinds.Proposed or NoticeKinds.Moved or NoticeKinds.Cancelled => ["starts"],
            _ => [],
        };
        return new TemplateNames([.. words.Where(w => w.Value is not System.Collections.IEnumerable or string && (w.Key != "reason" || kind is NoticeKinds.Declined or NoticeKinds.Cancelled or NoticeKinds.Expired or NoticeKinds.WaitingEnded)).Select(w => w.Key)], lists);
    }

    /// <summary>Both sides, open and confidential, at the stand and by telephone, with and before a number, with every reason: so that every branch is said.</summary>
    public static IReadOnlyList<TemplateSample> All(string kind)
    {
        var sides = kind switch
        {
            NoticeKinds.Requested or NoticeKinds.Digest or NoticeKinds.WebhookDisabled or NoticeKinds.Planned or NoticeKinds.CalendarConfirmed or NoticeKinds.CalendarFreed => [Sides.Exhibitor],
            NoticeKinds.Accepted or NoticeKinds.Cancelled or NoticeKinds.Expired or NoticeKinds.Moved or NoticeKinds.CalendarCleared or NoticeKinds.MeetingSoon or NoticeKinds.DayAhead => new[] { Sides.Visitor, Sides.Exhibitor },
            _ => [Sides.Visitor],
        };
        if (kind is NoticeKinds.ListReady or NoticeKinds.SignIn or NoticeKinds.WebhookDisabled) return [new(sides[0], new NoticeFacts(), MeetingLists.None)];
        if (kind is NoticeKinds.Planned) return [new(sides[0], new NoticeFacts(At: Start, Zone: "Europe/Berlin", Count: 11), MeetingLists.None)];
        if (kind is NoticeKinds.WaitingEnded)
            return [.. from hidden in (bool[])[false, true]
                       from reason in (string[])[CancelReasons.StandGone, CancelReasons.OfferGone]
                       let offer = hidden ? new OfferNamed("", new Dictionary<string, string>(), "", true) : new OfferNamed(Title, new Dictionary<string, string> { ["en"] = "German evening course" }, Exhibitor, false)
                       select new TemplateSample(sides[0], new NoticeFacts(Reason: reason, Offer: offer), MeetingLists.None)];
        if (kind is NoticeKinds.Digest or NoticeKinds.DayAhead)
            return [.. from side in sides
                       from lists in (MeetingLists[])[new([Meeting(false)], ["Termin LPR ist abgesagt: Samstag, 20. Juni 2026, 11:00 Uhr"], [Meeting(false), Meeting(false) with { Code = "LPR", Start = Start.AddHours(1), End = Start.AddMinutes(80) }], []), new([Meeting(true)], [], [Meeting(true)], [])]
                       select new TemplateSample(side, new NoticeFacts(At: Start, Zone: "Europe/Berlin"), lists)];
        IReadOnlyList<string?> reasons = kind switch { NoticeKinds.Declined => [.. DeclineReasons.All], NoticeKinds.Cancelled => [null, .. CancelReasons.All], NoticeKinds.Expired => [null, ExpiryReasons.NoChoice, ExpiryReasons.NotTaken], _ => [null] };
        return [.. from side in sides
                   from confidential in (bool[])[false, true]
                   from format in (string[])["stand", "phone", "video"]
                   from reason in reasons
                   from agreed in kind is NoticeKinds.Accepted or NoticeKinds.Moved or NoticeKinds.Relocated or NoticeKinds.MeetingSoon && format != "stand" ? (bool[])[false, true] : [false]
                   where reason != ExpiryReasons.NotTaken || side == Sides.Visitor // a stand knows nothing of a seat that is only offered
                   let starts = kind == NoticeKinds.Cancelled ? new[] { Start.AddDays(7) } : [Start.AddHours(1), Start.AddHours(2)]
                   select new TemplateSample(side, new NoticeFacts(Meeting(confidential) with { Format = format, Join = agreed ? null : JoinOf(format) }, reason, starts, Agreed: agreed), MeetingLists.None)];
    }

    private static string? JoinOf(string format) => format switch { "video" => "https://video.example.org/lindenhof-kwm", "phone" => "tel:+493411234567", _ => null };

    private static MeetingFacts Meeting(bool confidential) => new(
        Guid.Empty, 1, Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty, Title, new Dictionary<string, string> { ["en"] = "German evening course" }, Exhibitor, "Tisch 14, Halle 1",
        Start, Start.AddMinutes(20), "Europe/Berlin", "stand", 2, "KWM", "Neues Rathaus", ["uk", "ru"], "A2", Start.AddDays(-2), confidential);
}
