using System.Text.RegularExpressions;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Meetings;
using Matchmaking.Notification.Preferences;
using Matchmaking.Notification.Templates;
using Matchmaking.Notification.Visitors;
using Matchmaking.Notification.Webhooks;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification;

internal abstract partial class NotificationDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Visitor> Visitors => Set<Visitor>();
    public DbSet<VisitorLink> Links => Set<VisitorLink>();
    public DbSet<NoticeRow> Notices => Set<NoticeRow>();
    public DbSet<MeetingTold> MeetingsTold => Set<MeetingTold>();
    public DbSet<KnownMeeting> MeetingsKnown => Set<KnownMeeting>();
    public DbSet<NoticePreference> Preferences => Set<NoticePreference>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<WebhookDelivery> Deliveries => Set<WebhookDelivery>();
    public DbSet<TemplateVersion> TemplateVersions => Set<TemplateVersion>();
    public DbSet<OwnSecret> OwnSecrets => Set<OwnSecret>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        Visitor.Map(model);
        VisitorLink.Map(model);
        NoticeRow.Map(model, Dialect.Of(this));
        MeetingTold.Map(model);
        KnownMeeting.Map(model);
        NoticePreference.Map(model);
        OwnSecret.Map(model);
        TemplateVersion.Map(model);
        Webhook.Map(model);
        WebhookDelivery.Map(model);
        foreach (var entity in model.Model.GetEntityTypes().Where(e => e.ClrType.Assembly == typeof(NotificationDb).Assembly))
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Humps().Replace(property.Name, "_$1").ToLowerInvariant());
    }

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Humps();
}

internal sealed class NotificationDbSqlite(DbContextOptions<NotificationDbSqlite> options) : NotificationDb(options);

internal sealed class NotificationDbPostgres(DbContextOptions<NotificationDbPostgres> options) : NotificationDb(options);
