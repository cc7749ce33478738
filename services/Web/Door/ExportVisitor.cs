using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Problems;

namespace Matchmaking.Web.Door;

/// <summary>Everything that all services hold of a visitor, in one document. Each service answers for itself and checks the caller itself.</summary>
internal static class ExportVisitor
{
    private static readonly string[] Services = [ServiceClients.Profile, ServiceClients.Matching, ServiceClients.Notification];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/visitors/{id:guid}/export", HandleAsync).WithTags("Visitors").WithSummary("Everything all services hold of the visitor").AllowAnonymous();

    private static async Task<IResult> HandleAsync(Guid id, HttpRequest request, IHttpClientFactory http, TimeProvider clock, CancellationToken cancel)
    {
        var document = new JsonObject { ["visitorId"] = id.ToString(), ["exportedAt"] = clock.GetUtcNow().ToString("O") };
        foreach (var service in Services)
        {
            using var call = new HttpRequestMessage(HttpMethod.Get, $"api/visitors/{id}/export/{service}");
            if (AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var bearer)) call.Headers.Authorization = bearer;
            call.Headers.AcceptLanguage.ParseAdd(request.Headers.AcceptLanguage.ToString());
            HttpResponseMessage response;
            try { response = await http.CreateClient(service).SendAsync(call, cancel); }
            catch (HttpRequestException) { return Problem.Of("not-ready", StatusCodes.Status503ServiceUnavailable); }
            using (response)
            {
                var body = await response.Content.ReadAsStringAsync(cancel);
                // A refusal of one service is the answer: a part would look like the whole.
                if (!response.IsSuccessStatusCode) return Results.Text(body, response.Content.Headers.ContentType?.ToString(), statusCode: (int)response.StatusCode);
                if (response.StatusCode != System.Net.HttpStatusCode.OK) return Problem.Of("not-ready", StatusCodes.Status503ServiceUnavailable);
                document[service] = JsonNode.Parse(body);
            }
        }
        return Results.Json(document, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });
    }
}
