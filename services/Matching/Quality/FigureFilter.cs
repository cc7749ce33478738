namespace Matchmaking.Matching.Quality;

/// <summary>Of whom and of what figures are asked; null: of all. The last two are of offers, the others of people.</summary>
/// <param name="Piece">Numbers of the pieces of time in which people came, as <see cref="ToldSpan"/> cuts it.</param>
internal sealed record FigureFilter(
    IReadOnlySet<string>? Piece = null, string? Model = null, string? Pack = null, string? Language = null, string? German = null, string? Age = null, string? Channel = null,
    string? Category = null, Guid? Exhibitor = null)
{
    /// <summary>The attributes by which people are told apart, in the order in which <see cref="Blocks"/> keeps them apart: what is first is mixed last.</summary>
    public static readonly IReadOnlyList<string> Attributes = ["span", "model", "pack", "language", "german", "age", "channel"];

    private const char Between = '|';

    public bool IsOfOffers => Category is not null || Exhibitor is not null;

    /// <summary>Whether it is of what people said of themselves.</summary>
    public bool IsOfGroups => Language is not null || German is not null || Age is not null || Channel is not null;

    /// <summary>Lists are ranked by one model and judged by several packs at once.</summary>
    public static string Packs(IEnumerable<string> packs) => string.Join(Between, packs);

    public static IEnumerable<string> Packs(string label) => label.Split(Between, StringSplitOptions.RemoveEmptyEntries);

    /// <param name="labels">As <see cref="Attributes"/>; null: of several values, which no filter takes.</param>
    public bool Takes(IReadOnlyList<string?> labels) =>
        (Piece is null || (labels[0] is { } piece && Piece.Contains(piece))) && Fits(Model, labels[1]) && (Pack is null || (labels[2] is { } packs && Packs(packs).Contains(Pack)))
        && Fits(Language, labels[3]) && Fits(German, labels[4]) && Fits(Age, labels[5]) && Fits(Channel, labels[6]);

    /// <summary>Whether somebody of such a mixture could fit.</summary>
    /// <param name="labels">As in <see cref="Takes"/>.</param>
    public bool MayTake(IReadOnlyList<string?> labels) => Takes([.. labels.Select((label, at) => label ?? at switch
    {
        0 => Piece?.FirstOrDefault(), 1 => Model, 2 => Pack, 3 => Language, 4 => German, 5 => Age, _ => Channel,
    })]);

    /// <summary>The same with one value of one attribute.</summary>
    public FigureFilter With(string by, string value) => by switch
    {
        "language" => this with { Language = value },
        "german" => this with { German = value },
        "age" => this with { Age = value },
        _ => this with { Channel = value },
    };

    public string? Of(string by) => by switch { "language" => Language, "german" => German, "age" => Age, _ => Channel };

    private static bool Fits(string? wanted, string? label) => wanted is null || wanted == label;
}
