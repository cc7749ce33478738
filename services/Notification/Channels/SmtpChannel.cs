using MailKit.Net.Smtp;
using MailKit.Security;
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
        await client.ConnectAsync(smtp.Host!, smtp.Port, smtp.Tls switch
        {
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        }, cancel);
        if (!string.IsNullOrEmpty(smtp.User)) await client.AuthenticateAsync(smtp.User, smtp.Password ?? "", cancel);
        try
        {
            await client.SendAsync(mail, cancel);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode >= 500 && e.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted))
        {
            throw new MailRefusedException($"{e.ErrorCode} {(int)e.StatusCode}");
        }
        try { await client.DisconnectAsync(true, cancel); }
        catch (Exception e) when (e is IOException or SmtpProtocolException) { } // it was taken already
    }

    public void Recall(Guid notice)
    {
        // What a mail server has taken cannot be called back.
    }
}
