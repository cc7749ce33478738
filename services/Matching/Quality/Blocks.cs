namespace Matchmaking.Matching.Quality;

/// <summary>
/// The smallest sets of people that anything is told of. People are split by one attribute after the other, and never so that a piece would have fewer than
/// <see cref="Least"/> people: what is too small is put together with others, and with the smallest of the larger ones where that is not enough.
/// A figure is told of whole blocks alone. So whatever is subtracted from whatever (a total less a group, one filter less another that overlaps it), what
/// remains is made of whole blocks, and no remainder is of a few people. What people did never decides which blocks there are: else whoever is told of would
/// be whoever did it often. What is true of a few people of a block is rounded instead (<see cref="ToldSet"/>).
/// <para><see cref="Coarser"/> only ever joins blocks: what one figure tells can be subtracted from the next of the same chain, too.</para>
/// </summary>
internal sealed class Blocks
{
    /// <summary>For the analyst's desk; reports that are published begin at <see cref="Published"/>.</summary>
    public const int Least = 5, Published = 10;

    private readonly Block[] _blocks;
    private readonly int _least;

    /// <param name="Labels">By attribute; null: people of several values.</param>
    private sealed record Block(int[] People, string?[] Labels);

    private Blocks(Block[] blocks, int least) => (_blocks, _least) = (blocks, least);

    /// <param name="labels">By person: the values of the attributes, the one that is split by first at the beginning.</param>
    /// <returns>null: there are too few people to tell anything.</returns>
    public static Blocks? Of(IReadOnlyList<string[]> labels, int least = Least) =>
        new Blocks([.. labels.Select((of, person) => new Block([person], of))], least).OfAtLeast(least);

    /// <summary>The same in blocks of at least so many people.</summary>
    public Blocks? OfAtLeast(int least) => Size(_blocks) < least ? null : new Blocks(_blocks, least).InPieces(least);

    /// <summary>
    /// The same people in blocks so large that of each of these things, were it everywhere as frequent as among all people together, twice as many would be
    /// expected in a block as may be told: so there is seldom anything to round.
    /// </summary>
    /// <returns>null: not even of everybody together could it be told.</returns>
    public Blocks? Coarser(params Func<int, bool>[] marks)
    {
        var rarest = int.MaxValue;
        foreach (var mark in marks)
        {
            var some = _blocks.Sum(b => b.People.Count(mark));
            if (!IsSafe(some)) return null;
            if (some > 0) rarest = Math.Min(rarest, some);
        }
        // Invented people are told of one by one.
        return _least == 1 || rarest == int.MaxValue ? this : InPieces((int)Math.Ceiling(2d * _least * Size(_blocks) / rarest));
    }

    /// <summary>Whether so many people may be told of: none, or enough.</summary>
    public bool IsSafe(int people) => people == 0 || people >= _least;

    /// <summary>How many of so many people may be told one by one, where not all are: the others are enough.</summary>
    public int ButEnough(int people) => Math.Max(0, people - _least);

    /// <summary>Everybody within the filter, by block.</summary>
    public IEnumerable<IReadOnlyList<int>> Of(FigureFilter filter) => _blocks.Where(b => filter.Takes(b.Labels)).Select(b => b.People);

    /// <summary>Variance of a number of people that is told of so many blocks which may be rounded: anything between two numbers that may be told is as likely.</summary>
    public double Variance(int rounded) => rounded * _least * _least / 12d;

    /// <summary>By how many people such a number may be off: by half of the least in each block, and in many with 95 % certainty by less than all of these.</summary>
    public double Off(int rounded) => Math.Min(rounded * (_least / 2), 1.96 * Math.Sqrt(Variance(rounded)));

    /// <summary>Whether so many people of a block may be others in truth, as far as can be seen.</summary>
    public bool MayBeRounded(int told) => _least > 1 && _blocks.Length > 1 && (told == 0 || told == _least);

    /// <param name="size">People that a piece has at least, where there are so many.</param>
    private Blocks InPieces(int size)
    {
        var joined = new List<Block>();
        Split(_blocks, 0);
        return new Blocks([.. joined], _least);

        bool May(IEnumerable<Block> blocks) => Size(blocks) is var people && (people == 0 || people >= size);

        void Split(Block[] blocks, int attribute)
        {
            if (blocks.Length == 1) joined.Add(blocks[0]);
            else if (attribute == blocks[0].Labels.Length) joined.Add(Join(blocks));
            else
            {
                var groups = blocks.GroupBy(b => b.Labels[attribute]).Select(g => (g.Key, Blocks: g.ToArray())).ToList();
                // By size, so that which group gives way does not depend on who came first.
                var alone = groups.Where(g => g.Key is not null && May(g.Blocks)).OrderByDescending(g => Size(g.Blocks)).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
                var rest = groups.Except(alone).SelectMany(g => g.Blocks).ToList();
                while (!May(rest) && alone.Count > 0)
                {
                    rest.AddRange(alone[^1].Blocks);
                    alone.RemoveAt(alone.Count - 1);
                }
                foreach (var group in alone) Split(group.Blocks, attribute + 1);
                if (rest.Count > 0) Split([.. rest], attribute + 1);
            }
        }
    }

    /// <summary>The people of the blocks that lie wholly within the filter.</summary>
    public int[] Within(FigureFilter filter) => [.. Of(filter).SelectMany(people => people).Order()];

    /// <summary>How many there are at most: the people of all blocks in which anybody fits the filter, whole blocks again. Where nobody does it is said as if a few did: none is not to be told from them.</summary>
    public int AtMost(FigureFilter filter, IReadOnlyList<string[]> labels) =>
        _blocks.Where(b => b.People.Any(p => filter.Takes(labels[p]))).Sum(b => b.People.Length) is var there and > 0 ? there
        : _blocks.Where(b => filter.MayTake(b.Labels)).Select(b => b.People.Length).DefaultIfEmpty().Min();

    private static int Size(IEnumerable<Block> blocks) => blocks.Sum(b => b.People.Length);

    private static Block Join(Block[] blocks) => new(
        [.. blocks.SelectMany(b => b.People).Order()],
        [.. blocks[0].Labels.Select((label, attribute) => blocks.All(b => b.Labels[attribute] == label) ? label : null)]);
}
