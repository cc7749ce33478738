using System.Text.Json.Nodes;
using Matchmaking.ServiceDefaults.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Matchmaking.ServiceDefaults.OpenApi;

/// <summary>
/// The service's description at /openapi/v1.json. What can be derived is derived from the endpoints as they are: who may call from their policies,
/// refusals from body, route, policy and rate limit, tags from the folder of the slice, closed codes from the contracts.
/// </summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services, string service) => services.AddOpenApi(o =>
    {
        o.AddOperationTransformer(async (operation, context, cancel) =>
        {
            var document = context.Document!;
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            var callers = await Callers.OfAsync(metadata, context.ApplicationServices);
            Tags.Set(operation, metadata, document);
            operation.Security = Callers.Requirements(callers, document);
            Answers.Add(operation, metadata, callers, context.Description, document);
            Parameters.Complete(operation, metadata, context.Description, document);
        });
        o.AddSchemaTransformer(DescribedByType.ApplyAsync);
        o.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonPropertyInfo is { AttributeProvider: System.Reflection.PropertyInfo property })
                Parameters.Close(schema, context.ApplicationServices.GetServices<ClosedCodes>().LastOrDefault(c => c.Record == property.DeclaringType && c.Field == property.Name)?.Codes);
            return Task.CompletedTask;
        });
        o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Matchmaking: " + service,
                Version = "v1",
                Description = "JSON in camelCase; ids are UUIDv7; times are ISO 8601 with offset; languages are BCP 47. Unknown fields and unknown codes are refused. "
                    + "Problems are RFC 9457 documents whose `type` ends in a stable code. Somebody else's thing answers 404.",
            };
            // Which address the document was asked at says nothing: behind a proxy it would be an inner one.
            document.Servers = [];
            Tags.Collect(document);
            Callers.Describe(document);
            document.AddComponent<IOpenApiSchema>(Answers.Problem, Answers.ProblemSchema());
            document.AddComponent<IOpenApiParameter>(Parameters.Language, Parameters.LanguageParameter());
            return Task.CompletedTask;
        });
    });
}

/// <summary>Tags are the product's nouns: the folder of the slice, unless the endpoint names another.</summary>
internal static class Tags
{
    public static void Set(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        var named = metadata.OfType<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>().SelectMany(t => t.Tags).ToArray();
        var folder = metadata.OfType<System.Reflection.MethodInfo>().LastOrDefault()?.DeclaringType?.Namespace?.Split('.')[^1];
        string[] tags = named.Length > 0 ? named : folder is null ? [] : [folder];
        operation.Tags = new HashSet<OpenApiTagReference>(tags.Select(t => new OpenApiTagReference(t, document)));
        document.Tags ??= new HashSet<OpenApiTag>();
        foreach (var tag in tags) document.Tags.Add(new OpenApiTag { Name = tag });
    }

    /// <summary>Those in use alone, in the order of the alphabet: the framework adds names of classes.</summary>
    public static void Collect(OpenApiDocument document)
    {
        var used = document.Paths.Values.SelectMany(p => p.Operations ?? []).SelectMany(o => o.Value.Tags ?? new HashSet<OpenApiTagReference>()).Select(t => t.Reference.Id!).Distinct();
        document.Tags = new HashSet<OpenApiTag>(used.Order(StringComparer.Ordinal).Select(t => new OpenApiTag { Name = t }));
    }
}

/// <summary>Parameters and fields as the code takes them.</summary>
internal static class Parameters
{
    public const string Language = "AcceptLanguage";

    public static OpenApiParameter LanguageParameter() => new()
    {
        Name = "Accept-Language",
        In = ParameterLocation.Header,
        Description = "Language of titles and texts: de (default), en, uk, ar.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = "en",
    };

    public static void Complete(OpenApiOperation operation, IList<object> metadata, Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription description, OpenApiDocument document)
    {
        var parameters = operation.Parameters ??= [];
        foreach (var parameter in parameters.OfType<OpenApiParameter>())
        {
            // Optional in the signature, so that its absence is told as a problem of its own.
            if (parameter.In == ParameterLocation.Header && metadata.OfType<RefusalNote>().Any(n => n.Codes.Contains(parameter.Name?.ToLowerInvariant() + "-missing"))) parameter.Required = true;
            if (parameter.Schema is OpenApiSchema schema) Close(schema, metadata.OfType<ParameterCodesNote>().LastOrDefault(n => n.Parameter == parameter.Name)?.Codes);
        }
        if (description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true) parameters.Add(new OpenApiParameterReference(Language, document));
    }

    /// <summary>Writes the codes where a text stands, or into the items of a list of texts.</summary>
    public static void Close(OpenApiSchema schema, IReadOnlyList<string>? codes)
    {
        if (codes is null) return;
        var text = schema.Type is { } type && type.HasFlag(JsonSchemaType.Array) ? schema.Items as OpenApiSchema : schema;
        if (text is null) return;
        text.Enum = [.. codes.Select(c => (JsonNode)c)];
        // In JSON Schema an enum shuts out null as well, unless it names it.
        if (text.Type is { } own && own.HasFlag(JsonSchemaType.Null)) text.Enum.Add(JsonNullSentinel.JsonNull);
    }
}
