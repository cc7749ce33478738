using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>
/// The answers of whoever is here, for every page that shows or changes them: the draft where there is one, else what Profile has stored of them. A browser
/// that somebody's list came to by a code or a link, or that was closed meanwhile, has no draft; an empty one would be handed in over all they have said.
/// </summary>
internal static class FindAnswers
{
    /// <returns>A refusal where there are answers that cannot be read just now: nothing may take their place unseen.</returns>
    public static async Task<Reply<Draft>> Of(HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, CancellationToken cancel)
    {
        if (cookies.ReadDraft<Draft>(context) is { } draft) return new(draft, null);
        if (visit.Visitor is not { } pass) return new(First(visit), null);
        var reply = await profile.Visitor(pass, cancel);
        if (reply.Problem is { } problem) return OpensNothing(problem) ? new(First(visit), null) : new(null, problem);
        var needs = reply.Value!.Needs;
        // Hours are hours of a fair's day: without it they would be lost.
        if (visit.Fair is null && needs.Availability is not null) throw new HttpRequestException("The fair is not known just now.");
        return new(Draft.Of(needs, visit.Fair, visit.Zone), null);
    }

    /// <summary>What it led to was erased, or has run out: a new beginning.</summary>
    public static bool OpensNothing(Problem problem) => problem.Status is 401 or 404 or 410;

    /// <summary>Who starts in Ukrainian most likely talks Ukrainian: ticked, and to be changed.</summary>
    private static Draft First(Visit visit) => new() { Languages = [visit.Language] };
}
