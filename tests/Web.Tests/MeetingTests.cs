using System.Net;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Texts;

namespace Matchmaking.Web.Tests;

public sealed partial class MeetingTests
{
    [Fact]
    public async Task Asking_for_a_time_is_one_request_with_the_forms_key()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var key = Guid.CreateVersion7().ToString();
        var first = await Site.Post(browser, "/matches", "/book", ("offer", StubApi.Id(102).ToString()), ("slot", StubApi.Id(1080).ToString()), ("key", key));
        Assert.Equal($"/day?new={StubApi.Id(301)}", first.Headers.Location!.ToString());
        var call = Assert.Single(site.Api.Writes);
        Assert.Equal((key, StubApi.Token), (call.Key, call.Bearer));
        Assert.Equal(new MeetingRequest(StubApi.Visitor, StubApi.Id(102), StubApi.Id(1080), "stand"), JsonSerializer.Deserialize<MeetingRequest>(call.Body!, JsonSerializerOptions.Web));
        Assert.Contains("TRW", await browser.GetStringAsync("/day", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("slot-taken"), InlineData("visitor-busy"), InlineData("cap-reached"), InlineData("stand-cap"), InlineData("something-new")]
    public async Task A_refusal_leads_back_to_the_list_and_says_why(string code)
    {
        await using var site = new Site();
        site.Api.RefuseBooking = code;
        var browser = await site.Visitor();
        var response = await Site.Post(browser, "/matches", "/book", ("offer", StubApi.Id(102).ToString()), ("slot", StubApi.Id(1080).ToString()));
        Assert.Equal($"/matches?problem={code}", response.Headers.Location!.ToString());
        var html = await browser.GetStringAsync(response.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Contains("role=\"alert\"", html);
        Assert.DoesNotContain("secret title", html);
    }

    [Theory]
    [InlineData("slotId", "/offers/{0}?problem=time-gone", "Diese Zeit gibt es nicht mehr"), InlineData("offerId", "/matches?problem=offer-gone", "Dieses Angebot gibt es nicht mehr")]
    public async Task What_is_gone_since_the_page_was_loaded_is_said(string field, string back, string said)
    {
        await using var site = new Site();
        site.Api.RefuseBooking = field;
        var browser = await site.Visitor();
        var offer = StubApi.Id(102);
        var response = await Site.Post(browser, $"/offers/{offer}", "/book", ("offer", offer.ToString()), ("slot", StubApi.Id(1080).ToString()), ("from", "offer"));
        Assert.Equal(string.Format(null, back, offer), response.Headers.Location!.ToString());
        Assert.Contains(said, await browser.GetStringAsync(response.Headers.Location, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_note_is_kept_as_long_as_the_field_lets_it_be_and_a_longer_one_is_refused_aloud()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var offer = StubApi.Id(102);
        Task<HttpResponseMessage> Ask(string note) => Site.Post(browser, $"/offers/{offer}", "/book", ("offer", offer.ToString()), ("slot", StubApi.Id(1080).ToString()), ("from", "offer"), ("note", note));
        var kept = string.Join("\r\n", Enumerable.Repeat("Zeile", 50)); // 299 letters as a browser counts them
        await Ask(kept);
        Assert.Equal(kept.ReplaceLineEndings("\n"), JsonSerializer.Deserialize<MeetingRequest>(Assert.Single(site.Api.Writes).Body!, JsonSerializerOptions.Web)!.Note);
        var refused = await Ask(new string('a', 301));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Single(site.Api.Writes);
    }

    [Fact]
    public async Task Until_when_there_is_an_answer_is_said_before_one_asks()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        foreach (var path in (string[])["/matches", $"/offers/{StubApi.Id(102)}"])
        {
            var html = WebUtility.HtmlDecode(await browser.GetStringAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal("Antwort spätestens Freitag, 27. November, 14:00 Uhr.", Answer().Match(html).Value.Replace((char)0xa0, (char)0x20));
        }
    }

    [Theory, InlineData("de", "Antwort bis "), InlineData("ar", "الرد حتى "), InlineData("ti", "መልሲ ክሳብ ")]
    public async Task Where_it_is_not_the_same_for_all_times_each_says_until_when_there_is_an_answer(string language, string said)
    {
        await using var site = new Site();
        // A day before 13:00: what begins by then has its answer an hour before, what begins later when the day is over.
        site.Clock.SetUtcNow(new(2026, 11, 27, 11, 0, 0, TimeSpan.Zero));
        var browser = await site.Visitor(language);
        foreach (var (path, offer) in ((string, int)[])[("/matches", 101), ($"/offers/{StubApi.Id(101)}", 101)])
        {
            var html = WebUtility.HtmlDecode(await browser.GetStringAsync(path, TestContext.Current.CancellationToken));
            var form = html[html.IndexOf($"id=\"o-{StubApi.Id(offer):N}\"", StringComparison.Ordinal)..];
            form = form[form.IndexOf("<fieldset", StringComparison.Ordinal)..];
            form = System.Text.RegularExpressions.Regex.Replace(form[..form.IndexOf("</form>", StringComparison.Ordinal)], "<bdi[^>]*>|</bdi>", "");
            Assert.Contains($"10:40<small>{said}09:40</small>", form);
            Assert.Contains(path == "/matches" ? $"12:20<small>{said}11:20</small>" : $"13:20<small>{said}12:00</small>", form);
            Assert.DoesNotContain("28", form[form.IndexOf("</fieldset>", StringComparison.Ordinal)..]);
        }
    }

    [Fact]
    public async Task Another_time_for_a_request_says_until_when_there_is_an_answer_and_for_what_is_agreed_none_is_needed()
    {
        await using var site = new Site();
        site.Clock.SetUtcNow(new(2026, 11, 27, 11, 0, 0, TimeSpan.Zero));
        site.Api.Meetings.AddRange(Data.Meetings("de"));
        var browser = await site.Visitor();
        Assert.Contains("Antwort bis 09:00", await browser.GetStringAsync($"/day/{StubApi.Id(301)}", TestContext.Current.CancellationToken));
        Assert.DoesNotContain("Antwort bis", await browser.GetStringAsync($"/day/{StubApi.Id(300)}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_list_that_is_being_ranked_waits_without_script()
    {
        await using var site = new Site();
        site.Api.Ranking = true;
        var html = await (await site.Visitor()).GetStringAsync("/matches", TestContext.Current.CancellationToken);
        Assert.Contains("http-equiv=\"refresh\" content=\"2\"", html);
    }

    [Fact]
    public async Task The_list_says_demo_rules_and_German_beside_the_visitors_language()
    {
        await using var site = new Site();
        var browser = await site.Visitor("ar");
        var html = await browser.GetStringAsync("/matches", TestContext.Current.CancellationToken);
        Assert.Contains("Anerkennung in der Pflege: Was fehlt noch?", html);
        Assert.Contains("<bdi dir=\"ltr\">A2</bdi>", html);
        Assert.Contains("تجريبي: هذه العروض مخترعة.", html);
        Assert.Contains("9.2.2026", html);
    }

    [Fact]
    public async Task An_opened_offer_is_counted_and_shows_its_rules_and_sources()
    {
        await using var site = new Site();
        var html = await (await site.Visitor()).GetStringAsync($"/offers/{StubApi.Id(101)}", TestContext.Current.CancellationToken);
        Assert.Contains(site.Api.Calls, c => c.Method == "POST" && c.Path == $"/api/visitors/{StubApi.Visitor}/opened" && c.Body!.Contains(StubApi.Id(101).ToString()));
        Assert.Contains("BAMF-Rundschreiben 02/26", html);
        Assert.DoesNotContain(StubApi.Id(1060).ToString(), html);
    }

    [Fact]
    public async Task An_offer_says_which_meeting_there_is_and_offers_no_time_at_which_there_is_another()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var own = Data.Meetings("de")[0];
        async Task<string> Offer() => await browser.GetStringAsync($"/offers/{StubApi.Id(101)}", TestContext.Current.CancellationToken);
        site.Api.Meetings.Add(own with { OfferId = StubApi.Id(101) });
        var met = await Offer();
        Assert.DoesNotContain("action=\"/book\"", met);
        Assert.Contains("status.accepted", met.Replace(Pages.German("status.accepted"), "status.accepted"));

        // Of another offer it takes away its own time; and where nothing is left, one can wait.
        var (taken, free) = (Data.Slots.First(s => s.Start == own.Slot.Start), Data.Slots.First(s => s.Free > 0 && s.Start >= own.Slot.End));
        site.Api.Meetings[0] = own with { OfferId = StubApi.Id(199) };
        var other = await Offer();
        Assert.Contains($"value=\"{free.Id}\"", other);
        Assert.DoesNotContain($"value=\"{taken.Id}\"", other);
        site.Api.Meetings[0] = own with { OfferId = StubApi.Id(199), Slot = own.Slot with { Start = Data.Slots[0].Start, End = Data.Slots[^1].End } };
        var busy = await Offer();
        Assert.Contains("action=\"/wait\"", busy);
        Assert.Contains("Zu den freien Zeiten haben Sie schon einen anderen Termin", busy);
    }

    [Fact]
    public async Task No_page_that_is_looked_at_changes_anything()
    {
        await using var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings("de"));
        var visitor = await site.Visitor();
        var staff = await site.Staff("exhibitor");
        site.Api.Calls.Clear();
        foreach (var path in (string[])["/", "/kiosk/timeout", "/ask/1", "/check", "/matches", $"/offers/{StubApi.Id(101)}", "/day", "/day/slip", "/day/all.ics", $"/day/{StubApi.Id(300)}", "/privacy", "/privacy/erase", "/privacy/export", $"/link/{StubApi.Visitor}/{StubApi.Token}"])
            await visitor.GetAsync(path, TestContext.Current.CancellationToken);
        foreach (var path in (string[])["/exhibitor", "/exhibitor/day", "/exhibitor/offers", "/sign-in", "/sign-in/good-code"])
            await staff.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Empty(site.Api.Writes);
    }

    [Fact]
    public async Task The_visitor_cancels_chooses_and_tells_whether_it_helped_by_posting()
    {
        await using var site = new Site();
        site.Api.Meetings.AddRange([.. Data.Meetings("de"), Data.Meetings("de")[0] with { Id = StubApi.Id(305), Status = "held" }]);
        var browser = await site.Visitor();
        await Site.Post(browser, $"/day/{StubApi.Id(300)}", $"/day/{StubApi.Id(300)}/cancel");
        await Site.Post(browser, "/day", $"/day/{StubApi.Id(302)}/choose", ("slot", StubApi.Id(1220).ToString()));
        await Site.Post(browser, "/day", $"/day/{StubApi.Id(305)}/useful", ("useful", "5"));
        await Site.Post(browser, $"/day/{StubApi.Id(302)}", $"/day/{StubApi.Id(302)}/move", ("slot", StubApi.Id(1221).ToString()));
        Assert.Equal([$"/api/meetings/{StubApi.Id(300)}/cancel", $"/api/meetings/{StubApi.Id(302)}/choose", $"/api/meetings/{StubApi.Id(305)}/outcome", $"/api/meetings/{StubApi.Id(302)}/move"], site.Api.Writes.Select(w => w.Path));
    }

    [Fact]
    public async Task Where_all_times_are_taken_one_can_wait_see_how_many_come_before_and_stop_waiting()
    {
        await using var site = new Site();
        site.Api.Full = true;
        var browser = await site.Visitor();
        var offer = $"/offers/{StubApi.Id(101)}";
        var joined = await Site.Post(browser, offer, "/wait", ("offer", StubApi.Id(101).ToString()), ("format", "stand"));
        Assert.Equal("/day#waiting", joined.Headers.Location!.ToString());
        Assert.Equal(new WaitingRequest(StubApi.Visitor, StubApi.Id(101), "stand"), JsonSerializer.Deserialize<WaitingRequest>(Assert.Single(site.Api.Writes, w => w.Path == "/api/waiting").Body!, JsonSerializerOptions.Web));
        site.Api.Waiting.Add(Data.Waiting("de"));
        Assert.Contains("Vor Ihnen: 2", await browser.GetStringAsync("/day", TestContext.Current.CancellationToken));
        await Site.Post(browser, "/day", $"/day/waiting/{StubApi.Id(500)}/leave");
        Assert.Contains(site.Api.Writes, w => w.Method == "DELETE" && w.Path == $"/api/waiting/{StubApi.Id(500)}");

        site.Api.RefuseBooking = "times-free";
        var refused = await Site.Post(browser, offer, "/wait", ("offer", StubApi.Id(101).ToString()), ("format", "stand"));
        Assert.Contains("Gerade ist eine Zeit frei geworden", await browser.GetStringAsync(refused.Headers.Location, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_seat_that_is_held_for_the_visitor_is_taken_by_one_button_and_says_until_when()
    {
        await using var site = new Site();
        var offered = Data.Meetings("de")[2] with { Table = 1 };
        site.Api.Meetings.Add(offered);
        var browser = await site.Visitor();
        var html = await browser.GetStringAsync("/day", TestContext.Current.CancellationToken);
        Assert.Contains("Für Sie ist ein Platz frei geworden.", html);
        Assert.DoesNotContain("type=\"radio\"", html);
        var page = await browser.GetStringAsync($"/day/{offered.Id}", TestContext.Current.CancellationToken);
        Assert.Contains($"action=\"/day/{offered.Id}/choose\"", page);
        Assert.DoesNotContain("Andere Zeit vorgeschlagen", page);
        await Site.Post(browser, "/day", $"/day/{offered.Id}/choose", ("slot", offered.Slot.Id.ToString()));
        Assert.Contains(site.Api.Writes, w => w.Path == $"/api/meetings/{offered.Id}/choose");
    }

    [Fact]
    public async Task The_calendar_is_handed_on_whole()
    {
        await using var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings("de"));
        var browser = await site.Visitor();
        Assert.Equal(Data.Calendar, await browser.GetStringAsync($"/day/{StubApi.Id(300)}.ics", TestContext.Current.CancellationToken));
        var all = await browser.GetStringAsync("/day/all.ics", TestContext.Current.CancellationToken);
        Assert.Equal(Data.Calendar, all);
        site.Api.Meetings.Clear();
        Assert.Equal("/day", (await browser.GetAsync("/day/all.ics", TestContext.Current.CancellationToken)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_link_lets_nobody_in_and_a_right_one_is_kept_out_of_sight()
    {
        await using var site = new Site();
        var browser = site.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync($"/link/{StubApi.Visitor}/wrong", TestContext.Current.CancellationToken)).StatusCode);
        var right = await browser.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);
        Assert.Equal("/matches", right.Headers.Location!.ToString());
        var cookie = right.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("mm.visitor", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
    }

    [Fact]
    public async Task A_link_opens_in_the_language_of_the_profile_unless_this_browser_has_chosen_one()
    {
        await using var site = new Site();
        var fresh = site.Browser();
        fresh.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        await fresh.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);
        Assert.Contains("<html lang=\"uk\"", await fresh.GetStringAsync("/matches", TestContext.Current.CancellationToken));
        var chosen = await site.Visitor("ar");
        Assert.Contains("<html lang=\"ar\"", await chosen.GetStringAsync("/matches", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Erasing_asks_first_then_forgets_and_shows_each_service()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var response = await Site.Post(browser, "/privacy/erase");
        Assert.Equal($"/erasures/{StubApi.Erasure}", response.Headers.Location!.ToString());
        Assert.Equal("DELETE", site.Api.Writes.Single().Method);
        var html = await browser.GetStringAsync(response.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Contains("noch nicht bestätigt", html);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/day", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_stand_accepts_proposes_declines_and_checks_in()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        site.Api.Calls.Clear();
        var answer = $"/exhibitor/meetings/{StubApi.Id(400)}/answer";
        await Site.Post(browser, "/exhibitor", answer, ("do", "accept"));
        await Site.Post(browser, "/exhibitor", $"/exhibitor/meetings/{StubApi.Id(400)}/times", ("do", "propose"), ("slots", StubApi.Id(1020).ToString()), ("slots", StubApi.Id(1040).ToString()));
        await Site.Post(browser, "/exhibitor", answer, ("do", "decline:taken"));
        await Site.Post(browser, "/exhibitor", answer, ("do", "decline:nonsense"));
        await Site.Post(browser, "/exhibitor/day", "/exhibitor/check-in", ("code", "nhs"));
        await Site.Post(browser, "/exhibitor/day", $"/exhibitor/meetings/{StubApi.Id(404)}/outcome", ("outcome", "no-show"));
        var writes = site.Api.Writes.ToArray();
        Assert.Equal(5, writes.Length);
        Assert.Equal(["accept", "propose", "decline"], writes.Take(3).Select(w => JsonSerializer.Deserialize<MeetingAnswer>(w.Body!, JsonSerializerOptions.Web)!.Answer));
        Assert.Equal($"/api/meetings/{StubApi.Id(404)}/outcome", writes[3].Path);
        Assert.All(writes, w => Assert.Equal("jwt-exhibitor", w.Bearer));
    }

    [Fact]
    public async Task Whether_somebody_came_is_asked_only_from_when_it_can_be_told()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        var html = await browser.GetStringAsync("/exhibitor/day", TestContext.Current.CancellationToken);
        Assert.Contains($"/exhibitor/meetings/{StubApi.Id(404)}/outcome", html);
        Assert.Contains("PWX", html);
        Assert.DoesNotContain($"/exhibitor/meetings/{StubApi.Id(406)}/outcome", html);

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains($"/exhibitor/meetings/{StubApi.Id(406)}/outcome", await browser.GetStringAsync("/exhibitor/day", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("exhibitor", "/analyst"), InlineData("analyst", "/exhibitor"), InlineData("analyst", "/organiser"), InlineData("organiser", "/exhibitor"), InlineData("exhibitor", "/analyst/models"), InlineData("exhibitor", "/analyst/models/decide"), InlineData("analyst", "/organiser/schedule"), InlineData("exhibitor", "/organiser/schedule")]
    public async Task A_role_sees_only_its_own_pages(string role, string path)
    {
        await using var site = new Site();
        var response = await (await site.Staff(role)).GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var stranger = await site.Browser().GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (stranger.StatusCode, stranger.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_mailed_code_signs_in_only_by_its_button()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await browser.GetAsync("/sign-in/good-code", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(site.Api.Calls, c => c.Path == "/api/staff/tokens");
        Assert.Equal("/analyst", (await Site.Post(browser, "/sign-in/good-code")).Headers.Location!.ToString());
        Assert.Equal("/sign-in?problem=code", (await Site.Post(browser, "/sign-in/bad-code")).Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("//evil.example"), InlineData("https://evil.example"), InlineData("/\\evil.example")]
    public async Task The_way_back_never_leads_elsewhere(string back)
    {
        await using var site = new Site();
        var response = await Site.Post(site.Browser(), "/language", ("language", "en"), ("back", back));
        Assert.Equal("/", response.Headers.Location!.ToString());
    }

    [System.Text.RegularExpressions.GeneratedRegex("Antwort spätestens [^<]*")]
    private static partial System.Text.RegularExpressions.Regex Answer();
}
