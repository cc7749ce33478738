using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.SignIn;

/// <summary>/sign-in: staff come in by a mailed link, or, in a demo alone, by choosing a role.</summary>
internal static class SignInStaff
{
    public static void MapSignIn(this RouteGroupBuilder pages)
    {
        pages.MapGet("/sign-in", Show);
        pages.MapPost("/sign-in", AskForLink);
        pages.MapGet("/sign-in/sent", () => Page.Show<SignInPage>(new { Sent = true }));
        // The link of the mail shows a button: looking at it (as mail scanners do) signs nobody in.
        pages.MapGet("/sign-in/{code:maxlength(200)}", (string code) => Page.Show<SignInPage>(new { Code = code }));
        pages.MapPost("/sign-in/{code:maxlength(200)}", Exchange);
        pages.MapPost("/sign-in/demo", Demo);
        pages.MapPost("/sign-out", Leave);
    }

    private static async Task<IResult> Show(IConfiguration configuration, ProfileClient profile, string? problem, CancellationToken cancel)
    {
        var demo = configuration.GetValue<bool>("Demo:Enabled");
        var exhibitors = demo ? (await profile.Exhibitors(cancel)).Value?.Items ?? [] : [];
        return Page.Show<SignInPage>(new { Demo = demo, Exhibitors = (IReadOnlyList<ExhibitorView>)exhibitors, Problem = problem });
    }

    private static async Task<IResult> AskForLink(HttpContext context, ProfileClient profile, CancellationToken cancel)
    {
        var email = (await context.Request.ReadFormAsync(cancel))["email"].ToString().Trim();
        if (email.Length is 0 or > 254 || !email.Contains('@')) return Page.Go("/sign-in?problem=email");
        var reply = await profile.AskForLink(email, cancel);
        return reply.Problem is { Status: 429 } ? Page.Error("busy") : Page.Go("/sign-in/sent");
    }

    private static async Task<IResult> Exchange(string code, HttpContext context, ProfileClient profile, Cookies cookies, CancellationToken cancel) =>
        Enter(context, cookies, await profile.SignIn(code, cancel));

    private static async Task<IResult> Demo(HttpContext context, IConfiguration configuration, ProfileClient profile, Cookies cookies, CancellationToken cancel)
    {
        if (!configuration.GetValue<bool>("Demo:Enabled")) return Page.Error("missing");
        var form = await context.Request.ReadFormAsync(cancel);
        var role = form["role"].ToString();
        return Enter(context, cookies, await profile.DemoSignIn(role, role == "exhibitor" && Guid.TryParse(form["exhibitor"], out var id) ? id : null, cancel));
    }

    private static IResult Enter(HttpContext context, Cookies cookies, Reply<StaffToken> reply)
    {
        if (reply.Value is not { } token) return reply.Problem?.Status is 429 ? Page.Error("busy") : Page.Go("/sign-in?problem=code");
        cookies.KeepStaff(context, StaffPass.Of(token));
        return Page.Go(Home(token.Role));
    }

    /// <summary>The browser forgets in any case; where Profile cannot be told, the session ends by itself.</summary>
    private static async Task<IResult> Leave(HttpContext context, Cookies cookies, ProfileClient profile, CancellationToken cancel)
    {
        var renewal = cookies.ReadStaff(context)?.Renewal;
        context.Response.Cookies.Delete(Cookies.Staff);
        try { if (renewal is not null) await profile.SignOut(renewal, cancel); }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { }
        return Page.Go("/sign-in");
    }

    public static string Home(string role) => role switch { "analyst" => "/analyst", "organiser" => "/organiser", _ => "/exhibitor" };
}
