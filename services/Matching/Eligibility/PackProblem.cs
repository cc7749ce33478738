using System.Globalization;
using System.Resources;

namespace Matchmaking.Matching.Eligibility;

/// <summary>Why a pack is refused: in which file and rule, and how to mend it.</summary>
/// <param name="Rule">Id of the rule; null: the pack as a whole.</param>
/// <param name="Code">Its words are the resources "{code}.found" and "{code}.repair" of Texts/RulePacks and take the arguments.</param>
internal sealed record PackProblem(string File, string? Rule, string Code, params IReadOnlyList<object> Args)
{
    public string Found(CultureInfo culture) => PackTexts.Say(Code + ".found", culture, Args);

    /// <summary>For whatever code is not known, the repair is to use a known one.</summary>
    public string Repair(CultureInfo culture) => PackTexts.Say(Code.StartsWith("unknown-", StringComparison.Ordinal) ? "unknown.repair" : Code + ".repair", culture, Args);

    public string Say(CultureInfo culture) => Rule is null
        ? PackTexts.Say("problem.pack", culture, File, Found(culture), Repair(culture))
        : PackTexts.Say("problem.rule", culture, File, Rule, Found(culture), Repair(culture));

    /// <summary>For the log.</summary>
    public override string ToString() => Say(PackTexts.English);
}

/// <summary>What is said to those who write rule packs: German or English.</summary>
internal static class PackTexts
{
    private static readonly ResourceManager Texts = new("Matchmaking.Matching.Texts.RulePacks", typeof(PackTexts).Assembly);

    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static string Say(string key, CultureInfo culture, params IReadOnlyList<object> args) => string.Format(
        culture, Texts.GetString(key, culture) ?? throw new MissingManifestResourceException($"There is no text '{key}' for rule packs."),
        // Dates as they stand in a pack.
        [.. args.Select(arg => arg is DateOnly day ? day.ToString("O", CultureInfo.InvariantCulture) : arg)]);
}
