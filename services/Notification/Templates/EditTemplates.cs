using System.Security.Claims;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Templates;

/// <summary>An organiser reads, tries, changes and resets what mails say, by kind and language. Nothing is saved that was not checked.</summary>
internal static class EditTemplates
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/notices/templates", ListAsync).WithTags("Notices").WithSummary("The texts of notices, and which of them were edited").RequireAuthorization(Policies.Organiser);
        app.MapGet("/api/notices/templates/{kind}/{language}", ReadAsync).WithTags("Notices").WithSummary("A text, the names that it may use, and its history; an earlier one by its version").RequireAuthorization(Policies.Organiser);
        app.MapPost("/api/notices/templates/{kind}/{language}/preview", Preview).WithTags("Notices").WithSummary("What a text would say, with samples; nothing is stored").RequireAuthorization(Policies.Organiser);
        app.MapPut("/api/notices/templates/{kind}/{language}", SaveAsync).WithTags("Notices").WithSummary("Puts a text in force as the next version").RequireAuthorization(Policies.Organiser)
            .Refuses(409, "template-changed");
        app.MapDelete("/api/notices/templates/{kind}/{language}", ResetAsync).WithTags("Notices").WithSummary("Back to the text that comes with the product, as the next version").RequireAuthorization(Policies.Organiser)
            .Refuses(409, "template-changed");
    }

    private static async Task<Ok<IReadOnlyList<TemplateEntry>>> ListAsync(NotificationDb db, CancellationToken cancel)
    {
        var newest = (await db.TemplateVersions.AsNoTracking().Select(t => new { t.Kind, t.Language, t.Version, Edited = t.Text != null, t.CreatedAt }).ToListAsync(cancel))
            .GroupBy(t => (t.Kind, t.Language)).ToDictionary(g => g.Key, g => g.MaxBy(t => t.Version)!);
        return TypedResults.Ok<IReadOnlyList<TemplateEntry>>([.. from kind in NoticeKinds.All
            from language in MailTexts.LanguagesOf(kind)
            let known = newest.GetValueOrDefault((kind, language))
            select new TemplateEntry(kind, language, known?.Version ?? 0, known?.Edited == true, known?.CreatedAt)]);
    }

    private static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> ReadAsync(string kind, string language, int? version, NotificationDb db, CancellationToken cancel)
    {
        if (!IsOne(kind, language)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var versions = await VersionsAsync(db, kind, language, cancel);
        if (version is { } wanted && wanted != 0 && !versions.Exists(v => v.Version == wanted)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        return TypedResults.Ok(View(kind, language, versions, version));
    }

    private static Results<Ok<TemplatePreview>, ProblemHttpResult> Preview(string kind, string language, TemplateDraft draft)
    {
        if (!IsOne(kind, language)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        if (Refusal(kind, language, draft) is { } refusal) return refusal;
        var template = MailTemplate.Parse(draft.Text!);
        // The first of each side; the others are for the check.
        var said = TemplateSamples.All(kind).DistinctBy(s => s.Side).Select(s => (s.Side, Said: MailTexts.Render(kind, language, s.Side, s.Facts, TemplateSamples.Link, s.Lists, template)));
        return TypedResults.Ok(new TemplatePreview([.. said.Select(s => new TemplateSaid(s.Side, s.Said.Subject, s.Said.Text))]));
    }

    private static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> SaveAsync(
        string kind, string language, TemplateDraft draft, ClaimsPrincipal user, NotificationDb db, TemplateBook book, TimeProvider clock, CancellationToken cancel)
    {
        if (!IsOne(kind, language)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        if (Refusal(kind, language, draft) is { } refusal) return refusal;
        return await AddAsync(kind, language, draft.Text!.ReplaceLineEndings("\n"), draft.Version, user, db, book, clock, cancel);
    }

    private static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> ResetAsync(
        string kind, string language, int? version, ClaimsPrincipal user, NotificationDb db, TemplateBook book, TimeProvider clock, CancellationToken cancel) =>
        IsOne(kind, language) ? await AddAsync(kind, language, null, version, user, db, book, clock, cancel) : Problem.Of("not-found", StatusCodes.Status404NotFound);

    /// <param name="seen">The version that the organiser had before them; null: whatever holds.</param>
    private static async Task<Results<Ok<TemplateView>, ProblemHttpResult>> AddAsync(
        string kind, string language, string? text, int? seen, ClaimsPrincipal user, NotificationDb db, TemplateBook book, TimeProvider clock, CancellationToken cancel)
    {
        var versions = await VersionsAsync(db, kind, language, cancel);
        var newest = versions.Count == 0 ? 0 : versions[0].Version;
        if (seen is { } expected && expected != newest) return Problem.Of("template-changed", StatusCodes.Status409Conflict);
        var held = versions.Count == 0 ? null : versions[0].Text;
        if (held == text) return TypedResults.Ok(View(kind, language, versions, null)); // pressed twice, or nothing changed
        var next = new TemplateVersion
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            Language = language,
            Version = newest + 1,
            Text = text,
            By = user.FindFirstValue("sub") ?? "",
            CreatedAt = clock.GetUtcNow(),
        };
        db.TemplateVersions.Add(next);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null) { return Problem.Of("template-changed", StatusCodes.Status409Conflict); }
        book.Forget();
        return TypedResults.Ok(View(kind, language, [next, .. versions], null));
    }

    private static ProblemHttpResult? Refusal(string kind, string language, TemplateDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Text)) return Problem.Invalid("text", "required");
        var faults = TemplateCheck.Faults(kind, language, draft.Text);
        return faults.Count == 0 ? null : Problem.Invalid(faults.Select(f => new FieldFault($"text:{f.Line}", f.Code, [.. f.Arguments])));
    }

    private static bool IsOne(string kind, string language) => NoticeKinds.All.Contains(kind) && MailTexts.LanguagesOf(kind).Contains(language);

    private static Task<List<TemplateVersion>> VersionsAsync(NotificationDb db, string kind, string language, CancellationToken cancel) =>
        db.TemplateVersions.AsNoTracking().Where(t => t.Kind == kind && t.Language == language).OrderByDescending(t => t.Version).ToListAsync(cancel);

    /// <param name="version">Which to show; 0: the one that comes with the product; null: the one that holds.</param>
    private static TemplateView View(string kind, string language, List<TemplateVersion> versions, int? version)
    {
        var builtIn = MailTexts.BuiltIn(kind, language);
        var shown = version is { } wanted ? versions.Find(v => v.Version == wanted) : versions.FirstOrDefault();
        var names = TemplateSamples.Names(kind, language);
        return new TemplateView(
            kind, language, versions.Count == 0 ? 0 : versions[0].Version, shown?.Text ?? builtIn, versions.Count > 0 && versions[0].Text is not null,
            [.. names.Words.Order(StringComparer.Ordinal)], [.. names.Lists], [.. versions.Select(v => new TemplateChange(v.Version, v.CreatedAt, v.Text is null))]);
    }
}
