using Matchmaking.Contracts.Notification;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit;

namespace Matchmaking.Notification.Channels;

/// <summary>Demo mode (setting Demo:Enabled) alone: the mails in the folder, for anyone to read. Elsewhere it does not exist.</summary>
internal static class ShowDemoMail
{
    private const int Most = 200, Limit = 10_000;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/demo/mail", HandleAsync).WithTags("Demo").WithSummary("The mails that would have gone out, newest first").AllowAnonymous()
        .Refuses(404, "not-found");

    private static async Task<Results<Ok<IReadOnlyList<DemoMail>>, ProblemHttpResult>> HandleAsync(
        int? take, IConfiguration settings, MailFolder folder, CancellationToken cancel)
    {
        if (!settings.GetValue<bool>("Demo:Enabled")) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var mails = await folder.ReadNewestAsync(Math.Clamp(take ?? Most, 1, Limit), cancel);
        return TypedResults.Ok<IReadOnlyList<DemoMail>>([.. mails.Select(m => new DemoMail(
            string.Join(", ", m.Mail.To.Mailboxes.Select(a => a.Address)), m.Mail.Subject ?? "", (m.Mail.TextBody ?? "").ReplaceLineEndings("\n"),
            [.. m.Mail.Attachments.OfType<TextPart>().Select(a => new DemoAttachment(a.FileName ?? "", a.ContentType.MimeType, a.Text))], m.At))]);
    }
}
