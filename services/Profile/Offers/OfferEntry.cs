using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Import;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Profile.Offers;

/// <summary>An exhibitor's words for an offer: understood by the rules of a file's row, and compared with what was said before.</summary>
internal static class OfferEntry
{
    /// <returns>The row; or what is wrong with it, by field, in the words of the import.</returns>
    public static (OfferRow Row, ProblemHttpResult? Refused) Read(OfferDraft draft, string key, string exhibitorKey)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["kind"] = draft.Kind?.Trim(),
            ["type"] = draft.Type?.Trim(),
            ["title"] = draft.Title?.Trim(),
            ["entry"] = draft.Entry,
            ["exit"] = draft.Exit,
            ["conditions"] = draft.Conditions?.Trim(),
        };
        foreach (var (language, title) in draft.Titles ?? new Dictionary<string, string?>()) values[OfferRow.TitleColumn(language)] = title?.Trim();
        var lists = new Dictionary<string, IReadOnlyList<string?>>
        {
            ["topics"] = draft.Topics ?? [],
            ["isco"] = draft.Isco ?? [],
            ["languages"] = draft.Languages ?? [],
            ["traits"] = draft.Traits ?? [],
        };
        var issues = new List<ImportIssue>();
        var cells = new CsvRow(FairFiles.OffersCsv, 0, values, issues, lists);
        foreach (var language in (draft.Titles?.Keys ?? []).Except(OfferCodes.TitleLanguages)) cells.Fault("titles", "word", language, string.Join(", ", OfferCodes.TitleLanguages));
        var row = OfferRow.Of(cells, key, exhibitorKey);
        return (row, cells.Faulty ? Problem.Of("invalid", StatusCodes.Status400BadRequest, issues.ToLookup(i => Field(i.Column), ImportTexts.Sentence)) : null);
    }

    public static OfferDraft Draft(Offer offer) => new(
        OfferCodes.KindEntered(offer.Kind, offer.Type), offer.Type, offer.Title, offer.Titles.ToDictionary(t => t.Key, string? (t) => t.Value), offer.Entry, offer.Exit,
        offer.Topics, offer.Isco, offer.Languages, offer.Traits, offer.Conditions, offer.Version);

    public static StandOffer View(Offer offer) => new(offer.Id, offer.ExhibitorId, offer.Version,
        offer.IsOwn ? "exhibitor" : offer.EditedAt is not null ? "edited" : "file",
        offer.Published ? null : offer.WithdrawnAt is not null ? "exhibitor" : "organiser", Draft(offer));

    /// <param name="before">null: there was none.</param>
    public static IReadOnlyList<OfferFieldChange> Changes(OfferRow? before, bool wasPublished, OfferRow after, bool isPublished)
    {
        var (old, now) = (Fields(before, wasPublished), Fields(after, isPublished));
        return [.. now.Zip(old, (n, o) => new OfferFieldChange(n.Field, o.Said, n.Said)).Where(c => !c.Before.SequenceEqual(c.After))];
    }

    private static IEnumerable<(string Field, IReadOnlyList<string> Said)> Fields(OfferRow? row, bool published)
    {
        yield return ("kind", One(row?.Kind));
        yield return ("type", One(row?.Type));
        yield return ("title", One(row?.Title));
        foreach (var language in OfferCodes.TitleLanguages) yield return ("titles." + language, One(row?.Titles.GetValueOrDefault(language)));
        yield return ("entry", One(row?.Entry));
        yield return ("exit", One(row?.Exit));
        yield return ("topics", row?.Topics ?? []);
        yield return ("isco", row?.Isco ?? []);
        yield return ("languages", row?.Languages ?? []);
        yield return ("traits", row?.Traits ?? []);
        yield return ("conditions", One(row?.Conditions));
        yield return ("published", row is null ? [] : [published ? "true" : "false"]);

        static IReadOnlyList<string> One(string? text) => text is null ? [] : [text];
    }

    private static string Field(string column) => column.StartsWith(OfferRow.TitlePrefix, StringComparison.Ordinal) ? "titles." + column[OfferRow.TitlePrefix.Length..] : column;
}
