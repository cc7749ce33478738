using MailKit.Net.Smtp;
using Matchmaking.Contracts.Notification;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Matchmaking.Notification.Channels;

/// <summary>
/// Mail by SMTP. At least once: if the connection breaks after the server took the mail and before it said so, the mail goes again with
/// the same Message-ID, by which mail systems know a repeat. Exactly once does not exist at this border.
/// </summary>
internal sealed class SmtpChannel(IOptions<SmtpOptions> options) : IMailChannel
{
    private const int TimeoutMilliseconds = 15_000;

    public async Task SendAsync(Guid notice, MimeMessage mail, CancellationToken cancel)
    {
        var smtp = options.Value;
        using var client = new SmtpClient { Timeout = TimeoutMilliseconds };
        await client.ConnectAsync(smtp.Host!, smtp.Port, MailTls.Of(smtp.Tls), cancel);
        if (!string.IsNullOrEmpty(smtp.User)) await client.AuthenticateAsync(smtp.User, smtp.Password ?? "", cancel);
        try
        {
            await client.SendAsync(mail, cancel);
        }
        catch (SmtpCommandException e) when (IsForGood(e))
        {
            throw new MailRefusedException(e.ErrorCode == SmtpErrorCode.RecipientNotAccepted ? MailFailures.Address : MailFailures.Refused, $"{e.ErrorCode} {(int)e.StatusCode}");
        }
        catch (NotSupportedException)
        {
            throw new MailRefusedException(MailFailures.Address, "letters in the address that this mail server cannot write");
        }
        try { await client.DisconnectAsync(true, cancel); }
        catch (Exception e) when (e is IOException or SmtpProtocolException) { } // it was taken already
    }

    /// <summary>
    /// Of the reader or of the mail, and final (RFC 5321 4.2.1). A full mailbox (5.2.2, RFC 3463) may be emptied, and a sender that is not taken is ours to
    /// mend: both are tried again.
    /// </summary>
    private static bool IsForGood(SmtpCommandException e) =>
        (int)e.StatusCode >= 500 && e.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted) && !e.Message.StartsWith("5.2.2", StringComparison.Ordinal);

    public void Recall(Guid notice)
    {
        // What a mail server has taken cannot be called back.
    }
}
