using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Matchmaking.Fair.Tests.Fairs;

/// <summary>An answer as it came over HTTP.</summary>
public sealed record Reply(HttpStatusCode Status, string Body, HttpResponseHeaders Headers, MediaTypeHeaderValue? Type, string Call)
{
    public int Code => (int)Status;

    /// <summary>The body as a record of the contracts; the test fails where the status is another.</summary>
    public T Read<T>(HttpStatusCode expected = HttpStatusCode.OK) =>
        JsonSerializer.Deserialize<T>(Expect(expected).Body, JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{Call} answered null.");

    public Reply Expect(HttpStatusCode expected)
    {
        Assert.True(Status == expected, $"{Call} answered {Code} instead of {(int)expected}: {Body[..Math.Min(600, Body.Length)]}");
        return this;
    }

    /// <summary>A refusal as RFC 9457 asks: its content type, a type that ends in the code, a title to read.</summary>
    public JsonElement Refused(int status, string? code = null)
    {
        Expect((HttpStatusCode)status);
        Assert.Equal("application/problem+json", Type?.MediaType);
        var problem = JsonDocument.Parse(Body).RootElement;
        if (code is not null) Assert.EndsWith(":" + code, problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("title").GetString()), $"{Call}: a refusal without a title");
        return problem;
    }
}
