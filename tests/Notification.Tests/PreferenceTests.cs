using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Tests;

/// <summary>What people wish to be told, and the one tap that ends it.</summary>
public sealed class PreferenceTests
{
    private const string Path = "/api/notices/preferences";
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();
    private readonly string _token = CapabilityToken.Create();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_side_has_wishes_of_its_own_and_what_is_left_out_stays()
    {
        await using var host = await StartAsync();
        var stand = host.Profile.Staff("exhibitor", _exhibitor);
        Assert.Equal(new NoticePreferences(true, Paces.AtOnce, true, true), await ReadAsync(host, _token));
        Assert.Equal(new NoticePreferences(true, Paces.AtOnce, false, true), await ReadAsync(host, stand));
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(host, stand, new { pace = "hourly", beforeMeeting = true })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(host, stand, new { eveningBefore = false })).StatusCode);
        Assert.Equal(new NoticePreferences(true, Paces.Hourly, true, false), await ReadAsync(host, stand));
        Assert.Equal(new NoticePreferences(true, Paces.AtOnce, true, true), await ReadAsync(host, _token));
        Assert.Equal(new NoticePreferences(true, Paces.AtOnce, false, true), await ReadAsync(host, host.Profile.Staff("exhibitor", Guid.CreateVersion7())));
    }

    [Theory]
    [InlineData("""{"pace":"weekly"}""", "pace", "at-once, hourly, daily")]
    [InlineData("""{"pace":"hourly","mails":true}""", "mails", "")]
    [InlineData("""{"mail":"no"}""", "mail", "")]
    public async Task What_is_not_understood_is_refused_by_field_and_changes_nothing(string body, string field, string repair)
    {
        await using var host = await StartAsync();
        var stand = host.Profile.Staff("exhibitor", _exhibitor);
        var refused = await SendAsync(host, HttpMethod.Put, Path, stand, new StringContent(body, new MediaTypeHeaderValue("application/json")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadAsStringAsync(_cancel);
        Assert.Contains($"\"{field}\"", problem);
        Assert.Contains(repair, problem);
        Assert.Equal(0, await host.AskAsync(db => db.Preferences.CountAsync(_cancel)));
    }

    [Fact]
    public async Task A_visitor_is_told_at_once_or_not_at_all() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(await StartAsync(), _token, new { pace = "daily" })).StatusCode);

    [Fact]
    public async Task Changes_at_once_do_not_undo_each_other()
    {
        await using var host = await StartAsync();
        var stand = host.Profile.Staff("exhibitor", _exhibitor);
        var answers = await Task.WhenAll(PutAsync(host, stand, new { pace = "daily" }), PutAsync(host, stand, new { beforeMeeting = true }), PutAsync(host, stand, new { eveningBefore = false }));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(new NoticePreferences(true, Paces.Daily, true, false), await ReadAsync(host, stand));
    }

    [Fact]
    public async Task A_mail_can_be_stopped_with_one_tap_by_mail_programs_and_people_and_only_a_press_stops_it()
    {
        await using var host = await StartAsync();
        await AskAsync(host);
        await host.SettledAsync(1);
        var mail = Assert.Single(NoticeTests.Mails(host));
        var link = mail.Headers["List-Unsubscribe"]!;
        Assert.StartsWith("<https://fair.example/stop/", link, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]); // RFC 8058, to the letter
        Assert.Contains(link.Trim('<', '>'), mail.TextBody);
        Assert.Contains($"href=\"{link.Trim('<', '>')}\"", mail.HtmlBody);
        var stop = "/api/notices/stop/" + link.Trim('<', '>').Split('/')[^1];

        // Looked at by a scanner of links, three times: nothing changes.
        for (var i = 0; i < 3; i++) Assert.Equal(new NoticeStop("exhibitor", false), await (await host.GetAsync(stop, null)).Content.ReadFromJsonAsync<NoticeStop>(_cancel));
        Assert.Equal(0, await host.AskAsync(db => db.Preferences.CountAsync(_cancel)));

        for (var i = 0; i < 2; i++) Assert.Equal(new NoticeStop("exhibitor", true), await (await SendAsync(host, HttpMethod.Post, stop, null)).Content.ReadFromJsonAsync<NoticeStop>(_cancel));
        await AskAsync(host);
        var notices = await host.SettledAsync(2);
        Assert.Equal(("stopped", "none"), (notices[1].Result, notices[1].Channel));
        Assert.Single(NoticeTests.Mails(host));
        Assert.False((await ReadAsync(host, host.Profile.Staff("exhibitor", _exhibitor))).Mail);
        // The other side of the meeting is still told.
        Assert.True((await ReadAsync(host, _token)).Mail);

        Assert.Equal(new NoticeStop("exhibitor", false), await (await SendAsync(host, HttpMethod.Delete, stop, null)).Content.ReadFromJsonAsync<NoticeStop>(_cancel));
        await AskAsync(host);
        Assert.Equal("sent", (await host.SettledAsync(3))[2].Result);
    }

    [Fact]
    public async Task A_link_that_was_changed_or_guessed_stops_nobody()
    {
        await using var host = await StartAsync();
        await AskAsync(host);
        await host.SettledAsync(1);
        var token = Assert.Single(NoticeTests.Mails(host)).Headers["List-Unsubscribe"]!.Trim('<', '>').Split('/')[^1];
        var changed = (token[5] == 'A' ? "B" : "A") + token[6..];
        foreach (var bad in (string[])[token[..5] + changed, token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), "x", new string('A', 44), new string('=', 44)])
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Post, "/api/notices/stop/" + bad, null)).StatusCode);
        Assert.Equal(0, await host.AskAsync(db => db.Preferences.CountAsync(_cancel)));
    }

    [Fact]
    public async Task A_link_to_sign_in_has_no_stop_and_is_sent_also_to_who_stopped()
    {
        await using var host = await StartAsync();
        var (account, link) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Profile.Addresses[$"/internal/accounts/{account}/address/{link}"] = new Address("staff@example.org", "en", "https://fair.example/staff/enter?code=x", "A. Person");
        await host.TellAsync(new SignInLinkRequested(account, link, DateTimeOffset.UtcNow), account);
        await host.SettledAsync(1);
        var mail = Assert.Single(NoticeTests.Mails(host));
        Assert.Null(mail.Headers["List-Unsubscribe"]);
        Assert.DoesNotContain("/stop/", mail.TextBody);
    }

    [Fact]
    public async Task Wishes_are_exported_and_erased_with_the_visitor_and_the_link_opens_nothing_any_more()
    {
        await using var host = await StartAsync();
        await PutAsync(host, _token, new { beforeMeeting = false });
        var export = await (await host.GetAsync($"/api/visitors/{_visitor}/export/notification", _token)).Content.ReadFromJsonAsync<NotificationExport>(_cancel);
        Assert.Equal(new NoticePreferences(true, Paces.AtOnce, false, true), export!.Preferences);
        await host.TellAsync(Samples.Ranked(_visitor), _visitor);
        await host.SettledAsync(1);
        var token = Assert.Single(NoticeTests.Mails(host)).Headers["List-Unsubscribe"]!.Trim('<', '>').Split('/')[^1];
        await host.TellAsync(new VisitorErased(_visitor, Guid.CreateVersion7(), DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => host.AskAsync(db => db.Preferences.CountAsync(_cancel)), n => n == 0);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Post, "/api/notices/stop/" + token, null)).StatusCode);
        Assert.Equal(0, await host.AskAsync(db => db.Preferences.CountAsync(_cancel)));
    }

    private Task<Guid> AskAsync(Host host) => host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);

    private async Task<NoticePreferences> ReadAsync(Host host, string token) => (await (await host.GetAsync(Path, token)).Content.ReadFromJsonAsync<NoticePreferences>(_cancel))!;

    private Task<HttpResponseMessage> PutAsync<T>(Host host, string token, T body) => SendAsync(host, HttpMethod.Put, Path, token, JsonContent.Create(body));

    private async Task<HttpResponseMessage> SendAsync(Host host, HttpMethod method, string path, string? token, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.Client.SendAsync(request, _cancel);
    }

    private async Task<Host> StartAsync()
    {
        var host = await Host.StartAsync();
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        await host.TellAsync(Samples.Contact(_visitor, _token, language: "en"), _visitor);
        await Host.UntilAsync(() => host.AskAsync(db => db.Visitors.CountAsync(_cancel)), n => n == 1);
        return host;
    }
}
