using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Ranking;

internal enum ReasonSide
{
    For, Against,
}

/// <summary>One reason, said by <see cref="ReasonTexts"/>. <see cref="Source"/> and <see cref="Words"/>: of the rule, where it is one.</summary>
/// <param name="Text">Key of the text where it is not the code: a reason is said more closely where more is known.</param>
internal sealed record MatchReason(
    string Code, ReasonSide Side, IReadOnlyList<TextArg> Args, string? Source = null, IReadOnlyDictionary<string, string>? Words = null, string? Text = null)
{
    public string Say(string language) => ReasonTexts.Say(Text ?? Code, Args, language, Words);
}

/// <summary>
/// Why an offer is in the list, for and against, the weightiest first. At most <see cref="MostFor"/> and <see cref="MostAgainst"/>, at least one
/// for. A rule that says "yes" is a reason for; any other answer of a rule is one against, and comes before all else.
/// </summary>
internal static class Why
{
    public const int MostFor = 4, MostAgainst = 3;

    /// <summary>Codes that have a second text, with the occupation's name: the code and ".named".</summary>
    public static readonly IReadOnlyList<string> NamedCodes = ["for.occupation", "for.occupation-near", "against.occupation"];

    /// <summary>Codes of reasons that are not rules'; those of rules are the rules' texts.</summary>
    public static readonly IReadOnlyList<string> Codes =
        ["for.goal", "for.topic", "for.occupation", "for.occupation-near", "for.recognition", "for.newcomer", "for.language", "for.childcare",
         "for.no-german", "for.level", "for.interpreter", "for.wheelchair", "for.time", "for.evening", "for.free", "for.at-the-fair",
         "against.no-rule", "against.language", "against.level-unknown", "against.level", "against.recognition-first", "against.occupation",
         "against.script", "against.time", "against.childcare", "against.conditions", "against.full"];

    public static IReadOnlyList<MatchReason> Of(
        in VisitorFacts v, CatalogueSnapshot c, int offer, Judgement judgement, ReadOnlySpan<float> pair, bool full = false)
    {
        var side = c.Side(offer);
        var course = side.Kind == OfferTypes.Course;
        var pro = new List<MatchReason>(8);
        var con = new List<MatchReason>(4);

        if ((v.Goals & c.Wishes[offer]) is not 0 and var goals) Pro("for.goal", Wishes("goals", goals));
        if ((v.Topics & c.Wishes[offer]) is not 0 and var topics) Pro("for.topic", Wishes("topics", topics));
        if (pair[Features.IscoShared] >= Isco.Within) pro.Add(Named("for.occupation", ReasonSide.For, v.Isco));
        else if (pair[Features.IscoShared] >= Isco.OneGroup) pro.Add(Named("for.occupation-near", ReasonSide.For, Nearest(v.Isco, c.Occupations(offer))));
        foreach (var finding in judgement.Findings)
        {
            var to = finding.Rule.Verdict == Verdict.Yes ? pro : con;
            to.Add(new MatchReason(finding.Rule.Text, to == pro ? ReasonSide.For : ReasonSide.Against, finding.Args, finding.Rule.Source, finding.Rule.Words));
        }
        if (judgement.Findings.Count == 0) Con("against.no-rule");
        if (pair[Features.Recognition] > 0) Pro("for.recognition");
        if (pair[Features.Newcomer] >= .3f) Pro("for.newcomer");

        var shared = v.Languages & c.Languages[offer];
        if (shared != 0) Pro("for.language", Languages(shared));
        else if (c.Languages[offer] != 0 && pair[Features.Interpreting] == 0) Con("against.language", Languages(c.Languages[offer]));
        if (pair[Features.Childcare] == 1) Pro("for.childcare");
        if (!course && side.Entry == 0) Pro("for.no-german");
        else if (!course && pair[Features.LevelFit] > 0) Pro("for.level");
        if (pair[Features.Interpreting] == 1) Pro("for.interpreter");
        if (pair[Features.Access] == 1) Pro("for.wheelchair");
        if (pair[Features.Time] >= .5f) Pro("for.time");
        if (pair[Features.Evening] == 1) Pro("for.evening");
        if (side.Has(OfferTypes.Free)) Pro("for.free");
        if (pro.Count == 0) Pro("for.at-the-fair", new TextArg("exhibitor", c.Exhibitors[c.Exhibitor[offer]].Name));

        if (!course && side.Entry > 0 && v.German < side.Entry)
        {
            if (v.German < 0) Con("against.level-unknown", Level("entry", side.Entry));
            else Con("against.level", Level("entry", side.Entry), Level("german", v.German));
        }
        if (side.Kind == OfferTypes.Employer && NeedsRecognition(v, c.Occupations(offer))) Con("against.recognition-first");
        if (pair[Features.OtherOccupation] == 1) con.Add(Named("against.occupation", ReasonSide.Against, c.Occupations(offer)[0]));
        if (pair[Features.Script] < 0 && !judgement.Findings.Any(f => f.Pack.Id == "integrationskurs-form")) Con("against.script");
        if (pair[Features.Time] == 0) Con("against.time");
        if (course && pair[Features.Childcare] == 0) Con("against.childcare");
        if (c.Offers[offer].Conditions is { Length: > 0 and <= 160 } words) Con("against.conditions", new TextArg("conditions", words));

        // Who would ask for a time has to know it, whatever else there is to say.
        if (full) con.Insert(Math.Min(con.Count, MostAgainst - 1), new MatchReason("against.full", ReasonSide.Against, []));

        return [.. pro.Take(MostFor), .. con.Take(MostAgainst)];

        void Pro(string code, params TextArg[] args) => pro.Add(new MatchReason(code, ReasonSide.For, args));
        void Con(string code, params TextArg[] args) => con.Add(new MatchReason(code, ReasonSide.Against, args));
    }

    /// <summary>The work is in the visitor's own regulated profession, and the recognition is not there yet.</summary>
    private static bool NeedsRecognition(in VisitorFacts v, ReadOnlySpan<Isco> offered)
    {
        if (v.Is(VisitorField.Recognition, "full")) return false;
        foreach (var one in offered)
            if (one.Regulated && v.Isco.Shared(one) >= 3) return true;
        return false;
    }

    private static Isco Nearest(Isco own, ReadOnlySpan<Isco> offered)
    {
        var best = offered[0];
        foreach (var one in offered)
            if (own.Closeness(one) > own.Closeness(best)) best = one;
        return best;
    }

    /// <summary>With the occupation's name, where the list of occupations has it.</summary>
    private static MatchReason Named(string code, ReasonSide side, Isco occupation) => OccupationList.Find(occupation.ToString()) is { } listed
        ? new(code, side, [TextArg.Code("occupation", ReasonTexts.Occupation + listed.Isco)], Text: code + ".named")
        : new(code, side, []);

    private static TextArg Wishes(string name, int bits) =>
        TextArg.Code(name, Vocabulary.Wishes.Where((_, at) => (bits >> at & 1) != 0).Take(3).Select(code => "wish." + code));

    private static TextArg Languages(ulong bits) => TextArg.Code("languages", Vocabulary.LanguagesOf(bits).Take(4).Select(code => "language." + code));

    private static TextArg Level(string name, int level) => TextArg.Code(name, "level." + Vocabulary.LevelCode(level));
}
