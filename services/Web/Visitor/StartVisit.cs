using Matchmaking.Contracts.Texts;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/: the way in, and the choice of language wherever it is wanted.</summary>
internal static class StartVisit
{
    public static void MapStart(this RouteGroupBuilder pages)
    {
        // A kiosk stays one, whatever is typed there: its start is another, and ends the visit.
        pages.MapGet("/", (Visit visit) => visit.Kiosk ? Page.Go("/kiosk") : Page.Show<StartPage>());
        pages.MapPost("/start", async (HttpContext context) =>
        {
            await Choose(context);
            return Page.Go("/ask/1");
        });
        pages.MapGet("/language", (string? back) => Page.Show<LanguagePage>(new { Back = Paths.Local(back) }));
        pages.MapPost("/language", async (HttpContext context) =>
        {
            var form = await Choose(context);
            return Page.Go(Paths.Local(form["back"]));
        });
    }

    private static async Task<IFormCollection> Choose(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (Words.Languages.Contains(form["language"].ToString())) Cookies.KeepLanguage(context, form["language"].ToString());
        return form;
    }
}
