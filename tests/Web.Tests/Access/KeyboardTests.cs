using Matchmaking.Rig;

namespace Matchmaking.Web.Tests.Access;

/// <summary>Without a mouse and without a finger.</summary>
public sealed class KeyboardTests(Room room) : IClassFixture<Room>
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_meeting_is_booked_by_keyboard_alone(bool kiosk)
    {
        room.Site.Api.Meetings.Clear();
        await using var context = await room.Browser.OpenAsync(kiosk ? Rig.Screen.Kiosk : Rig.Screen.Desktop);
        var page = await context.NewPageAsync();
        await page.GotoAsync(room.Origin + (kiosk ? "/kiosk" : "/"));
        if (kiosk) await Press("main form .main", "Enter");
        await Press("button[value=uk]", "Enter");
        await Press("[value=work]", "Space");
        await Press("button[value=rest]", "Enter");
        await Press("[value=matching]", "Space");
        await Press(".dock .main", "Enter");
        await Press(".match.first .book .btn", "Space");
        await page.ArriveAsync("/day[?]new=");

        async Task Press(string what, string key)
        {
            await page.Locator(what).First.WaitForAsync();
            await page.WaitForLoadStateAsync();
            for (var stops = 0; !await page.EvaluateAsync<bool>("what => document.activeElement.matches(what)", what); stops++)
            {
                Assert.True(stops < Focus.MostStops, $"{page.Url}: Tab does not come to {what}");
                await page.Keyboard.PressAsync("Tab");
            }
            await page.Keyboard.PressAsync(key);
        }
    }
}
