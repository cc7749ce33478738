using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Matchmaking.ServiceDefaults.Cache;

/// <summary>
/// The keys that protect cookies and forms, in Redis for all replicas. A process that starts while Redis is away makes a key of its own, so that pages
/// are served, and hands it over as soon as Redis answers; what it sealed until then, others learn to open when they read the keys again.
/// </summary>
internal sealed partial class SharedKeys(IConnectionMultiplexer redis, ILogger<SharedKeys> log) : IXmlRepository
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);
    private readonly RedisXmlRepository _shared = new(() => redis.GetDatabase(), "matchmaking:keys");
    private readonly Lock _gate = new();
    private readonly List<(XElement Element, string Name)> _own = [];
    private IReadOnlyCollection<XElement> _read = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        // Read again while Redis is away, keys that were known before are not forgotten: whatever they protect would be lost.
        try { _read = _shared.GetAllElements(); }
        catch (Exception e) when (e is RedisException or TimeoutException) { LogAway(log, e.GetType().Name); }
        lock (_gate) return [.. _read, .. _own.Select(o => o.Element)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        try { _shared.StoreElement(element, friendlyName); }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogAway(log, e.GetType().Name);
            lock (_gate)
            {
                _own.Add((element, friendlyName));
                if (_own.Count == 1) _ = HandOverAsync();
            }
        }
    }

    private async Task HandOverAsync()
    {
        while (true)
        {
            await Task.Delay(TryAgain);
            try
            {
                lock (_gate)
                {
                    while (_own.Count > 0)
                    {
                        _shared.StoreElement(_own[0].Element, _own[0].Name);
                        _read = [.. _read, _own[0].Element];
                        _own.RemoveAt(0);
                    }
                    return;
                }
            }
            catch (Exception e) when (e is RedisException or TimeoutException) { }
            catch (ObjectDisposedException) { return; }
        }
    }

    [LoggerMessage(145, LogLevel.Warning, "The shared keys cannot be reached ({Reason}): pages are served with keys of this process until Redis answers")]
    private static partial void LogAway(ILogger log, string reason);
}
