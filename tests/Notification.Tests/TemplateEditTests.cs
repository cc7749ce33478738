using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Tests;

/// <summary>Texts that organisers write: checked before they are saved, tried on samples, and never able to do more than say.</summary>
public sealed class TemplateEditTests
{
    private const string Path = "/api/notices/templates/meeting-accepted/de";
    private const string Good = "Termin {{ code }} am {{ day }}\n\nHallo,\n\n{% if side == \"visitor\" %}bis bald!{% else %}es kommt jemand.{% endif %}\n\n{{ meeting }}\n\n{{ link }}\n";
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    public static TheoryData<string, string> BuiltIn() => [.. from kind in NoticeKinds.All from language in MailTexts.LanguagesOf(kind) select new TheoryDataRow<string, string>(kind, language)];

    [Theory, MemberData(nameof(BuiltIn))]
    public void What_comes_with_the_product_keeps_the_rules(string kind, string language) => Assert.Empty(TemplateCheck.Faults(kind, language, MailTexts.BuiltIn(kind, language)));

    [Theory]
    // Names that there are not, with what was meant or what there is.
    [InlineData("{{ coed }}", 3, "template-name-near", "code")]
    [InlineData("{{ visitor_name }}", 3, "template-name", "code")]
    [InlineData("{% if sied == 'x' %}a{% endif %}", 3, "template-name-near", "side")]
    [InlineData("{% if code == unheard_of %}a{% endif %}", 3, "template-name", "")]
    [InlineData("{% for a in starts %}{{ a }}{% endfor %}", 3, "template-no-list", "")]
    [InlineData("{{ starts }}", 3, "template-name", "")]
    // What reads files, assigns, calls, repeats itself or reaches further than words.
    [InlineData("{% include 'secrets' %}", 3, "template-tag", "if")]
    [InlineData("{% assign a = 1 %}", 3, "template-tag", "for")]
    [InlineData("{% capture a %}b{% endcapture %}", 3, "template-tag", "")]
    [InlineData("{% cycle 'a', 'b' %}", 3, "template-tag", "")]
    [InlineData("{% raw %}a{% endraw %}", 3, "template-tag", "")]
    [InlineData("{{ code | append: link }}", 3, "template-filter", "")]
    [InlineData("{{ code.length }}", 3, "template-expression", "code.length")]
    [InlineData("{{ 'a' }}", 3, "template-expression", "")]
    [InlineData("{% for i in (1..1000000) %}a{% endfor %}", 3, "template-loop", "")]
    [InlineData("{% if code | size > 1 %}a{% endif %}", 3, "template-condition", "")]
    [InlineData("{% if code == 1 == 2 %}a{% endif %}", 3, "template-condition", "")]
    [InlineData("{% if %}a{% endif %}", 3, "template-condition", "")]
    // What does not end, or was not begun, by its line.
    [InlineData("a\n{{ code", 4, "template-unclosed", "}}")]
    [InlineData("a\n{% if code == 'x'\nb", 4, "template-unclosed", "%}")]
    [InlineData("a\n\n{% if code == 'x' %}b", 5, "template-not-ended", "endif")]
    [InlineData("{% endif %}", 3, "template-not-begun", "if")]
    [InlineData("{% else %}", 3, "template-not-begun", "if")]
    [InlineData("{% if code == 'a' %}{% endfor %}{% endif %}", 3, "template-not-begun", "for")]
    // What would tell a stranger more than it should.
    [InlineData("{{ title }}", 3, "template-confidential", "")]
    [InlineData("a\nb {{ exhibitor }}", 4, "template-confidential", "")]
    [InlineData("{% if exhibitor contains 'Schuld' %}a{% endif %}", 3, "template-compare", "exhibitor")]
    [InlineData("{% if code != '' and 'a' < title %}a{% endif %}", 3, "template-compare", "title")]
    [InlineData("a\n{% if stand == 'Tisch 5' %}a{% endif %}", 4, "template-compare", "stand")]
    public void A_text_that_breaks_a_rule_is_told_the_line_and_the_repair(string body, int line, string code, string repair)
    {
        var faults = TemplateCheck.Faults(NoticeKinds.Accepted, "de", $"Termin {{{{ code }}}}\n\n{body}\n\n{{{{ link }}}}\n");
        Assert.Contains(code, faults.Select(f => f.Code));
        var fault = faults.First(f => f.Code == code);
        Assert.Equal(line, fault.Line);
        Assert.Contains(repair, string.Join(' ', fault.Arguments));
    }

