using Matchmaking.Contracts.Profile;

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

    public OfferFacts Facts => new(Id, ExhibitorId, Key, Kind, Type, Title, Titles, Entry, Exit, Topics, Isco, Languages, Traits, Conditions);

    public string TitleIn(string language) => Titles.GetValueOrDefault(language, Title);
}
