namespace Matchmaking.Matching.Quality;

/// <summary>
/// Of whom something is told to be true. In each block that is nobody or enough people, and so is whoever is left of the set that this one is part of: where
/// one to four of a block did something it is told as if none or five had, whichever is nearer, and likewise where all but a few did. Which blocks these are
/// is never told, so what a figure says is right in the mean, and not by which blocks it leaves out.
/// </summary>
/// <param name="Blocks">In which it is told.</param>
/// <param name="Is">By person: whether it is true.</param>
/// <param name="Has">By person: whether it is told.</param>
/// <param name="Veiled">By person: in this block it may be rounded, as far as can be seen from what is told, so nobody of it is told one by one.</param>
internal sealed record ToldSet(Blocks Blocks, bool[] Is, bool[] Has, bool[] Veiled)
{
    public static ToldSet? Everybody(Blocks? blocks, int people) => blocks is null ? null : new(blocks, [.. Enumerable.Repeat(true, people)], [.. Enumerable.Repeat(true, people)], new bool[people]);

    /// <summary>Those of them who are within the filter.</summary>
    public int[] Within(FigureFilter filter) => [.. Blocks.Within(filter).Where(p => Has[p])];

    /// <summary>Blocks within the filter that may be rounded, as far as can be seen from how many are in the part, and are not.</summary>
    /// <param name="whole">Whose part they are.</param>
    public int MayBeRounded(ToldSet whole, FigureFilter filter) =>
        Blocks.Of(filter).Count(people => (All: people.Count(p => whole.Has[p]), Part: people.Count(p => Has[p])) is var told && told.All > 0 && (Blocks.MayBeRounded(told.Part) || Blocks.MayBeRounded(told.All - told.Part)));

    /// <summary>Whether in any block within the filter it is told of more or fewer people than there are.</summary>
    public bool IsRounded(FigureFilter filter) => Blocks.Of(filter).Any(people => people.Count(p => Has[p]) != people.Count(p => Is[p]));

    /// <summary>The same set in the blocks of another one that is told in coarser ones.</summary>
    public ToldSet In(ToldSet other) => this with { Blocks = other.Blocks };

    /// <summary>The same in the coarsest blocks of a chain: those of its last step that is told.</summary>
    public ToldSet InLastOf(IEnumerable<ToldSet?> chain) => In(chain.OfType<ToldSet>().Last());

    /// <summary>Those of them who are not in a part.</summary>
    public ToldSet But(ToldSet part) => part with { Is = [.. Is.Zip(part.Is, (all, some) => all && !some)], Has = [.. Has.Zip(part.Has, (all, some) => all && !some)] };

    /// <summary>Those of them of whom something more is true.</summary>
    /// <param name="wholes">Sets, told in no coarser blocks, whose part it is as well: what is left of them is not to be a few people either.</param>
    /// <returns>null: not even of everybody together could it be told.</returns>
    public ToldSet? Part(Func<int, bool> hit, params ToldSet[] wholes) => Part(hit, mayAdd: true, [this, .. wholes]);

    /// <summary>The same where something is known of each of them alone, such as how long they waited: nobody can be added, so a few are left out.</summary>
    public ToldSet? Known(Func<int, bool> hit, params ToldSet[] wholes) => Part(hit, mayAdd: false, [this, .. wholes]);

    /// <summary>The same where nothing would be told of whoever is left, however few they are.</summary>
    public ToldSet? Only(Func<int, bool> hit) => Part(hit, mayAdd: false, []);

    /// <param name="wholes">Of none of them a few may be left.</param>
    private ToldSet? Part(Func<int, bool> hit, bool mayAdd, ToldSet[] wholes)
    {
        bool[] really = [.. Is.Select((of, p) => of && Array.TrueForAll(wholes, set => set.Is[p]) && hit(p))];
        if (Blocks.Coarser([p => really[p], .. wholes.Select(set => (Func<int, bool>)(p => set.Is[p] && !really[p]))]) is not { } blocks) return null;
        var (has, veiled) = (new bool[Has.Length], (bool[])Veiled.Clone());
        // Where nobody at all did it, or everybody, nothing is rounded anywhere, and that is to be seen.
        var (isDone, isLeft) = (really.Contains(true), Array.ConvertAll(wholes, set => set.Is.Where((of, p) => of && !really[p]).Any()));
        var up = false;
        foreach (var people in blocks.Of(new FigureFilter()))
        {
            int[] may = [.. people.Where(p => Has[p] && Array.TrueForAll(wholes, set => set.Has[p]))], hits = [.. may.Where(p => really[p])], of = [.. wholes.Select(set => people.Count(p => set.Has[p]))];
            // As near to the truth as can be told, also where the sets before were rounded; of two that are as near, the lower and the higher by turns.
            var (truth, most) = (people.Count(p => really[p]), (mayAdd ? may : hits).Length);
            var told = Enumerable.Range(0, most + 1).Where(n => blocks.IsSafe(n) && Array.TrueForAll(of, whole => blocks.IsSafe(whole - n))).MinBy(n => (Math.Abs(n - truth), up ? -n : n));
            up ^= told != truth;
            foreach (var p in hits.Concat(may.Except(hits)).Take(told)) has[p] = true;
            var mayBeRounded = (isDone && blocks.MayBeRounded(told)) || of.Where((whole, i) => isLeft[i] && blocks.MayBeRounded(whole - told)).Any();
            if (mayBeRounded || wholes.Any(set => people.Any(p => set.Veiled[p])))
                foreach (var p in people) veiled[p] = true;
        }
        return new(blocks, really, has, veiled);
    }
}
