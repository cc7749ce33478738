namespace Matchmaking.Contracts.Profile;

/// <summary>The closed vocabularies of the public API, in the order in which people are shown them.</summary>
public static class Codes
{
    public const string Unknown = "unknown";

    /// <summary>"Unknown" and "not answered" mean the same: null.</summary>
    public static string? Known(string? code) => code == Unknown ? null : code;

    /// <summary>Languages of the questionnaire and of conversations, BCP 47 (launch set of the product).</summary>
    public static readonly IReadOnlyList<string> Languages =
        ["de", "en", "uk", "ar", "ru", "fa", "prs", "tr", "fr", "es", "vi", "pl", "ro", "ti", "kmr", "ckb", "hu", "zh", "pt", "it", "sq", "sr", "bg", "el", "so", "am", "ps", "ur", "hi"];

    public static readonly IReadOnlyList<string> Goals =
        ["learn-german", "work", "training", "recognition", "advice", "offices", "family", "leisure"];

    public static readonly IReadOnlyList<string> Topics =
        ["housing", "residence", "debt", "health", "childcare", "school", "equal-treatment", "start-up"];

    /// <summary>CEFR, with "none" for "not yet"; in ascending order.</summary>
    public static readonly IReadOnlyList<string> GermanLevels = ["none", "A1", "A2", "B1", "B2", "C1", "C2"];

    public static readonly IReadOnlyList<string> Scripts = ["latin", "other", "not-literate", Unknown];

    public static readonly IReadOnlyList<string> CoursePapers =
        ["entitlement", "duty", "admission-before-2026-02-09", "none", Unknown];

    public static readonly IReadOnlyList<string> WorkNotes =
        ["allowed", "employment-allowed", "permission-needed", "not-allowed", Unknown];

    public static readonly IReadOnlyList<string> RecognitionStages = ["none", "started", "partial", "full", Unknown];

    public static readonly IReadOnlyList<string> AgeBands = ["under18", "18-26", "27plus", Unknown];

    public static readonly IReadOnlyList<string> TimesInGermany = ["under1", "1-3", "over3", Unknown];

    public static readonly IReadOnlyList<string> AccessNeeds = ["wheelchair", "hearing", "sight", "quiet", "easy-words"];

    public static readonly IReadOnlyList<string> InterpreterGenders = ["any", "female", "male"];

    public static readonly IReadOnlyList<string> Consents = ["matching", "share-with-exhibitor", "quality-review"];

    public static readonly IReadOnlyList<string> Channels = ["kiosk", "online"];

    /// <summary>What an offer is, for a visitor: learning German; work, training and further education; advice; public offices; leisure.</summary>
    public static readonly IReadOnlyList<string> OfferKinds = ["course", "employer", "advice", "office", "leisure"];

    public static readonly IReadOnlyList<string> Formats = ["stand", "video", "phone"];
}
