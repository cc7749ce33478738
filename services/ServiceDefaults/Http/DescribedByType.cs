using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Matchmaking.ServiceDefaults.Http;

/// <summary>A field that is read by a converter of its own would be described as "anything": it is described by its type.</summary>
internal static class DescribedByType
{
    public static async Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonPropertyInfo?.CustomConverter?.Type is not { } type || schema.Type is not null || schema.AnyOf is { Count: > 0 }) return;
        var inner = await context.GetOrCreateSchemaAsync(type, null, cancel);
        (schema.Type, schema.Format, schema.Pattern) = (inner.Type, inner.Format, inner.Pattern);
        (schema.Properties, schema.Required, schema.AdditionalPropertiesAllowed) = (inner.Properties, inner.Required, inner.AdditionalPropertiesAllowed);
        (schema.Items, schema.Enum) = (inner.Items, inner.Enum);
        schema.Description = "Or the word \"unknown\", which means the same as null.";
    }
}
