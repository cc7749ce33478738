using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matchmaking.ServiceDefaults.Http;

/// <summary>Times as the API takes them: ISO 8601 with an offset, because ten o'clock is another moment in Leipzig than in UTC.</summary>
public static class Times
{
    public static bool IsDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <returns>What is wrong: "date" or "time-offset"; null: nothing, and <paramref name="moment"/> is set.</returns>
    public static string? Fault(string text, out DateTimeOffset moment)
    {
        // A "+" that was not escaped in a query has become a blank.
        text = text.Replace(' ', '+');
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment) || text.Length < 11 || text[10] is not ('T' or 't')) return "date";
        return HasOffset(text) ? null : "time-offset";
    }

    internal static bool HasOffset(string text) => text.IndexOf('T', StringComparison.OrdinalIgnoreCase) is > 0 and var t && text.AsSpan(t).IndexOfAny("+-Zz") > 0;
}

/// <summary>Left to itself the reader takes a time without an offset for one in the zone of the machine.</summary>
internal sealed class TimeWithOffset : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var time)) throw new JsonException();
        return Times.HasOffset(reader.GetString()!) ? time : throw new TimeWithoutOffsetException();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

internal sealed class TimeWithoutOffsetException() : JsonException("A time without an offset.");
