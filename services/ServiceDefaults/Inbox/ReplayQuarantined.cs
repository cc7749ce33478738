using System.Text.Json;
using MassTransit;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.ServiceDefaults.Inbox;

/// <summary>
/// What lies in quarantine, for an operator with the service key, and the way back: the message goes to the queue of the one consumer that could
/// not handle it, under its old id, so that the inbox still counts it once. What fails again comes back as a new row.
/// </summary>
internal static class ReplayQuarantined
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/internal/quarantine").RequireAuthorization(Policies.Service).ExcludeFromDescription();
        group.MapGet("", ListAsync);
        group.MapPost("{id:guid}/replay", ReplayAsync);
    }

    /// <summary>Newest first, without bodies: they speak of people.</summary>
    private static async Task<Ok<List<QuarantinedView>>> ListAsync(HttpContext http, [FromServices] IEnumerable<ServiceDatabase> databases, CancellationToken cancel)
    {
        var views = new List<QuarantinedView>();
        foreach (var database in databases)
            views.AddRange(await Db(http, database).Quarantine.OrderByDescending(q => q.At).Take(500)
                .Select(q => new QuarantinedView(q.Id, database.Name, q.Consumer, q.MessageId, q.Type, q.Reason, q.At, q.ReplayedAt)).ToListAsync(cancel));
        return TypedResults.Ok(views);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ReplayAsync(
        Guid id, HttpContext http, [FromServices] IEnumerable<ServiceDatabase> databases, [FromServices] IEnumerable<ConsumerRegistration> consumers, IBus bus, TimeProvider clock,
        CancellationToken cancel)
    {
        foreach (var database in databases)
        {
            var db = Db(http, database);
            if (await db.Quarantine.SingleOrDefaultAsync(q => q.Id == id, cancel) is not { } kept) continue;
            var consumer = consumers.SingleOrDefault(c => c.Queue == kept.Consumer && c.Db == database.Db);
            if (consumer is null || Read(kept, consumer.Message) is not { } message) return Problem.Of("not-replayable", StatusCodes.Status409Conflict);

            // The exchange of the queue's name feeds that queue alone; it is there, because the consumer runs in this process.
            var endpoint = await bus.GetSendEndpoint(new Uri("exchange:" + consumer.Queue));
            await endpoint.Send(message, consumer.Message, Pipe.Execute<SendContext>(context =>
            {
                context.MessageId = kept.MessageId;
                if (kept.Subject is { } subject) context.Headers.Set(EventHeaders.Subject, subject.ToString());
                if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
            }), cancel);
            kept.ReplayedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(cancel);
            return TypedResults.NoContent();
        }
        return Problem.Of("not-found", StatusCodes.Status404NotFound);
    }

    private static ServiceDb Db(HttpContext http, ServiceDatabase database) => (ServiceDb)http.RequestServices.GetRequiredService(database.Db);

    /// <summary>The message, or null: bodies that never were this message lie there too.</summary>
    private static object? Read(QuarantinedMessage kept, Type type)
    {
        if (kept.Reason == QuarantineFilter.Unknown) return null;
        try { return JsonSerializer.Deserialize(kept.Body, type, JsonSerializerOptions.Web); }
        catch (JsonException) { return null; }
    }
}

/// <summary>GET /internal/quarantine.</summary>
internal sealed record QuarantinedView(Guid Id, string Database, string Consumer, Guid MessageId, string Type, string Reason, DateTimeOffset At, DateTimeOffset? ReplayedAt);
