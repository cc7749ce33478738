using System.Threading.Channels;

namespace Matchmaking.Notification.Inbox;

/// <summary>Wakes the sender, and those who listen, when notices were saved. A missed ring costs one poll, never a notice.</summary>
internal sealed class NoticeBell
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>For whoever listens beside the sender.</summary>
    public event Action? Rung;

    public void Ring()
    {
        _rings.Writer.TryWrite(true);
        Rung?.Invoke();
    }

    public async Task WaitAsync(TimeSpan longest, CancellationToken cancel)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(longest);
        try { await _rings.Reader.ReadAsync(timer.Token); }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { }
    }
}
