using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Ranking;

internal enum FeatureSide
{
    /// <summary>Constant within a request.</summary>
    Visitor,

    /// <summary>Constant across requests, as long as the catalogue stays.</summary>
    Offer,

    /// <summary>Of both together; the only ones to be computed for every pair.</summary>
    Pair,
}

/// <param name="Meaning">Range and unit; empty (NaN) where it is not known, unless said otherwise.</param>
internal sealed record Feature(string Name, FeatureSide Side, string Meaning);

/// <summary>
/// The one list of what a ranking may look at, shared by training and serving: the visitor's features, then the offer's, then the pair's.
/// Append only: a model names the <see cref="Fingerprint"/> of the list it was trained on and is refused with another.
/// Not in it and never to be: anything of nationality, origin, religion or health, and anything that finds a person.
/// </summary>
internal static class Features
{
    public static readonly IReadOnlyList<Feature> All = [.. VisitorList(), .. OfferList(), .. PairList()];
    public static readonly int VisitorCount = All.Count(f => f.Side == FeatureSide.Visitor);
    public static readonly int OfferCount = All.Count(f => f.Side == FeatureSide.Offer);

    /// <summary>Position of the first pair feature.</summary>
    public static readonly int PairStart = VisitorCount + OfferCount;

    public static readonly string Fingerprint =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', All.Select(f => $"{f.Side} {f.Name} {f.Meaning}")))))[..16];

    // Positions within the pair's features.
    public const int GoalAny = 0, GoalShare = 1, TopicAny = 2, Focus = 3, VerdictValue = 4, LevelGap = 5, LevelFit = 6, IscoShared = 7,
        OtherOccupation = 8, Language = 9, Script = 10, Newcomer = 11, Recognition = 12, Childcare = 13, Evening = 14, Access = 15,
        Interpreting = 16, Time = 17, Youth = 18, CourseDepth = 19, PairCount = 20;

    private static readonly ushort LearnGerman = Vocabulary.Wish("learn-german");

    private static IEnumerable<Feature> PairList() =>
    [
        Pair("goal-any", "1: a goal of the visitor is what the offer is for; 0.6: it also helps with one; 0: none; empty: no goals given"),
        Pair("goal-share", "served goals / the visitor's goals, 0-1"),
        Pair("topic-any", "1: serves a topic of the visitor; 0: none; empty: no topics given"),
        Pair("focus", "wanted goals and topics / all that the offer serves, 0-1: specialists before those who do a little of all"),
        Pair("verdict", "yes 1, likely 0.66, ask 0.33, no 0"),
        Pair("level-gap", "the visitor's German less the entry level, CEFR steps, -6 to 6"),
        Pair("level-fit", "1: made for this level; -1: far too hard or too easy"),
        Pair("isco-shared", "closeness of occupations by ISCO-08: unit group shared 1, within a trade of 3 digits 0.9, 3 digits 0.8, neighbours of one field " +
            "across levels 0.5, 2 digits 0.45, 2 or 3 digits of a group of several fields 0.2, 1 digit 0.1, none 0; the best of the offer's"),
        Pair("other-occupation", "1: the offer is for other occupations only, none of them near (0.45); else 0"),
        Pair("language", "1: a language for a conversation is shared; 0: none; 0.5: none, but a course is taught in German anyway; empty: not known"),
        Pair("script", "1: a course for the visitor's script; -1: for another; 0: no matter"),
        Pair("newcomer", "how much the visitor is new (0-1) x how much the offer is for a start (0-1)"),
        Pair("recognition", "1: advice on recognition for somebody with an occupation that is not recognised yet; else 0"),
        Pair("childcare", "1: childcare is needed and there; 0: needed and not known; empty: not needed"),
        Pair("evening", "1: evenings suit and the offer has them; empty: no times given"),
        Pair("access", "1: wheelchair needed and the way is free; 0: needed and not known; empty: not needed"),
        Pair("interpreting", "1: an interpreter is wished or no language shared, and the stand has help; else 0"),
        Pair("time", "share of the visitor's times at which the stand has seats, 0-1; empty: not asked"),
        Pair("youth", "1: for young people and the visitor is under 27; -1: and is not; 0: for all"),
        Pair("course-depth", "for those who want German: how much of it the course gives, 0-1; else 0"),
    ];

