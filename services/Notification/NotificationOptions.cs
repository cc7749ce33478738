using System.ComponentModel.DataAnnotations;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Timing;
using Matchmaking.ServiceDefaults;

namespace Matchmaking.Notification;

/// <summary>Section Notices.</summary>
public sealed class NotificationOptions : IValidatableObject
{
    /// <summary>How often a notice is tried before its result is "failed"; 100 tries last about a day.</summary>
    [Range(1, 1000)]
    public int Attempts { get; init; } = 100;

    /// <summary>First wait after a failed try, in milliseconds; it doubles up to <see cref="LongestWaitMs"/>.</summary>
    [Range(10, 60_000)]
    public int FirstWaitMs { get; init; } = 500;

    [Range(10, 3_600_000)]
    public int LongestWaitMs { get; init; } = 900_000;

    /// <summary>Days after which notices to staff accounts (sign-in links) go.</summary>
    [Range(1, 365)]
    public int KeepSignInDays { get; init; } = 14;

    internal const string Night = "21:00-07:00";

    /// <summary>Hours of the fair's zone in which mails wait, as "21:00-07:00"; empty: none. Left out: these, in demo mode none.</summary>
    public string? QuietHours { get; set; }

    /// <summary>IANA time zone of the hours here, where a notice concerns no single meeting.</summary>
    public string Zone { get; init; } = "Europe/Berlin";

    /// <summary>Minutes before a meeting at which both sides are reminded; 0: never.</summary>
    [Range(0, 240)]
    public int RemindBeforeMinutes { get; init; } = 30;

    /// <summary>When people are reminded of the next day's meetings.</summary>
    public string EveningAt { get; init; } = "18:00";

    /// <summary>When a daily digest goes.</summary>
    public string DigestAt { get; init; } = "07:30";

    /// <summary>Live streams that a replica keeps open at once, in all and for each visitor or stand.</summary>
    [Range(0, 100_000)]
    public int LiveStreams { get; init; } = 5000;

    [Range(1, 1000)]
    public int LiveStreamsEach { get; init; } = 20;

    /// <summary>Seconds between signs of life in a quiet stream, and after which a stream ends and is asked for anew: less than a staff token lives.</summary>
    [Range(1, 300)]
    public int LiveHeartbeatSeconds { get; init; } = 20;

    [Range(1, 3600)]
    public int LiveLongestSeconds { get; init; } = 600;

    internal TimeSpan LiveHeartbeat => TimeSpan.FromSeconds(LiveHeartbeatSeconds);
    internal TimeSpan LiveLongest => TimeSpan.FromSeconds(LiveLongestSeconds);

    internal TimeSpan WaitAfter(int attempts) => TimeSpan.FromMilliseconds(Math.Min(LongestWaitMs, FirstWaitMs * Math.Pow(2, Math.Min(attempts - 1, 20))));

    internal QuietHours? Quiet => Timing.QuietHours.TryParse(QuietHours ?? "", out var hours) ? hours : null;
    internal TimeSpan RemindBefore => TimeSpan.FromMinutes(RemindBeforeMinutes);
    internal TimeOnly Evening => TimeOnly.ParseExact(EveningAt, "HH:mm");

    /// <summary>When the digest goes that tells of what comes now: on the full hour, or on the next morning.</summary>
    internal DateTimeOffset NextDigest(string pace, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (pace == Paces.Hourly) return DateTimeOffset.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / 3600 + 1) * 3600);
        var (day, at) = (DayTimes.DayOf(now, zone), TimeOnly.ParseExact(DigestAt, "HH:mm"));
        return DayTimes.At(DayTimes.TimeOf(now, zone) < at ? day : day.AddDays(1), at, zone);
    }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext context)
    {
        if (!Timing.QuietHours.TryParse(QuietHours ?? "", out _)) yield return new("Notices:QuietHours is two times, as \"21:00-07:00\", or empty.", [nameof(QuietHours)]);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _)) yield return new("Notices:Zone is no time zone that is known here; an example is Europe/Berlin.", [nameof(Zone)]);
        foreach (var (name, value) in new[] { (nameof(EveningAt), EveningAt), (nameof(DigestAt), DigestAt) })
            if (!Timing.QuietHours.Reads(value, out _)) yield return new($"Notices:{name} is a time, as \"18:00\".", [name]);
    }
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

/// <summary>Section Bounces: the mailbox, by POP3, of the address that mails are sent from. Without <see cref="Host"/> what comes back is not read.</summary>
public sealed class BounceOptions : IValidatableObject
{
    public string? Host { get; init; }

    [Range(1, 65535)]
    public int Port { get; init; } = 995;
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>As <see cref="SmtpOptions.Tls"/>.</summary>
    [AllowedValues("starttls", "tls", "none")]
    public string Tls { get; init; } = "tls";

    [Range(1, 3600)]
    public int EverySeconds { get; init; } = 120;

    public bool IsSet => !string.IsNullOrWhiteSpace(Host);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext context)
    {
        if (IsSet && (string.IsNullOrEmpty(User) || string.IsNullOrEmpty(Password))) yield return new("Bounces:Host needs Bounces:User and Bounces:Password.", [nameof(User)]);
    }
}
