using System.Globalization;
using Matchmaking.Contracts.Notification;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Organiser;

/// <summary>/organiser/texts: what mails say, changed with a preview, kept by version, and back to what comes with the product.</summary>
internal static class WriteTexts
{
    private const string One = "/organiser/texts/{kind}/{language}";

    public static void MapTexts(this RouteGroupBuilder pages)
    {
        pages.MapGet("/organiser/texts", (Visit visit, NotificationClient notification, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        {
            var entries = await notification.Template<List<TemplateEntry>>(HttpMethod.Get, pass.Token, "", null, cancel);
            return entries.Problem is { } refusal ? Page.Refused(refusal, staff: true) : Page.Show<TemplatesPage>(new { Entries = (IReadOnlyList<TemplateEntry>)entries.Value! });
        }));
        pages.MapGet(One, (string kind, string language, int? version, bool? saved, Visit visit, NotificationClient notification, CancellationToken cancel) =>
            Gate.For(visit, "organiser", pass => Show(pass, notification, kind, language, cancel, version, saved: saved == true)));
        pages.MapPost(One, (string kind, string language, HttpContext context, Visit visit, NotificationClient notification, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        {
            var draft = await Read(context, cancel);
            var reply = await notification.Template<TemplateView>(HttpMethod.Put, pass.Token, Path(kind, language), draft, cancel);
            return reply.Problem is { } problem ? await Again(pass, notification, kind, language, draft, problem, cancel) : Page.Go($"/organiser/texts/{kind}/{language}?saved=true");
        }));
        pages.MapPost(One + "/preview", (string kind, string language, HttpContext context, Visit visit, NotificationClient notification, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        {
            var draft = await Read(context, cancel);
            var reply = await notification.Template<TemplatePreview>(HttpMethod.Post, pass.Token, Path(kind, language) + "/preview", draft, cancel);
            return reply.Problem is { } problem ? await Again(pass, notification, kind, language, draft, problem, cancel) : await Show(pass, notification, kind, language, cancel, entered: draft.Text, preview: reply.Value);
        }));
        pages.MapPost(One + "/reset", (string kind, string language, HttpContext context, Visit visit, NotificationClient notification, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        {
            var seen = (await context.Request.ReadFormAsync(cancel))["version"].ToString();
            var reply = await notification.Template<TemplateView>(HttpMethod.Delete, pass.Token, $"{Path(kind, language)}?version={Uri.EscapeDataString(seen)}", null, cancel);
            return reply.Problem is { } problem ? await Again(pass, notification, kind, language, null, problem, cancel) : Page.Go($"/organiser/texts/{kind}/{language}?saved=true");
        }));
    }

    private static async Task<TemplateDraft> Read(HttpContext context, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        return new TemplateDraft(TemplateTags.Written(form["text"].ToString()).ReplaceLineEndings("\n"), int.TryParse(form["version"], CultureInfo.InvariantCulture, out var seen) ? seen : null);
    }

    private static string Path(string kind, string language) => $"{Uri.EscapeDataString(kind)}/{Uri.EscapeDataString(language)}";

    /// <summary>The page once more with what was typed, and what the service says of it.</summary>
    private static Task<IResult> Again(StaffPass pass, NotificationClient notification, string kind, string language, TemplateDraft? draft, Problem problem, CancellationToken cancel) => problem.Status switch
    {
        400 => Show(pass, notification, kind, language, cancel, entered: draft?.Text, faults: [.. problem.Errors.SelectMany(e => e.Value.Select(fault => (LineOf(e.Key), fault))).OrderBy(f => f.Item1)], status: 400),
        409 => Show(pass, notification, kind, language, cancel, entered: draft?.Text, changed: true, status: 409),
        _ => Task.FromResult(Page.Refused(problem, staff: true)),
    };

    private static int LineOf(string field) => int.TryParse(field.Split(':')[^1], CultureInfo.InvariantCulture, out var line) ? line : 1;

    private static async Task<IResult> Show(
        StaffPass pass, NotificationClient notification, string kind, string language, CancellationToken cancel, int? version = null, string? entered = null,
        TemplatePreview? preview = null, IReadOnlyList<(int, string)>? faults = null, bool saved = false, bool changed = false, int status = 200)
    {
        var template = await notification.Template<TemplateView>(HttpMethod.Get, pass.Token, Path(kind, language) + (version is { } v ? $"?version={v}" : ""), null, cancel);
        return template.Problem is { } refusal ? Page.Refused(refusal, staff: true)
            : Page.Show<TemplatePage>(new { Template = template.Value!, Entered = entered, Preview = preview, Faults = faults ?? [], Saved = saved, Changed = changed }, status);
    }
}
