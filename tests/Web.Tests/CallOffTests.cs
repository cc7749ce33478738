using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Tests;

/// <summary>What a stand agreed on it can call off until it begins, and it is asked first.</summary>
public sealed class CallOffTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly Meeting Agreed = Data.StandMeetings.First(m => m.Status == "accepted");
    private static readonly string Question = $"/exhibitor/meetings/{Agreed.Id}/cancel";
    private static readonly (string Name, string Value) Seen = ("seen", CallOffMeeting.Seen(Agreed));

    [Theory, InlineData("de", "Termin wirklich absagen?"), InlineData("ar", "هل تريدون حقًا إلغاء هذا الموعد؟")]
    public async Task An_agreed_meeting_is_called_off_from_the_day_in_two_taps_with_a_question_in_between(string language, string asked)
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor", language);
        Assert.Contains($"href=\"{Question}\"", await browser.GetStringAsync("/exhibitor/day", Cancel));
        var html = await browser.GetStringAsync(Question, Cancel);
        Assert.Contains(asked, html);
        Assert.Contains(Agreed.Code, html);
        Assert.DoesNotContain(site.Api.Writes, w => w.Path.EndsWith("/cancel", StringComparison.Ordinal));

        Assert.Contains($"name=\"seen\" value=\"{Seen.Value}\"", html);

        var done = await Site.Post(browser, Question, Seen);
        Assert.Equal(("jwt-exhibitor", $"/api/meetings/{Agreed.Id}/cancel"), site.Api.Writes.Where(w => w.Path.EndsWith("/cancel", StringComparison.Ordinal)).Select(w => (w.Bearer, w.Path)).Single());
        Assert.Equal($"/exhibitor/day?done={Agreed.Id}", done.Headers.Location!.ToString());
        var day = await browser.GetStringAsync(done.Headers.Location, Cancel);
        Assert.DoesNotContain(Question, day);
        if (language == "de") Assert.Contains($"Termin {Agreed.Code} ist abgesagt", WebUtility.HtmlDecode(day));
    }

    [Fact]
    public async Task What_has_begun_or_was_called_off_already_is_neither_offered_nor_done()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var form = await browser.GetStringAsync(Question, Cancel);
        Assert.Contains("method=\"post\"", form);
        site.Api.StandMeetings[site.Api.StandMeetings.FindIndex(m => m.Id == Agreed.Id)] = Agreed with { Slot = Agreed.Slot with { Start = StubApi.Now } };
        Assert.DoesNotContain(Question, await browser.GetStringAsync("/exhibitor/day", Cancel));
        // The question was still open elsewhere.
        Assert.Equal(Question, (await Site.Post(browser, "/exhibitor/day", Question, Seen)).Headers.Location!.ToString());
        Assert.DoesNotContain(site.Api.Writes, w => w.Path.EndsWith("/cancel", StringComparison.Ordinal));
        var html = WebUtility.HtmlDecode(await browser.GetStringAsync(Question, Cancel));
        Assert.Contains("hat schon begonnen", html);
        Assert.DoesNotContain("Ja, absagen", html);
        var asked = await browser.GetStringAsync($"/exhibitor/meetings/{Data.StandMeetings[0].Id}/cancel", Cancel);
        Assert.DoesNotContain("Ja, absagen", asked);
    }

    [Fact]
    public async Task What_has_changed_since_the_question_is_asked_about_anew()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var proposed = Data.StandMeetings.First(m => m.Status == "proposed");
        var question = $"/exhibitor/meetings/{proposed.Id}/cancel";
        // The visitor chooses while the stand is asked whether it takes its times back.
        site.Api.StandMeetings[site.Api.StandMeetings.FindIndex(m => m.Id == proposed.Id)] = proposed with { Status = "accepted", Table = 1, Proposals = [] };
        Assert.Equal(question, (await Site.Post(browser, question, ("seen", CallOffMeeting.Seen(proposed)))).Headers.Location!.ToString());
        Assert.DoesNotContain(site.Api.Writes, w => w.Path.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Why_it_could_not_be_called_off_is_said_on_the_day()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        site.Api.RefuseCancel = "changed-meanwhile";
        var answer = await Site.Post(browser, Question, Seen);
        Assert.Equal("/exhibitor/day?problem=changed-meanwhile", answer.Headers.Location!.ToString());
        Assert.Contains("role=\"alert\"", await browser.GetStringAsync(answer.Headers.Location, Cancel));
    }

    [Fact]
    public async Task Meetings_in_the_way_of_a_plan_lead_to_where_they_can_be_ended_and_a_seat_that_is_only_offered_stays_unnamed()
    {
        await using var site = new Site();
        site.Api.InTheWay = true;
        var start = StubApi.Now.AddDays(2);
        site.Api.MoreInTheWay.AddRange([
            new(StubApi.Id(400), "KLM", start, start.AddMinutes(20), "stand", 1, "requested"),
            new(StubApi.Id(407), "QVZ", start, start.AddMinutes(20), "stand", null, "proposed"),
            new(StubApi.Id(499), "", start, start.AddMinutes(20), "stand", 2, "proposed"),
        ]);
        var browser = await site.Staff("exhibitor");
        var html = await (await Site.Post(browser, "/exhibitor/plan", ("openFrom", "11:35"), ("openTo", "14:00"), ("tables", "1"), ("minutes", "45"), ("do", "keep"))).Content.ReadAsStringAsync(Cancel);
        Assert.Contains($"href=\"/exhibitor/day#m-{StubApi.Id(300):N}\"", html);
        foreach (var asked in (int[])[400, 407]) Assert.Contains($"href=\"/exhibitor#m-{StubApi.Id(asked):N}\"", html);
        Assert.DoesNotContain($"{StubApi.Id(499):N}", html);
        Assert.Contains("Warteliste", html);
        Assert.Contains($"id=\"m-{StubApi.Id(400):N}\"", await browser.GetStringAsync("/exhibitor", Cancel));
    }

    [Fact]
    public async Task Who_accepts_by_mail_reads_where_it_can_be_called_off()
    {
        await using var site = new Site();
        site.Api.Answered = true;
        var page = $"/answer/{Data.StandMeetings[0].Id}/a.signed.right";
        Assert.Contains("sagen Sie den Termin unter „Mein Tag“ wieder ab", WebUtility.HtmlDecode(await site.Browser().GetStringAsync(page, Cancel)));
        site.Api.Answered = false;
        Assert.DoesNotContain("wieder ab", await site.Browser().GetStringAsync(page, Cancel));
    }
}
