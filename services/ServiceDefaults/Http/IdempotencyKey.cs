using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.ServiceDefaults.Http;

/// <summary>The header by which a request that is sent twice is known as one.</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>A UUID has 36 characters, 256 random bits have 43.</summary>
    public const int Longest = 100;

    /// <summary>What is wrong with a key; null: nothing.</summary>
    /// <param name="shortest">More than one where nobody but the key says who asks: then it must not be guessed, nor hit by chance.</param>
    public static ProblemHttpResult? Refusal(string? key, int shortest = 1) => key switch
    {
        null or "" => Problem.Of("idempotency-key-missing", StatusCodes.Status400BadRequest),
        { Length: > Longest } => Problem.Of("idempotency-key-too-long", StatusCodes.Status400BadRequest),
        _ when string.IsNullOrWhiteSpace(key) => Problem.Of("idempotency-key-missing", StatusCodes.Status400BadRequest),
        _ when key.Length < shortest => Problem.Of("idempotency-key-too-short", StatusCodes.Status400BadRequest),
        _ => null,
    };

    /// <summary>The same key came with another request before.</summary>
    public static ProblemHttpResult Reused() => Problem.Of("idempotency-key-reused", StatusCodes.Status422UnprocessableEntity);
}
