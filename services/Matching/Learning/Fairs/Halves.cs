namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>Visitors dealt by turns, as they came: ids are made anew when cases are handed on, and must not matter. Whoever is judged by one half was not learned from.</summary>
internal sealed class Halves(IEnumerable<ShownRows> lists)
{
    private readonly Dictionary<Guid, int> _turn = Turns(lists);

    public int Of(ShownCase shown) => _turn[shown.Visitor] % 2;

    /// <summary>By visitor: how many came before.</summary>
    public static Dictionary<Guid, int> Turns(IEnumerable<ShownRows> lists) =>
        lists.Select(l => l.Case.Visitor).Distinct().Select((visitor, at) => (visitor, at)).ToDictionary(x => x.visitor, x => x.at);
}
