using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.ServiceDefaults.Auth;

namespace Matchmaking.Notification.Tests;

public sealed class ApiTests
{
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly Guid _exhibitor = Guid.CreateVersion7();
    private readonly string _token = CapabilityToken.Create();

    [Fact]
    public async Task Each_side_sees_its_own_notices_and_nobody_elses()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org", "en");
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(Samples.Contact(_visitor, _token, language: "en", hasContact: false), _visitor);
        await Host.UntilAsync(() => host.AskAsync(db => Task.FromResult(db.Visitors.Count(v => v.Version == 1))), n => n == 1);
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingAccepted(meeting with { Version = 2 }, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(3);

        var visitors = await ReadAsync<List<Notice>>(await host.GetAsync("/api/notices", _token));
        var notice = Assert.Single(visitors);
        Assert.Equal(("meeting-accepted", "mail", "sent", meeting.MeetingId), (notice.Kind, notice.Channel, notice.Result, notice.MeetingId));
        Assert.Equal("Appointment KWM is confirmed: Saturday, 28 November 2026, 10:20", notice.Subject);

        var exhibitors = await ReadAsync<List<Notice>>(await host.GetAsync("/api/notices", host.Profile.Staff("exhibitor", _exhibitor)));
        Assert.Equal(["meeting-requested"], exhibitors.Select(n => n.Kind)); // what a mail does to their calendar is no news
        Assert.Empty(await ReadAsync<List<Notice>>(await host.GetAsync("/api/notices", host.Profile.Staff("exhibitor", Guid.CreateVersion7()))));
    }

    [Fact]
    public async Task Without_or_with_a_wrong_token_401_with_a_wrong_role_403_for_somebody_else_404()
    {
        await using var host = await Host.StartAsync();
        await host.TellAsync(Samples.Contact(_visitor, _token, hasContact: false), _visitor);
        await Host.UntilAsync(() => host.AskAsync(db => Task.FromResult(db.Visitors.Count())), n => n == 1);

        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/api/notices", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync("/api/notices", CapabilityToken.Create())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.GetAsync("/api/notices", host.Profile.Staff("analyst"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync($"/api/visitors/{_visitor}/export/notification", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.GetAsync($"/api/visitors/{_visitor}/export/notification", host.Profile.Staff("organiser"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync($"/api/visitors/{Guid.CreateVersion7()}/export/notification", _token)).StatusCode);
    }

    [Fact]
    public async Task The_export_holds_everything_but_addresses_which_are_not_here()
    {
        await using var host = await Host.StartAsync();
        host.Profile.Knows("visitor", _visitor, "o@example.org", "uk");
        await host.TellAsync(Samples.Contact(_visitor, _token), _visitor);
        await host.TellAsync(Samples.Ranked(_visitor), _visitor);
        await host.TellAsync(new MeetingRequested(Samples.Meeting(_visitor, _exhibitor), DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(2);

        var export = await ReadAsync<NotificationExport>(await host.GetAsync($"/api/visitors/{_visitor}/export/notification", _token));
        Assert.Equal((_visitor, 1L, "uk", true), (export.VisitorId, export.Version, export.Language, export.HasContact));
        Assert.Equal("list-ready", Assert.Single(export.Notices).Kind);
        Assert.Equal("meeting-requested", Assert.Single(export.NoticesToOthers).Kind);
        Assert.Equal(CapabilityToken.Hash(_token), Assert.Single(export.LinkHashes));
    }

    [Fact]
    public async Task Demo_mail_is_there_in_demo_mode_alone()
    {
        await using (var plain = await Host.StartAsync())
            Assert.Equal(HttpStatusCode.NotFound, (await plain.GetAsync("/api/demo/mail", null)).StatusCode);

        await using var host = await Host.StartAsync(("Demo:Enabled", "true"));
        Assert.Empty(await ReadAsync<List<DemoMail>>(await host.GetAsync("/api/demo/mail", null)));
        host.Profile.Knows("visitor", _visitor, "o@example.org", "de");
        host.Profile.Knows("exhibitor", _exhibitor, "stand@example.org");
        var meeting = Samples.Meeting(_visitor, _exhibitor);
        await host.TellAsync(new MeetingRequested(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingAccepted(meeting with { Version = 2 }, DateTimeOffset.UtcNow, "system"), _visitor);
        await host.SettledAsync(2);

        var mails = await ReadAsync<List<DemoMail>>(await host.GetAsync("/api/demo/mail", null));
        Assert.Equal(["o@example.org", "stand@example.org"], mails.Select(m => m.To));
        Assert.Contains("Ihr Termin ist bestätigt.", mails[0].Text);
        var entry = Assert.Single(mails[0].Attachments);
        Assert.Equal(("termin.ics", "text/calendar"), (entry.Name, entry.ContentType));
        Assert.StartsWith("BEGIN:VCALENDAR", entry.Text);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web))!;
    }
}
