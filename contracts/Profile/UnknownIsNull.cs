using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matchmaking.Contracts.Profile;

/// <summary>
/// "I don't know" is a full answer to every question: where a value of another shape stands (a list, a yes or no, an object), the word "unknown"
/// in its place means null. Written is always null.
/// </summary>
public sealed class UnknownIsNull<T> : JsonConverter<T?>
{
    public override T? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(Codes.Unknown)) return default;
        try { return JsonSerializer.Deserialize<T>(ref reader, options); }
        // Without a path of its own the outer reader adds where this value stands; the inner one knows what is wrong within it.
        catch (JsonException e) { throw new JsonException(e.Message, e); }
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}
