namespace Matchmaking.Profile.Import;

/// <summary>The words an organiser's files may use, and the words of others that mean the same.</summary>
internal static class Vocabulary
{
    public static readonly IReadOnlyList<string> ExhibitorKinds = ["office", "advice", "employer", "language-school", "training", "association"];

    private static readonly Dictionary<string, string> TypeSynonyms = new()
    {
        ["volunteer"] = "volunteer-course",
        ["integration-course"] = "integrationskurs",
        ["literacy"] = "alphabetisierungskurs",
        ["alpha"] = "alphabetisierungskurs",
        ["zweitschrift"] = "zweitschriftlernerkurs",
        ["förderkurs"] = "foerderkurs",
        ["bsk"] = "berufssprachkurs",
        ["fachsprache"] = "berufssprachkurs-subject",
        ["eok"] = "erstorientierungskurs",
        ["job"] = "vacancy",
        ["ausbildung"] = "apprenticeship",
        ["praktikum"] = "internship",
        ["migration-advice"] = "mbe",
        ["youth-migration"] = "jmd",
        ["residence-and-work"] = "residence",
        ["antidiscrimination"] = "equal-treatment",
    };

    /// <summary>Words that mean one thing with one kind of offer and another with another.</summary>
    public static IReadOnlyDictionary<string, string> TypeSynonymsOf(string kind) =>
        kind == "advice" ? new Dictionary<string, string>(TypeSynonyms) { ["apprenticeship"] = "apprenticeship-advice" } : TypeSynonyms;

    /// <summary>Traits that stand as words among the conditions; what else stands there is shown to people as it is.</summary>
    public static readonly IReadOnlyDictionary<string, string> TraitsInConditions = new Dictionary<string, string>
    {
        ["free"] = "free",
        ["kostenlos"] = "free",
        ["confidential"] = "confidential",
        ["vertraulich"] = "confidential",
        ["any status"] = "any-status",
        ["first advice"] = "first-advice",
    };
}
