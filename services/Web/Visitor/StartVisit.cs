using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/: the way in, and the choice of language wherever it is wanted.</summary>
internal static class StartVisit
{
    public static void MapStart(this RouteGroupBuilder pages)
    {
        pages.MapGet("/", (HttpContext context, Visit visit) =>
        {
            // Who types the address of the start on a kiosk is no longer at the kiosk, and takes nothing of the visit there along.
            if (visit.Kiosk)
            {
                Cookies.Wipe(context);
                Cookies.StopKiosk(context);
                visit.Leave();
            }
            return Page.Show<StartPage>();
        });
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
        if (Tongues.Active.Contains(form["language"].ToString())) Cookies.KeepLanguage(context, form["language"].ToString());
        return form;
    }
}
