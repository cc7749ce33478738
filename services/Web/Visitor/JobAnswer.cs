using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Profile.Occupations;

namespace Matchmaking.Web.Visitor;

/// <summary>
/// What the form of the occupation says. Its search is a part of the form, and goes over POST to a page of results that can be loaded again: so nothing
/// that was chosen beside it is lost. What was searched for stands in the field still when a result is chosen; only what is written anew counts as written.
/// </summary>
internal sealed record JobAnswer(string Written, bool Anew, string? Chosen, ListedOccupation? Meant)
{
    public static JobAnswer Of(IFormCollection form)
    {
        var written = form["job"].ToString().Trim();
        var anew = written.Length > 0 && written != form["searched"].ToString();
        var chosen = form["isco"].ToString();
        return new(written, anew, chosen == Codes.Unknown || OccupationList.Find(chosen) is not null ? chosen : null, anew ? OccupationSearch.Meant(written) : null);
    }

    /// <summary>The answer; null: none yet. Who writes after choosing means the written.</summary>
    public string? Isco => Anew ? Meant?.Isco : Chosen;

    /// <summary>True where the results are to be shown: they were asked for, or what is written fits more than one name or none whole.</summary>
    public bool Searches(string go, string language) =>
        Written.Length > 0 && (go == "search" || (go == "next" && Anew && Meant is null && OccupationSearch.Find(Written, language, 1).Count > 0));

    /// <summary>Key of the text that says why this is no answer; null: it is one.</summary>
    public string? Mistake => Written.Length == 0 || Isco is not null ? null : Anew ? "mistake.job" : "mistake.job.choose";
}