    [Theory]
    [InlineData("\n\na\n{{ link }}", "template-subject")]
    [InlineData("Termin\na\n{{ link }}", "template-gap")]
    [InlineData("Termin\n\na", "template-link")]
    [InlineData("Termin\n\nhier: {{ link }}.", "template-link")]
    [InlineData("Termin {{ title }}\n\na\n\n{{ link }}", "template-subject-private")]
    [InlineData("Termin {{ meeting }}\n\na\n\n{{ link }}", "template-subject-private")]
    [InlineData("Termin\n\na\u0007\n\n{{ link }}", "plain-text")]
    public void Subject_gap_and_link_are_where_they_belong(string text, string code) => Assert.Contains(TemplateCheck.Faults(NoticeKinds.Accepted, "de", text), f => f.Code == code);

    [Fact]
    public void Size_number_and_depth_are_limited_and_faults_are_not_endless()
    {
        string Whole(string body) => $"Termin\n\n{body}\n\n{{{{ link }}}}\n";
        Assert.Equal("too-long", Assert.Single(TemplateCheck.Faults(NoticeKinds.Accepted, "de", Whole(new string('a', 5000)))).Code);
        Assert.Contains(TemplateCheck.Faults(NoticeKinds.Accepted, "de", Whole(string.Concat(Enumerable.Repeat("{{ code }}", 150)))), f => f.Code == "template-too-many");
        Assert.Contains(TemplateCheck.Faults(NoticeKinds.Accepted, "de", Whole(string.Concat(Enumerable.Repeat("{% if code == 'a' %}", 6)) + string.Concat(Enumerable.Repeat("{% endif %}", 6)))), f => f.Code == "template-too-deep");
        Assert.Contains(TemplateCheck.Faults(NoticeKinds.Proposed, "de", Whole("{% for a in starts %}{% for b in starts %}x{% endfor %}{% endfor %}")), f => f.Code == "template-loop-in-loop");
        Assert.InRange(TemplateCheck.Faults(NoticeKinds.Accepted, "de", Whole(string.Concat(Enumerable.Repeat("{{ wrong }}\n", 90)))).Count, 1, 20);
    }

