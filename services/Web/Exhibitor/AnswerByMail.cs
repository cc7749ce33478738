using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>
/// /answer/{meeting}/{token}: the link in the mail about a request. It shows the request, and a button answers it: once, for an answered request has
/// no second answer. The token says for which meeting and until when; nobody is signed in by it.
/// </summary>
internal static class AnswerByMail
{
    private const string Path = "/answer/{id:guid}/{token:maxlength(2000)}";

    public static void MapAnswers(this RouteGroupBuilder pages)
    {
        pages.MapGet(Path, async (Guid id, string token, string? problem, Visit visit, MatchingClient matching, CancellationToken cancel) =>
        {
            var reply = await matching.Meeting(token, id, cancel);
            if (reply.Problem is { } refusal) return refusal.Status is 401 or 403 ? Page.Error("answer") : Page.Refused(refusal, staff: true);
            var free = reply.Value is { Status: "requested" } open ? (await matching.OtherTimes(token, open.Id, cancel)).Value ?? [] : [];
            return Page.Show<AnswerPage>(new
            {
                Meeting = reply.Value!,
                Action = $"/answer/{id}/{token}",
                Problem = problem,
                Others = (IReadOnlyList<(Guid, DateTimeOffset)>)[.. free.Where(s => s.Free > 0 && s.Start > visit.Now && s.Format == reply.Value!.Format && s.Id != reply.Value.Slot.Id)
                    .OrderBy(s => s.Start).Select(s => (s.Id, s.Start))],
            });
        });
        pages.MapPost(Path, async (Guid id, string token, HttpContext context, MatchingClient matching, CancellationToken cancel) =>
        {
            var here = $"/answer/{id}/{token}";
            if (AnswerRequests.Read(await context.Request.ReadFormAsync(cancel)) is not { } answer) return Page.Go(here + "?problem=no-time");
            var reply = await matching.Answer(token, id, answer, cancel);
            return reply.Problem switch
            {
                null => Page.Go(here),
                { Status: 401 or 403 } => Page.Error("answer"),
                { CanBeSaid: true } problem => Page.Go($"{here}?problem={Uri.EscapeDataString(problem.Said)}"),
                { } problem => Page.Refused(problem, staff: true),
            };
        });
    }
}
