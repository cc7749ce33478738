using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Channels;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Tests;

/// <summary>Short messages for who has left a number and no mail address.</summary>
public sealed class SmsTests
{
    private readonly Guid _visitor = Guid.CreateVersion7();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_left_only_a_number_gets_the_notice_in_two_lines_and_an_erasure_takes_it_away()
    {
        await using var host = await StartAsync(email: null, phone: "0341 / 12 34 56");
        await host.TellAsync(new MeetingAccepted(Samples.Meeting(_visitor, version: 2), DateTimeOffset.UtcNow), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal(("sent", "sms"), (notice.Result, notice.Channel));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(host.Folder, "sms")));
        Assert.Equal($"To: +49341123456\n\nAppointment KWM is confirmed: Saturday, 28 November 2026, 10:20\nhttps://fair.example/visitor/x\n", await File.ReadAllTextAsync(file, _cancel));
        Assert.Empty(NoticeTests.Mails(host));

        await host.TellAsync(new VisitorErased(_visitor, Guid.CreateVersion7(), DateTimeOffset.UtcNow), _visitor);
        await Host.UntilAsync(() => Task.FromResult(Directory.GetFiles(Path.Combine(host.Folder, "sms")).Length), n => n == 0);
    }

    [Fact]
    public async Task What_is_for_calendars_alone_goes_by_no_short_message_and_where_no_mail_brought_an_entry_not_at_all()
    {
        await using var host = await StartAsync(email: null, phone: "0341 / 12 34 56");
        var meeting = Samples.Meeting(_visitor, version: 2);
        await host.TellAsync(new MeetingAccepted(meeting, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(1);
        await host.TellAsync(new MeetingCancelled(meeting with { Version = 3 }, "visitor", DateTimeOffset.UtcNow), _visitor);
        var cleared = (await host.SettledAsync(3)).Single(n => n.Kind == NoticeKinds.CalendarCleared);
        Assert.Equal(("outdated", "none"), (cleared.Result, cleared.Channel));
        Assert.Single(Directory.GetFiles(Path.Combine(host.Folder, "sms")));

        // The entry went by mail, but by now there is no address to send its end to.
        Knows(host, "o@example.org", null);
        var other = Samples.Meeting(_visitor, version: 2);
        await host.TellAsync(new MeetingAccepted(other, DateTimeOffset.UtcNow), _visitor);
        await host.SettledAsync(4);
        Knows(host, null, "0341 / 12 34 56");
        await host.TellAsync(new MeetingCancelled(other with { Version = 3 }, "visitor", DateTimeOffset.UtcNow), _visitor);
        Assert.Equal("no-address", (await host.SettledAsync(6)).Last(n => n.Kind == NoticeKinds.CalendarCleared).Result);
        Assert.Single(Directory.GetFiles(Path.Combine(host.Folder, "sms")));
    }

    [Theory]
    [InlineData("o@example.org", "0341 123456", "sent", "mail")]
    [InlineData(null, "12345", "no-address", "none")]
    [InlineData(null, null, "no-address", "none")]
    public async Task A_mail_address_comes_first_and_without_a_number_nothing_is_sent(string? email, string? phone, string result, string channel)
    {
        await using var host = await StartAsync(email, phone);
        await host.TellAsync(new MeetingAccepted(Samples.Meeting(_visitor, version: 2), DateTimeOffset.UtcNow), _visitor);
        var notice = Assert.Single(await host.SettledAsync(1));
        Assert.Equal((result, channel), (notice.Result, notice.Channel));
        Assert.False(Directory.Exists(Path.Combine(host.Folder, "sms")));
    }

    [Theory]
    [InlineData("0341 123456", "+49341123456"), InlineData("+49 (0)341 123456", "+49341123456"), InlineData("0049-341-123456", "+49341123456"), InlineData("+380 44 123 45 67", "+380441234567")]
    [InlineData("12345", null), InlineData("+1", null), InlineData("", null), InlineData("+4912345678901234567", null), InlineData("000", null)]
    public void Numbers_are_taken_as_people_write_them(string written, string? number) => Assert.Equal(number, PhoneNumbers.Of(written));

    private async Task<Host> StartAsync(string? email, string? phone)
    {
        var host = await Host.StartAsync();
        Knows(host, email, phone);
        await host.TellAsync(Samples.Contact(_visitor, CapabilityToken.Create(), language: "en"), _visitor);
        await Host.UntilAsync(() => host.AskAsync(db => db.Visitors.CountAsync(_cancel)), n => n == 1);
        return host;
    }

    private void Knows(Host host, string? email, string? phone) =>
        host.Profile.Addresses[$"/internal/visitors/{_visitor}/address"] = new Address(email, "en", "https://fair.example/visitor/x", null, phone);
}
