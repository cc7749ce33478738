using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>
/// /exhibitor/check-in: a person stands before the table and says six letters, or three of a meeting, or shows a QR code, which a phone's camera
/// opens as /exhibitor/check-in/{code}: a page with a button. Nothing is recorded by looking.
/// </summary>
internal static class CheckIn
{
    public static void MapCheckIn(this RouteGroupBuilder pages)
    {
        pages.MapGet("/exhibitor/check-in/{code:maxlength(40)}", (string code, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var exhibitor = matching.StandDay(pass, cancel);
                var meetings = await matching.StandMeetings(pass, cancel);
                if (meetings.Problem is { } refusal) return Page.Refused(refusal, staff: true);
                if ((await exhibitor).Problem is { } closed) return Page.Refused(closed, staff: true);
                return Page.Show<CheckInPage>(new { Day = (await exhibitor).Value!, Code = VisitorCode.Read(code), Meeting = Find(meetings.Value!, code, visit.Now) });
            }));
        pages.MapPost("/exhibitor/check-in", (HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var code = (await context.Request.ReadFormAsync(cancel))["code"].ToString();
                return Find((await matching.StandMeetings(pass, cancel)).Value ?? [], code, visit.Now) is { } meeting
                    ? RunStand.Told((await matching.Outcome(pass.Token, meeting.Id, "held", null, cancel)).Problem, meeting.Id)
                    : Page.Go("/exhibitor/day?problem=code");
            }));
    }

    /// <summary>Of a person with several meetings here the one that is nearest, of those that may have begun; one that is still to be held before one that was given up, and that before one that is checked in already.</summary>
    internal static Meeting? Find(IEnumerable<Meeting> meetings, string typed, DateTimeOffset now)
    {
        var code = VisitorCode.Read(typed);
        return meetings.Where(m => m.Status is "accepted" or "no-show" or "held" && (code.Length == VisitorCode.Length ? VisitorCode.Of(m.VisitorId) == code : m.Code == code))
            .OrderBy(m => m.OutcomeFrom > now).ThenBy(m => m.Status switch { "accepted" => 0, "no-show" => 1, _ => 2 }).ThenBy(m => (m.Slot.Start - now).Duration()).FirstOrDefault();
    }
}
