using Matchmaking.Web.Components;

namespace Matchmaking.Web.Tests;

/// <summary>German in a page from right to left keeps its order, and nothing else is taken for German.</summary>
public sealed class MixedScriptTests
{
    [Theory]
    [InlineData("BAMF (المكتب الاتحادي)", "<bdi lang=\"de\" dir=\"ltr\">BAMF</bdi> (المكتب الاتحادي)")]
    [InlineData("يكتب الجناح: «\u2068Anmeldung nötig (bis 5.6.).\u2069»", "يكتب الجناح: «<bdi lang=\"de\" dir=\"ltr\">Anmeldung nötig (bis 5.6.).</bdi>»")]
    [InlineData("يكتب: «\u2068بالعربية.\u2069»", "يكتب: «<bdi>بالعربية.</bdi>»")]
    [InlineData("المستوى A2 فقط", "المستوى <bdi dir=\"ltr\">A2</bdi> فقط")]
    [InlineData("Bürgeramt (Mitte).", "<bdi lang=\"de\" dir=\"ltr\">Bürgeramt (Mitte).</bdi>")]
    public void Each_script_is_set_as_one_piece(string text, string html) => Assert.Equal(html, View.SetApart(text).Value);

    [Fact]
    public async Task The_office_to_ask_is_named_in_the_readers_language()
    {
        await using var site = new Site();
        var html = await (await site.Visitor("ar")).GetStringAsync("/matches", TestContext.Current.CancellationToken);
        Assert.DoesNotMatch("<bdi lang=\"de\"[^>]*>[^<]*[\u0600-\u06ff]", html);
    }
}
