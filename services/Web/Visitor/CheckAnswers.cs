using System.Buffers.Text;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/check: all answers once more, the consents, and the handing in.</summary>
internal static class CheckAnswers
{
    public static void MapCheck(this RouteGroupBuilder pages)
    {
        pages.MapGet("/check", async (HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, CancellationToken cancel) =>
        {
            var found = await FindAnswers.Of(context, visit, cookies, profile, cancel);
            if (found.Problem is { } refusal) return Page.Refused(refusal);
            var draft = found.Value!;
            if (draft.Key is not null) return Show(draft, []);
            // Kept, so that the page loaded again, or open twice, has the same one.
            draft = draft with { Key = NewKey() };
            cookies.KeepDraft(context, draft);
            return Show(draft, []);
        });
        pages.MapPost("/check", Submit);
    }

    private static async Task<IResult> Submit(HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        var found = await FindAnswers.Of(context, visit, cookies, profile, cancel);
        if (found.Problem is { } refusal) return Page.Refused(refusal);
        var draft = found.Value! with
        {
            Consents = [.. Codes.Consents.Where(c => form["consents"].Contains(c))],
            Email = form["email"].ToString().Trim() is { Length: > 0 } email ? email : null,
            Phone = form["phone"].ToString().Trim() is { Length: > 0 and <= 40 } phone ? phone : null,
        };
        var isKept = cookies.ReadDraft<Draft>(context) is not null;
        // Pressed once more while the list was on its way: nothing is on this page that is not stored.
        if (visit.Visitor is not null && !isKept && IsStored(draft, found.Value!)) return HandedIn(context);
        // A page of other answers: another's list came to this browser since, or it was closed, or its answers were deleted. What was not shown takes no one's place.
        if (!isKept || (visit.Visitor is not null && found.Value!.Key != form["key"])) return Again(context, cookies, found.Value!);
        // Hours are hours of a fair's day: without it they would be lost.
        if (visit.Fair is null && draft.Hours.Count > 0) throw new HttpRequestException("The fair is not known just now.");
        draft = draft with
        {
            Key = form["key"].ToString() is { Length: 43 } pressed ? pressed : NewKey(),
        };
        cookies.KeepDraft(context, draft with { Email = draft.Email is { Length: > 254 } ? null : draft.Email });
        if (Leave.Of(form["go"].ToString()) is { } aside) return Page.Go(aside);
        if (form["go"] == "back") return Page.Go($"/ask/{Question.Asks(draft)[^1].Number}");

        var mistakes = new Dictionary<string, string>();
        if (!draft.Consents.Contains("matching")) mistakes["consent-matching"] = visit.Visitor is null ? "mistake.consent" : "mistake.consent.list";
        if (draft.Email is not null && !IsEmail(draft.Email)) mistakes["email"] = "mistake.email";
        if (mistakes.Count > 0) return Show(draft, mistakes);

        var needs = draft.ToNeeds(visit.Language, visit.Kiosk, visit.Fair, visit.Zone);
        // Who comes back to change answers keeps their list of meetings; a link that no longer opens gets a new beginning.
        if (visit.Visitor is { } pass)
        {
            var replaced = await profile.Replace(pass, needs, cancel);
            if (!replaced.Refused) return HandedIn(context);
            if (!FindAnswers.OpensNothing(replaced.Problem!)) return Refused(replaced.Problem!);
        }
        var reply = await profile.Submit(needs, KeyOf(draft.Key, needs), cancel);
        if (reply.Problem is { } problem) return Refused(problem);
        cookies.KeepVisitor(context, new(reply.Value!.Id, reply.Value.Token));
        return HandedIn(context);

        IResult Refused(Problem problem)
        {
            if (problem.Status == 410 || problem.Code == "idempotency-key-reused")
                return Again(context, cookies, draft); // A page from before an erasure, or from yesterday: who presses now means it anew.
            if (problem.Status == 429) return Page.Error("busy");
            if (problem.Status is not (400 or 422)) return Page.Refused(problem);
            return Show(draft, problem.Errors.ContainsKey("contact.email") ? new() { ["email"] = "mistake.email" }
                : new() { [problem.Errors.ContainsKey("contact.phone") ? "phone" : "answers"] = "mistake.answers" });
        }
    }

    private static bool IsStored(Draft page, Draft stored) => page.Email == stored.Email && page.Phone == stored.Phone && page.Consents.ToHashSet().SetEquals(stored.Consents);

    /// <summary>What Profile has is the truth from now on, also where it is changed elsewhere.</summary>
    private static IResult HandedIn(HttpContext context)
    {
        Cookies.DropDraft(context);
        return Page.Go("/matches");
    }

    private static IResult Again(HttpContext context, Cookies cookies, Draft draft)
    {
        draft = draft with { Key = NewKey() };
        cookies.KeepDraft(context, draft);
        return Show(draft, new() { ["answers"] = "mistake.again" });
    }

    private static IResult Show(Draft draft, Dictionary<string, string> mistakes) =>
        Page.Show<CheckPage>(new { Draft = draft, Mistakes = mistakes }, mistakes.Count > 0 ? 422 : 200);

    private static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// Of what is handed in too: who goes back after a press that was lost on the way, changes an answer and presses again, is not told that the
    /// key belongs to other answers.
    /// </summary>
    private static string KeyOf(string key, Needs needs) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), JsonSerializer.SerializeToUtf8Bytes(needs)));

    private static bool IsEmail(string text) => text.Length <= 254 && MailAddress.TryCreate(text, out var mail) && mail.Address == text && mail.Host.Contains('.');
}
