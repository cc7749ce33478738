using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/offers/{id}: conditions, rules with their sources, and every free time.</summary>
internal static partial class ShowOffer
{
    public static void MapOffer(this RouteGroupBuilder pages) => pages.MapGet("/offers/{id:guid}", Show);

    private static async Task<IResult> Show(
        Guid id, HttpRequest request, Visit visit, ProfileClient profile, MatchingClient matching, ILogger<Visit> logger, string? problem, CancellationToken cancel)
    {
        var offered = profile.Offer(id, cancel);
        var timed = matching.Slots(id, cancel);
        var offer = await offered;
        if (offer.Problem is { } refusal) return Page.Refused(refusal);
        Match? match = null;
        IReadOnlyList<RuleHit> rules = [];
        if (visit.Visitor is { } pass)
        {
            if (!HttpMethods.IsHead(request.Method)) await Record(matching, pass, id, logger, cancel);
            match = (await matching.Matches(pass, cancel)).Value?.Items.FirstOrDefault(m => m.OfferId == id);
            rules = await Rules(profile, matching, pass, id, cancel);
        }
        var times = ((await timed).Value ?? []).Where(s => s.Start > visit.Now).OrderBy(s => s.Start).ToArray();
        return Page.Show<OfferPage>(new
        {
            Offer = offer.Value!,
            Match = match,
            Rules = rules,
            Problem = problem,
            Slots = (IReadOnlyList<SlotView>)[.. times.Where(s => s.Free > 0)],
            Full = Array.Exists(times, s => s.Free > 0) ? null : times.Select(s => s.Format).OrderBy(f => f != "stand").FirstOrDefault(),
        });
    }

    /// <summary>That somebody looked is counted for quality; the page is there without it.</summary>
    private static async Task Record(MatchingClient matching, VisitorPass pass, Guid offer, ILogger logger, CancellationToken cancel)
    {
        try
        {
            await matching.Opened(pass, offer, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            NotCounted(logger, e.GetType().Name);
        }
    }

    private static async Task<IReadOnlyList<RuleHit>> Rules(ProfileClient profile, MatchingClient matching, VisitorPass pass, Guid offer, CancellationToken cancel)
    {
        if ((await profile.Visitor(pass, cancel)).Value is not { } visitor) return [];
        var judged = await matching.Preview(visitor.Needs with { Contact = null }, cancel);
        return judged.Value?.Offers.FirstOrDefault(o => o.OfferId == offer)?.Rules ?? [];
    }

    [LoggerMessage(3101, LogLevel.Information, "An opened offer was not counted: {Failure}")]
    private static partial void NotCounted(ILogger logger, string failure);
}
