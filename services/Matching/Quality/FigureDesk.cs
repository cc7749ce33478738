using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Quality;

/// <summary>A figure with whom it is of: rows say of nobody more than figures may be told of.</summary>
/// <param name="People">As many as the figure's n, in the order in which they came.</param>
/// <param name="Hits">Of whom of them it is true; of all where it is a mean or a number of people.</param>
internal sealed record CountedPeople(Figure Figure, int[] People, Func<int, bool> Hits)
{
    /// <summary>By person: in a block that may be rounded, of which nobody is told one by one; null: nobody is.</summary>
    public bool[]? Veiled { get; init; }
}

/// <summary>What all figures of one answer share: the people of the fair, the filter, and the blocks of whom anything is told.</summary>
internal sealed class FigureDesk
{
    public const string TooFew = "too-few", NoData = "no-data", NoModel = "no-model", LearnedFrom = "learned-from";

    /// <summary>Fixed, so that the same data always give the same interval.</summary>
    public const int Seed = 20080621;

    private readonly string[][] _labels;
    private readonly Lazy<ToldSet?[]> _funnel, _offers;
    private readonly Lazy<HashSet<int>> _open;

    /// <param name="people">Of the whole fair, in the order in which they came.</param>
    public FigureDesk(FairCatalogue catalogue, IReadOnlyList<Person> people, FigureFilter filter, int depth = 5, int least = Blocks.Least)
    {
        (Catalogue, People, Filter, Depth, _labels) = (catalogue, people, filter, depth, [.. people.Select(p => p.Labels)]);
        var blocks = Blocks.Of(_labels, Math.Min(least, Blocks.Least));
        // Reports are made of whole blocks of the desk, too.
        if (least > Blocks.Least) blocks = blocks?.OfAtLeast(least);
        Everybody = ToldSet.Everybody(blocks, people.Count);
        _funnel = new Lazy<ToldSet?[]>(() => FunnelFigures.OfAll(this));
        _offers = new Lazy<ToldSet?[]>(() => FunnelFigures.OfOffers(this));
        _open = new Lazy<HashSet<int>>(Open);
        Told = Everybody?.Within(filter) ?? [];
    }

    public FairCatalogue Catalogue { get; }
    public IReadOnlyList<Person> People { get; }
    public FigureFilter Filter { get; }

    /// <summary>k of the measures of an order.</summary>
    public int Depth { get; }

    /// <summary>null: there are too few people to tell anything.</summary>
    public ToldSet? Everybody { get; }

    /// <summary>People within the filter.</summary>
    public int[] Told { get; }

    /// <summary>Those of them who were shown a list.</summary>
    public int[] Seeing => Funnel[0]?.Within(Filter) ?? [];

    /// <summary>Who was shown a list, and from 1 who came so far with anything on it; null: it is not told.</summary>
    public IReadOnlyList<ToldSet?> Funnel => _funnel.Value;

    /// <summary>The same of the offers within the filter alone.</summary>
    public IReadOnlyList<ToldSet?> OffersFunnel => _offers.Value;

    /// <summary>Who asked for a meeting, in the blocks in which the whole funnel is told; what else is told of requests goes on from them.</summary>
    public ToldSet? Asked => Funnel[2]?.InLastOf(Funnel);

    /// <summary>Everybody within the filter.</summary>
    public CountedPeople Count(string definition) => Count(definition, Everybody);

    public int AtMost => Everybody?.Blocks.AtMost(Filter, _labels) ?? 0;

    /// <summary>Those whom a figure counts and of whom rows tell one by one.</summary>
    public int[] Listed(CountedPeople counted) => [.. counted.People.Where(p => _open.Value.Contains(p) && counted.Veiled?[p] != true)];

    /// <summary>
    /// Whoever agreed to a review. Where of a block only a few did not, some who did are left out with them, the same ones for every figure: else a figure less
    /// its rows would be of those few.
    /// </summary>
    private HashSet<int> Open() => [.. Everybody?.Blocks.Of(new FigureFilter()).SelectMany(block =>
    {
        int[] agreed = [.. block.Where(p => People[p].Reviewed)];
        return agreed.Length == block.Count ? agreed : agreed.Take(Everybody.Blocks.ButEnough(block.Count));
    }) ?? []];

    /// <summary>Whether an offer is within the filter.</summary>
    public bool Takes(Guid offer) =>
        !Filter.IsOfOffers || (Catalogue.Offer(offer) is { } known && (Filter.Category is null || known.Kind == Filter.Category) && (Filter.Exhibitor is null || known.ExhibitorId == Filter.Exhibitor));

    /// <summary>Share of those in a part among those in the whole.</summary>
    /// <param name="part">null: it cannot be told.</param>
    /// <param name="filter">Default: that of the desk.</param>
    public CountedPeople Share(string definition, ToldSet? whole, ToldSet? part, FigureFilter? filter = null)
    {
        int[] within = part is null ? [] : whole?.In(part).Within(filter ?? Filter) ?? [];
        if (within.Length == 0) return new(Nothing(definition), [], _ => false);
        var hits = within.Count(p => part!.Has[p]);
        var (low, high) = Measures.Wilson(hits, within.Length, part!.Blocks.Off(part.MayBeRounded(whole!, filter ?? Filter)));
        return new(new Figure(definition, (double)hits / within.Length, low, high, within.Length, null), within, p => part!.Has[p]) { Veiled = part!.Veiled };
    }

    /// <summary>How many there are.</summary>
    /// <param name="set">null: it cannot be told.</param>
    public CountedPeople Count(string definition, ToldSet? set)
    {
        int[] within = set?.Within(Filter) ?? [];
        return new(within.Length == 0 ? Nothing(definition) : new Figure(definition, within.Length, null, null, within.Length, null), within, _ => true) { Veiled = set?.Veiled };
    }

    public Figure Mean(string definition, IReadOnlyList<double> values) => Of(definition, Resamples.Mean(values, Seed));

    public Figure Of(string definition, Learning.Fairs.Estimate estimate) =>
        estimate.Mean is not { } mean ? Nothing(definition) : new Figure(definition, mean, estimate.Low, estimate.High, estimate.N, null);

    /// <summary>Why there is no number: nobody came, or so few that they cannot be told. Of groups of people it says too few of none as well: nobody is to find out by asking for all of them in which the few are.</summary>
    public Figure Nothing(string definition) => new(definition, null, null, null, 0, Filter.IsOfGroups ? People.Count > 0 ? TooFew : NoData : People.Any(p => Filter.Takes(p.Labels)) ? TooFew : NoData);
}
