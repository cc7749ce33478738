using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>
/// /exhibitor/meetings/{id}/times: all times that the stand may propose instead of the one asked for. A page of its own, since an inbox of forty requests
/// would carry them forty times.
/// </summary>
internal static class ProposeTimes
{
    private const string Path = "/exhibitor/meetings/{id:guid}/times";

    /// <summary>So many proposals Matching takes.</summary>
    internal const int Most = 3;

    public static void MapProposals(this RouteGroupBuilder pages)
    {
        pages.MapGet(Path, (Guid id, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", pass => Show(pass, id, visit, matching, null, null, cancel)));
        pages.MapPost(Path, (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var answer = AnswerRequests.Read(await context.Request.ReadFormAsync(cancel));
                if (AnswerRequests.Mistake(answer) is { } mistake) return await Show(pass, id, visit, matching, answer, mistake, cancel);
                return (await matching.Answer(pass.Token, id, answer!, cancel)).Problem switch
                {
                    null => Page.Go("/exhibitor"),
                    { CanBeSaid: true } problem => await Show(pass, id, visit, matching, answer, problem.Said, cancel),
                    { } problem => Page.Refused(problem, staff: true),
                };
            }));
    }

    /// <summary>What may be proposed, in order: free, still to come, in the format that was asked for, and at another time.</summary>
    internal static async Task<IReadOnlyList<(Guid Slot, DateTimeOffset Start)>> Others(string bearer, Meeting meeting, DateTimeOffset now, MatchingClient matching, CancellationToken cancel) =>
        meeting.Status != "requested" ? []
            : [.. ((await matching.OtherTimes(bearer, meeting.Id, cancel)).Value ?? []).Where(s => s.Free > 0 && s.Start > now && s.Format == meeting.Format && s.Id != meeting.Slot.Id)
                .OrderBy(s => s.Start).Select(s => (s.Id, s.Start))];

    private static async Task<IResult> Show(StaffPass pass, Guid id, Visit visit, MatchingClient matching, MeetingAnswer? answer, string? problem, CancellationToken cancel)
    {
        var found = await matching.Meeting(pass.Token, id, cancel);
        if (found.Problem is { } refusal) return Page.Refused(refusal, staff: true);
        if (found.Value!.Status != "requested") return Page.Go($"/exhibitor?problem={Uri.EscapeDataString(problem ?? "already-answered")}");
        return Page.Show<ProposePage>(
            new { Meeting = found.Value, Others = await Others(pass.Token, found.Value, visit.Now, matching, cancel), Ticked = answer?.SlotIds ?? [], Problem = problem },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
