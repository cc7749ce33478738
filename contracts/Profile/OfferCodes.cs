using Matchmaking.Contracts.Texts;

namespace Matchmaking.Contracts.Profile;

/// <summary>The words of an offer, in the order in which people are shown them; a file of an organiser and the form of an exhibitor take the same.</summary>
public static class OfferCodes
{
    /// <summary>What an offer may be called: the kinds that visitors are shown, and "training", further education and qualification, which they find under work.</summary>
    public static readonly IReadOnlyList<string> Kinds = [.. Codes.OfferKinds, "training"];

    /// <summary>By kind.</summary>
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

    public static readonly IReadOnlyList<string> Topics = [.. Codes.Goals, .. Codes.Topics];

    public static readonly IReadOnlyList<string> Traits = ["free", "confidential", "childcare", "any-status", "evening", "weekend", "online", "part-time", "women", "youth",
        "wheelchair", "interpreter", "first-advice", "appointment"];

    /// <summary>Languages in which a title can stand besides German.</summary>
    public static readonly IReadOnlyList<string> TitleLanguages = [.. Words.Languages.Where(l => l != "de")];

    public static string KindForVisitors(string kind) => kind == "training" ? "employer" : kind;

    /// <summary>The kind that an offer is called by who enters it.</summary>
    public static string KindEntered(string kindForVisitors, string type) => kindForVisitors == "employer" && Types["training"].Contains(type) ? "training" : kindForVisitors;
}
