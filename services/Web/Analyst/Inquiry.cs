using Microsoft.AspNetCore.WebUtilities;

namespace Matchmaking.Web.Analyst;

/// <summary>What figures are asked of, as it stands in the address of every page of the desk: kept as it was typed, and carried from page to page.</summary>
public sealed record Inquiry(IReadOnlyDictionary<string, string> Typed)
{
    /// <summary>Of whom and of what, in the order of the form.</summary>
    public static readonly IReadOnlyList<string> Filters = ["from", "to", "channel", "language", "german", "age", "category", "exhibitor", "model", "pack", "fair"];

    /// <summary>How deep lists are measured, and which other order is estimated.</summary>
    public static readonly IReadOnlyList<string> Measures = ["k", "other", "weights"];

    /// <summary>Before the fields of the question that this one is compared with.</summary>
    public const string SecondPrefix = "b-";

    /// <summary>An address is no place for more.</summary>
    private const int LongestField = 400;

    private static readonly string[] Kept = [.. Filters, .. Measures, .. Filters.Select(f => SecondPrefix + f)];

    /// <param name="address">Path with its query.</param>
    public static Inquiry In(string address)
    {
        var query = QueryHelpers.ParseQuery(address.IndexOf('?') is >= 0 and var at ? address[at..] : "");
        return new(Kept.Where(f => query.TryGetValue(f, out var typed) && typed.ToString().Trim().Length is > 0 and <= LongestField).ToDictionary(f => f, f => query[f].ToString().Trim()));
    }

    public string this[string field] => Typed.GetValueOrDefault(field, "");

    /// <summary>null: the current one.</summary>
    public Guid? Fair => Guid.TryParse(this["fair"], out var id) ? id : null;

    /// <summary>Whether it is of less than all.</summary>
    public bool IsOfSome => Filters.Any(Typed.ContainsKey);

    /// <summary>The question that this one is compared with.</summary>
    public Inquiry Second => new(Filters.Where(f => Typed.ContainsKey(SecondPrefix + f)).ToDictionary(f => f, f => Typed[SecondPrefix + f]));

    public string At(string path) => QueryHelpers.AddQueryString(path, Kept.Where(Typed.ContainsKey).Select(f => KeyValuePair.Create(f, (string?)Typed[f])));

    /// <summary>The same of one stand.</summary>
    public Inquiry AtStand(Guid stand) => new(new Dictionary<string, string>(Typed.Where(t => t.Key != "category")) { ["exhibitor"] = stand.ToString() });

    /// <summary>The same without what it is compared with and how it is measured: whether both sides of a comparison ask the same.</summary>
    public bool Equals(Inquiry? other) => other is not null && Filters.All(f => this[f] == other[f]);

    public override int GetHashCode() => Filters.Aggregate(0, (hash, f) => HashCode.Combine(hash, this[f]));

    /// <summary>As the API takes it.</summary>
    /// <param name="measured">Other orders are estimated, too: that takes the longest.</param>
    public string Sent(bool measured = false, bool published = false, string path = "/api/quality/figures")
    {
        var sent = Filters.Concat(measured ? Measures : ["k"]).Where(Typed.ContainsKey).Select(f => KeyValuePair.Create(f, (string?)Typed[f]));
        return QueryHelpers.AddQueryString(path, published ? sent.Append(new("published", "true")) : sent);
    }

    /// <summary>What the API would not even read, by field; keys of texts.</summary>
    public Dictionary<string, string> Unreadable()
    {
        var mistakes = new Dictionary<string, string>();
        foreach (var field in (string[])["fair", "exhibitor"])
            if (Typed.TryGetValue(field, out var id) && !Guid.TryParse(id, out _)) mistakes[field] = $"inquiry.{field}.unknown";
        if (Typed.TryGetValue("k", out var depth) && !int.TryParse(depth, out _)) mistakes["k"] = "inquiry.k.number";
        return mistakes;
    }
}
