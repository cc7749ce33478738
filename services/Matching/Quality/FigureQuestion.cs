using System.Globalization;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Mvc;

namespace Matchmaking.Matching.Quality;

/// <summary>What stands in the address of a question for figures. Everything may be left out, and everything may be combined but category and exhibitor.</summary>
internal sealed record FigureQuestion
{
    private const int MostWeights = 40;

    [FromQuery(Name = "fair")] public Guid? Fair { get; init; }
    [FromQuery(Name = "from")] public string? From { get; init; }
    [FromQuery(Name = "to")] public string? To { get; init; }
    [FromQuery(Name = "channel")] public string? Channel { get; init; }
    [FromQuery(Name = "language")] public string? Language { get; init; }
    [FromQuery(Name = "german")] public string? German { get; init; }
    [FromQuery(Name = "age")] public string? Age { get; init; }
    [FromQuery(Name = "category")] public string? Category { get; init; }
    [FromQuery(Name = "exhibitor")] public Guid? Exhibitor { get; init; }
    [FromQuery(Name = "model")] public string? Model { get; init; }
    [FromQuery(Name = "pack")] public string? Pack { get; init; }

    /// <summary>k of NDCG@k, precision and recall, 1 to 20; default 5.</summary>
    [FromQuery(Name = "k")] public int? Depth { get; init; }

    /// <summary>An order to be estimated from the record: "baseline", or the version of a model that is kept.</summary>
    [FromQuery(Name = "other")] public string? Other { get; init; }

    /// <summary>The same with other weights of the fixed rules, as "goal-any:0.4,language:0".</summary>
    [FromQuery(Name = "weights")] public string? Weights { get; init; }

    /// <summary>For a report that others will read: of ten people at least, instead of five.</summary>
    [FromQuery(Name = "published")] public bool? Published { get; init; }

    /// <summary>Times in UTC; a day without a time is meant whole.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span(List<FieldFault> faults)
    {
        var (from, to) = (Read("from", From, ToldSpan.Beginning, 0, faults), Read("to", To, ToldSpan.End, 1, faults));
        // A day is meant whole, so that the one before its own would be the empty span between them.
        if (faults.Count == 0 && (to < from || (to == from && Times.IsDay(To ?? "", out _)))) faults.Add(new FieldFault("to", "wrong-order"));
        return (from, to);
    }

    /// <param name="models">That ranked any list of the fair, as "baseline 2"; the version alone is enough.</param>
    /// <param name="packs">By which any list was judged, as "id version".</param>
    public FigureFilter Filter(FairCatalogue fair, IReadOnlyCollection<string> models, IReadOnlyCollection<string> packs, List<FieldFault> faults)
    {
        Known("channel", Channel, [.. Codes.Channels, Codes.Unknown]);
        Known("language", Language, [.. Codes.Languages, Codes.Unknown]);
        Known("german", German, [.. Codes.GermanLevels, Codes.Unknown]);
        Known("age", Age, Codes.AgeBands);
        Known("category", Category, Codes.OfferKinds);
        if (Exhibitor is { } stand && fair.Exhibitor(stand) is null) faults.Add(new FieldFault("exhibitor", "unknown-id"));
        if (Category is not null && Exhibitor is not null) faults.Add(new FieldFault("exhibitor", "either-or", "category"));
        if (Depth is < 1 or > ListOrder.Head) faults.Add(new FieldFault("k", "out-of-range", 1, ListOrder.Head));
        if (Other is not null && Weights is not null) faults.Add(new FieldFault("weights", "either-or", "other"));
        var model = Model is null ? null : models.FirstOrDefault(m => m == Model || m[(m.IndexOf(' ') + 1)..] == Model);
        if (model is null) Known("model", Model, [.. models]);
        Known("pack", Pack, [.. packs]);
        return new FigureFilter(null, model, Pack, Language, German, Age, Channel, Category, Exhibitor);

        void Known(string field, string? code, IReadOnlyList<string> codes)
        {
            if (code is not null && !codes.Contains(code)) faults.Add(new FieldFault(field, "unknown-code", code, codes.Count == 0 ? "–" : string.Join(", ", codes)));
        }
    }

    /// <summary>The desk that answers it, and the span that it is of: the one that was asked for, widened to whole pieces.</summary>
    /// <param name="cuts">Where pieces end, as <see cref="ToldSpan.Cuts"/> has it.</param>
    /// <returns>null where there are faults.</returns>
    public (FigureDesk Desk, DateTimeOffset From, DateTimeOffset To)? Desk(FairCatalogue fair, IReadOnlyList<Person> people, IReadOnlyList<DateTimeOffset> cuts, List<FieldFault> faults)
    {
        var (from, to) = Span(faults);
        var labels = people.Select(p => p.Labels).ToArray();
        var filter = Filter(
            fair, [.. labels.Select(l => l[1]).Where(m => m.Length > 0).Distinct().Order(StringComparer.Ordinal)],
            [.. labels.Select(l => l[2]).Distinct().SelectMany(FigureFilter.Packs).Distinct().Order(StringComparer.Ordinal)], faults);
        if (faults.Count > 0) return null;
        var (start, end) = (ToldSpan.Beginning, ToldSpan.End);
        if (From is not null || To is not null)
        {
            (start, end) = ToldSpan.Around(from, to, cuts);
            var (first, beyond) = (ToldSpan.PieceOf(start, cuts), end == ToldSpan.End ? int.MaxValue : ToldSpan.PieceOf(end, cuts));
            filter = filter with { Piece = labels.Select(l => l[0]).Distinct().Where(piece => int.Parse(piece, CultureInfo.InvariantCulture) is var at && at >= first && at < beyond).ToHashSet() };
        }
        return (new FigureDesk(fair, people, filter, Depth ?? ListOrder.Promise, Published == true ? Blocks.Published : Blocks.Least), start, end);
    }

    /// <returns>null: none were given.</returns>
    public Dictionary<int, float>? OtherWeights(List<FieldFault> faults)
    {
        if (Weights is null) return null;
        var (changes, names) = (new Dictionary<int, float>(), Features.All.Skip(Features.PairStart).Select(f => f.Name[(f.Name.IndexOf('.') + 1)..]).ToList());
        foreach (var part in Weights.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostWeights))
        {
            var colon = part.IndexOf(':');
            var at = names.IndexOf(colon < 0 ? part : part[..colon]);
            if (at < 0) faults.Add(new FieldFault("weights", "unknown-code", part, string.Join(", ", names)));
            else if (colon < 0 || !float.TryParse(part.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !(Math.Abs(weight) <= 10)) faults.Add(new FieldFault("weights", "out-of-range", -10, 10));
            else changes[at] = weight;
        }
        return changes;
    }

    internal static DateTimeOffset Read(string field, string? text, DateTimeOffset otherwise, int wholeDays, List<FieldFault> faults)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        if (Times.IsDay(text, out var day)) return day.DayNumber + wholeDays > DateOnly.MaxValue.DayNumber ? ToldSpan.End : new DateTimeOffset(day.AddDays(wholeDays), TimeOnly.MinValue, TimeSpan.Zero);
        if (Times.Fault(text, out var time) is not { } fault) return time.ToUniversalTime();
        faults.Add(new FieldFault(field, fault));
        return otherwise;
    }
}
