using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Rig;
using MimeKit;

namespace Matchmaking.Fair.Tests.Fairs;

/// <summary>The fair as it is deployed: four processes, RabbitMQ, Redis, PostgreSQL. Web is the only door; mails are files; staff sign in by mail.</summary>
public sealed partial class DeployedFair : RunningFair
{
    public const string ServiceKey = "a key that only the four processes and this test know";
    private const string Organiser = "organiser@matchmaking.example", Analyst = "analyst@matchmaking.example";

    private readonly ConcurrentDictionary<(string Role, Guid? Exhibitor), Task<StaffToken>> signedIn = new();
    private RabbitMqServer? rabbit;
    private RedisServer? redis;
    private PostgresServer? postgres;
    private ServiceProcess? profile, matching, notification, web;

    public override Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");
    public override bool Embedded => false;
    public override IReadOnlyList<string> Descriptions => ["/openapi/profile/v1.json", "/openapi/matching/v1.json", "/openapi/notification/v1.json", "/openapi/v1.json"];

    public override IReadOnlyList<string> Services => ["profile", "matching", "notification", "web"];
    public override IReadOnlyList<string> Lines => [.. new[] { profile, matching, notification, web }.SelectMany(s => s!.Output)];

    public RabbitMqServer Rabbit => rabbit!;
    public ServiceProcess Profile => profile!;
    public ServiceProcess Matching => matching!;
    public ServiceProcess Notification => notification!;
    public IReadOnlyDictionary<string, string> Databases { get; private set; } = new Dictionary<string, string>();

    /// <summary>One of its own, for tests that break it.</summary>
    public static async Task<DeployedFair> StartAsync()
    {
        var fair = new DeployedFair();
        try { await fair.InitializeAsync(); }
        catch
        {
            await fair.DisposeAsync();
            throw;
        }
        return fair;
    }

    public override async ValueTask InitializeAsync()
    {
        await Task.WhenAll(
            Task.Run(async () => rabbit = await RabbitMqServer.StartAsync()),
            Task.Run(async () => redis = await RedisServer.StartAsync()),
            Task.Run(async () => postgres = await PostgresServer.StartAsync(durable: false)));
        var databases = new Dictionary<string, string>();
        foreach (var name in (string[])["profile", "matching", "notification"]) databases[name] = await postgres!.CreateDatabaseAsync(name);
        Databases = databases;

        profile = await StartAsync("Profile", null,
            ("Fair__Folder", DemoFair.Folder), ("Staff__Organisers", Organiser), ("Staff__Analysts", Analyst));
        // In their own databases each, and none waits for the other.
        await Task.WhenAll(
            Task.Run(async () => matching = await StartAsync("Matching", null, ("Services__profile", profile.Address.ToString()))),
            Task.Run(async () => notification = await StartAsync("Notification", null, ("Services__profile", profile.Address.ToString()),
                // Tests run at night too.
                ("Notices__QuietHours", ""))));
        web = await StartAsync("Web", Address, ("Services__profile", profile.Address.ToString()),
            ("Services__matching", matching!.Address.ToString()), ("Services__notification", notification!.Address.ToString()));
        var offer = (await GetAsync("/api/offers?pageSize=1")).Read<PageOf<OfferView>>().Items[0];
        await UntilAsync("Matching knows the catalogue", async () => (await GetAsync($"/api/offers/{offer.Id}/slots")).Status is HttpStatusCode.OK);
    }

    public override async Task<string> SignInAsync(string role, Guid? exhibitorId = null)
    {
        var known = await signedIn.GetOrAdd((role, exhibitorId), key => SignInByMailAsync(key.Role, key.Exhibitor));
        if (known.ExpiresAt > DateTimeOffset.UtcNow.AddMinutes(5)) return known.Token;
        var renewed = (await PostAsync("/api/staff/tokens/renew", new StaffRenewal(known.Renewal))).Read<StaffToken>() with { Renewal = known.Renewal };
        signedIn[(role, exhibitorId)] = Task.FromResult(renewed);
        return renewed.Token;
    }

