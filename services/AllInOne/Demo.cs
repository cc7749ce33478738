using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Http;

namespace Matchmaking.AllInOne;

internal static class Demo
{
    public static void AddDemo(this WebApplicationBuilder builder, StartOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddHostedService<Addresses>();
        if (builder.Configuration.GetValue<bool>("Demo:Enabled")) builder.Services.AddHostedService<DemoVisitors>();
    }
}

/// <summary>Once the process listens: where to look.</summary>
internal sealed class Addresses(IHostApplicationLifetime life, OwnAddress own, IHttpClientFactory http, IConfiguration settings) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource();
        using var _ = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
        // The fair is there whether it can be announced or not.
        try { await TellAsync(stopping); }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !stopping.IsCancellationRequested) { }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        var fair = await http.CreateClient(ServiceClients.Profile).GetFromJsonAsync<FairView>("api/fairs/current", stopping);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(fair!.Zone);
        var (opens, closes) = (TimeZoneInfo.ConvertTime(fair.Opens, zone), TimeZoneInfo.ConvertTime(fair.Closes, zone));
        var at = own.Value.ToString().TrimEnd('/');
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            {fair.Name}, {opens:dddd d MMMM yyyy, HH:mm}-{closes:HH:mm}{(fair.Demo ? " - a demo: its organisations and people are invented" : "")}
              Visitor    {at}/
              Kiosk      {at}/kiosk
              Exhibitor  {at}/exhibitor
              Analyst    {at}/analyst
              API        {at}/openapi/v1.json

            """));
        if (!fair.Demo && settings.GetValue<bool>("Demo:Enabled"))
            Console.WriteLine("  This is not a demo fair, but demo mode is on: anyone who reaches this address may sign in as staff and read the mails. Turn it off with -- --Demo:Enabled=false\n");
    }
}
