using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Accounts;
using Matchmaking.Profile.Exhibitors;
using Matchmaking.Profile.Fairs;
using Matchmaking.Profile.Offers;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Matchmaking.Profile.Import;

/// <summary>What an import does with a fair whose visitors were told other times.</summary>
internal enum MoveFair
{
    /// <summary>Nothing is stored: somebody has to say so.</summary>
    Ask,

    /// <summary>The times stay, all else comes in: for a start, where nobody can be asked.</summary>
    Keep,

    /// <summary>The word was given.</summary>
    Move,
}

/// <summary>What an import does with stands that visitors have seen and that are not in the files any more.</summary>
internal enum LoseStands
{
    /// <summary>Nothing is stored: somebody has to say so.</summary>
    Ask,

    /// <summary>They stay, all else comes in: for a start, where nobody can be asked.</summary>
    Keep,

    /// <summary>The word was given.</summary>
    Withdraw,
}

/// <summary>
/// Brings a fair in, or up to date: rows that are understood are stored, the others are reported; all in one save. The same files again
/// change nothing. What is no longer in the files is withdrawn, not deleted, because meetings may hang on it; unless there are rows of which nobody
/// can say whose they are.
/// </summary>
internal sealed class FairImporter(ProfileDb db, CurrentFair current, TimeProvider clock)
{
    private const int Tries = 20;

