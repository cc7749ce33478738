using Matchmaking.Contracts.Matching;
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
        pages.MapGet(Path, (Guid id, string token, string? problem, Visit visit, MatchingClient matching, CancellationToken cancel) => Show(id, token, visit, matching, null, problem, cancel));
        pages.MapPost(Path, async (Guid id, string token, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
        {
            var here = $"/answer/{id}/{token}";
            var answer = AnswerRequests.Read(await context.Request.ReadFormAsync(cancel));
            if (AnswerRequests.Mistake(answer) is { } mistake) return await Show(id, token, visit, matching, answer, mistake, cancel);
            var reply = await matching.Answer(token, id, answer!, cancel);
            return reply.Problem switch
            {
                null => Page.Go(here),
                { Status: 401 or 403 or 404 } => Page.Error("answer"),
                { CanBeSaid: true } problem when answer!.SlotIds is not null => await Show(id, token, visit, matching, answer, problem.Said, cancel),
                { CanBeSaid: true } problem => Page.Go($"{here}?problem={Uri.EscapeDataString(problem.Said)}"),
                { } problem => Page.Refused(problem, staff: true),
            };
        });
    }

    /// <param name="answer">What was sent and could not be taken: its ticks stay.</param>
    private static async Task<IResult> Show(Guid id, string token, Visit visit, MatchingClient matching, MeetingAnswer? answer, string? problem, CancellationToken cancel)
    {
        var reply = await matching.Meeting(token, id, cancel);
        if (reply.Problem is { } refusal) return refusal.Status is 401 or 403 or 404 ? Page.Error("answer") : Page.Refused(refusal, staff: true);
        return Page.Show<AnswerPage>(new
        {
            Meeting = reply.Value!,
            Action = $"/answer/{id}/{token}",
            Problem = problem,
            Others = await ProposeTimes.Others(token, reply.Value!, visit.Now, matching, cancel),
            Ticked = answer?.SlotIds ?? [],
        }, answer?.SlotIds is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
