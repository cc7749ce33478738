using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Webhooks;

/// <summary>Writes what happens to a stand's meetings down for its webhooks, in the transaction that takes note of it.</summary>
internal static class WebhookEvents
{
    public const string Test = "webhook.test";

    /// <param name="type">"meeting.requested" and so on.</param>
    /// <param name="status">As in the API.</param>
    public static async Task AddAsync(NotificationDb db, string type, string status, MeetingFacts meeting, DateTimeOffset now, CancellationToken cancel)
    {
        if (!meeting.StandKnows) return;
        var webhooks = await db.Webhooks.AsNoTracking().Where(w => w.ExhibitorId == meeting.ExhibitorId && w.DisabledAt == null).Select(w => w.Id).ToListAsync(cancel);
        if (webhooks.Count == 0) return;
        // After an erasure one thing is still owed: that nobody comes, without a word of who it was.
        var erased = await db.Visitors.FindAsync([meeting.VisitorId], cancel) is { ErasedAt: not null };
        if (erased && type != "meeting.cancelled") return;
        var visitor = erased || (meeting.VisitorLanguages.Count == 0 && meeting.VisitorGerman is null) ? null : new WebhookVisitor(meeting.VisitorLanguages, meeting.VisitorGerman);
        var body = Body(type, now, new WebhookMeeting(
            meeting.MeetingId, meeting.Version, status, meeting.OfferId, meeting.Title, meeting.Code, meeting.Start, meeting.End, meeting.Format, meeting.Table, meeting.ExpiresAt, visitor));
        var once = $"{type} {meeting.MeetingId} {meeting.Version}";
        var known = await db.Deliveries.Where(d => webhooks.Contains(d.WebhookId) && d.Event == once).Select(d => d.WebhookId).ToListAsync(cancel);
        foreach (var webhook in webhooks.Except(known)) Add(db, webhook, once, type, body, now, meeting.MeetingId, erased ? null : meeting.VisitorId);
    }

    public static WebhookDelivery AddTest(NotificationDb db, Guid webhook, DateTimeOffset now) =>
        Add(db, webhook, $"{Test} {Guid.CreateVersion7()}", Test, Body<WebhookMeeting?>(Test, now, null), now, null, null);

    private static WebhookDelivery Add(NotificationDb db, Guid webhook, string once, string type, string body, DateTimeOffset now, Guid? meeting, Guid? visitor)
    {
        // Several messages may be handled in one transaction: the same event told twice is one.
        if (db.Deliveries.Local.FirstOrDefault(d => d.WebhookId == webhook && d.Event == once) is { } known) return known;
        var delivery = new WebhookDelivery
        {
            Id = Guid.CreateVersion7(),
            WebhookId = webhook,
            Event = once,
            Type = type,
            Body = body,
            MeetingId = meeting,
            VisitorId = visitor,
            Result = DeliveryResults.Waiting,
            CreatedAt = now,
        };
        db.Deliveries.Add(delivery);
        return delivery;
    }

    private static string Body<T>(string type, DateTimeOffset at, T data) => JsonSerializer.Serialize(new WebhookBody<T>(type, at, data), JsonSerializerOptions.Web);
}
