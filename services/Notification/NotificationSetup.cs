using Matchmaking.Contracts;
using Matchmaking.Notification.Channels;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Visitors;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification;

/// <summary>The service: who is told what, and how.</summary>
public static class NotificationSetup
{
    public static IHostApplicationBuilder AddNotification(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddDatabase<NotificationDb, NotificationDbSqlite, NotificationDbPostgres>("notification");
        services.AddClosedCodes(FieldCodes.All.Select(f => new ClosedCodes(f.Record, f.Field, f.Codes)));
        services.AddOptions<SmtpOptions>().BindConfiguration("Smtp").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<NotificationOptions>().BindConfiguration("Notices").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ICapabilityHolders, VisitorTokens>();
        services.AddSingleton<NoticeBell>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<MailFolder>();
        services.AddSingleton<SmtpChannel>();
        services.AddSingleton<FileChannel>();
        services.AddSingleton<IMailChannel>(s => s.GetRequiredService<IOptions<SmtpOptions>>().Value.IsSet
            ? s.GetRequiredService<SmtpChannel>()
            : s.GetRequiredService<FileChannel>());
        services.AddHostedService<NoticeSender>();
        services.AddHostedService<NoticeSweeper>();
        return builder;
    }

    public static IEndpointRouteBuilder MapNotification(this IEndpointRouteBuilder app)
    {
        ListNotices.Map(app);
        ShowDemoMail.Map(app);
        ExportVisitor.Map(app);
        return app;
    }
}