    private static IEnumerable<Feature> VisitorList() =>
    [
        .. VisitorFields.Names.Select(name => Visitor(name, "position of the value, from 0, in the order of the questionnaire")),
        .. Vocabulary.Wishes.Select(wish => Visitor("wants-" + wish, "0 or 1")),
        Visitor("isco-1", "ISCO-08 major group"), Visitor("isco-2", "ISCO-08 sub-major group"), Visitor("years", "years in the occupation"),
        Visitor("regulated", "1: the occupation needs a recognition"), Visitor("languages", "number of languages for a conversation, never empty"),
        Visitor("speaks-german", "0 or 1"), Visitor("speaks-english", "0 or 1"), Visitor("interpreter", "0 or 1"), Visitor("wheelchair", "0 or 1"),
        Visitor("answered", "share of the questions that were answered, 0-1"),
    ];

    private static IEnumerable<Feature> OfferList() =>
    [
        Offer("kind", "position in the vocabulary"), Offer("type", "position in the vocabulary"), Offer("entry", "CEFR, 0-6"), Offer("exit", "CEFR, 0-6"),
        .. Vocabulary.Wishes.Select(wish => Offer("serves-" + wish, "0 or 1")),
        .. Vocabulary.Traits.Select(trait => Offer("is-" + trait, "0 or 1")),
        Offer("isco-1", "ISCO-08 major group of the first occupation"), Offer("isco-2", "ISCO-08 sub-major group of it"),
        Offer("languages", "number of languages for a conversation"), Offer("tables", "tables of the stand"),
        Offer("speaks-english", "0 or 1"), Offer("conditions", "1: there are conditions in words"),
    ];

    private static Feature Visitor(string name, string meaning) => new("visitor." + name, FeatureSide.Visitor, meaning);

    private static Feature Offer(string name, string meaning) => new("offer." + name, FeatureSide.Offer, meaning);

    private static Feature Pair(string name, string meaning) => new("pair." + name, FeatureSide.Pair, meaning);

    /// <summary>Fills the visitor's features; <paramref name="into"/> holds <see cref="VisitorCount"/> values.</summary>
    public static void OfVisitor(in VisitorFacts v, Span<float> into)
    {
        var at = 0;
        for (var f = VisitorField.CoursePaper; f <= VisitorField.Occupation; f++) into[at++] = Known(v[f] - 1);
        for (var i = 0; i < Vocabulary.Wishes.Count; i++) into[at++] = v.Wishes >> i & 1;
        into[at++] = Known(v.Isco.Major);
        into[at++] = SubMajor(v.Isco);
        into[at++] = Known(v.Years);
        into[at++] = v.Isco.Known ? Flag(v.Isco.Regulated) : float.NaN;
        into[at++] = v.CountLanguages;
        into[at++] = Flag((v.Languages & Vocabulary.Language("de")) != 0);
        into[at++] = Flag((v.Languages & Vocabulary.Language("en")) != 0);
        into[at++] = Flag(v.Interpreter);
        into[at++] = Flag(v.Wheelchair);
        into[at] = v.Answered;
    }

    /// <summary>Fills an offer's features; <paramref name="into"/> holds <see cref="OfferCount"/> values.</summary>
    public static void OfOffer(CatalogueSnapshot c, int offer, Span<float> into)
    {
        var (at, side) = (0, c.Side(offer));
        var isco = c.Occupations(offer);
        into[at++] = side.Kind;
        into[at++] = side.Type;
        into[at++] = Known(side.Entry);
        into[at++] = Known(side.Exit);
        for (var i = 0; i < Vocabulary.Wishes.Count; i++) into[at++] = c.Wishes[offer] >> i & 1;
        for (var i = 0; i < Vocabulary.Traits.Count; i++) into[at++] = side.Traits >> i & 1;
        into[at++] = isco.IsEmpty ? float.NaN : isco[0].Major;
        into[at++] = isco.IsEmpty ? float.NaN : SubMajor(isco[0]);
        into[at++] = c.Languages[offer] == 0 ? float.NaN : BitOperations.PopCount(c.Languages[offer]);
        into[at++] = c.Exhibitors[c.Exhibitor[offer]].Tables;
        into[at++] = Flag((c.Languages[offer] & Vocabulary.Language("en")) != 0);
        into[at] = Flag(!string.IsNullOrEmpty(c.Offers[offer].Conditions));
    }

