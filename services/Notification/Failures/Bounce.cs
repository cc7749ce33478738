using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Channels;
using MimeKit;

namespace Matchmaking.Notification.Failures;

/// <summary>What a mail server says later of a mail that it had taken (RFC 3464).</summary>
/// <param name="Failure">Of <see cref="MailFailures"/>; null: it is still on its way, or has arrived.</param>
/// <param name="Written">When the mail was made that is meant, for a notice may have been sent more than once; null: not said.</param>
internal sealed record Bounce(Guid Notice, string? Failure, DateTimeOffset? Written)
{
    /// <returns>null: no such report, or one about somebody else's mail.</returns>
    public static Bounce? Of(MimeMessage mail)
    {
        if (mail.Body is not MultipartReport report || report.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status) return null;
        // The mail that is meant comes along, whole or as its head alone.
        var meant = report.OfType<MessagePart>().FirstOrDefault()?.Message;
        if (MailMaker.NoticeOf(meant?.MessageId) is not { } notice) return null;
        var failed = status.StatusGroups.FirstOrDefault(group => string.Equals(group["Action"]?.Trim(), "failed", StringComparison.OrdinalIgnoreCase));
        return new Bounce(notice, failed is null ? null : FailureOf((failed["Status"] ?? "").Trim().Split(' ')[0]), meant!.Headers.Contains(HeaderId.Date) ? meant.Date : null);
    }

    /// <summary>
    /// By class, subject and detail (RFC 3463): no such reader or mailbox; given up waiting, or the mailbox is full; anything else is about the mail, or about its
    /// sender (5.1.7, 5.1.8).
    /// </summary>
    private static string FailureOf(string status) =>
        status == "5.2.1" || (status.StartsWith("5.1.", StringComparison.Ordinal) && status is not ("5.1.7" or "5.1.8")) ? MailFailures.Address
        : status.StartsWith("4.", StringComparison.Ordinal) || status == "5.2.2" ? MailFailures.NoAnswer
        : MailFailures.Refused;
}
