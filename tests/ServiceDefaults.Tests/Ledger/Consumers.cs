using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;

namespace Matchmaking.ServiceDefaults.Tests.Ledger;

public sealed record Deposited(Guid Account, int Amount);

public sealed record Reported(Guid Account, int Amount);

/// <summary>Nobody in this assembly consumes it.</summary>
public sealed record Audited(Guid Account);

/// <summary>What consumers saw, beyond what they stored; and how they are told to fail.</summary>
public sealed class Witness
{
    public const int Poison = 666;

    /// <summary>Stands in the text of the exception that poison throws; must never be seen elsewhere.</summary>
    public const string Secret = "Olena Musterfrau";

    public ConcurrentBag<Activity> Activities { get; } = [];
    public ConcurrentDictionary<Guid, int> Tries { get; } = [];

    /// <summary>Poison harms as long as this is set.</summary>
    public bool Poisonous { get; set; } = true;
}

/// <summary>Stores an entry and announces the second event in the same save.</summary>
public sealed class RecordDepositConsumer(LedgerDb db, Witness witness) : IConsumer<Deposited>
{
    public Task Consume(ConsumeContext<Deposited> context)
    {
        var (account, amount) = context.Message;
        witness.Tries.AddOrUpdate(context.MessageId!.Value, 1, (_, tries) => tries + 1);
        if (Activity.Current is { } activity) witness.Activities.Add(activity);
        if (amount == Witness.Poison && witness.Poisonous) throw new InvalidOperationException($"cannot pay out {Witness.Secret}");
        db.Entries.Add(new Entry { By = nameof(RecordDepositConsumer), Account = account, Amount = amount });
        db.Announce(new Reported(account, amount), account, 1);
        return Task.CompletedTask;
    }
}

public sealed class RecordReportConsumer(LedgerDb db) : IConsumer<Reported>
{
    public Task Consume(ConsumeContext<Reported> context)
    {
        db.Entries.Add(new Entry { By = nameof(RecordReportConsumer), Account = context.Message.Account, Amount = context.Message.Amount });
        return Task.CompletedTask;
    }
}
