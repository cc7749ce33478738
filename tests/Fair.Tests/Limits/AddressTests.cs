using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile;
using Matchmaking.Rig;

namespace Matchmaking.Fair.Tests.Limits;

/// <summary>Limits on writing are those of a person's address, by a page as by the API: a stranger who presses on and on locks nobody else out.</summary>
public sealed partial class AddressTests
{
    [Fact]
    public async Task Who_presses_the_forms_of_a_page_too_often_is_limited_alone()
    {
        await using var fair = await ServiceProcess.StartAsync("AllInOne", new Dictionary<string, string?> { ["RateLimits__WritesPerMinute"] = "20" }, ["--visitors", "0"]);
        using var stranger = From(fair, "127.0.0.2");
        var form = Hidden().Matches(await stranger.GetStringAsync("/sign-in", TestContext.Current.CancellationToken)).DistinctBy(m => m.Groups[1].Value).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        form["email"] = "stranger@example.org";
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            using var answer = await stranger.PostAsync("/sign-in", new FormUrlEncodedContent(form), TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);

        // Web asks Profile from 127.0.0.1, where this client is too.
        using var nextDoor = From(fair, "127.0.0.1");
        Assert.Equal(HttpStatusCode.Created, (await SubmitAsync(nextDoor)).StatusCode);
        using var other = From(fair, "127.0.0.3");
        Assert.Equal(HttpStatusCode.Created, (await SubmitAsync(other)).StatusCode);
    }

    private static Task<HttpResponseMessage> SubmitAsync(HttpClient http) => http.PostAsJsonAsync("/api/visitors", new Needs { Language = "de", Consents = ["matching"] });

    private static HttpClient From(ServiceProcess fair, string address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = fair.Address };

    [GeneratedRegex("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
