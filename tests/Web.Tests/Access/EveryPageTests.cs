using Matchmaking.Contracts.Texts;

namespace Matchmaking.Web.Tests.Access;

/// <summary>
/// All pages, each language once: a page that stands open is asked everything at once, because to come there costs more than to ask. What depends on the language
/// is asked in each; colours and keys in German and Arabic; a kiosk's sizes also in French, which is as long as German, and in Tigrinya, which stands tallest.
/// </summary>
public sealed class EveryPagePhoneTests(Room room) : IClassFixture<Room>
{
    public static TheoryData<string> Tongues => [.. Words.Languages];

    [Theory, MemberData(nameof(Tongues))]
    public Task Every_page_of_a_visitor_serves_everybody_on_a_phone(string language) =>
        room.VisitorPages(Rig.Screen.Phone, language, [Axe.Finds, Sizes.OnPhone, Dock.Hides, .. Room.Thorough(language)]);
}

/// <summary>The same on the fair's own screens, at the kiosk and of staff; it runs beside the other.</summary>
public sealed class EveryPageFairTests(Room room) : IClassFixture<Room>
{
    public static TheoryData<string> StaffTongues => [.. Words.StaffLanguages];

    [Theory, InlineData("de"), InlineData("ar"), InlineData("fr"), InlineData("ti")]
    public Task Every_page_of_a_visitor_serves_everybody_at_a_kiosk(string language) =>
        room.VisitorPages(Rig.Screen.Kiosk, language, [Axe.Finds, Sizes.AtKiosk, Dock.Hides, .. Room.Thorough(language)]);

    [Theory, MemberData(nameof(StaffTongues))]
    public Task Every_page_for_staff_serves_everybody(string language) => room.StaffPages(language, [Axe.Finds, .. Room.Thorough(language)]);
}
