using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Tests.Meetings;

public sealed class CommonLanguageTests
{
    [Theory]
    [InlineData("uk ru", "A2", "uk ru")]
    [InlineData("uk ru", "B1", "uk ru de")]
    [InlineData("uk de", "C1", "uk de")]
    [InlineData("", "A1", "ar")]
    [InlineData("", "B2", "ar de")]
    [InlineData("uk", "unknown", "uk")]
    public void People_speak_what_they_named_else_what_they_read_and_german_from_b1(string named, string german, string spoken)
    {
        var needs = DemoFair.Open with { Language = "ar", ConversationLanguages = named.Split(' ', StringSplitOptions.RemoveEmptyEntries), German = new German(german) };
        Assert.Equal(spoken.Split(' '), CommonLanguage.Of(new Visitor { Needs = needs }));
    }

    [Theory]
    [InlineData("uk", "de uk", true)]
    [InlineData("UK", "uk", true)]
    [InlineData("ar", "de uk", false)]
    [InlineData("", "de", true)]
    [InlineData("ar", "", true)]
    public void One_language_is_enough_and_what_is_not_known_rules_nobody_out(string visitor, string table, bool shared) =>
        Assert.Equal(shared, CommonLanguage.IsShared(visitor.Split(' ', StringSplitOptions.RemoveEmptyEntries), table.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
