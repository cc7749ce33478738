using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Templates;

/// <summary>The texts that organisers have edited, ready to be said; every replica looks every few seconds whether there are others.</summary>
internal sealed partial class TemplateBook(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TemplateBook> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private sealed record Page(Guid Latest, DateTimeOffset LookedAt, FrozenDictionary<string, MailTemplate> Edited);

    private volatile Page? _page;

    /// <summary>To be called before mails are made; asks the database for one id at most every two seconds.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_page is { } page && now - page.LookedAt < Fresh && now >= page.LookedAt) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var latest = await db.TemplateVersions.OrderByDescending(t => t.Id).Select(t => (Guid?)t.Id).FirstOrDefaultAsync(cancel) ?? Guid.Empty;
        if (_page is { } known && known.Latest == latest)
        {
            _page = known with { LookedAt = now };
            return;
        }
        var all = await db.TemplateVersions.AsNoTracking().ToListAsync(cancel);
        var edited = new Dictionary<string, MailTemplate>();
        foreach (var newest in all.GroupBy(t => (t.Kind, t.Language)).Select(g => g.MaxBy(t => t.Version)!).Where(t => t.Text is not null))
        {
            // A text that was good when it was saved and is not after an update of the product: the built-in one serves.
            if (TemplateCheck.Faults(newest.Kind, newest.Language, newest.Text!) is []) edited[$"{newest.Kind}.{newest.Language}"] = MailTemplate.Parse(newest.Text!);
            else LogUnfit(log, newest.Kind, newest.Language, newest.Version);
        }
        _page = new Page(latest, now, edited.ToFrozenDictionary());
    }

    /// <summary>This process has changed a text: the next mail looks.</summary>
    public void Forget() => _page = null;

    /// <returns>null: as it comes with the product.</returns>
    public MailTemplate? Edited(string kind, string language) => _page?.Edited.GetValueOrDefault($"{kind}.{MailTexts.LanguageFor(kind, language)}");

    [LoggerMessage(331, LogLevel.Warning, "The edited text of {Kind} in {Language}, version {Version}, does not fit this version of the product; the built-in one is used")]
    private static partial void LogUnfit(ILogger log, string kind, string language, int version);
}
