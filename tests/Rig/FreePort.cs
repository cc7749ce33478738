using System.Net;
using System.Net.Sockets;

namespace Matchmaking.Rig;

/// <summary>TCP ports on 127.0.0.1 that nobody uses.</summary>
public static class FreePort
{
    // Below the range from which the kernel takes the ports of outgoing connections (32768 on Linux): otherwise a client could sit
    // on the port of a server that was killed and is about to come back on it. Random, so that test runs side by side do not meet.
    private const int First = 15_000, Last = 32_000;
    private static readonly HashSet<int> Given = [];

    /// <summary>A free port; this process never hands out the same one twice.</summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var port = Random.Shared.Next(First, Last);
            lock (Given)
                if (!Given.Add(port))
                    continue;
            if (IsFree(port))
                return port;
        }
        throw new InvalidOperationException($"No free port between {First} and {Last}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
