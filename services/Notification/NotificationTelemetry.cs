using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Matchmaking.Notification;

internal static class NotificationTelemetry
{
    public const string SourceName = "Matchmaking.Notification";
    public static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);
    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("matchmaking.notification.sent", "{notice}", "Notices that went out.");
    private static readonly Counter<long> Unsent = Meter.CreateCounter<long>("matchmaking.notification.unsent", "{notice}", "Notices that ended without a mail.");
    internal static readonly Counter<long> Retried = Meter.CreateCounter<long>("matchmaking.notification.retried", "{notice}", "Tries that failed and are repeated.");

    public static void Count(string kind, string result)
    {
        var what = new KeyValuePair<string, object?>("kind", kind);
        if (result == Inbox.NoticeResults.Sent) Sent.Add(1, what);
        else Unsent.Add(1, what, new KeyValuePair<string, object?>("result", result));
    }
}
