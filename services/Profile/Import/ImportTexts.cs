using System.Globalization;
using System.Resources;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Import;

/// <summary>Says an issue in the language of the caller: resources "{code}.found", "{code}.expected" and "{code}.repair" of Texts/Import.</summary>
internal static class ImportTexts
{
    private static readonly ResourceManager Texts = new("Matchmaking.Profile.Texts.Import", typeof(ImportTexts).Assembly);

    /// <param name="found">What stands there; null: the code has a text for it.</param>
    /// <param name="mentioned">What the texts mention.</param>
    public static ImportIssue Issue(string file, int row, string column, string code, string? found = null, params object[] mentioned) => new(
        file, row, column, code, found ?? Say($"{code}.found", mentioned), Say($"{code}.expected", mentioned), Say($"{code}.repair", mentioned));

    /// <summary>The issue in one sentence, for whoever fills in a form instead of a table.</summary>
    public static string Sentence(ImportIssue issue) => issue.Found.Length == 0 ? Say("sentence.empty", [issue.Expected, issue.Repair]) : Say("sentence", [issue.Found, issue.Expected, issue.Repair]);

    private static string Say(string key, object[] mentioned) => string.Format(CultureInfo.CurrentUICulture,
        Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"There is no text '{key}' for the import."), mentioned);
}
