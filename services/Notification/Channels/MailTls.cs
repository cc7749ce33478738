using MailKit.Security;

namespace Matchmaking.Notification.Channels;

/// <summary>How a connection to a mail server is kept secret.</summary>
internal static class MailTls
{
    /// <param name="setting">"tls" (from the first byte), "none", or "starttls" (required).</param>
    public static SecureSocketOptions Of(string setting) => setting switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
