using System.ComponentModel.DataAnnotations;

namespace Matchmaking.Notification.Webhooks;

/// <summary>Section Webhooks.</summary>
public sealed class WebhookOptions
{
    /// <summary>Lets webhooks lead to this machine and private networks, and without encryption: for trying out, in demo mode alone.</summary>
    public bool AllowLocal { get; init; }

    /// <summary>Webhooks that a stand may have.</summary>
    [Range(0, 100)]
    public int MostEach { get; init; } = 5;

    /// <summary>Seconds after which an answer is no longer waited for.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>How often a delivery is tried; 12 tries last about three days.</summary>
    [Range(1, 50)]
    public int Attempts { get; init; } = 12;

    /// <summary>First wait after a failed try, in milliseconds; it grows fourfold up to twelve hours.</summary>
    [Range(10, 3_600_000)]
    public int FirstWaitMs { get; init; } = 5000;

    /// <summary>Days of nothing but failures after which a webhook is turned off.</summary>
    [Range(1, 60)]
    public int DisableAfterDays { get; init; } = 5;

    /// <summary>Hours for which the secret before the present one signs along.</summary>
    [Range(0, 168)]
    public int OldSecretHours { get; init; } = 24;

    /// <summary>Days for which delivered and given-up deliveries stay to be read.</summary>
    [Range(1, 90)]
    public int KeepDays { get; init; } = 14;

    /// <summary>Deliveries under way at once in a replica, and of them to one webhook: who hangs holds up nobody but themselves.</summary>
    [Range(1, 1000)]
    public int AtOnce { get; init; } = 32;

    internal const int AtOnceEach = 2;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    internal TimeSpan WaitAfter(int attempts) => TimeSpan.FromMilliseconds(Math.Min(LongestWait.TotalMilliseconds, FirstWaitMs * Math.Pow(4, Math.Min(attempts - 1, 15))));
}
