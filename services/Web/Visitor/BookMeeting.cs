using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>POST /book: asks for a meeting. The form's key makes a second press the same request.</summary>
internal static class BookMeeting
{
    public static void MapBooking(this RouteGroupBuilder pages) => pages.MapPost("/book", Book);

    private static async Task<IResult> Book(HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var form = await context.Request.ReadFormAsync(cancel);
        if (!Guid.TryParse(form["offer"], out var offer)) return Page.Error("missing");
        var back = form["from"] == "offer" ? $"/offers/{offer}" : "/matches";
        if (!Guid.TryParse(form["slot"], out var slot)) return Page.Go($"{back}?problem=no-time");
        var key = Guid.TryParse(form["key"], out var given) ? given : Guid.CreateVersion7();
        var note = form["note"].ToString().Trim() is { Length: > 0 and <= 300 } text ? text : null;
        // The slot knows its format; a stand is what it is unless the list of times says otherwise.
        var format = (await matching.Slots(offer, cancel)).Value?.FirstOrDefault(s => s.Id == slot)?.Format ?? "stand";
        var reply = await matching.Book(pass, new(pass.Id, offer, slot, format, note), key.ToString(), cancel);
        if (reply.Problem is not { } problem) return Page.Go($"/day?new={reply.Value!.Id}");
        return problem.Status is 409 or 422 ? Page.Go($"{back}?problem={Uri.EscapeDataString(problem.Code)}") : Page.Refused(problem);
    }
}
