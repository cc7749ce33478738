using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Matchmaking.Conventions.Tests;

/// <summary>Rules of the bus, read from the compiled code, so that no way of writing escapes them. Each gives back its complaints.</summary>
internal static class MessageRules
{
    private const string Consumer = "MassTransit.IConsumer`1", Backbone = "Matchmaking.ServiceDefaults.";

    /// <summary>Who speaks to the bus itself: the dispatcher, who sets the bus up, and the way out of quarantine.</summary>
    private static readonly string[] Speakers = ["Outbox.OutboxDispatcher`1", "Bus.BusSetup", "Bus.BusReady", "Inbox.ReplayQuarantined"];

    private static readonly string[] Mouths = ["MassTransit.IBus", "MassTransit.IBusControl", "MassTransit.IPublishEndpoint", "MassTransit.IPublishEndpointProvider",
        "MassTransit.ISendEndpoint", "MassTransit.ISendEndpointProvider", "MassTransit.IRequestClient`1", "MassTransit.IMessageScheduler"];

    private static readonly string[] Attachments = ["Handler", "Consumer", "Instance", "ConfigureEndpoints", "ConfigureConsumer", "ConfigureConsumers", "AddConsumer", "AddConsumers",
        "AddConsumersFromNamespaceContaining", "ReceiveEndpoint", "ConnectReceiveEndpoint", "ConnectHandler", "ConnectConsumer"];

    public static IEnumerable<(TypeDefinition Type, TypeReference Message)> Consumers(IEnumerable<TypeDefinition> types) =>
        from type in types
        where type is { IsClass: true, IsAbstract: false }
        from contract in type.Interfaces
        where contract.InterfaceType.GetElementType().FullName == Consumer
        select (type, ((GenericInstanceType)contract.InterfaceType).GenericArguments[0]);

    /// <summary>The name is the queue's name, so it must be unique among all services; and a queue is for one message.</summary>
    public static IEnumerable<string> ConsumerNamesAreUnique(IEnumerable<TypeDefinition> types)
    {
        var consumers = Consumers(types).ToArray();
        return
        [
            .. consumers.GroupBy(c => c.Type.Name).Where(g => g.Select(c => c.Type.FullName).Distinct().Count() > 1).Select(g => $"{g.Key} is the name of {string.Join(" and ", g.Select(c => c.Type.FullName))}"),
            .. consumers.GroupBy(c => c.Type.FullName).Where(g => g.Count() > 1).Select(g => $"{g.Key} consumes {string.Join(" and ", g.Select(c => c.Message.Name))}"),
            .. consumers.Where(c => !c.Type.Name.EndsWith("Consumer", StringComparison.Ordinal)).Select(c => $"{c.Type.FullName} does not end in Consumer"),
        ];
    }

    /// <summary>Consumers are found in the assembly of a service's database and attached behind the inbox, in one place.</summary>
    public static IEnumerable<string> ConsumersStandBehindTheInbox(IReadOnlyCollection<TypeDefinition> types)
    {
        var services = types.Where(t => IsServiceDb(t.BaseType)).Select(t => t.Module.Name).ToHashSet();
        return
        [
            .. Consumers(types).Where(c => !services.Contains(c.Type.Module.Name)).Select(c => $"{c.Type.FullName} is in an assembly without a ServiceDb, where nobody finds it"),
            .. from call in Calls(types)
               where Attachments.Contains(call.To.Name) && call.To.DeclaringType.FullName.StartsWith("MassTransit.", StringComparison.Ordinal)
               where Outermost(call.From.DeclaringType).FullName != Backbone + "Bus.BusSetup"
               select $"{call.From.FullName} attaches to the bus by {call.To.Name}",
        ];
    }

    /// <summary>The inbox saves the effects of consumers together with its own rows: whoever saves before breaks "once".</summary>
    public static IEnumerable<string> ConsumersDoNotSave(IEnumerable<TypeDefinition> types)
    {
        var consumers = Consumers(types).Select(c => c.Type.FullName).ToHashSet();
        return from call in Calls(types)
               where call.To.Name is "SaveChanges" or "SaveChangesAsync" or "BeginTransaction" or "BeginTransactionAsync"
               where Enclosing(call.From.DeclaringType).Any(t => consumers.Contains(t.FullName))
               select $"{call.From.FullName} calls {call.To.Name}";
    }

    /// <summary>Who could publish past the outbox: by a field, a parameter, a property, or a call of the bus's own methods.</summary>
    public static IEnumerable<string> EventsGoThroughTheOutbox(IReadOnlyCollection<TypeDefinition> types)
    {
        var others = types.Where(t => !Speakers.Contains(Outermost(t).FullName.Replace(Backbone, "", StringComparison.Ordinal))).ToArray();
        return
        [
            .. from type in others from field in type.Fields where IsMouth(field.FieldType) select $"{type.FullName} holds {field.FieldType.Name}",
            .. from type in others from method in type.Methods from parameter in method.Parameters where IsMouth(parameter.ParameterType) select $"{method.FullName} takes {parameter.ParameterType.Name}",
            .. from call in Calls(others)
               where IsMouth(call.To.DeclaringType) || call.To.DeclaringType.FullName is "MassTransit.PublishExecuteExtensions" or "MassTransit.SendExecuteExtensions" or "MassTransit.RespondAsyncExecuteExtensions"
                   || call.To is GenericInstanceMethod { ElementMethod.Name: "GetRequiredService" or "GetService" } resolved && IsMouth(resolved.GenericArguments[0])
               select $"{call.From.FullName} calls {call.To.DeclaringType.Name}.{call.To.Name}",
        ];
    }

    /// <summary>Announced and consumed, both: a mandatory publish that nobody receives would wait in the outbox for ever.</summary>
    public static IEnumerable<string> EventsHaveBothEnds(IReadOnlyCollection<TypeDefinition> types)
    {
        var (announced, consumed) = (Announced(types), Consumers(types).Select(c => c.Message.FullName).ToHashSet());
        return [.. announced.Except(consumed).Select(e => $"{e} is announced, and nobody consumes it"), .. consumed.Except(announced).Select(e => $"{e} is consumed, and nobody announces it")];
    }

    public static IEnumerable<string> MessagesAreContracts(IReadOnlyCollection<TypeDefinition> types) =>
        Announced(types).Union(Consumers(types).Select(c => c.Message.FullName)).Where(m => !m.StartsWith("Matchmaking.Contracts.", StringComparison.Ordinal)).Select(m => $"{m} is no contract");

    private static HashSet<string> Announced(IEnumerable<TypeDefinition> types) =>
        [.. from call in Calls(types)
            where call.To is GenericInstanceMethod { ElementMethod: { Name: "Announce", DeclaringType.Name: "ServiceDb" } }
            let message = ((GenericInstanceMethod)call.To).GenericArguments[0]
            where !message.IsGenericParameter
            select message.FullName];

    private static IEnumerable<(MethodDefinition From, MethodReference To)> Calls(IEnumerable<TypeDefinition> types) =>
        from type in types
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn or Code.Ldvirtftn
        select (method, (MethodReference)instruction.Operand);

    private static bool IsMouth(TypeReference type) => Mouths.Contains(type.GetElementType().FullName);

    private static bool IsServiceDb(TypeReference? type) => type?.Name == "ServiceDb";

    private static IEnumerable<TypeDefinition> Enclosing(TypeDefinition type)
    {
        for (var t = type; t is not null; t = t.DeclaringType) yield return t;
    }

    private static TypeDefinition Outermost(TypeDefinition type) => Enclosing(type).Last();
}
