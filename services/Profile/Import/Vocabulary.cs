using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Import;

/// <summary>The words an organiser's files may use, and the words of others that mean the same.</summary>
internal static class Vocabulary
{
    public static readonly IReadOnlyList<string> ExhibitorKinds = ["office", "advice", "employer", "language-school", "training", "association"];

    /// <summary>"training" is further education and qualification; visitors find it under work.</summary>
    public static readonly IReadOnlyList<string> OfferKinds = [.. Codes.OfferKinds, "training"];

    public static string KindForVisitors(string kind) => kind == "training" ? "employer" : kind;

    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Types = new Dictionary<string, IReadOnlyList<string>>
    {
        ["course"] = ["integrationskurs", "alphabetisierungskurs", "zweitschriftlernerkurs", "foerderkurs", "intensivkurs", "berufssprachkurs", "berufssprachkurs-a2",
            "berufssprachkurs-b1", "berufssprachkurs-recognition", "berufssprachkurs-subject", "erstorientierungskurs", "mia", "volunteer-course", "exam", "language-cafe"],
        ["employer"] = ["vacancy", "apprenticeship", "internship"],
        ["training"] = ["qualification", "further-education", "aptitude-test"],
        ["advice"] = ["orientation", "mbe", "jmd", "recognition", "labour-law", "debt", "pregnancy", "health", "housing", "residence", "school", "childcare",
            "equal-treatment", "start-up", "labour-market", "graduates", "consumer", "return", "application", "apprenticeship-advice"],
        ["office"] = ["course-admission", "placement", "benefits-and-work", "city-services", "city-integration", "residence-office", "family-office", "school-office", "recognition-office"],
        ["leisure"] = ["families", "participation", "sport", "culture", "meeting", "volunteering"],
    };

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

    public static readonly IReadOnlyList<string> Topics = [.. Codes.Goals, .. Codes.Topics];

    public static readonly IReadOnlyList<string> Traits = ["free", "confidential", "childcare", "any-status", "evening", "weekend", "online", "part-time", "women", "youth",
        "wheelchair", "interpreter", "first-advice", "appointment"];

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
