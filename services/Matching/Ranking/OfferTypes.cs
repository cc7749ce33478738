using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Ranking;

/// <summary>What the ranking knows of single types of offers.</summary>
internal static class OfferTypes
{
    public static readonly byte Course = Vocabulary.Kind("course"), Employer = Vocabulary.Kind("employer");

    public static readonly uint Childcare = Vocabulary.Trait("childcare"), Evening = Vocabulary.Trait("evening"), Free = Vocabulary.Trait("free"),
        Wheelchair = Vocabulary.Trait("wheelchair"), Interpreter = Vocabulary.Trait("interpreter"), Youth = Vocabulary.Trait("youth"),
        FirstAdvice = Vocabulary.Trait("first-advice");

    private static readonly float[] WelcomeByType = ByType(type => type switch
    {
        "orientation" => 1f,
        "mbe" or "jmd" => .9f,
        "erstorientierungskurs" => .9f,
        "language-cafe" => .6f,
        "volunteer-course" or "city-integration" => .6f,
        "meeting" or "course-admission" => .4f,
        "integrationskurs" => .3f,
        _ => 0f,
    });

    private static readonly float[] DepthByType = ByType(type => type switch
    {
        "integrationskurs" or "alphabetisierungskurs" or "zweitschriftlernerkurs" or "foerderkurs" or "intensivkurs" => 1f,
        "berufssprachkurs" or "berufssprachkurs-a2" or "berufssprachkurs-b1" or "berufssprachkurs-recognition" or "berufssprachkurs-subject" => .9f,
        "erstorientierungskurs" => .7f,
        "volunteer-course" => .5f,
        "course-admission" => .4f,
        "mia" or "exam" => .3f,
        "language-cafe" => .2f,
        _ => 0f,
    });

    private static readonly byte Alphabet = Vocabulary.Type("alphabetisierungskurs"), SecondScript = Vocabulary.Type("zweitschriftlernerkurs"),
        Integration = Vocabulary.Type("integrationskurs"), Intensive = Vocabulary.Type("intensivkurs"),
        Recognition = Vocabulary.Type("recognition"), RecognitionOffice = Vocabulary.Type("recognition-office");

    public static bool IsRecognition(byte type) => type == Recognition || type == RecognitionOffice;

    /// <summary>How much an offer is made for a start in Germany, 0-1.</summary>
    public static float Welcome(in OfferSide side) => Math.Max(WelcomeByType[side.Type], side.Has(FirstAdvice) ? .3f : 0f);

    /// <summary>How much German an offer gives: hundreds of lessons or a weekly afternoon, 0-1.</summary>
    public static float Depth(byte type) => DepthByType[type];

    /// <summary>1: the course teaches what the visitor cannot read yet; -1: it is for another script; 0: no matter or not known.</summary>
    public static float Script(in VisitorFacts v, byte type)
    {
        var latin = v.Is(VisitorField.Script, "latin");
        var other = v.Is(VisitorField.Script, "other");
        var none = v.Is(VisitorField.Script, "not-literate");
        if (type == Alphabet) return none ? 1 : latin || other ? -1 : 0;
        if (type == SecondScript) return other ? 1 : latin || none ? -1 : 0;
        if (type == Integration || type == Intensive) return none ? -1 : other ? -.5f : 0;
        return 0;
    }

    private static float[] ByType(Func<string, float> value) => [.. Vocabulary.Types.Select(value)];
}
