using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Visitor;

namespace Matchmaking.Web.Exhibitor;

/// <summary>
/// /exhibitor/meetings/{id}/cancel: the stand calls off what it agreed on, or takes back the times that it proposed, which ends the request. The page
/// asks first, because the visitor is told, and nothing brings the meeting back.
/// </summary>
internal static class CallOffMeeting
{
    private const string Path = "/exhibitor/meetings/{id:guid}/cancel";

    public static void MapCallOff(this RouteGroupBuilder pages)
    {
        pages.MapGet(Path, (Guid id, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var found = await matching.Meeting(pass.Token, id, cancel);
                return found.Problem is { } refusal ? Page.Refused(refusal, staff: true) : Page.Show<CallOffPage>(new { Meeting = found.Value! });
            }));
        pages.MapPost(Path, (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var found = await matching.Meeting(pass.Token, id, cancel);
                if (found.Problem is { } refusal) return Page.Refused(refusal, staff: true);
                var meeting = found.Value!;
                // It has begun meanwhile, was called off by another press, or the visitor has chosen or moved: the page says how it stands, and asks anew.
                if ((await context.Request.ReadFormAsync(cancel))["seen"] != Seen(meeting) || !meeting.MayBeCalledOff(visit.Now)) return Page.Go($"/exhibitor/meetings/{id}/cancel");
                var back = meeting.Place();
                return (await matching.Cancel(pass.Token, id, cancel)).Problem switch
                {
                    null => Page.Go($"{back}?done={id}"),
                    { CanBeSaid: true } problem => Page.Go($"{back}?problem={Uri.EscapeDataString(problem.Said)}"),
                    { } problem => Page.Refused(problem, staff: true),
                };
            }));
    }

    /// <summary>What the page asked about.</summary>
    internal static string Seen(Meeting meeting) => $"{meeting.Status} {meeting.Slot.Id:N}";

    /// <summary>What is agreed on and has not begun: from then on it is said whether somebody came. Or what waits for the visitor's choice.</summary>
    internal static bool MayBeCalledOff(this Meeting meeting, DateTimeOffset now) => meeting.IsProposal() || (meeting.Status == "accepted" && meeting.Slot.Start > now);

    /// <summary>The page on which it stands.</summary>
    internal static string Place(this Meeting meeting) => Place(meeting.Status);

    internal static string Place(string status) => status is "requested" or "proposed" ? "/exhibitor" : "/exhibitor/day";
}