    [Fact]
    public async Task An_edited_text_is_said_from_the_next_mail_on_in_its_language_alone_and_can_be_taken_back()
    {
        await using var host = await Host.StartAsync();
        var (visitor, exhibitor) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        host.Profile.Knows("visitor", visitor, "o@example.org", "de");
        Assert.Equal((0, false), (await ReadAsync(host)) is var first ? (first.Version, first.Edited) : default);
        var saved = await SendAsync(host, HttpMethod.Put, Path, new TemplateDraft(Good, 0));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal((1, true, Good), (await ReadAsync(host)) is var now ? (now.Version, now.Edited, now.Text) : default);
        var (subject, text) = await TellAsync();
        Assert.Equal("Termin KWM am Samstag, 28. November 2026", subject);
        Assert.Contains("bis bald!", text);
        Assert.Contains("/stop/", text); // under every mail, whatever its text

        // Pressed twice with the page of before: no third version; another page of before: told.
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(host, HttpMethod.Put, Path, new TemplateDraft(Good.Replace("bald", "dann", StringComparison.Ordinal), 0))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(host, HttpMethod.Put, Path, new TemplateDraft(Good, 1))).StatusCode);
        Assert.Equal(1, (await ReadAsync(host)).Version);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(host, HttpMethod.Delete, Path + "?version=1")).StatusCode);
        var back = await ReadAsync(host);
        Assert.Equal((2, false, MailTexts.BuiltIn("meeting-accepted", "de")), (back.Version, back.Edited, back.Text));
        Assert.Equal([(2, true), (1, false)], back.History.Select(h => (h.Version, h.Reset)));
        Assert.Equal(Good, (await ReadAsync(host, "?version=1")).Text);
        Assert.Contains("Ihr Termin ist bestätigt.", (await TellAsync()).Text);

        async Task<(string Subject, string Text)> TellAsync()
        {
            await host.AskAsync(db => db.Notices.ExecuteDeleteAsync(_cancel));
            await host.TellAsync(new MeetingAccepted(Samples.Meeting(visitor, exhibitor, 2), DateTimeOffset.UtcNow), visitor);
            var mail = MimeKit.MimeMessage.Load(System.IO.Path.Combine(host.MailFolder, $"{Assert.Single(await host.SettledAsync(1)).Id}.eml"), _cancel);
            return (mail.Subject!, mail.TextBody!);
        }
    }

    [Fact]
    public async Task A_preview_says_it_to_both_sides_and_stores_nothing_and_a_bad_text_is_refused_by_line()
    {
        await using var host = await Host.StartAsync();
        var preview = (await (await SendAsync(host, HttpMethod.Post, Path + "/preview", new TemplateDraft(Good))).Content.ReadFromJsonAsync<TemplatePreview>(_cancel))!;
        Assert.Equal([("visitor", true), ("exhibitor", false)], preview.Said.Select(s => (s.Side, s.Text.Contains("bis bald!", StringComparison.Ordinal))));
        Assert.All(preview.Said, s => Assert.Equal("Termin KWM am Samstag, 20. Juni 2026", s.Subject));

        foreach (var (method, path) in new[] { (HttpMethod.Post, Path + "/preview"), (HttpMethod.Put, Path) })
        {
            var refused = await SendAsync(host, method, path, new TemplateDraft("Termin\n\nHallo {{ coed }}\n\n{{ link }}"), language: "en");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            var problem = await refused.Content.ReadAsStringAsync(_cancel);
            Assert.Contains("\"text:3\"", problem);
            Assert.Contains("code", problem);
        }
        Assert.Equal(0, await host.AskAsync(db => db.TemplateVersions.CountAsync(_cancel)));
    }

    [Fact]
    public async Task Only_an_organiser_and_only_what_there_is()
    {
        await using var host = await Host.StartAsync();
        foreach (var role in (string[])["exhibitor", "analyst"])
            foreach (var (method, path) in new[] { (HttpMethod.Get, Path), (HttpMethod.Put, Path), (HttpMethod.Delete, Path), (HttpMethod.Post, Path + "/preview"), (HttpMethod.Get, "/api/notices/templates") })
                Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(host, method, path, new TemplateDraft(Good), role: role)).StatusCode);
        foreach (var path in (string[])["/api/notices/templates/nothing/de", "/api/notices/templates/meeting-accepted/xx", "/api/notices/templates/_meeting/de", Path + "?version=7"])
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host, HttpMethod.Get, path)).StatusCode);
        var entries = (await (await SendAsync(host, HttpMethod.Get, "/api/notices/templates")).Content.ReadFromJsonAsync<List<TemplateEntry>>(_cancel))!;
        Assert.Equal(NoticeKinds.All.Sum(kind => MailTexts.LanguagesOf(kind).Count), entries.Count);
    }

    private async Task<TemplateView> ReadAsync(Host host, string query = "") => (await (await SendAsync(host, HttpMethod.Get, Path + query)).Content.ReadFromJsonAsync<TemplateView>(_cancel))!;

    private async Task<HttpResponseMessage> SendAsync(Host host, HttpMethod method, string path, TemplateDraft? body = null, string role = "organiser", string language = "de")
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null || method == HttpMethod.Get || method == HttpMethod.Delete ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.Profile.Staff(role, Guid.CreateVersion7()));
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await host.Client.SendAsync(request, _cancel);
    }
}