    /// <summary>Fills the features of a pair; <paramref name="into"/> holds <see cref="PairCount"/> values.</summary>
    /// <param name="time">Share of the visitor's times at which the stand has free seats; NaN: not asked.</param>
    public static void OfPair(in VisitorFacts v, CatalogueSnapshot c, int offer, Verdict verdict, float time, Span<float> into)
    {
        var side = c.Side(offer);
        int wishes = c.Wishes[offer], goals = v.Goals & wishes, topics = v.Topics & wishes;
        into[GoalAny] = v.Goals == 0 ? float.NaN : (v.Goals & c.MainWishes[offer]) != 0 ? 1f : goals != 0 ? .6f : 0f;
        into[GoalShare] = v.Goals == 0 ? float.NaN : (float)Bits(goals) / Bits(v.Goals);
        into[TopicAny] = v.Topics == 0 ? float.NaN : Flag(topics != 0);
        into[Focus] = v.Wishes == 0 || wishes == 0 ? float.NaN : (float)Bits(goals | topics) / Bits(wishes);
        into[VerdictValue] = verdict switch { Verdict.Yes => 1f, Verdict.Likely => .66f, Verdict.Ask => .33f, _ => 0f };
        into[LevelGap] = v.German < 0 || side.Entry < 0 ? float.NaN : v.German - side.Entry;
        into[LevelFit] = Fit(v.German, side);
        (into[IscoShared], into[OtherOccupation]) = Occupation(v.Isco, c.Occupations(offer));
        var shared = v.Languages & c.Languages[offer];
        into[Language] = c.Languages[offer] == 0 || v.Languages == 0 ? float.NaN : shared != 0 ? 1f : side.Kind == OfferTypes.Course ? .5f : 0f;
        into[Script] = OfferTypes.Script(v, side.Type);
        into[Newcomer] = New(v) * OfferTypes.Welcome(side);
        into[Recognition] = Flag(OfferTypes.IsRecognition(side.Type) && v.Isco.Known && !v.Is(VisitorField.Recognition, "full"));
        into[Childcare] = v.Is(VisitorField.Childcare, "yes") ? Flag(side.Has(OfferTypes.Childcare)) : float.NaN;
        into[Evening] = v.Evening is null ? float.NaN : Flag(v.Evening.Value && side.Has(OfferTypes.Evening));
        into[Access] = v.Wheelchair ? Flag(side.Has(OfferTypes.Wheelchair)) : float.NaN;
        into[Interpreting] = Flag((v.Interpreter || shared == 0) && side.Has(OfferTypes.Interpreter));
        into[Time] = time;
        into[Youth] = !side.Has(OfferTypes.Youth) || !v.Knows(VisitorField.AgeBand) ? 0 : v.Is(VisitorField.AgeBand, "27plus") ? -1 : 1;
        into[CourseDepth] = (v.Goals & LearnGerman) != 0 ? OfferTypes.Depth(side.Type) : 0;
    }

    /// <summary>
    /// A course is for those between its entry and its exit, best at its entry; each level that lacks counts double. Elsewhere enough German is
    /// enough. NaN where German or the levels are not known.
    /// </summary>
    private static float Fit(int german, in OfferSide side)
    {
        if (german < 0 || (side.Entry < 0 && side.Exit < 0)) return float.NaN;
        var gap = german - Math.Max((int)side.Entry, 0);
        if (side.Kind != OfferTypes.Course) return gap < 0 ? Math.Max(-1f, .3f * gap) : .5f;
        if (gap < 0) return Math.Max(-1f, .5f * gap);
        if (side.Exit < 0) return Math.Max(.1f, 1f - .35f * gap); // without a goal it is for its entry level
        return german >= side.Exit ? -1f : Math.Max(.2f, 1f - .2f * gap);
    }

    private static (float Shared, float Other) Occupation(Isco own, ReadOnlySpan<Isco> offered)
    {
        if (!own.Known || offered.IsEmpty) return (float.NaN, 0);
        var (best, other) = (0f, true);
        foreach (var one in offered)
        {
            var closeness = own.Closeness(one);
            best = Math.Max(best, closeness);
            // A code of one digit that is shared says too little to be called another occupation.
            other &= closeness < Isco.OneGroup && (Math.Min(own.Digits, one.Digits) > 1 || closeness == 0);
        }
        return (best, Flag(other));
    }

    /// <summary>Somebody who left out how long they are here may well be new; who left out goals and topics too needs a start first of all.</summary>
    private static float New(in VisitorFacts v) =>
        v[VisitorField.TimeInGermany] switch { 1 => .8f, 2 => .4f, 3 => 0f, _ => v.Wishes == 0 ? 1f : .4f };

    private static int Bits(int mask) => BitOperations.PopCount((uint)mask);

    private static float Flag(bool value) => value ? 1 : 0;

    private static float Known(int value) => value < 0 ? float.NaN : value;

    private static float SubMajor(Isco isco) => isco.Digits < 2 ? float.NaN : isco.Digit(0) * 10 + isco.Digit(1);
}
