using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Exhibitors;
using Matchmaking.Profile.Fairs;
using Matchmaking.Profile.Offers;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Import;

/// <summary>
/// A file meets what exhibitors did since the last one. Whoever spoke last is heard: an exhibitor's words stay as long as the file says what it said
/// before, and a row that is new holds. What an exhibitor withdrew only they bring back, and what they added no file knows. Each such case is told.
/// </summary>
internal static class MergeOffers
{
    /// <param name="withdraw">Whether what is not in the file is taken back.</param>
    /// <returns>All offers of the fair.</returns>
    public static async Task<IReadOnlyList<Offer>> MergeAsync(
        ProfileDb db, Fair fair, IReadOnlyList<OfferRow> rows, IReadOnlyDictionary<string, Exhibitor> exhibitors, bool withdraw, List<ImportIssue> issues, CancellationToken cancel)
    {
        var known = await db.Offers.Where(o => o.FairId == fair.Id).ToDictionaryAsync(o => o.Key, cancel);
        var unnamed = known.Values.ExceptBy(rows.Select(r => r.Key), o => o.Key).ToArray();
        if (withdraw) foreach (var gone in unnamed.Where(o => !o.IsOwn)) (gone.Published, gone.FileRow) = (false, null);
        if (unnamed.Count(o => o is { IsOwn: true, Published: true }) is > 0 and var own) issues.Add(ImportTexts.Issue(FairFiles.OffersCsv, 0, "", "own-kept", null, own) with { Skipped = false });
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Key, out var offer))
            {
                offer = new Offer { FairId = fair.Id, Key = row.Key, Kind = "", Type = row.Type, Title = row.Title };
                known.Add(row.Key, offer);
                db.Offers.Add(offer);
            }
            Take(offer, row, exhibitors[row.ExhibitorKey].Id, issues);
        }
        foreach (var entry in db.ChangeTracker.Entries<Offer>().Where(e => e.State == EntityState.Modified)) entry.Entity.Version++;
        return [.. known.Values];
    }

    private static void Take(Offer offer, OfferRow row, Guid exhibitor, List<ImportIssue> issues)
    {
        var (written, moved) = (row.Written, offer.ExhibitorId != default && offer.ExhibitorId != exhibitor);
        // A stand that withdrew it does not do so for another.
        if (moved) offer.WithdrawnAt = null;
        if (offer.WithdrawnAt is not null) Tell("withdrawn-kept");
        offer.Published = offer.WithdrawnAt is null;
        var edited = offer.EditedAt is not null || offer.IsOwn;
        if (edited && !moved && offer.FileRow == written)
        {
            Tell("edit-kept");
            return;
        }
        if (edited) Tell("edit-replaced");
        (offer.ExhibitorId, offer.FileRow, offer.EditedAt, offer.IsOwn) = (exhibitor, written, null, false);
        offer.Say(row);

        void Tell(string code) => issues.Add(ImportTexts.Issue(FairFiles.OffersCsv, row.Line, "", code, offer.Title) with { Skipped = false });
    }
}
