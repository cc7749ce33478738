using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Quality;

/// <summary>A figure with whom it is of: rows say of nobody more than figures may be told of.</summary>
/// <param name="People">As many as the figure's n, in the order in which they came.</param>
/// <param name="Hits">Of whom of them it is true; of all where it is a mean or a number of people.</param>
internal sealed record CountedPeople(Figure Figure, int[] People, Func<int, bool> Hits);

/// <summary>What all figures of one answer share: the people of the fair, the filter, and the blocks of whom anything is told.</summary>
internal sealed class FigureDesk
{
    public const string TooFew = "too-few", NoData = "no-data", NoModel = "no-model", LearnedFrom = "learned-from";

    /// <summary>Fixed, so that the same data always give the same interval.</summary>
    public const int Seed = 20080621;

    private readonly string[][] _labels;
    private readonly Lazy<Blocks?> _asking;

    /// <param name="people">Of the whole fair, in the order in which they came.</param>
    public FigureDesk(FairCatalogue catalogue, IReadOnlyList<Person> people, FigureFilter filter, int depth = 5, int least = Blocks.Least)
    {
        (Catalogue, People, Filter, Depth, _labels) = (catalogue, people, filter, depth, [.. people.Select(p => p.Labels)]);
        Everybody = Blocks.Of(_labels, Math.Min(least, Blocks.Least));
        // Reports are made of whole blocks of the desk, too.
        if (least > Blocks.Least) Everybody = Everybody?.OfAtLeast(least);
        _asking = new Lazy<Blocks?>(() => FunnelFigures.Base(this));
        Told = Everybody?.Within(filter) ?? [];
    }

    public FairCatalogue Catalogue { get; }
    public IReadOnlyList<Person> People { get; }
    public FigureFilter Filter { get; }

    /// <summary>k of the measures of an order.</summary>
    public int Depth { get; }

    /// <summary>null: there are too few people to tell anything.</summary>
    public Blocks? Everybody { get; }

    /// <summary>People within the filter.</summary>
    public int[] Told { get; }

    /// <summary>The blocks in which the whole funnel is told; what else is told of requests goes on from them.</summary>
    public Blocks? Asking => _asking.Value;

    /// <summary>Everybody within the filter.</summary>
    public CountedPeople Count(string definition) => Count(definition, Everybody, _ => true);

    public int AtMost => Everybody?.AtMost(Filter, _labels) ?? 0;

    /// <summary>Whether an offer is within the filter.</summary>
    public bool Takes(Guid offer) =>
        !Filter.IsOfOffers || (Catalogue.Offer(offer) is { } known && (Filter.Category is null || known.Kind == Filter.Category) && (Filter.Exhibitor is null || known.ExhibitorId == Filter.Exhibitor));

    /// <summary>Share of those of whom one thing is true among those of whom another is; both are told of blocks in which neither it nor its contrary is true of a few.</summary>
    /// <param name="blocks">null: it cannot be told.</param>
    public CountedPeople Share(string definition, Blocks? blocks, Func<int, bool> of, Func<int, bool> hit)
    {
        int[] within = [.. (blocks?.Within(Filter) ?? []).Where(of)];
        if (within.Length == 0) return new(Nothing(definition), [], hit);
        var hits = within.Count(hit);
        var (low, high) = Measures.Wilson(hits, within.Length);
        return new(new Figure(definition, (double)hits / within.Length, low, high, within.Length, null), within, hit);
    }

    /// <summary>How many there are of whom something is true.</summary>
    /// <param name="blocks">null: it cannot be told.</param>
    public CountedPeople Count(string definition, Blocks? blocks, Func<int, bool> of)
    {
        int[] within = [.. (blocks?.Within(Filter) ?? []).Where(of)];
        return new(within.Length == 0 ? Nothing(definition) : new Figure(definition, within.Length, null, null, within.Length, null), within, _ => true);
    }

    public Figure Mean(string definition, IReadOnlyList<double> values) => Of(definition, Resamples.Mean(values, Seed));

    public Figure Of(string definition, Learning.Fairs.Estimate estimate) =>
        estimate.Mean is not { } mean ? Nothing(definition) : new Figure(definition, mean, estimate.Low, estimate.High, estimate.N, null);

    /// <summary>Why there is no number: nobody came, or so few that they cannot be told. Of groups of people it says too few of none as well: nobody is to find out by asking for all of them in which the few are.</summary>
    public Figure Nothing(string definition) => new(definition, null, null, null, 0, Filter.IsOfGroups ? People.Count > 0 ? TooFew : NoData : People.Any(p => Filter.Takes(p.Labels)) ? TooFew : NoData);
}
