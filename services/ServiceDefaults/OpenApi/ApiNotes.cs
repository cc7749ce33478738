using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.ServiceDefaults.OpenApi;

/// <summary>What an endpoint says about itself for its description, where neither its signature nor its policies tell.</summary>
public static class ApiNotes
{
    /// <summary>Problems that the endpoint itself may answer with; what follows from body, route and policy need not be named.</summary>
    /// <param name="codes">Codes of <see cref="Problem"/>: the description tells their titles.</param>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, params string[] codes) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RefusalNote(status, codes));

    /// <summary>The endpoint lets everybody in and passes the caller's credentials to a service that asks for this policy.</summary>
    public static TBuilder CheckedElsewhere<TBuilder>(this TBuilder endpoint, string policy) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new CheckedElsewhereNote(policy));

    /// <summary>Names the fields that take closed codes; the same again, from another service in the process, changes nothing.</summary>
    public static IServiceCollection AddClosedCodes(this IServiceCollection services, IEnumerable<ClosedCodes> fields)
    {
        foreach (var field in fields) services.AddSingleton(field);
        return services;
    }

    /// <summary>A parameter of the address takes these codes alone.</summary>
    public static TBuilder TakesOneOf<TBuilder>(this TBuilder endpoint, string parameter, IReadOnlyList<string> codes) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ParameterCodesNote(parameter, codes));
}

internal sealed record RefusalNote(int Status, IReadOnlyList<string> Codes);

internal sealed record CheckedElsewhereNote(string Policy);

internal sealed record ParameterCodesNote(string Parameter, IReadOnlyList<string> Codes);

/// <summary>A field of a record in requests or answers that takes these codes alone; each service registers its own.</summary>
/// <param name="Field">Name of the property.</param>
public sealed record ClosedCodes(Type Record, string Field, IReadOnlyList<string> Codes);
