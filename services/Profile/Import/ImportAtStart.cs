using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Accounts;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
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
        var report = await scope.ServiceProvider.GetRequiredService<FairImporter>().ImportAsync(await FairFiles.InFolderAsync(folder, cancel), cancel, move: MoveFair.Keep, lose: LoseStands.Keep);
        // Addresses of people do not go into logs, not even broken ones.
        foreach (var issue in report.Issues) LogIssue(log, issue.Column == "email" || issue.Code is "quote" or "quote-lost" ? issue with { Found = "…" } : issue);
        if (report.Moves is { } moves) LogKeptTimes(log, report.Fair, moves.OpensBefore, moves.Opens);
        if (report.Gone is { Stands.Count: > 0 } gone) LogKeptStands(log, report.Fair, gone.Stands.Count);
        if (report.Exhibitors == 0) throw new ServiceDefaults.StartRefused($"Nothing could be imported from {Path.GetFullPath(folder)}. The messages above say why.");
        LogImported(log, report.Fair, report.Exhibitors, report.Offers, report.Changed ? "stored" : "unchanged", report.Issues.Count(i => i.Skipped));
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Who stands in the settings is staff, and nobody else: who was taken out gets no token from now on, and the last one ends within a quarter of an hour.</summary>
    private async Task StaffAsync(ProfileDb db, CancellationToken cancel)
    {
        var wanted = new[] { (options.Value.Staff.Organisers, Roles.Organiser), (options.Value.Staff.Analysts, Roles.Analyst) }
            .SelectMany(list => (list.Item1 ?? "").ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), (list, email) => (Email: email, Role: list.Item2)).ToHashSet();
        var known = await db.Accounts.Where(a => a.Role == Roles.Organiser || a.Role == Roles.Analyst).ToListAsync(cancel);
        var gone = known.FindAll(a => !wanted.Contains((a.Email, a.Role)));
        db.Accounts.RemoveRange(gone);
        db.Accounts.AddRange(wanted.Except(known.Select(a => (a.Email, a.Role))).Select(a => new Account { Email = a.Email, Role = a.Role }));
        try { await db.SaveChangesAsync(cancel); }
        // Another replica that starts at the same moment has done the same.
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null) { db.ChangeTracker.Clear(); }
        if (gone.Count == 0) return;
        await Account.SignOutAsync(db, gone.ConvertAll(a => a.Id), cancel);
        LogGone(log, gone.Count);
    }

    [LoggerMessage(224, LogLevel.Information, "{Count} accounts of staff are no longer in the settings and are gone")]
    private static partial void LogGone(ILogger log, int count);

    [LoggerMessage(221, LogLevel.Warning, "Import: {Issue}")]
    private static partial void LogIssue(ILogger log, ImportIssue issue);

    [LoggerMessage(223, LogLevel.Warning, "Fair {Fair} has visitors who were told that it opens at {Before}: it is not moved to {Opens} by a start. Import the same files on the organiser's page to move it")]
    private static partial void LogKeptTimes(ILogger log, string fair, DateTimeOffset before, DateTimeOffset opens);

    [LoggerMessage(225, LogLevel.Warning, "Fair {Fair} has visitors, and {Count} of its stands are not in the files any more: they are not withdrawn by a start, nor is any offer. Import the same files on the organiser's page to withdraw them")]
    private static partial void LogKeptStands(ILogger log, string fair, int count);

    [LoggerMessage(222, LogLevel.Information, "Fair {Fair}: {Exhibitors} exhibitors, {Offers} offers ({Outcome}); {Skipped} rows left out")]
    private static partial void LogImported(ILogger log, string fair, int exhibitors, int offers, string outcome, int skipped);
}
