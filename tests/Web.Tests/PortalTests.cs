using System.Net;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Tests;

/// <summary>The exhibitor's day: times, check-in, walk-ins, and answers straight from a mail.</summary>
public sealed class PortalTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stand_that_can_be_asked_for_video_and_has_no_address_for_it_is_told_where_to_enter_one()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        const string told = "href=\"/exhibitor/plan#video\"";
        Assert.DoesNotContain(told, await browser.GetStringAsync("/exhibitor", TestContext.Current.CancellationToken));
        site.Api.NoLink = true;
        Assert.Contains(told, await browser.GetStringAsync("/exhibitor", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_plan_goes_out_as_it_was_filled_in_and_a_preview_stores_nothing()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        (string, string)[] form =
        [
            ("openFrom", "10:00"), ("openTo", "14:00"), ("breakFrom", "12:00"), ("breakTo", "12:20"), ("breakFrom", ""), ("breakTo", ""), ("minutes", "30"), ("tables", "2"), ("lang0", "de"),
            ("lang0", "ar"), ("lang1", "de"), ("format", "stand"), ("format", "video"), ("video", " https://meet.example/{code} "), ("phone", ""), ("walkin", "4"), ("freed", "60"), ("most", "12"), ("version", "4"),
        ];
        var preview = await Site.Post(browser, "/exhibitor/plan", [.. form, ("do", "preview")]);
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.Contains("Neue Zeiten: 3. Es entfallen: 5.", await preview.Content.ReadAsStringAsync(Cancel));
        Assert.All(site.Api.Writes.Where(c => c.Path.EndsWith("/plan", StringComparison.Ordinal)), c => Assert.Equal("?dryRun=true", c.Query));

        var kept = await Site.Post(browser, "/exhibitor/plan", [.. form, ("do", "keep")]);
        Assert.Equal("/exhibitor/plan?kept=true", kept.Headers.Location!.ToString());
        var sent = JsonSerializer.Deserialize<StandPlan>(site.Api.Writes.Last().Body!, JsonSerializerOptions.Web)!;
        Assert.Equal((30, "https://meet.example/{code}", null, 4, 60, 12, 4L), (sent.SlotMinutes, sent.VideoLink, sent.Phone, sent.WalkInEvery, sent.WalkInFreedMinutes, sent.MostMeetings, sent.Version));
        Assert.Equal([new HoursOfDay("10:00", "14:00")], sent.Open!);
        Assert.Equal([new HoursOfDay("12:00", "12:20")], sent.Breaks!);
        Assert.Equal([["de", "ar"], ["de"]], sent.Tables!.Select(t => t.Languages!.ToArray()));
    }

    [Fact]
    public async Task Meetings_in_the_way_are_named_and_what_was_filled_in_stays_in_the_form()
    {
        await using var site = new Site();
        site.Api.InTheWay = true;
        var browser = await site.Staff("exhibitor");
        var html = await (await Site.Post(browser, "/exhibitor/plan", ("openFrom", "11:35"), ("openTo", "14:00"), ("tables", "1"), ("minutes", "45"), ("do", "keep"))).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("HKM", html);
        Assert.Contains("Diese Termine stehen im Weg", html);
        Assert.Contains("value=\"11:35\"", html);
        Assert.DoesNotContain("secret title", html);
    }

    [Fact]
    public async Task What_is_wrong_in_a_plan_is_said_beside_the_name_of_its_entry_and_leads_to_it()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var html = await (await Site.Post(browser, "/exhibitor/plan", ("breakFrom", "12:00"), ("breakTo", "99:99"), ("tables", "2"), ("do", "keep"))).Content.ReadAsStringAsync(Cancel);
        foreach (var (entry, named) in ((string, string)[])[("bt0", "Pausen</a>: Not a clock time."), ("phone", "Telefonnummer</a>: Not a number."), ("languages", "Sprachen an den Tischen</a>: No language.")])
        {
            Assert.Contains($"<a href=\"#{entry}\">{named}", html);
            Assert.Contains($" id=\"{entry}\"", html);
        }
    }

    [Fact]
    public async Task Who_is_asked_for_an_interpreter_reads_for_which_language_and_whom()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        Assert.Contains("mit Dolmetschen: <b>Persisch</b> · eine Frau", WebUtility.HtmlDecode(await browser.GetStringAsync("/exhibitor", Cancel)));
    }

    [Fact]
    public async Task Six_letters_or_three_or_a_camera_check_a_person_in_and_looking_records_nothing()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var meeting = Data.StandMeetings.First(m => m.Status == "accepted");
        var six = VisitorCode.Of(meeting.VisitorId);
        var page = await browser.GetStringAsync($"/exhibitor/check-in/{six}", Cancel);
        Assert.Contains(meeting.Code, page);
        Assert.DoesNotContain(site.Api.Writes, c => c.Path.Contains("/outcome", StringComparison.Ordinal));
        foreach (var typed in new[] { six, six.ToLowerInvariant().Insert(3, " "), meeting.Code, $" {meeting.Code.ToLowerInvariant()} " })
        {
            var answer = await Site.Post(browser, "/exhibitor/day", "/exhibitor/check-in", ("code", typed));
            Assert.StartsWith("/exhibitor/day?done=", answer.Headers.Location!.ToString());
        }
        Assert.Equal("/exhibitor/day?problem=code", (await Site.Post(browser, "/exhibitor/day", "/exhibitor/check-in", ("code", "BBBBBB"))).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await site.Browser().GetAsync($"/exhibitor/check-in/{six}", Cancel)).StatusCode);
    }

    [Fact]
    public void Who_comes_after_all_is_checked_in_by_the_code_though_they_were_given_up()
    {
        var accepted = Data.StandMeetings.First(m => m.Status == "accepted");
        var (missed, held) = (accepted with { Id = StubApi.Id(1), Status = "no-show" }, accepted with { Id = StubApi.Id(2), Status = "held" });
        Assert.Equal(missed, CheckIn.Find([held, missed], accepted.Code, StubApi.Now));
        // Of a person with several meetings first the one that is still to be held; and before one in the afternoon the one that was just given up.
        Assert.Equal(accepted, CheckIn.Find([held, missed, accepted], VisitorCode.Of(accepted.VisitorId), StubApi.Now));
        Assert.Equal(missed, CheckIn.Find([accepted with { OutcomeFrom = StubApi.Now.AddHours(4) }, missed], VisitorCode.Of(accepted.VisitorId), StubApi.Now));
    }

    [Fact]
    public async Task A_walk_in_takes_the_table_whose_button_was_pressed_and_gives_it_back()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        await Site.Post(browser, "/exhibitor/day", "/exhibitor/walk-ins", ("seat", $"{StubApi.Id(7)}:2"));
        await Site.Post(browser, "/exhibitor/day", "/exhibitor/walk-ins", ("seat", $"{StubApi.Id(7)}:2"), ("do", "undo"));
        var path = $"/api/exhibitors/{StubApi.Stand}/walk-ins/{StubApi.Id(7)}/2";
        Assert.Equal([("PUT", path), ("DELETE", path)], site.Api.Writes.Where(c => c.Path == path).Select(c => (c.Method, c.Path)));
        foreach (var broken in new[] { "", "x:1", $"{StubApi.Id(7)}:x", $"{StubApi.Id(7)}" })
            Assert.Equal("/exhibitor/day", (await Site.Post(browser, "/exhibitor/day", "/exhibitor/walk-ins", ("seat", broken))).Headers.Location!.ToString());
    }

    [Theory, InlineData("de"), InlineData("ar")]
    public async Task The_link_of_a_mail_shows_the_request_and_a_button_answers_it_once(string language)
    {
        await using var site = new Site();
        var meeting = Data.StandMeetings[0];
        var (browser, page) = (site.Browser(), $"/answer/{meeting.Id}/a.signed.right");
        var html = await browser.GetStringAsync($"{page}?lang={language}", Cancel);
        Assert.Contains(meeting.Code, html);
        Assert.Contains("value=\"accept\"", html);
        Assert.Contains(language == "de" ? "Demodaten" : "بيانات تجريبية", html);
        Assert.Empty(site.Api.Writes);

        Assert.Equal(page, (await Site.Post(browser, page, ("do", "accept"))).Headers.Location!.ToString());
        var call = Assert.Single(site.Api.Writes);
        Assert.Equal(("a.signed.right", $"/api/meetings/{meeting.Id}/answer"), (call.Bearer, call.Path));

        // The form is still open elsewhere: the second answer is none, and the page says how it stands.
        var stale = await Site.Post(browser, page, page, ("do", "accept"));
        site.Api.Answered = true;
        Assert.Equal(page, stale.Headers.Location!.ToString());
        Assert.DoesNotContain("value=\"accept\"", await browser.GetStringAsync(page, Cancel));
        // Whoever asked has erased themselves meanwhile.
        site.Api.MeetingGone = true;
        var gone = await browser.GetAsync(page, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, gone.StatusCode);
        Assert.Contains(language == "de" ? "Dieser Link gilt nicht mehr" : "هذا الرابط لم يعد صالحاً", await gone.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_stand_proposes_times_that_visitors_do_not_see_as_free_signed_in_and_by_mail()
    {
        await using var site = new Site();
        site.Api.Full = true;
        var page = await (await site.Staff("exhibitor")).GetStringAsync($"/exhibitor/meetings/{Data.StandMeetings[0].Id}/times", Cancel);
        Assert.Contains($"value=\"{StubApi.Id(1900)}\"", page);
        Assert.DoesNotContain("Keine Zeit ist mehr frei", page);
        var mail = await site.Browser().GetStringAsync($"/answer/{Data.StandMeetings[0].Id}/a.signed.right", Cancel);
        Assert.Contains($"value=\"{StubApi.Id(1900)}\"", mail);
        // In the format that was asked for.
        Assert.DoesNotContain($"value=\"{StubApi.Id(1901)}\"", mail);
        Assert.Contains(site.Api.Calls, c => c.Path == $"/api/meetings/{Data.StandMeetings[0].Id}/times" && c.Bearer == "a.signed.right");
    }

    [Fact]
    public async Task The_day_has_a_column_for_each_table_and_says_what_is_talked_by_video_there()
    {
        await using var site = new Site();
        var html = await (await site.Staff("exhibitor")).GetStringAsync("/exhibitor/day", Cancel);
        var table = html[html.IndexOf("<table", StringComparison.Ordinal)..html.IndexOf("</table>", StringComparison.Ordinal)];
        Assert.Equal(3, table.Split("<th scope=\"col\"").Length - 1);
        Assert.Contains("Video", table);
    }

    [Fact]
    public async Task A_link_that_has_run_out_says_so_kindly()
    {
        await using var site = new Site();
        var answer = await site.Browser().GetAsync($"/answer/{Data.StandMeetings[0].Id}/run-out", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Dieser Link gilt nicht mehr", await answer.Content.ReadAsStringAsync(Cancel));
    }
}
