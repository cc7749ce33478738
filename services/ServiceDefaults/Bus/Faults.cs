using Microsoft.Extensions.Configuration;

namespace Matchmaking.ServiceDefaults.Bus;

/// <summary>
/// Two deliberate faults (settings Faults:InboxOff, Faults:MarkSentBeforePublish), with which a test proves that it would notice
/// if the backbone doubled or lost a message. Off unless set; the start-up line says so when one is on.
/// </summary>
public sealed record Faults(bool InboxOff, bool MarkSentBeforePublish)
{
    internal static Faults Read(IConfiguration settings) => new(settings.GetValue<bool>("Faults:InboxOff"), settings.GetValue<bool>("Faults:MarkSentBeforePublish"));
}
