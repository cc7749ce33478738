using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Import;

namespace Matchmaking.Profile.Offers;

/// <summary>What an exhibitor offers: a course, a vacancy, advice, a service of an office, something for leisure.</summary>
internal sealed class Offer
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid FairId { get; init; }
    public Guid ExhibitorId { get; set; }
    public required string Key { get; init; }
    public required string Kind { get; set; }
    public required string Type { get; set; }
    public required string Title { get; set; }
    public IReadOnlyDictionary<string, string> Titles { get; set; } = new Dictionary<string, string>();
    public string? Entry { get; set; }
    public string? Exit { get; set; }
    public IReadOnlyList<string> Topics { get; set; } = [];
    public IReadOnlyList<string> Isco { get; set; } = [];
    public IReadOnlyList<string> Languages { get; set; } = [];
    public IReadOnlyList<string> Traits { get; set; } = [];
    public string? Conditions { get; set; }
    public bool Published { get; set; } = true;

    /// <summary>Grows with each change, whoever makes it: a page that shows an older one is told so.</summary>
    public long Version { get; set; } = 1;

    /// <summary>What the organiser's file said last (<see cref="OfferRow.Written"/>); null: it has not been in one, or not since this is kept.</summary>
    public string? FileRow { get; set; }

    /// <summary>No file has it: files that do not name it leave it alone.</summary>
    public bool IsOwn { get; set; }

    /// <summary>When the exhibitor changed what the file says; null: it stands as in the file.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>When the exhibitor took it back; only they bring it back.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    public OfferFacts Facts => new(Id, ExhibitorId, Key, Kind, Type, Title, Titles, Entry, Exit, Topics, Isco, Languages, Traits, Conditions);

    public string TitleIn(string language) => Titles.GetValueOrDefault(language, Title);

    public void Say(OfferRow row)
    {
        (Kind, Type, Title, Titles) = (OfferCodes.KindForVisitors(row.Kind), row.Type, row.Title, row.Titles);
        (Entry, Exit, Topics, Isco) = (row.Entry, row.Exit, row.Topics, row.Isco);
        (Languages, Traits, Conditions) = (row.Languages, row.Traits, row.Conditions);
    }
}
