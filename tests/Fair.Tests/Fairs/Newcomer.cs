using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Fair.Tests.Fairs;

/// <summary>A visitor of the fair, with what they hold: the id, the token, the address.</summary>
public sealed record Newcomer(RunningFair Fair, Guid Id, string Token, string Email, Needs Needs)
{
    public static Needs NewNeeds(string language = "uk", string? email = null) => new()
    {
        Language = language,
        ConversationLanguages = [language],
        Goals = ["learn-german", "work"],
        German = new German("A2", "A1", false),
        Script = "latin",
        CoursePaper = "unknown",
        WorkNote = "allowed",
        Occupation = new Occupation("2221", 4),
        AgeBand = "27plus",
        TimeInGermany = "under1",
        Contact = new Contact(email ?? $"v{Guid.NewGuid():n}@example.org"),
        Consents = ["matching", "share-with-exhibitor", "quality-review"],
        Channel = "online",
    };

    public static async Task<Newcomer> ArriveAsync(RunningFair fair, string language = "uk", params (string, string)[] headers)
    {
        var needs = NewNeeds(language);
        var created = (await fair.PostAsync("/api/visitors", needs, null, headers)).Read<VisitorCreated>(HttpStatusCode.Created);
        return new Newcomer(fair, created.Id, created.Token, needs.Contact!.Email!, needs);
    }

    public string Path => $"/api/visitors/{Id}";

    public async Task<Matches> MatchesAsync() => (await Fair.GetAsync(Path + "/matches", Token)).Read<Matches>();

    public async Task<Meeting> MeetingAsync(Guid id) => (await Fair.GetAsync(Path + "/meetings", Token)).Read<List<Meeting>>().Single(m => m.Id == id);

    /// <summary>Asks for a meeting at the best match that has a free time.</summary>
    /// <param name="fits">Which matches will do; null: any.</param>
    public async Task<Meeting> BookAsync(Func<Match, bool>? fits = null)
    {
        foreach (var match in (await MatchesAsync()).Items.Where(fits ?? (_ => true)))
        {
            // The last of the free times: those who share this fair mostly take the first ones.
            if ((await SlotsAsync(match.OfferId)).LastOrDefault(s => s.Free > 0) is not { } slot) continue;
            var reply = await RequestAsync(match.OfferId, slot, Guid.NewGuid().ToString());
            if (reply.Status is HttpStatusCode.UnprocessableEntity) continue;
            return reply.Read<Meeting>(HttpStatusCode.Created);
        }
        throw new InvalidOperationException("No match has a free time.");
    }

    public Task<Reply> RequestAsync(Guid offer, SlotView slot, string key) =>
        Fair.PostAsync("/api/meetings", new MeetingRequest(Id, offer, slot.Id, slot.Format), Token, ("Idempotency-Key", key));

    public async Task<IReadOnlyList<SlotView>> SlotsAsync(Guid offer) => (await Fair.GetAsync($"/api/offers/{offer}/slots")).Read<List<SlotView>>();

    /// <summary>Waits for a mail about the meeting: one whose calendar entry has its UID.</summary>
    /// <param name="to">The reader; null: whoever is not the visitor.</param>
    public Task<DemoMail> MailAboutAsync(Meeting meeting, string? to, string method, int moreThan = 0) =>
        RunningFair.UntilAsync($"a mail {method} about meeting {meeting.Id} to {to ?? "the exhibitor"}", async () => (await Fair.MailsAsync()).FirstOrDefault(m =>
            (to is null ? m.To != Email : m.To == to) && Entry.Of(m) is { } entry && entry.Uid == Entry.UidOf(meeting) && entry.Method == method && entry.Sequence > moreThan));
}

/// <summary>The calendar entry of a mail or a download.</summary>
public sealed record Entry(string Method, string Uid, int Sequence, string Status, string Summary, string Location, string Description, string Start, string End, string Writer)
{
    public static string UidOf(Meeting meeting) => $"{meeting.Id}@matchmaking";

    public static Entry? Of(DemoMail mail)
    {
        if (mail.Attachments.FirstOrDefault(a => a.Name.EndsWith(".ics", StringComparison.Ordinal)) is not { } attached) return null;
        Assert.Equal("text/calendar", attached.ContentType);
        return Of(attached.Text);
    }

    public static Entry Of(string calendar)
    {
        // RFC 5545, 3.1: a line goes on where the next one begins with a space.
        var lines = calendar.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Split('\n');
        return new Entry(Value("METHOD"), Value("UID"), int.Parse(Value("SEQUENCE"), System.Globalization.CultureInfo.InvariantCulture), Value("STATUS"),
            Value("SUMMARY"), Value("LOCATION"), Value("DESCRIPTION"), Value("DTSTART"), Value("DTEND"), Value("PRODID"));

        string Value(string name) => lines.FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "0";
    }
}
