namespace Matchmaking.Profile.Visitors;

/// <summary>That somebody is being erased, and who has confirmed. It holds no trace of whom: the id is known to them alone.</summary>
internal sealed class Erasure
{
    /// <summary>Services that must confirm, this one included.</summary>
    public static readonly IReadOnlyList<string> Services = ["profile", "matching", "notification"];

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public DateTimeOffset StartedAt { get; init; }
    public List<Confirmation> Confirmations { get; init; } = [];

    public void Confirm(string service, DateTimeOffset at)
    {
        if (Confirmations.TrueForAll(c => c.Service != service)) Confirmations.Add(new Confirmation { Service = service, At = at });
    }
}

internal sealed class Confirmation
{
    public required string Service { get; init; }
    public DateTimeOffset At { get; init; }
}
