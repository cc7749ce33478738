using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Matchmaking.ServiceDefaults.Outbox;

/// <summary>
/// Hands rows that were just committed to the dispatcher of the same process, so that nobody waits for a poll.
/// Bounded: what does not fit is found by the poll when its lease has run out.
/// </summary>
internal sealed class OutboxHandover
{
    private const int Capacity = 20_000;
    private readonly ConcurrentDictionary<Type, Channel<OutboxMessage>> _channels = new();

    public ChannelReader<OutboxMessage> Reader(Type db) => Of(db).Reader;

    public void Hand(Type db, IEnumerable<OutboxMessage> committed)
    {
        var writer = Of(db).Writer;
        foreach (var row in committed) writer.TryWrite(row);
    }

    private Channel<OutboxMessage> Of(Type db) => _channels.GetOrAdd(db, _ => Channel.CreateBounded<OutboxMessage>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }));
}
