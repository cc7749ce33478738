using System.Globalization;
using Matchmaking.Rig;

if (args.Contains("--fail"))
{
    Console.Error.WriteLine("told to fail");
    return 3;
}

if (args.Contains("--hold"))
{
    await using var redis = await RedisServer.StartAsync();
    await using var postgres = await PostgresServer.StartAsync();
    await using var rabbit = await RabbitMqServer.StartAsync();
    Console.WriteLine("holding");
    await Task.Delay(Timeout.Infinite);
}

// A file in the working folder counts the starts: it shows that the folder survives a kill.
var starts = File.Exists("starts") ? int.Parse(await File.ReadAllTextAsync("starts"), CultureInfo.InvariantCulture) + 1 : 1;
await File.WriteAllTextAsync("starts", starts.ToString(CultureInfo.InvariantCulture));

var app = WebApplication.Create(args);
app.MapGet("/health/ready", () => "ready");
app.MapGet("/starts", () => starts);
app.MapGet("/greeting", (IConfiguration configuration) => configuration["GREETING"]);
await app.RunAsync();
return 0;
