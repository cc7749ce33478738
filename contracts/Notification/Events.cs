namespace Matchmaking.Contracts.Notification;

/// <summary>A service other than Profile has erased all it held of the visitor.</summary>
/// <param name="Service">"matching" or "notification".</param>
public sealed record ErasureConfirmed(Guid ErasureId, Guid VisitorId, string Service, DateTimeOffset At);
