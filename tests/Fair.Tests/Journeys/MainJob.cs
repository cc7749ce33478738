using System.Net;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Journeys;

public abstract class MainJobTests(RunningFair fair)
{
    [Fact]
    public Task Needs_become_matches_a_meeting_mails_figures_an_export_and_are_forgotten() => MainJob.WalkAsync(fair);
}

/// <summary>What the product is there for, from end to end.</summary>
internal static class MainJob
{
    /// <param name="exhibitorsHaveAddresses">False where the organiser's files had none: then the stand reads of the request on its page alone.</param>
    public static async Task WalkAsync(RunningFair fair, bool exhibitorsHaveAddresses = true)
    {
        var analyst = await fair.SignInAsync("analyst");
        var before = (await fair.GetAsync("/api/quality/summary", analyst)).Read<QualitySummary>();

        var visitor = await Newcomer.ArriveAsync(fair);
        var matches = await visitor.MatchesAsync();
        Assert.True(matches.Items.Count >= 10, $"only {matches.Items.Count} matches");
        // Of a small catalogue the best ten may be of fewer kinds; the demo has something of everything for her.
        if (matches.Demo) Assert.Superset(new HashSet<string> { "course", "employer" }, matches.Items.Take(10).Select(i => i.Kind).ToHashSet());
        Assert.True(matches.Items.Select(i => i.Kind).Distinct().Count() >= 3, "a list of fewer than three kinds");
        Assert.All(matches.Items, i => Assert.NotEmpty(i.Reasons));
        Assert.All(matches.Items, i => Assert.NotEqual("no", i.Verdict));
        Assert.Equal(Enumerable.Range(1, matches.Items.Count), matches.Items.Select(i => i.Rank));
        Assert.NotEmpty(matches.RulePacks);

        // A slot, and the same request twice.
        var (item, slot) = await FreeAsync(visitor, matches);
        (await fair.PostAsync(visitor.Path + "/opened", new OfferOpened(item.OfferId), visitor.Token)).Expect(HttpStatusCode.NoContent);
        var key = Guid.NewGuid().ToString();
        var meeting = (await visitor.RequestAsync(item.OfferId, slot, key)).Read<Meeting>(HttpStatusCode.Created);
        Assert.Equal(meeting.Id, (await visitor.RequestAsync(item.OfferId, slot, key)).Read<Meeting>(HttpStatusCode.Created).Id);
        Assert.Equal("requested", meeting.Status);
        Assert.Equal(slot.Free - 1, (await visitor.SlotsAsync(item.OfferId)).Single(s => s.Id == slot.Id).Free);

        // The exhibitor is told, and says yes.
        var exhibitor = await fair.SignInAsync("exhibitor", meeting.ExhibitorId);
        var told = await RunningFair.UntilAsync("the exhibitor's notice", async () =>
            (await fair.GetAsync("/api/notices", exhibitor)).Read<List<Notice>>().FirstOrDefault(n => n.MeetingId == meeting.Id && n.Result != "waiting"));
        Assert.Equal((exhibitorsHaveAddresses ? "sent" : "no-address", "meeting-requested"), (told.Result, told.Kind));
        var right = exhibitor;
        if (exhibitorsHaveAddresses)
        {
            var mail = await visitor.MailAboutAsync(meeting, null, "REQUEST");
            Assert.Contains(meeting.Code, mail.Subject);
            Assert.DoesNotContain(visitor.Email, mail.Text, StringComparison.Ordinal);
            // The mail's link opens the request without signing in, and changes nothing by being opened; its token may answer this one meeting.
            var link = mail.Text.Split('\n').Single(l => l.Contains($"/answer/{meeting.Id}/", StringComparison.Ordinal)).Trim();
            Assert.Contains(meeting.Code, (await fair.GetAsync(new Uri(link).AbsolutePath)).Expect(HttpStatusCode.OK).Body);
            right = link.Split('/')[^1];
            (await fair.GetAsync($"/api/exhibitors/{meeting.ExhibitorId}/meetings", right)).Refused(403, "forbidden");
        }
        var seen = (await fair.GetAsync($"/api/exhibitors/{meeting.ExhibitorId}/meetings", exhibitor)).Read<List<Meeting>>().Single(m => m.Id == meeting.Id);
        Assert.Equal(visitor.Needs.ConversationLanguages, seen.Visitor!.Languages);
        Assert.Equal("requested", seen.Status);
        Assert.Equal("accepted", (await fair.PostAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept"), right)).Read<Meeting>().Status);
        (await fair.PostAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept"), exhibitor)).Refused(409, "already-answered");

        // So is the visitor.
        Assert.Equal("accepted", (await visitor.MeetingAsync(meeting.Id)).Status);
        var invitation = Entry.Of(await visitor.MailAboutAsync(meeting, visitor.Email, "REQUEST"))!;
        Assert.Equal(meeting.Id, Assert.Single((await fair.GetAsync(visitor.Path + "/route", visitor.Token)).Read<List<RouteStop>>()).Meeting!.Id);
        // A calendar that gets the invitation and the download holds one entry.
        var download = Entry.Of((await fair.GetAsync($"/api/meetings/{meeting.Id}/calendar.ics", visitor.Token)).Expect(HttpStatusCode.OK).Body);
        Assert.Equal(invitation with { Method = "PUBLISH" }, download);
        Assert.Equal((Entry.UidOf(meeting), "CONFIRMED"), (download.Uid, download.Status));
        Assert.Equal(download, Entry.Of((await fair.GetAsync(visitor.Path + "/route.ics", visitor.Token)).Expect(HttpStatusCode.OK).Body));
        var day = (await fair.GetAsync(visitor.Path + "/route?all=true", visitor.Token)).Read<List<RouteStop>>();
        Assert.DoesNotContain(day, s => s.Recommended is not null && (s.Recommended.ExhibitorId == meeting.ExhibitorId || (s.Start < meeting.Slot.End && meeting.Slot.Start < s.End)));
        await RunningFair.UntilAsync("both notices to the visitor are sent", async () => (await fair.GetAsync("/api/notices", visitor.Token)).Read<List<Notice>>() is var notices
            && ((string[])["list-ready", "meeting-accepted"]).All(k => notices.Any(n => n.Kind == k && n is { Result: "sent", Channel: "mail" })));

        // It is held, was of use, and is counted; before its day only where a demo plays it.
        var outcome = await fair.PostAsync($"/api/meetings/{meeting.Id}/outcome", new MeetingOutcome("held", 5), visitor.Token);
        if (!fair.Embedded) outcome.Refused(409, "too-early");
        else outcome.Expect(HttpStatusCode.OK);
        var held = fair.Embedded ? 1 : 0;
        var after = (await fair.GetAsync("/api/quality/summary", analyst)).Read<QualitySummary>();
        // Of fewer than five nothing is told but where people are invented.
        if (after.Demo)
        {
            Assert.Equal((before.Visitors + 1, before.Shown + 1, before.Opened + 1), (after.Visitors, after.Shown, after.Opened));
            Assert.Equal((before.Requested + 1, before.Accepted + 1, before.Held + held, before.Useful + held), (after.Requested, after.Accepted, after.Held, after.Useful));
            Assert.Equal(before.Judged + 1, after.Judged);
        }
        else Assert.All([after.Visitors, after.Shown, after.Opened, after.Requested, after.Accepted, after.Held, after.Useful, after.Judged], count => Assert.True(count is null or 0 or >= 5, $"{count}"));
        Assert.Equal(after.Demo || after.Judged >= 5, after.Ndcg5 is not null);

        await ExportAsync(fair, visitor, meeting);
        // A second one, still to come, so that a seat is given back by the erasure.
        var second = await visitor.BookAsync(m => m.ExhibitorId != meeting.ExhibitorId);
        await EraseAsync(fair, visitor, second);
    }

    private static async Task<(Match, SlotView)> FreeAsync(Newcomer visitor, Matches matches)
    {
        foreach (var item in matches.Items)
            if ((await visitor.SlotsAsync(item.OfferId)).FirstOrDefault(s => s.Free > 0) is { } slot) return (item, slot);
        throw new InvalidOperationException("No match has a free time.");
    }

    private static async Task ExportAsync(RunningFair fair, Newcomer visitor, Meeting meeting)
    {
        var export = (await fair.GetAsync(visitor.Path + "/export", visitor.Token)).Read<JsonElement>();
        Assert.Equal(visitor.Email, export.GetProperty("profile").GetProperty("profile").GetProperty("needs").GetProperty("contact").GetProperty("email").GetString());
        Assert.Equal(meeting.Id, export.GetProperty("matching").GetProperty("meetings")[0].GetProperty("meeting").GetProperty("id").GetGuid());
        Assert.NotEqual(0, export.GetProperty("matching").GetProperty("shown").GetArrayLength());
        Assert.NotEqual(0, export.GetProperty("notification").GetProperty("notices").GetArrayLength());
        Assert.NotEqual(0, export.GetProperty("notification").GetProperty("noticesToOthers").GetArrayLength());
    }

    private static async Task EraseAsync(RunningFair fair, Newcomer visitor, Meeting open)
    {
        var exhibitor = await fair.SignInAsync("exhibitor", open.ExhibitorId);
        // Else the erasure could overtake the request, and there would be nothing to take back.
        await RunningFair.UntilAsync("the request is told", async () =>
            (await fair.GetAsync("/api/notices", exhibitor)).Read<List<Notice>>().Any(n => n.MeetingId == open.Id && n.Result != "waiting"));
        var free = (await visitor.SlotsAsync(open.OfferId)).Single(s => s.Id == open.Slot.Id).Free;

        var erasure = (await fair.CallAsync(HttpMethod.Delete, visitor.Path, null, visitor.Token)).Read<ErasureStarted>(HttpStatusCode.Accepted);
        var status = await RunningFair.UntilAsync("three services confirm the erasure", async () =>
            (await fair.GetAsync($"/api/erasures/{erasure.ErasureId}")).Read<ErasureStatus>() is { Done: true } done ? done : null);
        Assert.Equal(["matching", "notification", "profile"], status.Services.Select(s => s.Name).Order());
        Assert.All(status.Services, s => Assert.NotNull(s.ConfirmedAt));

        foreach (var path in (string[])[visitor.Path, visitor.Path + "/matches", visitor.Path + "/meetings", visitor.Path + "/route", visitor.Path + "/export",
            visitor.Path + "/export/profile", visitor.Path + "/export/matching", visitor.Path + "/export/notification", $"/api/meetings/{open.Id}", "/api/notices"])
            (await fair.GetAsync(path, visitor.Token)).Refused(401, "unauthorized");
        (await fair.CallAsync(HttpMethod.Put, visitor.Path, visitor.Needs, visitor.Token)).Refused(401);
        (await fair.CallAsync(HttpMethod.Delete, visitor.Path, null, visitor.Token)).Refused(401);

        Assert.Equal(free + 1, (await visitor.SlotsAsync(open.OfferId)).Single(s => s.Id == open.Slot.Id).Free);
        Assert.DoesNotContain((await fair.GetAsync($"/api/exhibitors/{open.ExhibitorId}/meetings", exhibitor)).Read<List<Meeting>>(), m => m.VisitorId == visitor.Id);
        // What remains to the stand is one word: that nobody comes. Of whom it was, nothing.
        var last = await RunningFair.UntilAsync("the exhibitor learns that nobody comes", async () =>
            (await fair.GetAsync("/api/notices", exhibitor)).Read<List<Notice>>().Where(n => n.MeetingId == open.Id).ToList() is [{ Kind: "meeting-cancelled", Result: not "waiting" }] one ? one : null);
        Assert.Single(last);
        var mails = await fair.MailsAsync();
        Assert.DoesNotContain(mails, m => m.To == visitor.Email || m.Text.Contains(visitor.Id.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(mails, m => Entry.Of(m) is { Method: "REQUEST" } entry && entry.Uid == Entry.UidOf(open));
    }
}
