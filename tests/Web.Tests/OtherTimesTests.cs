using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Tests;

/// <summary>Times that a stand proposes instead: which it may choose from, three at most, and what waits for the visitor's choice.</summary>
public sealed partial class OtherTimesTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Opens = new(2026, 11, 28, 10, 0, 0, TimeSpan.FromHours(1));

    /// <summary>Asked for at 12:40.</summary>
    private static readonly Meeting Asked = Data.StandMeetings[2];
    private static readonly Meeting Waiting = Data.StandMeetings.First(m => m.Status == "proposed");
    private static readonly string Page = $"/exhibitor/meetings/{Asked.Id}/times", Mail = $"/answer/{Asked.Id}/a.signed.right";

    /// <summary>Every ten minutes from 10:00 to 14:50.</summary>
    private static readonly SlotView[] AllDay = [.. Enumerable.Range(0, 30).Select(n => new SlotView(StubApi.Id(2000 + n), Opens.AddMinutes(n * 10), Opens.AddMinutes(n * 10 + 10), "stand", 1))];

    [Fact]
    public async Task What_waits_for_the_visitors_choice_stands_in_the_inbox_with_its_times_and_can_be_taken_back()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var html = WebUtility.HtmlDecode(await browser.GetStringAsync("/exhibitor", Cancel));
        Assert.Contains("Wartet auf die Wahl der Person", html);
        var card = html[html.IndexOf($"id=\"m-{Waiting.Id:N}\"", StringComparison.Ordinal)..];
        card = card[..card.IndexOf("</li>", StringComparison.Ordinal)];
        Assert.Contains("QVZ", card);
        Assert.Contains("11:40", card);
        Assert.Contains("12:20", card);
        Assert.DoesNotContain("14:00</b>", card);
        Assert.Contains("Die Person kann bis Freitag, 27. November, 12:00 Uhr wählen.", card.Replace((char)0xa0, ' '));

        var question = $"/exhibitor/meetings/{Waiting.Id}/cancel";
        Assert.Contains($"href=\"{question}\"", card);
        Assert.Contains("Damit ist auch die Anfrage abgesagt", await browser.GetStringAsync(question, Cancel));
        var done = await Site.Post(browser, question, ("seen", CallOffMeeting.Seen(Waiting)));
        Assert.Equal($"/exhibitor?done={Waiting.Id}", done.Headers.Location!.ToString());
        html = WebUtility.HtmlDecode(await browser.GetStringAsync(done.Headers.Location, Cancel));
        Assert.Contains("Termin QVZ ist abgesagt", html);
        Assert.DoesNotContain("Wartet auf die Wahl der Person", html);
    }

    [Fact]
    public async Task A_freed_seat_that_is_offered_to_who_waits_is_no_proposal_of_the_stand()
    {
        await using var site = new Site();
        site.Api.StandMeetings[^1] = Waiting with { Table = 1, Code = "XXX" };
        var browser = await site.Staff("exhibitor");
        foreach (var page in (string[])["/exhibitor", "/exhibitor/day"]) Assert.DoesNotContain("XXX", await browser.GetStringAsync(page, Cancel));
        Assert.DoesNotContain("Ja, absagen", await browser.GetStringAsync($"/exhibitor/meetings/{Waiting.Id}/cancel", Cancel));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task All_free_times_of_the_day_can_be_proposed_those_near_the_request_first_and_in_sight(bool byMail)
    {
        await using var site = new Site();
        site.Api.StandTimes = [.. AllDay, new(StubApi.Id(2900), Opens, Opens.AddMinutes(10), "video", 1)];
        var browser = byMail ? site.Browser() : await site.Staff("exhibitor");
        var html = await browser.GetStringAsync(byMail ? Mail : Page, Cancel);
        var times = Time().Matches(html).Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(30, times.Length);
        Assert.Equal(30, times.Distinct().Count());
        Assert.Equal(["12:00", "12:10", "12:20", "12:30", "12:40", "12:50"], times.Take(6));
        // The hour of the request is open, the others are one tap away.
        Assert.Equal([true, false, false, false, false], Hour().Matches(html).Select(m => m.Value.Contains(" open")));
    }

    [Fact]
    public async Task An_inbox_carries_no_times_so_forty_requests_stay_light_and_leads_to_those_of_one()
    {
        await using var site = new Site();
        site.Api.StandTimes = AllDay;
        var html = await (await site.Staff("exhibitor")).GetStringAsync("/exhibitor", Cancel);
        Assert.Contains($"href=\"{Page}\"", html);
        Assert.DoesNotContain("name=\"slots\"", html);
        Assert.DoesNotContain(site.Api.Calls, c => c.Path.EndsWith("/times", StringComparison.Ordinal));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task More_than_three_times_are_refused_aloud_and_the_ticks_stay(bool byMail)
    {
        await using var site = new Site();
        site.Api.StandTimes = AllDay;
        var (browser, page) = (byMail ? site.Browser() : await site.Staff("exhibitor"), byMail ? Mail : Page);
        (string, string)[] ticks = [.. new[] { 0, 7, 20, 29 }.Select(n => ("slots", StubApi.Id(2000 + n).ToString()))];
        var refused = await Site.Post(browser, page, page, [("do", "propose"), .. ticks]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.DoesNotContain(site.Api.Writes, w => w.Path.EndsWith("/answer", StringComparison.Ordinal));
        var html = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("höchstens drei Zeiten", html);
        Assert.Equal(ticks.Select(t => t.Item2).Order(), Ticked().Matches(html).Select(m => m.Groups[1].Value).Order());
        // None of them is out of sight.
        Assert.DoesNotContain(" checked", string.Concat(html.Split("<details class=\"hour\"").Skip(1).Where(h => !h.StartsWith(" open", StringComparison.Ordinal))));

        var sent = await Site.Post(browser, page, page, [("do", "propose"), .. ticks.Take(3)]);
        Assert.Equal(byMail ? Mail : "/exhibitor", sent.Headers.Location!.ToString());
        var answer = JsonSerializer.Deserialize<MeetingAnswer>(site.Api.Writes.Single(w => w.Path.EndsWith("/answer", StringComparison.Ordinal)).Body!, JsonSerializerOptions.Web)!;
        Assert.Equal(("propose", 3), (answer.Answer, answer.SlotIds!.Count));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Where_a_time_is_taken_meanwhile_the_other_ticks_stay_and_none_ticked_is_said(bool byMail)
    {
        await using var site = new Site();
        site.Api.StandTimes = AllDay;
        site.Api.RefuseAnswer = "slot-taken";
        var (browser, page) = (byMail ? site.Browser() : await site.Staff("exhibitor"), byMail ? Mail : Page);
        var html = await (await Site.Post(browser, page, page, ("do", "propose"), ("slots", StubApi.Id(2003).ToString()))).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Diese Zeit ist gerade vergeben worden", html);
        Assert.Equal(StubApi.Id(2003).ToString(), Assert.Single(Ticked().Matches(html).Select(m => m.Groups[1].Value)));
        html = await (await Site.Post(browser, page, page, ("do", "propose"))).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Bitte wählen Sie zuerst eine Uhrzeit", html);
    }

    [Fact]
    public async Task A_request_that_has_its_answer_leads_back_to_the_inbox()
    {
        await using var site = new Site();
        var answer = await (await site.Staff("exhibitor")).GetAsync($"/exhibitor/meetings/{Waiting.Id}/times", Cancel);
        Assert.Equal("/exhibitor?problem=already-answered", answer.Headers.Location!.ToString());
    }

    [GeneratedRegex(@"name=""slots""[^>]*><span class=""num"">(\d\d:\d\d)</span>")]
    private static partial Regex Time();

    [GeneratedRegex(@"<details class=""hour""[^>]*>")]
    private static partial Regex Hour();

    [GeneratedRegex(@"name=""slots"" value=""([^""]+)"" checked")]
    private static partial Regex Ticked();
}
