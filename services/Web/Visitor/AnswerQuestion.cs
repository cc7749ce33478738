using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/ask/{n}: one question a page.</summary>
internal static class AnswerQuestion
{
    public static void MapQuestions(this RouteGroupBuilder pages)
    {
        pages.MapGet("/ask/{number:int}", Ask);
        pages.MapPost("/ask/{number:int}", Answer);
    }

    private static async Task<IResult> Ask(int number, HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, string? from, string? job, CancellationToken cancel)
    {
        if (Question.At(number) is not { } question) return Page.Error("missing");
        var found = await FindAnswers.Of(context, visit, cookies, profile, cancel);
        if (found.Problem is { } refusal) return Page.Refused(refusal);
        var draft = found.Value!;
        if (!question.Asked(draft)) return Page.Go(question.Next(draft) is { } next ? $"/ask/{next.Number}" : "/check");
        return Show(question, draft, from == "check", [], visit.Kiosk ? draft.Sought : job?.Trim());
    }

    private static async Task<IResult> Answer(int number, HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, CancellationToken cancel)
    {
        if (Question.At(number) is not { } question) return Page.Error("missing");
        var form = await context.Request.ReadFormAsync(cancel);
        var found = await FindAnswers.Of(context, visit, cookies, profile, cancel);
        if (found.Problem is { } refusal) return Page.Refused(refusal);
        var draft = found.Value!;
        var fromCheck = form["from"] == "check";
        var go = form["go"].ToString();
        var aside = Leave.Of(go);
        // Enough said: this answer, and then the overview.
        var enough = go == "rest";
        if (enough) go = "next";
        if (go != "skip")
        {
            var (answered, mistakes) = question.Read(form, draft);
            if (question.Key == "job" && JobAnswer.Of(form) is var job && job.Searches(go, visit.Language))
            {
                cookies.KeepDraft(context, answered with { Sought = visit.Kiosk ? job.Written : null });
                if (visit.Kiosk) return Page.Go($"/ask/{number}{(fromCheck ? "?from=check" : "")}");
                return Page.Go($"/ask/{number}?job={Uri.EscapeDataString(job.Written)}{(fromCheck ? "&from=check" : "")}");
            }
            // Going back, or aside to help, keeps what can be kept and never argues.
            if (mistakes.Count > 0 && go != "back" && aside is null) return Show(question, answered, fromCheck, mistakes, form["job"]);
            draft = answered;
        }
        cookies.KeepDraft(context, draft = draft with { Sought = null });
        if (aside is not null) return Page.Go(aside);
        var asked = question.Asked(draft);
        if (go == "back") return Page.Go(fromCheck ? "/check" : question.Before(draft) is { } before ? $"/ask/{before.Number}" : Start(visit));
        if (enough) return Page.Go("/check");
        // A changed answer may open questions that were not asked before: those come next, then the overview.
        var next = question.Next(draft);
        if (fromCheck && asked) return Page.Go(next is not null && Opened(question, draft) is { } opened ? $"/ask/{opened.Number}?from=check" : "/check");
        return Page.Go(next is null ? "/check" : $"/ask/{next.Number}");
    }

    private static Question? Opened(Question question, Draft draft) => question.Key switch
    {
        "goals" when draft.Topics.Count == 0 && Question.All[1].Asked(draft) => Question.All[1],
        "german" when draft.Script is null && Question.All[4].Asked(draft) => Question.All[4],
        _ => null,
    };

    private static IResult Show(Question question, Draft draft, bool fromCheck, IReadOnlyDictionary<string, string> mistakes, string? written = null) =>
        Page.Show<AskPage>(new { Question = question, Draft = draft, FromCheck = fromCheck, Mistakes = mistakes, Written = written },
            mistakes.Count > 0 ? 422 : 200);

    private static IResult Show(Question question, Draft draft, bool fromCheck, Dictionary<string, string> none, string? written) =>
        Show(question, draft, fromCheck, (IReadOnlyDictionary<string, string>)none, written);

    public static string Start(Visit visit) => visit.Kiosk ? "/kiosk" : "/";
}