    public override async Task<IReadOnlyList<DemoMail>> MailsAsync()
    {
        var folder = Path.Combine(Notification.Folder, "data", "mail");
        var mails = new List<DemoMail>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [])
        {
            MimeMessage mail;
            try { mail = await MimeMessage.LoadAsync(file); }
            catch (FileNotFoundException) { continue; } // erased a moment ago
            mails.Add(new DemoMail(string.Join(", ", mail.To.Mailboxes.Select(m => m.Address)), mail.Subject ?? "", (mail.TextBody ?? "").ReplaceLineEndings("\n"),
                [.. mail.Attachments.OfType<TextPart>().Select(a => new DemoAttachment(a.FileName ?? "", a.ContentType.MimeType, a.Text))], mail.Date));
        }
        return mails;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[web, notification, matching, profile, rabbit, redis, postgres])
            if (part is not null) await part.DisposeAsync();
        await base.DisposeAsync();
    }

    private Task<ServiceProcess> StartAsync(string service, Uri? address, params (string Name, string Value)[] own)
    {
        var settings = EmbeddedFair.Settings(Traces);
        settings["ConnectionStrings__rabbitmq"] = service == "Web" ? null : Rabbit.ConnectionString;
        settings["ConnectionStrings__redis"] = redis!.ConnectionString;
        settings["Services__Key"] = ServiceKey;
        settings["Public__Address"] = Address.ToString();
        if (Databases.TryGetValue(service.ToLowerInvariant(), out var database)) settings["ConnectionStrings__" + service.ToLowerInvariant()] = database;
        foreach (var (name, value) in own) settings[name] = value;
        return ServiceProcess.StartAsync(service, settings, readyWithin: Patience, address: address);
    }

    /// <summary>As a person does: ask for the link, read the mail, open the page, hand in the code.</summary>
    private async Task<StaffToken> SignInByMailAsync(string role, Guid? exhibitorId)
    {
        var address = role switch
        {
            "organiser" => Organiser,
            "analyst" => Analyst,
            _ => DemoFair.AddressOf((await GetAsync(exhibitorId is { } id ? $"/api/exhibitors/{id}" : "/api/exhibitors?pageSize=1")).Body),
        };
        (await PostAsync("/api/staff/links", new SignInLinkAsked(address))).Expect(HttpStatusCode.Accepted);
        var code = await UntilAsync($"the sign-in mail to {address}", async () =>
            (await MailsAsync()).Where(m => m.To == address).Select(m => SignInLink().Match(m.Text)).FirstOrDefault(m => m.Success)?.Groups[1].Value);
        return (await PostAsync("/api/staff/tokens", new SignInCode(code))).Read<StaffToken>();
    }

    [GeneratedRegex("/sign-in/([A-Za-z0-9_-]{40,})")]
    private static partial Regex SignInLink();
}

/// <summary>The spreadsheets of the demo fair, where its exhibitors' mail addresses stand: no API tells them.</summary>
internal static partial class DemoFair
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "services", "AllInOne", "DemoFair");

    private static readonly Dictionary<string, string> Addresses = Read();

    /// <param name="exhibitor">The exhibitor, or a page of them, as the API shows it; of a page the first.</param>
    public static string AddressOf(string exhibitor) => AddressOfName(Name().Match(exhibitor) is { Success: true } m
        ? System.Text.Json.JsonSerializer.Deserialize<string>(m.Groups[1].Value)! : throw new InvalidDataException("This is no exhibitor: " + exhibitor));

    public static string AddressOfName(string name) => Addresses[name];

    private static Dictionary<string, string> Read()
    {
        var rows = File.ReadAllLines(Path.Combine(Folder, "exhibitors.csv")).Where(l => l.Length > 0).Select(Cells).ToArray();
        var (name, email) = (Array.IndexOf(rows[0], "name"), Array.IndexOf(rows[0], "email"));
        return rows.Skip(1).ToDictionary(r => r[name], r => r[email]);
    }

    private static string[] Cells(string line) => [.. Cell().Matches(line).Select(m => m.Groups[1].Success ? m.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : m.Groups[2].Value)];

    [GeneratedRegex("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))")]
    private static partial Regex Cell();

    [GeneratedRegex("\"name\":(\"(?:[^\"\\\\]|\\\\.)*\")")]
    private static partial Regex Name();
}
