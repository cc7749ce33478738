using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Accounts;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Profile.Import;

/// <summary>Before the service is ready: the folder of Fair:Folder comes in, and the staff of the settings get their accounts.</summary>
internal sealed partial class ImportAtStart(IServiceScopeFactory scopes, IOptions<ProfileOptions> options, ILogger<ImportAtStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
        await StaffAsync(db, cancel);
        var folder = options.Value.Fair.Folder;
        // The demo comes in again at each start, so that its Saturday is always ahead; a real fair is never overwritten by it.
        if (folder is null && !await db.Fairs.AnyAsync(f => f.Current && !f.Demo, cancel)) folder = options.Value.Fair.DefaultFolder;
        if (string.IsNullOrEmpty(folder)) return;
        if (!Directory.Exists(folder)) throw new ServiceDefaults.StartRefused($"There is no folder {Path.GetFullPath(folder)} to import a fair from. Give an existing one.");
        // What stands in a log is said in its language.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var report = await scope.ServiceProvider.GetRequiredService<FairImporter>().ImportAsync(await FairFiles.InFolderAsync(folder, cancel), cancel);
        // Addresses of people do not go into logs, not even broken ones.
        foreach (var issue in report.Issues) LogIssue(log, issue.Column == "email" || issue.Code is "quote" or "quote-lost" ? issue with { Found = "…" } : issue);
        if (report.Exhibitors == 0) throw new ServiceDefaults.StartRefused($"Nothing could be imported from {Path.GetFullPath(folder)}. The messages above say why.");
        LogImported(log, report.Fair, report.Exhibitors, report.Offers, report.Changed ? "stored" : "unchanged", report.Issues.Count(i => i.Skipped));
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    private async Task StaffAsync(ProfileDb db, CancellationToken cancel)
    {
        foreach (var (addresses, role) in new[] { (options.Value.Staff.Organisers, Roles.Organiser), (options.Value.Staff.Analysts, Roles.Analyst) })
            foreach (var email in (addresses ?? "").ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct())
                if (!await db.Accounts.AnyAsync(a => a.Email == email && a.Role == role, cancel)) db.Accounts.Add(new Account { Email = email, Role = role });
        if (db.ChangeTracker.HasChanges()) await db.SaveChangesAsync(cancel);
    }

    [LoggerMessage(221, LogLevel.Warning, "Import: {Issue}")]
    private static partial void LogIssue(ILogger log, ImportIssue issue);

    [LoggerMessage(222, LogLevel.Information, "Fair {Fair}: {Exhibitors} exhibitors, {Offers} offers ({Outcome}); {Skipped} rows left out")]
    private static partial void LogImported(ILogger log, string fair, int exhibitors, int offers, string outcome, int skipped);
}