    /// <param name="dryRun">Reports what would be done, and stores nothing.</param>
    /// <param name="move">What is done where the files set a fair that has visitors to other times.</param>
    /// <param name="lose">What is done where stands of such a fair are not in them any more.</param>
    /// <param name="makeCurrent">The fair does not wait until the one that people have come to is over.</param>
    public async Task<ImportReport> ImportAsync(
        FairFiles files, CancellationToken cancel, bool dryRun = false, MoveFair move = MoveFair.Ask, LoseStands lose = LoseStands.Ask, bool makeCurrent = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            try { return await TryAsync(files, dryRun, move, lose, makeCurrent, cancel); }
            // An exhibitor changed an offer in this very moment, or another process takes in the same files: what is known is looked at anew.
            catch (DbUpdateException e) when (attempt < Tries && (e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null)) { db.ChangeTracker.Clear(); }
        }
    }

    private async Task<ImportReport> TryAsync(FairFiles files, bool dryRun, MoveFair move, LoseStands lose, bool makeCurrent, CancellationToken cancel)
    {
        var issues = new List<ImportIssue>();
        var now = clock.GetUtcNow();
        if (files.Exhibitors is null) issues.Add(ImportTexts.Issue(FairFiles.ExhibitorsCsv, 0, "", "file-missing"));
        if (files.Offers is null) issues.Add(ImportTexts.Issue(FairFiles.OffersCsv, 0, "", "file-missing"));
        var row = FairRows.Fair(files, DateOnly.FromDateTime(now.UtcDateTime), issues);
        var exhibitorRows = files.Exhibitors is null ? [] : FairRows.Exhibitors(files.Exhibitors, issues);
        // Which exhibitors there are is known only from a file that could be read: else every offer would be blamed for it.
        var kept = HasUnreadableRows(FairFiles.ExhibitorsCsv) ? await PublishedKeysAsync(row, cancel) : [];
        var offerRows = files.Offers is null ? [] : FairRows.Offers(files.Offers, IsUnreadable(FairFiles.ExhibitorsCsv) ? null : exhibitorRows.Select(e => e.Key).Concat(kept).ToHashSet(), issues);
        if (files.Exhibitors is not null && exhibitorRows.Count == 0 && !HasFaults(FairFiles.ExhibitorsCsv)) issues.Add(ImportTexts.Issue(FairFiles.ExhibitorsCsv, 0, "", "no-rows"));
        if (files.Offers is not null && offerRows.Count == 0 && !HasFaults(FairFiles.OffersCsv))
            issues.Add(await HasOffersAsync(row, cancel) ? ImportTexts.Issue(FairFiles.OffersCsv, 0, "", "no-rows") : ImportTexts.Issue(FairFiles.OffersCsv, 0, "", "no-offers") with { Skipped = false });
        // A file that cannot be read as a whole is not an empty one: it withdraws nothing, and it is all there is to say until it is mended.
        if (issues.Exists(IsOfWholeFile)) return new ImportReport(row?.Key ?? files.Name, 0, 0, false, [.. issues.Where(IsOfWholeFile)], DryRun: dryRun);
        if (row is null || exhibitorRows.Count == 0) return new ImportReport(row?.Key ?? files.Name, 0, 0, false, issues, DryRun: dryRun);

        var (fair, moves, before) = await FairAsync(row, files.Fair is null, move, makeCurrent, cancel);
        if (before is not null) issues.Add(ImportTexts.Issue(FairFiles.FairCsv, 0, "", "waits", null, before.Name) with { Skipped = false });
        var withdrawStands = !HasUnreadableRows(FairFiles.ExhibitorsCsv);
        var told = fair.Closes > now && await db.Visitors.AnyAsync(v => v.FairId == fair.Id, cancel);
        GoneStand[] goneStands = told && withdrawStands ? await GoneStandsAsync(fair, exhibitorRows, cancel) : [];
        if (!dryRun && ((moves is not null && move == MoveFair.Ask) || (goneStands.Length > 0 && lose == LoseStands.Ask)))
        {
            db.ChangeTracker.Clear();
            return new ImportReport(row.Key, exhibitorRows.Count, offerRows.Count, false, issues, Moves: moves, Gone: goneStands.Length > 0 ? new FairGone(fair.Id, goneStands, []) : null);
        }
        if (goneStands.Length > 0 && lose == LoseStands.Keep) withdrawStands = false;
        foreach (var file in (string[])[FairFiles.ExhibitorsCsv, FairFiles.OffersCsv])
            if (HasUnreadableRows(file)) issues.Add(ImportTexts.Issue(file, 0, "", "rows-kept") with { Skipped = false });
        var exhibitors = await ExhibitorsAsync(fair, exhibitorRows, withdrawStands, cancel);
        // Which offers are gone with their exhibitor is not known either where an exhibitor's row is not.
        var withdrawOffers = withdrawStands && !HasUnreadableRows(FairFiles.OffersCsv);
        var offers = await MergeOffers.MergeAsync(db, fair, offerRows, exhibitors, withdrawOffers, issues, cancel);
        var gone = await AccountsAsync(exhibitors.Values, cancel);
        var changed = db.ChangeTracker.HasChanges();
        var withdrawn = db.ChangeTracker.Entries<Exhibitor>().Count(e => IsWithdrawn(e.Property(x => x.Published))) + db.ChangeTracker.Entries<Offer>().Count(e => IsWithdrawn(e.Property(x => x.Published)));
        // Offers of a stand that goes are lost with it.
        Guid[] goneOffers = told ? [.. db.ChangeTracker.Entries<Offer>().Where(e => IsWithdrawn(e.Property(x => x.Published)) && !goneStands.Any(s => s.Id == e.Entity.ExhibitorId)).Select(e => e.Entity.Id)] : [];
        var lost = goneStands.Length + goneOffers.Length > 0 ? new FairGone(fair.Id, goneStands, goneOffers) : null;
        if (dryRun) db.ChangeTracker.Clear();
        else if (changed)
        {
            PublishCatalogue.Announce(db, fair, exhibitors.Values, offers, now);
            await db.SaveChangesAsync(cancel);
            await current.ForgetAsync(cancel);
            // Without their account they let nobody in; a sign-in of this very moment must not make an import fail, so they go afterwards.
            await Account.SignOutAsync(db, gone, cancel);
        }
        return new ImportReport(row.Key, exhibitorRows.Count, offerRows.Count, changed, issues, withdrawn, dryRun, moves, lost);

        static bool IsOfWholeFile(ImportIssue issue) => issue is { Row: <= 1, Skipped: true };

        bool HasFaults(string file) => issues.Exists(i => i.File == file && i.Skipped);

        bool HasUnreadableRows(string file) => issues.Exists(i => i.File == file && CsvTable.UnreadableRow.Contains(i.Code));

        bool IsUnreadable(string file) => issues.Exists(i => i.File == file && IsOfWholeFile(i));

        static bool IsWithdrawn(PropertyEntry published) => published is { OriginalValue: true, CurrentValue: false };
    }

    /// <returns>Before: the fair that people have come to and that is not over, while this one is later or is over itself: it stays the current one.</returns>
    private async Task<(Fair Fair, FairMove? Moves, Fair? Before)> FairAsync(FairRow row, bool dayIsAGuess, MoveFair move, bool makeCurrent, CancellationToken cancel)
    {
        var known = await db.Fairs.ToListAsync(cancel);
        var fair = known.Find(f => f.Key == row.Key);
        if (fair is null)
        {
            fair = new Fair { Key = row.Key, Name = row.Name, Place = row.Place, Zone = row.Zone };
            db.Fairs.Add(fair);
        }
        // "The coming Saturday" is settled at the first import: a restart on Sunday must not move the fair while it is still ahead.
        var settled = fair.Closes > clock.GetUtcNow() && (row.Demo || dayIsAGuess);
        // Meetings belong to Matching, but without a visitor there are none, and what is over is broken by nothing.
        var narrower = !settled && fair.Closes > clock.GetUtcNow() && (row.Opens > fair.Opens || row.Closes < fair.Closes);
        var moves = narrower && await db.Visitors.AnyAsync(v => v.FairId == fair.Id, cancel) ? new FairMove(fair.Id, fair.Opens, fair.Closes, row.Opens, row.Closes) : null;
        if (!settled && (moves is null || move != MoveFair.Keep)) (fair.Opens, fair.Closes) = (row.Opens, row.Closes);
        (fair.Name, fair.Place, fair.Zone, fair.Demo) = (row.Name, row.Place, row.Zone, row.Demo);
        (fair.Latitude, fair.Longitude) = (row.At?.Latitude, row.At?.Longitude);
        if (!fair.Languages.SequenceEqual(row.Languages)) fair.Languages = row.Languages;
        fair.RetainUntil = DateOnly.FromDateTime(fair.Closes.UtcDateTime).AddDays(row.RetainDays);
        var now = clock.GetUtcNow();
        var before = makeCurrent ? null : known.Find(f => f != fair && f.Current && !f.Demo && f.Closes > now && (f.Opens < fair.Opens || fair.Closes <= now));
        if (before is not null && await db.Visitors.AnyAsync(v => v.FairId == before.Id, cancel)) return (fair, moves, before);
        foreach (var other in known) other.Current = other == fair;
        fair.Current = true;
        return (fair, moves, null);
    }

    private async Task<GoneStand[]> GoneStandsAsync(Fair fair, IReadOnlyList<ExhibitorRow> rows, CancellationToken cancel)
    {
        var there = rows.Select(r => r.Key).ToHashSet();
        var known = await db.Exhibitors.AsNoTracking().Where(e => e.FairId == fair.Id && e.Published).OrderBy(e => e.Name).Select(e => new { e.Id, e.Key, e.Name }).ToListAsync(cancel);
        return [.. known.Where(e => !there.Contains(e.Key)).Select(e => new GoneStand(e.Id, e.Name))];
    }

    private async Task<Dictionary<string, Exhibitor>> ExhibitorsAsync(Fair fair, IReadOnlyList<ExhibitorRow> rows, bool withdraw, CancellationToken cancel)
    {
        var known = await db.Exhibitors.Where(e => e.FairId == fair.Id).ToDictionaryAsync(e => e.Key, cancel);
        if (withdraw) foreach (var gone in known.Values.ExceptBy(rows.Select(r => r.Key), e => e.Key)) gone.Published = false;
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Key, out var exhibitor))
            {
                exhibitor = new Exhibitor { FairId = fair.Id, Key = row.Key, Name = row.Name, Kind = row.Kind };
                known.Add(row.Key, exhibitor);
                db.Exhibitors.Add(exhibitor);
            }
            (exhibitor.Name, exhibitor.Kind, exhibitor.Languages, exhibitor.Address) = (row.Name, row.Kind, row.Languages, row.Address);
            (exhibitor.Tables, exhibitor.Stand, exhibitor.Formats, exhibitor.Email, exhibitor.Published) = (row.Tables, row.Stand, row.Formats, row.Email, true);
            (exhibitor.Latitude, exhibitor.Longitude) = (row.At?.Latitude, row.At?.Longitude);
        }
        return known;
    }

    /// <summary>Whoever stands in the file as an exhibitor's address may sign in for it, and nobody else: an address that was replaced opens nothing any more.</summary>
    /// <returns>Ids of the accounts that go.</returns>
    private async Task<IReadOnlyList<Guid>> AccountsAsync(IReadOnlyCollection<Exhibitor> exhibitors, CancellationToken cancel)
    {
        var ids = exhibitors.Select(e => (Guid?)e.Id).ToList();
        var known = await db.Accounts.Where(a => a.Role == Roles.Exhibitor && ids.Contains(a.ExhibitorId)).ToListAsync(cancel);
        var wanted = exhibitors.Where(e => e is { Published: true, Email: not null }).Select(e => (Email: e.Email!.ToLowerInvariant(), ExhibitorId: (Guid?)e.Id)).ToHashSet();
        var gone = known.FindAll(a => !wanted.Contains((a.Email, a.ExhibitorId)));
        db.Accounts.RemoveRange(gone);
        foreach (var (email, exhibitor) in wanted.Except(known.Select(a => (a.Email, a.ExhibitorId))))
            db.Accounts.Add(new Account { Email = email, Role = Roles.Exhibitor, ExhibitorId = exhibitor });
        return gone.ConvertAll(a => a.Id);
    }

    private async Task<IReadOnlyList<string>> PublishedKeysAsync(FairRow? row, CancellationToken cancel) =>
        row is null ? [] : await db.Exhibitors.Where(e => e.Published && db.Fairs.Any(f => f.Id == e.FairId && f.Key == row.Key)).Select(e => e.Key).ToListAsync(cancel);

    private async Task<bool> HasOffersAsync(FairRow? row, CancellationToken cancel) =>
        row is not null && await db.Offers.AnyAsync(o => o.Published && db.Fairs.Any(f => f.Id == o.FairId && f.Key == row.Key), cancel);
}
