using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/offers/{id}: conditions, rules with their sources, and every free time.</summary>
internal static partial class ShowOffer
{
    public static void MapOffer(this RouteGroupBuilder pages) => pages.MapGet("/offers/{id:guid}", Show);

    private static async Task<IResult> Show(
        Guid id, HttpRequest request, Visit visit, ProfileClient profile, MatchingClient matching, ILogger<Visit> logger, string? problem, string? de, CancellationToken cancel)
    {
        // After a kiosk was wiped the way back leads to none of the pages that somebody looked at.
        if (visit is { Kiosk: true, Visitor: null }) return Page.Go("/kiosk");
        var offered = profile.Offer(id, cancel);
        var timed = matching.Slots(id, cancel);
        var offer = await offered;
        if (offer.Problem is { } refusal) return Page.Refused(refusal);
        VisitorOffer? own = null;
        List<Meeting> meetings = [];
        if (visit.Visitor is { } pass)
        {
            var asked = matching.VisitorMeetings(pass, cancel);
            if (!HttpMethods.IsHead(request.Method)) await Record(matching, pass, id, logger, cancel);
            own = (await matching.Offer(pass, id, cancel)).Value;
            meetings = [.. ((await asked).Value ?? []).Where(m => m.IsOpen())];
        }
        var times = ((await timed).Value ?? []).Where(s => s.Start > visit.Now).OrderBy(s => s.Start).ToArray();
        var free = times.Where(s => s.Free > 0 && !meetings.IsBusy(s)).ToArray();
        return Page.Show<OfferPage>(new
        {
            Offer = offer.Value!,
            Own = own,
            Meeting = meetings.About(id),
            German = visit.Language != "de" && de == "1",
            Problem = problem,
            Slots = (IReadOnlyList<SlotView>)free,
            Full = free.Length > 0 ? null : times.Select(s => s.Format).OrderBy(f => f != "stand").FirstOrDefault(),
            Busy = Array.Exists(times, s => s.Free > 0),
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

    [LoggerMessage(3101, LogLevel.Information, "An opened offer was not counted: {Failure}")]
    private static partial void NotCounted(ILogger logger, string failure);
}
