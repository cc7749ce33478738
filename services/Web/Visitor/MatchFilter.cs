using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Visitor;

/// <summary>What of the list is shown; it stands in the address, so that a page can be gone back to and passed on.</summary>
public sealed record MatchFilter(string? Kind, IReadOnlyList<string> Only)
{
    public const string OwnLanguage = "own-language", FreeTimes = "free-times", Bookmarked = "bookmarked";

    /// <summary>In the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> Traits = [Bookmarked, OwnLanguage, FreeTimes, "childcare", "evening"];

    /// <summary>Codes that are not known are left out: somebody may have changed the address by hand.</summary>
    public static MatchFilter Of(string? kind, IEnumerable<string?> only) => new(Codes.OfferKinds.Contains(kind) ? kind : null, [.. Traits.Where(only.Contains)]);

    public bool IsEmpty => Kind is null && Only.Count == 0;

    public IEnumerable<(string Name, string Value)> Fields => [.. Kind is null ? [] : new[] { ("kind", Kind) }, .. Only.Select(o => ("only", o))];

    public bool Has(string trait) => Only.Contains(trait);

    public MatchFilter Toggle(string trait) => this with { Only = Has(trait) ? [.. Only.Where(o => o != trait)] : [.. Traits.Where(t => t == trait || Has(t))] };

    public bool Lets(Match match, IReadOnlySet<Guid> bookmarked) => (Kind is null || match.Kind == Kind) && Only.All(o => IsOf(match, o, bookmarked));

    public static bool IsOf(Match match, string trait, IReadOnlySet<Guid> bookmarked) => trait switch
    {
        OwnLanguage => match.OwnLanguage,
        FreeTimes => match.NextSlots.Count > 0,
        Bookmarked => bookmarked.Contains(match.OfferId),
        _ => match.Traits?.Contains(trait) == true,
    };
}
