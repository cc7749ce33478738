using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using MassTransit;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Inbox;

/// <summary>
/// Takes the place of MassTransit's _error and _skipped queues: what could not be handled is written into the quarantine of the
/// service's own database. If even that fails, the exception goes to the transport, which delivers the message again.
/// </summary>
internal sealed partial class QuarantineFilter(Type db, string consumer, Type message, IServiceScopeFactory scopes, TimeProvider clock, ILogger log)
    : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    /// <summary>Reason of what came to the queue and is no message of the consumer.</summary>
    internal const string Unknown = "not a message this consumer knows";

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        // A process that stops gives its messages back to the broker: nothing is wrong with them.
        if (context.Exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested) ExceptionDispatchInfo.Throw(context.Exception);
        await KeepAsync(context, context.Exception);
        // What could not even be deserialized counts as "nobody wanted it" too, and would come here a second time.
        await context.NotifyFaulted(context.Exception);
    }

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) => KeepAsync(context, null);

    public void Probe(ProbeContext context) => context.CreateFilterScope("quarantine");

    private async Task KeepAsync(ReceiveContext context, Exception? failure)
    {
        failure = failure is MassTransitException { InnerException: { } inner } ? inner : failure;
        var reason = failure is null ? Unknown : $"{failure.GetType().FullName} {failure.TargetSite?.DeclaringType?.Name}.{failure.TargetSite?.Name}";
        var id = context.GetMessageId() ?? Guid.CreateVersion7();
        await using var scope = scopes.CreateAsyncScope();
        var database = (ServiceDb)scope.ServiceProvider.GetRequiredService(db);
        database.Quarantine.Add(new QuarantinedMessage
        {
            Id = Guid.CreateVersion7(),
            Consumer = consumer,
            MessageId = id,
            Type = message.FullName!,
            Subject = context.TransportHeaders.Get<Guid>(EventHeaders.Subject),
            Body = MessageOf(context.GetBody()),
            Reason = reason.Length <= 500 ? reason : reason[..500],
            At = clock.GetUtcNow(),
        });
        await database.SaveChangesAsync(CancellationToken.None);
        Metrics.Quarantined.Add(1, new KeyValuePair<string, object?>("consumer", consumer));
        LogQuarantined(log, id, consumer, reason);
    }

    private static string MessageOf(byte[] envelope)
    {
        try
        {
            using var json = JsonDocument.Parse(envelope);
            return json.RootElement.TryGetProperty("message", out var message) ? message.GetRawText() : json.RootElement.GetRawText();
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(envelope);
        }
    }

    [LoggerMessage(141, LogLevel.Error, "Message {Id} for {Consumer} went to quarantine: {Reason}")]
    private static partial void LogQuarantined(ILogger log, Guid id, string consumer, string reason);
}
