using System.Collections.Frozen;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Matching.Catalogue;

/// <summary>
/// The published catalogue of one fair as columns by offer index: built once, never changed, swapped as a whole.
/// The order of offers is that of their keys, whatever order they arrived in, so an index means the same on every replica of a version.
/// </summary>
internal sealed class CatalogueSnapshot
{
    private readonly FrozenDictionary<Guid, int> _offerAt, _exhibitorAt;
    private readonly Isco[] _isco;
    private readonly int[] _iscoStart;

    private CatalogueSnapshot(FairFacts fair, long version, OfferFacts[] offers, ExhibitorFacts[] exhibitors)
    {
        (Fair, Version, Offers, Exhibitors) = (fair, version, offers, exhibitors);
        _offerAt = offers.Select((o, i) => (o.Id, i)).ToFrozenDictionary(x => x.Id, x => x.i);
        _exhibitorAt = exhibitors.Select((e, i) => (e.Id, i)).ToFrozenDictionary(x => x.Id, x => x.i);

        var n = offers.Length;
        (Wishes, MainWishes, Languages, Exhibitor, SideOf, _iscoStart) = (new ushort[n], new ushort[n], new ulong[n], new int[n], new int[n], new int[n + 1]);
        var isco = new List<Isco>(n);
        var sides = new Dictionary<OfferSide, int>();
        for (var i = 0; i < n; i++)
        {
            var o = offers[i];
            Exhibitor[i] = _exhibitorAt[o.ExhibitorId];
            (MainWishes[i], var also) = Vocabulary.ImpliedWishes(o.Kind, o.Type);
            Wishes[i] = (ushort)(Vocabulary.WishBits(o.Topics) | MainWishes[i] | also);
            Languages[i] = Vocabulary.LanguageBits(o.Languages) | Vocabulary.LanguageBits(exhibitors[Exhibitor[i]].Languages);
            isco.AddRange(o.Isco.Select(Isco.Of).Where(x => x.Known));
            _iscoStart[i + 1] = isco.Count;
            var side = new OfferSide(
                Vocabulary.Kind(o.Kind), Vocabulary.Type(o.Type), Vocabulary.Level(o.Entry), Vocabulary.Level(o.Exit), Vocabulary.TraitBits(o.Traits));
            if (!sides.TryGetValue(side, out SideOf[i])) sides.Add(side, SideOf[i] = sides.Count);
        }

        _isco = [.. isco];
        Sides = [.. sides.Keys];
    }

    public FairFacts Fair { get; }
    public long Version { get; }
    public int Count => Offers.Length;

    /// <summary>What is shown: titles, conditions, ids. Not for the hot path.</summary>
    public OfferFacts[] Offers { get; }

    public ExhibitorFacts[] Exhibitors { get; }

    /// <summary>Goals and topics served, as <see cref="Vocabulary.Wishes"/>, those implied by the type included.</summary>
    public ushort[] Wishes { get; }

    /// <summary>What the offer serves by its type: a course teaches German, whatever else is said of it.</summary>
    public ushort[] MainWishes { get; }

    /// <summary>Languages for a conversation: of the offer and of its stand. 0: not stated.</summary>
    public ulong[] Languages { get; }

    public int[] Exhibitor { get; }

    /// <summary>Index into <see cref="Sides"/>.</summary>
    public int[] SideOf { get; }

    public OfferSide[] Sides { get; }

    public OfferSide Side(int offer) => Sides[SideOf[offer]];

    public ReadOnlySpan<Isco> Occupations(int offer) => _isco.AsSpan(_iscoStart[offer].._iscoStart[offer + 1]);

    public bool TryOffer(Guid id, out int offer) => _offerAt.TryGetValue(id, out offer);

    public bool TryExhibitor(Guid id, out int exhibitor) => _exhibitorAt.TryGetValue(id, out exhibitor);

    /// <summary>An offer's title in a language where there is a translation, else in German.</summary>
    public string Title(int offer, string language) =>
        Offers[offer].Titles.TryGetValue(language, out var title) && title.Length > 0 ? title : Offers[offer].Title;

    /// <summary>Offers whose exhibitor is missing are left out: nobody could be met there.</summary>
    public static CatalogueSnapshot Build(FairFacts fair, long version, IEnumerable<ExhibitorFacts> exhibitors, IEnumerable<OfferFacts> offers)
    {
        var stands = exhibitors.OrderBy(e => e.Key, StringComparer.Ordinal).ThenBy(e => e.Id).ToArray();
        var known = stands.Select(e => e.Id).ToHashSet();
        var rows = offers.Where(o => known.Contains(o.ExhibitorId)).OrderBy(o => o.Key, StringComparer.Ordinal).ThenBy(o => o.Id).ToArray();
        return new CatalogueSnapshot(fair, version, rows, stands);
    }
}
