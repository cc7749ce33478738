using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.Web.Clients;

namespace Matchmaking.Web.Door;

/// <summary>Everything that all services hold of a visitor, in one document. Each service answers for itself and checks the caller itself.</summary>
internal static class ExportVisitor
{
    private static readonly string[] Services = [ServiceClients.Profile, ServiceClients.Matching, ServiceClients.Notification];
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/visitors/{id:guid}/export", HandleAsync).WithTags("Visitors").WithSummary("Everything all services hold of the visitor").AllowAnonymous()
            .CheckedElsewhere(Policies.Visitor).Produces<JsonObject>().Refuses(503, "not-ready");

    private static async Task<IResult> HandleAsync(Guid id, HttpRequest request, IHttpClientFactory http, TimeProvider clock, CancellationToken cancel)
    {
        var token = request.Headers.Authorization.ToString() is { Length: > 7 } given && given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? given[7..].Trim() : "";
        try
        {
            var reply = await ComposeAsync(http, new VisitorPass(id, token), clock.GetUtcNow(), cancel);
            return reply.Problem is { } refusal
                ? ServiceDefaults.Problems.Problem.Of(refusal.Code, refusal.Status)
                : TypedResults.Text(reply.Value!, "application/json");
        }
        catch (HttpRequestException) { return ServiceDefaults.Problems.Problem.Of("not-ready", StatusCodes.Status503ServiceUnavailable); }
    }

    /// <summary>The document; or the first refusal, because a part would look like the whole.</summary>
    public static async Task<Reply<string>> ComposeAsync(IHttpClientFactory http, VisitorPass pass, DateTimeOffset now, CancellationToken cancel)
    {
        var document = new JsonObject { ["visitorId"] = pass.Id.ToString(), ["exportedAt"] = now.ToString("O") };
        foreach (var service in Services)
        {
            var part = await http.CreateClient(service).AskText($"/api/visitors/{pass.Id}/export/{service}", pass.Token, cancel);
            if (part.Refused) return part;
            document[service] = JsonNode.Parse(part.Value!);
        }
        return new(document.ToJsonString(Readable), null);
    }
}
