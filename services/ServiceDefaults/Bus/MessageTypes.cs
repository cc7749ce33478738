using System.Collections.Frozen;
using System.Reflection;
using MassTransit;
using Matchmaking.ServiceDefaults.Database;

namespace Matchmaking.ServiceDefaults.Bus;

/// <summary>Headers of the messages, beyond MassTransit's own.</summary>
internal static class EventHeaders
{
    /// <summary>Whom the message is about.</summary>
    public const string Subject = "subject";
}

/// <summary>A consumer as found: its name is its queue's name, so it must be unique among all services.</summary>
public sealed record ConsumerRegistration(Type Consumer, Type Message, Type Db)
{
    public string Queue => Consumer.Name;

    /// <summary>Every class of the database's assembly that implements IConsumer of one message.</summary>
    public static IReadOnlyList<ConsumerRegistration> In(ServiceDatabase database) =>
        [.. from type in database.Db.Assembly.GetTypes()
            where type is { IsClass: true, IsAbstract: false }
            from contract in type.GetInterfaces()
            where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IConsumer<>)
            orderby type.Name
            select new ConsumerRegistration(type, contract.GetGenericArguments()[0], database.Db)];
}

/// <summary>The event types by full name; looked up in the assemblies of the services and of the contracts they refer to.</summary>
internal sealed class MessageTypes(IEnumerable<ServiceDatabase> databases)
{
    private readonly FrozenDictionary<string, Type> _types = databases
        .SelectMany(d => d.Db.Assembly.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("Matchmaking.", StringComparison.Ordinal)).Select(Assembly.Load).Append(d.Db.Assembly))
        .Distinct().SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false, FullName: not null })
        .DistinctBy(t => t.FullName).ToFrozenDictionary(t => t.FullName!);

    public Type? Find(string fullName) => _types.GetValueOrDefault(fullName);
}

/// <summary>Opens when the bus is connected and its queues are declared: nothing is published before.</summary>
internal sealed class BusStarted
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _started.TrySetResult();

    public Task WaitAsync(CancellationToken cancel) => _started.Task.WaitAsync(cancel);
}
