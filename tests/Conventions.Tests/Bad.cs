using MassTransit;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

// Code as it must not be: each rule is shown it, and must complain.
namespace Matchmaking.Conventions.Tests.Bad
{
    internal abstract class BadDb(DbContextOptions options) : ServiceDb(options);

    internal sealed record NoContract(int Number);

    internal sealed class SaveTooEarlyConsumer(BadDb db) : IConsumer<VisitorErased>
    {
        public async Task Consume(ConsumeContext<VisitorErased> context)
        {
            await Task.Yield();
            await db.SaveChangesAsync(context.CancellationToken);
        }
    }

    internal sealed class TakeEverythingConsumer : IConsumer<VisitorErased>, IConsumer<NoContract>
    {
        public Task Consume(ConsumeContext<VisitorErased> context) => context.Publish(new NoContract(1));

        public Task Consume(ConsumeContext<NoContract> context) => Task.CompletedTask;
    }

    internal sealed class PublishPastTheOutbox(IPublishEndpoint endpoint, BadDb db)
    {
        public Task RunAsync() => endpoint.Publish(new NoContract(2));

        public void Announce() => db.Announce(new SignInLinkRequested(Guid.Empty, Guid.Empty, default), Guid.Empty, 1);
    }

    internal static class AttachPastTheInbox
    {
        public static void Attach(IReceiveEndpointConfigurator endpoint) => endpoint.Handler<VisitorErased>(_ => Task.CompletedTask);
    }

    internal static class EverythingHelper;
}

namespace Matchmaking.Conventions.Tests.Bad.Again
{
    internal sealed class SaveTooEarlyConsumer : IConsumer<VisitorErased>
    {
        public Task Consume(ConsumeContext<VisitorErased> context) => Task.CompletedTask;
    }
}

namespace Matchmaking.Conventions.Tests.Good
{
    internal sealed class Plain
    {
        public string Name => GetType().Name;
    }
}
