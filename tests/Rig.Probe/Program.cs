using System.Globalization;

if (args.Contains("--fail"))
{
    Console.Error.WriteLine("told to fail");
    return 3;
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
