namespace Matchmaking.Contracts.Profile.Occupations;

/// <summary>One row of occupations.csv.</summary>
/// <param name="Isco">ISCO-08 code: four digits, or three where people name the whole trade.</param>
/// <param name="Field">Field of work under which it is looked for, as "care".</param>
/// <param name="Sign">Pictogram of the look, as "p-care"; null: none.</param>
/// <param name="Common">Place among the occupations that people at such a fair name most, from 1; null: not one of them.</param>
/// <param name="Names">By language (BCP 47): the name first, then other words for it.</param>
public sealed record ListedOccupation(string Isco, string Field, string? Sign, int? Common, IReadOnlyDictionary<string, IReadOnlyList<string>> Names)
{
    public string German => Names["de"][0];

    /// <summary>The name and the language that it is in: the one asked for, or English where the list does not have it.</summary>
    public (string Name, string Language) In(string? language)
    {
        var spoken = OccupationList.Spoken(language);
        return (Names[spoken][0], spoken);
    }
}
