using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Tests.Texts;

public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, "Integrationskurs (en)", "Table 1")]
    [InlineData("so", "Integrationskurs (en)", "Table 1")]
    [InlineData("de", "Integrationskurs", "Tisch 1")]
    [InlineData("uk", "Integrationskurs", "Стіл 1")]
    public async Task Meetings_and_matches_are_told_in_the_language_asked_for_else_in_the_visitors_own(string? asked, string title, string stand)
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync(DemoFair.Open with { Language = "en" });
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        if (asked is not null) visitor.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(asked);

        var made = await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course))[0]);
        var read = (await visitor.Http.GetFromJsonAsync<Meeting>($"/api/meetings/{made.Id}"))!;
        var listed = Assert.Single((await visitor.Http.GetFromJsonAsync<List<Meeting>>($"/api/visitors/{visitor.Id}/meetings"))!);
        var stop = Assert.Single((await visitor.Http.GetFromJsonAsync<List<RouteStop>>($"/api/visitors/{visitor.Id}/route"))!).Meeting!;
        Assert.All([made, read, listed, stop], m => Assert.Equal((title, "Integrationskurs", stand), (m.Title, m.TitleDe, m.Stand)));

        var match = (await visitor.Http.GetFromJsonAsync<Matches>($"/api/visitors/{visitor.Id}/matches"))!.Items.Single(i => i.OfferId == DemoFair.Course);
        Assert.Equal((title, stand), (match.Title, match.Stand));
    }

    [Theory]
    [InlineData("Tisch 14, Halle 1", "de", "Tisch 14, Halle 1")]
    [InlineData("Tisch 14, Halle 1", "so", "Tisch 14, Halle 1")]
    [InlineData("Tisch 14, Halle 1", "en", "Table 14, Hall 1")]
    [InlineData("Tisch 3a, Halle 1", "uk", "Стіл 3a, Зал 1")]
    [InlineData("Tisch 14, Halle 1", "ar", "طاولة 14، قاعة 1")]
    [InlineData("A 12", "ar", "A 12")]                                // a sign's own text
    [InlineData("Tisch am Eingang, Halle 2", "en", "Tisch am Eingang, Hall 2")]
    [InlineData("Musterweg 14, Leipzig", "ar", "Musterweg 14, Leipzig")] // an address in the city
    [InlineData(null, "en", null)]
    public void A_sign_is_said_in_the_readers_words_and_its_own_text_stays(string? sign, string language, string? said) =>
        Assert.Equal(said, StandSign.In(sign, language));
}
