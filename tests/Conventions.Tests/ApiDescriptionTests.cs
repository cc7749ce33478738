extern alias allinone;

using System.Text.Json.Nodes;
using Matchmaking.Rig;
using Matchmaking.ServiceDefaults.OpenApi;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Conventions.Tests;

/// <summary>The description that integrators read is whole: every operation of every service.</summary>
public sealed class ApiDescriptionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly WebApplicationFactory<allinone::Program> factory;

    public ApiDescriptionTests() => factory = new WebApplicationFactory<allinone::Program>().WithWebHostBuilder(host =>
    {
        host.UseSetting("DataFolder", folder.Path).UseSetting("urls", "http://127.0.0.1:0");
        host.UseSetting("Demo:Enabled", "true");
        // What works in the background (migrations, invented visitors) has no part in a description.
        host.ConfigureTestServices(services =>
        {
            foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService) && (s.ImplementationType ?? s.ImplementationFactory?.Method.DeclaringType)?.Namespace?.StartsWith("Matchmaking.", StringComparison.Ordinal) == true).ToArray()) services.Remove(worker);
        });
    });

    [Fact]
    public async Task Every_operation_says_what_it_does_who_may_call_it_and_how_it_refuses()
    {
        var document = await ReadAsync();
        Assert.True(document["paths"]!.AsObject().Count > 25, "the description is not that of the whole fair");
        Assert.Empty(ApiRules.Complaints(document, Open()));
    }

    [Fact]
    public async Task Every_closed_field_lists_its_codes()
    {
        var document = await ReadAsync();
        var fields = factory.Services.GetServices<ClosedCodes>().Distinct().ToArray();
        Assert.True(fields.Length > 30);
        foreach (var field in fields)
            Assert.Equal(field.Codes, ApiRules.CodesOf(document, field.Record.Name, char.ToLowerInvariant(field.Field[0]) + field.Field[1..]) ?? [$"{field.Record.Name}.{field.Field}: none"]);
    }

    /// <summary>Services say why they refuse in four languages; the pages must in all that visitors read, by the code, in texts of their own.</summary>
    [Fact]
    public async Task Every_reason_that_a_visitors_press_can_meet_has_its_words_on_the_pages()
    {
        var met = (from path in (await ReadAsync())["paths"]!.AsObject()
                   from operation in path.Value!.AsObject()
                   where operation.Value!["security"]?.AsArray().Any(scheme => scheme!.AsObject().ContainsKey("visitor")) == true
                   from status in (string[])["409", "422"]
                   from System.Text.RegularExpressions.Match code in System.Text.RegularExpressions.Regex.Matches((string?)operation.Value["responses"]?[status]?["description"] ?? "", "`([a-z-]+)`")
                   select code.Groups[1].Value).ToHashSet();
        // Keys are drawn by the pages themselves; one that is used twice is none of a person's doing.
        met.Remove("idempotency-key-reused");
        Assert.Superset(new HashSet<string> { "slot-taken", "changed-meanwhile", "waiting-cap", "not-eligible" }, met);
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "services", "Web", "Texts"), "Pages*.resx");
        Assert.Equal(14, files.Length);
        foreach (var file in files)
        {
            var texts = System.Xml.Linq.XDocument.Load(file).Root!.Elements("data").Select(d => (string)d.Attribute("name")!).ToHashSet();
            Assert.Equal([], met.Where(code => !texts.Contains("problem." + code)).Select(code => $"{Path.GetFileName(file)} {code}"));
        }
    }

    [Fact]
    public async Task What_an_operation_leaves_out_is_seen()
    {
        var (open, whole) = (Open(), (await ReadAsync()).ToJsonString());
        Sees("POST /api/meetings has no summary", meeting => meeting["summary"] = "");
        Sees("POST /api/meetings has the tags [RequestMeeting]", meeting => meeting["tags"] = new JsonArray("RequestMeeting"));
        Sees("POST /api/meetings does not say who may call it", meeting => meeting["security"] = new JsonArray());
        Sees("POST /api/meetings does not tell of 403", meeting => meeting["responses"]!.AsObject().Remove("403"));
        Sees("POST /api/meetings does not tell of 413", meeting => meeting["responses"]!.AsObject().Remove("413"));
        Sees("POST /api/meetings answers 409 without a problem document", meeting => meeting["responses"]!["409"]!.AsObject().Remove("content"));
        Sees("POST /api/meetings does not take Accept-Language", meeting => meeting.AsObject().Remove("parameters"));

        void Sees(string complaint, Action<JsonNode> spoil)
        {
            var document = JsonNode.Parse(whole)!;
            spoil(document["paths"]!["/api/meetings"]!["post"]!);
            Assert.Contains(complaint, Assert.Single(ApiRules.Complaints(document, open)), StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        factory.Dispose();
        folder.Dispose();
    }

    private async Task<JsonNode> ReadAsync()
    {
        using var anybody = factory.CreateClient();
        return JsonNode.Parse(await anybody.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;
    }

    /// <summary>What anyone may call, as the endpoints themselves say: the same list that DenyByDefaultTests holds in words.</summary>
    private HashSet<string> Open() =>
    [
        .. from endpoint in factory.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
           select $"{method} /{System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.Trim('/'), ":[^}]+", "")}",
    ];
}
