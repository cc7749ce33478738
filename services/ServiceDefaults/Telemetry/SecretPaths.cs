using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace Matchmaking.ServiceDefaults.Telemetry;

/// <summary>
/// Links on paper and in mails open things by what stands in their path: /link/{visitor}/{token}, /stop/{token}, /answer/{meeting}/{token}, /sign-in/{code},
/// /exhibitor/check-in/{code}, and /api/notices/stop/{token} behind the second. Of such an address a span keeps that it was one, and of no address a query:
/// the words of a search stand there.
/// </summary>
internal sealed partial class SecretPaths : BaseProcessor<Activity>
{
    private const string Withheld = "REDACTED";

    /// <summary>As the conventions for HTTP name them, today's and those of before.</summary>
    private static readonly string[] Addresses = ["url.path", "url.full", "http.target", "http.url"], Queries = ["url.query"];

    public override void OnEnd(Activity span)
    {
        foreach (var tag in Addresses)
            if (span.GetTagItem(tag) is { } address && $"{address}" is var said && Hush(said) is var hushed && hushed != said) span.SetTag(tag, hushed);
        foreach (var tag in Queries)
            if (span.GetTagItem(tag) is not null) span.SetTag(tag, null);
    }

    /// <summary>A path or a whole address without what it opens. The word counts wherever it stands: people lose and double slashes.</summary>
    internal static string Hush(string address) => Opening().Replace(address.Split('?', 2)[0], $"$1{Withheld}");

    [GeneratedRegex("(/(?:link|stop|answer|sign-in|check-in)/).+$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();
}
