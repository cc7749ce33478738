using System.ComponentModel.DataAnnotations;

namespace Matchmaking.Notification;

/// <summary>Section Notices.</summary>
public sealed class NotificationOptions
{
    /// <summary>How often a notice is tried before its result is "failed"; 20 tries last about an hour and a quarter.</summary>
    [Range(1, 100)]
    public int Attempts { get; init; } = 20;

    /// <summary>First wait after a failed try, in milliseconds; it doubles up to <see cref="LongestWaitMs"/>.</summary>
    [Range(10, 60_000)]
    public int FirstWaitMs { get; init; } = 500;

    [Range(10, 3_600_000)]
    public int LongestWaitMs { get; init; } = 300_000;

    /// <summary>Days after which notices to staff accounts (sign-in links) go.</summary>
    [Range(1, 365)]
    public int KeepSignInDays { get; init; } = 14;
}

/// <summary>Section Smtp. Without <see cref="Host"/> mails become files in the folder "mail" of DataFolder.</summary>
public sealed class SmtpOptions
{
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 587;
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>Sender of the mails, and organizer of the calendar entries: an address of the fair, not of a person.</summary>
    [EmailAddress]
    public string From { get; init; } = "no-reply@matchmaking.example";

    /// <summary>"starttls" (required), "tls" (from the first byte), "none" (a mail catcher on the same network alone).</summary>
    [AllowedValues("starttls", "tls", "none")]
    public string Tls { get; init; } = "starttls";

    public bool IsSet => !string.IsNullOrWhiteSpace(Host);
}
