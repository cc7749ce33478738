using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>POST /book: asks for a meeting. The form's key makes a second press the same request.</summary>
internal static class BookMeeting
{
    private const int LongestNote = 300;

    public static void MapBooking(this RouteGroupBuilder pages) => pages.MapPost("/book", Book);

    private static async Task<IResult> Book(HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var form = await context.Request.ReadFormAsync(cancel);
        if (!Guid.TryParse(form["offer"], out var offer)) return Page.Error("missing");
        var back = form["from"] == "offer" ? $"/offers/{offer}" : "/matches";
        if (!Guid.TryParse(form["slot"], out var slot)) return Page.Go($"{back}?problem=no-time");
        var key = Guid.TryParse(form["key"], out var given) ? given : Guid.CreateVersion7();
        // Browsers count a new line once and send it as two signs.
        var note = form["note"].ToString().ReplaceLineEndings("\n").Trim();
        if (note.Length > LongestNote) return Page.Error("long");
        // The slot knows its format; a stand is what it is unless the list of times says otherwise.
        var format = (await matching.Slots(offer, cancel)).Value?.FirstOrDefault(s => s.Id == slot)?.Format ?? "stand";
        var reply = await matching.Book(pass, new(pass.Id, offer, slot, format, note.Length > 0 ? note : null), key.ToString(), cancel);
        if (reply.Problem is not { } problem) return Page.Go($"/day?new={reply.Value!.Id}");
        if (!problem.CanBeSaid) return Page.Refused(problem);
        return Page.Go($"{(problem.Said == "offer-gone" ? "/matches" : back)}?problem={Uri.EscapeDataString(problem.Said)}");
    }
}
