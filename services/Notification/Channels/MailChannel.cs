using MimeKit;

namespace Matchmaking.Notification.Channels;

/// <summary>Takes a mail to where mails go: by SMTP, or into a folder.</summary>
internal interface IMailChannel
{
    /// <exception cref="MailRefusedException">It will never be taken.</exception>
    Task SendAsync(Guid notice, MimeMessage mail, CancellationToken cancel);

    /// <summary>Takes back what can be taken back of a mail whose reader was erased while it went out.</summary>
    void Recall(Guid notice);
}

/// <summary>A refusal that trying again does not change. Its message holds no address.</summary>
/// <param name="failure">Of <see cref="Contracts.Notification.MailFailures"/>.</param>
internal sealed class MailRefusedException(string failure, string message) : Exception(message)
{
    public string Failure { get; } = failure;
}
