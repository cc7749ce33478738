using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Microsoft.AspNetCore.WebUtilities;

namespace Matchmaking.Web.Analyst;

/// <summary>What every page of the desk shows: the question, what came of it, and from what one can choose.</summary>
/// <param name="Figures">null: there are none, because of <paramref name="Mistakes"/>, or because there is no fair yet.</param>
/// <param name="Mistakes">By field: a key of the texts, or the words of the API.</param>
/// <param name="Definitions">By id.</param>
public sealed record Desk(Inquiry Inquiry, QualityFigureSet? Figures, IReadOnlyDictionary<string, string> Mistakes, IReadOnlyDictionary<string, FigureDefinition> Definitions, DeskChoices Choices)
{
    /// <summary>Of ten people at least.</summary>
    public bool Published { get; init; }

    /// <summary>Where the people stand that a figure is of.</summary>
    /// <param name="of">Of which it is, where it is one of many.</param>
    public string RowsOf(string figure, string? of = null, Guid? stand = null)
    {
        var path = QueryHelpers.AddQueryString((stand is { } id ? Inquiry.AtStand(id) : Inquiry).At("/analyst/rows"), "figure", figure);
        if (Published) path = QueryHelpers.AddQueryString(path, "published", "true");
        return of is null ? path : QueryHelpers.AddQueryString(path, "of", of);
    }

    /// <summary>Where the question stands, and its figures are not asked for.</summary>
    internal static Desk Without(Inquiry inquiry, DeskChoices choices) => new(inquiry, null, new Dictionary<string, string>(), new Dictionary<string, FigureDefinition>(), choices);

    /// <summary>Of two questions that stand in one form.</summary>
    public IReadOnlyDictionary<string, string> MistakesWith(Desk? second) =>
        second is null ? Mistakes : Mistakes.Concat(second.Mistakes.Select(m => KeyValuePair.Create(Inquiry.SecondPrefix + m.Key, m.Value))).ToDictionary();

    /// <summary>What does not know the fair is told from what is not to be answered at all: the latter is a page of its own.</summary>
    internal static async Task<(Desk Desk, Problem? Refusal)> Of(Inquiry inquiry, StaffPass pass, MatchingClient matching, DeskChoices choices, CancellationToken cancel, bool measured = false, bool published = false)
    {
        var mistakes = inquiry.Unreadable();
        var definitions = matching.Definitions(pass, cancel);
        var reply = mistakes.Count > 0 ? default : await matching.Figures(pass, inquiry.Sent(measured, published), cancel);
        Problem? refusal = null;
        switch (reply.Problem)
        {
            case { Status: 400 or 422, Errors.Count: > 0 } invalid:
                // "No such offer" is what the API says of any id.
                foreach (var (field, words) in invalid.Errors) mistakes[field] = field == "exhibitor" && inquiry["category"].Length == 0 ? "inquiry.exhibitor.unknown" : string.Join(' ', words);
                break;
            case { Status: 422 } unfit: mistakes["other"] = $"fault.{unfit.Code}"; break;
            case { Status: 404 } when inquiry["fair"].Length > 0: mistakes["fair"] = "inquiry.fair.unknown"; break;
            case { Status: 404 } when measured && inquiry["other"].Length > 0: mistakes["other"] = "inquiry.other.unknown"; break;
            case { Status: 404 } or null: break;
            case var other: refusal = other; break;
        }
        return (new Desk(inquiry, reply.Value, mistakes, (await definitions).Value?.ToDictionary(d => d.Id) ?? [], choices) { Published = published }, refusal);
    }
}

/// <summary>Stands, models and fairs that can be chosen; where they cannot be read, they can be typed all the same.</summary>
/// <param name="Models">As the API takes them.</param>
public sealed record DeskChoices(IReadOnlyList<ExhibitorView> Stands, IReadOnlyList<RankedBy> Models, IReadOnlyList<FairView> Fairs)
{
    internal static async Task<DeskChoices> Of(StaffPass pass, MatchingClient matching, ProfileClient profile, CancellationToken cancel)
    {
        var (stands, models, fairs) = (profile.Exhibitors(cancel), matching.Models(pass, cancel), matching.Fairs(pass, cancel));
        var kept = (await models).Value;
        return new((await stands).Value?.Items.OrderBy(s => s.Name, StringComparer.CurrentCulture).ToList() ?? [], kept is null ? [] :
            [.. new[] { kept.Serving, kept.RollbackTo }.Concat(kept.Changes.SelectMany(c => new[] { c.From, c.To })).OfType<RankedBy>()
                .Concat(kept.Challengers.Append(kept.Champion).OfType<ModelView>().Select(m => new RankedBy("model", m.Version))).Distinct().OrderBy(m => m.Kind).ThenByDescending(m => m.Version)],
            (await fairs).Value ?? []);
    }
}
