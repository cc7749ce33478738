using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Matchmaking.Web.Clients;

/// <summary>What a service answered: a value, or why not. Outages are exceptions and end on the page "not reachable".</summary>
internal readonly record struct Reply<T>(T? Value, Problem? Problem)
{
    public bool Refused => Problem is not null;
}

/// <param name="Code">Last part of the problem's type, as "slot-taken"; empty where there is none.</param>
/// <param name="Errors">By field in camelCase.</param>
internal sealed record Problem(int Status, string Code, string? Title, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>
    /// True for what a page can say above what it shows: the fault is in what was chosen, or in how things stand by now. <see cref="Said"/> is its code
    /// among the texts "problem.*": a time or an offer that is no more is a wrong field to the API, and news to a person.
    /// </summary>
    public bool CanBeSaid => Status is 400 or 409 or 422;

    public string Said => Status != 400 ? Code : Errors.ContainsKey("slotId") ? "time-gone" : Errors.ContainsKey("offerId") ? "offer-gone" : Code;
}

internal static class Calls
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="language">Of the answer, where not that of the page.</param>
    public static async Task<Reply<T>> Ask<T>(
        this HttpClient http, HttpMethod method, string path, string? bearer, CancellationToken cancel, object? body = null, string? key = null, string? language = null)
    {
        using var request = Request(method, path, bearer, body, key, language);
        using var response = await http.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode) return new(default, await Refusal(response, cancel));
        if (response.StatusCode is HttpStatusCode.Accepted && typeof(T) == typeof(Contracts.Matching.Matches)) return new(default, null);
        if (response.StatusCode is HttpStatusCode.NoContent || typeof(T) == typeof(Nothing)) return new(default, null);
        return new(await response.Content.ReadFromJsonAsync<T>(Json, cancel), null);
    }

    /// <summary>Sends a form.</summary>
    /// <param name="told">Code of a refusal that has the members of a value, and is taken as one.</param>
    public static async Task<Reply<T>> AskWith<T>(this HttpClient http, HttpContent form, string path, string bearer, string told, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, path, bearer, null, null);
        request.Content = form;
        using var response = await http.SendAsync(request, cancel);
        if (response.IsSuccessStatusCode) return new(await response.Content.ReadFromJsonAsync<T>(Json, cancel), null);
        var document = await response.Content.ReadAsStringAsync(cancel);
        using var again = new HttpResponseMessage(response.StatusCode) { Content = new StringContent(document, Encoding.UTF8, "application/json") };
        var refusal = await Refusal(again, cancel);
        return refusal.Code == told ? new(JsonSerializer.Deserialize<T>(document, Json), null) : new(default, refusal);
    }

    /// <summary>For files that are handed on as they are.</summary>
    public static async Task<Reply<string>> AskText(this HttpClient http, string path, string? bearer, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, path, bearer, null, null);
        using var response = await http.SendAsync(request, cancel);
        return response.IsSuccessStatusCode
            ? new(await response.Content.ReadAsStringAsync(cancel), null)
            : new(null, await Refusal(response, cancel));
    }

    /// <summary>The same for what is too large to be held: it is read while it comes.</summary>
    public static async Task<Reply<Stream>> AskStream(this HttpClient http, string path, string bearer, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Get, path, bearer, null, null);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (response.IsSuccessStatusCode) return new(await response.Content.ReadAsStreamAsync(cancel), null);
        using (response) return new(null, await Refusal(response, cancel));
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? bearer, object? body, string? key, string? language = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language ?? CultureInfo.CurrentUICulture.Name));
        if (!string.IsNullOrEmpty(bearer)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: Json);
        return request;
    }

    private static async Task<Problem> Refusal(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        // A service that is down behind a proxy is an outage, not a refusal.
        if (status is 502 or 503 or 504) throw new HttpRequestException("The service is not available.", null, response.StatusCode);
        try
        {
            var told = await response.Content.ReadFromJsonAsync<Told>(Json, cancel);
            var code = told?.Type is { } type ? type[(type.LastIndexOfAny([':', '/']) + 1)..] : "";
            return new(status, code, told?.Title, told?.Errors ?? []);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return new(status, "", null, new Dictionary<string, string[]>());
        }
    }

    private sealed record Told(string? Type, string? Title, Dictionary<string, string[]>? Errors);
}

/// <summary>For calls whose answer says nothing beyond its status.</summary>
internal sealed record Nothing;
