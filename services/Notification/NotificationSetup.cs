using System.Resources;
using Matchmaking.Contracts;
using Matchmaking.Notification.Channels;
using Matchmaking.Notification.Failures;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Live;
using Matchmaking.Notification.Preferences;
using Matchmaking.Notification.Templates;
using Matchmaking.Notification.Timing;
using Matchmaking.Notification.Visitors;
using Matchmaking.Notification.Webhooks;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification;

/// <summary>The service: who is told what, and how.</summary>
public static class NotificationSetup
{
    public static IHostApplicationBuilder AddNotification(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        Problem.AddTexts(new ResourceManager("Matchmaking.Notification.Texts.Problems", typeof(NotificationSetup).Assembly));
        builder.AddDatabase<NotificationDb, NotificationDbSqlite, NotificationDbPostgres>("notification");
        services.AddClosedCodes(FieldCodes.All.Select(f => new ClosedCodes(f.Record, f.Field, f.Codes)));
        services.AddOptions<SmtpOptions>().BindConfiguration("Smtp").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<BounceOptions>().BindConfiguration("Bounces").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NotificationOptions>().BindConfiguration("Notices").ValidateDataAnnotations().ValidateOnStart()
            // A demo is played at any hour, and nobody waits for the morning.
            .PostConfigure<IConfiguration>((o, settings) => o.QuietHours ??= settings.GetValue<bool>("Demo:Enabled") ? "" : NotificationOptions.Night);
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks").ValidateDataAnnotations().ValidateOnStart()
            .Validate<IConfiguration>((o, settings) => !o.AllowLocal || settings.GetValue<bool>("Demo:Enabled"), "Webhooks:AllowLocal is for demo mode alone (setting Demo:Enabled): whoever may register a webhook could reach this machine's own network.");
        services.AddSingleton<WebhookUrls>().AddSingleton<WebhookDoor>().AddSingleton<WebhookSecrets>();
        services.AddSingleton<ICapabilityHolders, VisitorTokens>();
        services.AddSingleton<NoticeBell>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<WhenToSend>();
        services.AddSingleton<TemplateBook>();
        services.AddSingleton<OwnSecrets<NotificationDb>>();
        services.AddSingleton<StopLinks>();
        services.AddSingleton<MailFolder>();
        services.AddSingleton<SmsFolder>().AddSingleton<ISmsChannel>(s => s.GetRequiredService<SmsFolder>());
        services.AddSingleton<SmtpChannel>();
        services.AddSingleton<FileChannel>();
        services.AddSingleton<IMailChannel>(s => s.GetRequiredService<IOptions<SmtpOptions>>().Value.IsSet
            ? s.GetRequiredService<SmtpChannel>()
            : s.GetRequiredService<FileChannel>());
        services.AddHostedService<NoticeSender>();
        services.AddHostedService<NoticeSweeper>();
        services.AddHostedService<ReadBounces>();
        services.AddHostedService<DeliverWebhooks>();
        services.AddSingleton<LiveNotices>().AddHostedService(s => s.GetRequiredService<LiveNotices>());
        services.AddSingleton<RemindOfMeetings>().AddHostedService(s => s.GetRequiredService<RemindOfMeetings>());
        services.AddSingleton<GatherDigests>().AddHostedService(s => s.GetRequiredService<GatherDigests>());
        return builder;
    }

    public static IEndpointRouteBuilder MapNotification(this IEndpointRouteBuilder app)
    {
        ListNotices.Map(app);
        ChangePreferences.Map(app);
        StopNotices.Map(app);
        ListFailures.Map(app);
        StreamNotices.Map(app);
        ManageWebhooks.Map(app);
        ListDeliveries.Map(app);
        EditTemplates.Map(app);
        SendAgain.Map(app);
        ShowDemoMail.Map(app);
        ExportVisitor.Map(app);
        return app;
    }
}
