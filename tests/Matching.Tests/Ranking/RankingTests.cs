using System.Diagnostics;
using CsCheck;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Tests.Ranking;

public sealed class RankingTests
{
    [Fact]
    public void A_nurse_sees_her_course_her_recognition_and_her_work_on_top()
    {
        var top = Keys(SmallFair.Nurse, 5);
        Assert.Equal("a-2", top[0]); // the Integrationskurs that starts at her level
        Assert.Contains("iq-1", top);
        Assert.Contains("care-2", top); // the vacancy in nursing at a stand that speaks her language
    }

    [Fact]
    public void A_nurse_is_told_that_nursing_needs_a_recognition()
    {
        var vacancy = Ranked(SmallFair.Nurse).Single(m => Key(m) == "care-2");
        Assert.Contains(vacancy.Reasons, r => r is { Code: "for.occupation", Side: ReasonSide.For });
        Assert.Contains(vacancy.Reasons, r => r is { Code: "against.recognition-first", Side: ReasonSide.Against });
        Assert.Contains(vacancy.Reasons, r => r is { Code: "against.level", Side: ReasonSide.Against });
        Assert.DoesNotContain(Ranked(SmallFair.Nurse with { Recognition = "full" }).Single(m => Key(m) == "care-2").Reasons, r => r.Code == "against.recognition-first");
    }

    [Fact]
    public void Occupations_in_reasons_are_named_in_the_visitors_language()
    {
        Assert.Equal("Відповідає вашій професії: Медсестра, медбрат.", Said("care-2", "for.occupation", "uk"));
        Assert.Equal("Близько до вашої професії: Догляд удома.", Said("care-1", "for.occupation-near", "uk"));
        // Nursing associates are near to nurses, paramedics are not: ISCO puts the one in another major group, and the other too.
        Assert.Equal("Ist nah an Ihrem Beruf: Krankenpflege mit kurzer Ausbildung.", Said("clinic-2", "for.occupation-near", "de"));
        Assert.Null(Said("clinic-3", "for.occupation-near", "de"));
        // What the list does not have is said without a name.
        Assert.Equal("Passt zu Ihrem Beruf.", new MatchReason("for.occupation", ReasonSide.For, []).Say("de"));
        Assert.Equal("Gần với nghề của bạn: Chăm sóc tại nhà.", Said("care-1", "for.occupation-near", "vi"));

        static string? Said(string key, string code, string language) =>
            Ranked(SmallFair.Nurse).Single(m => Key(m) == key).Reasons.SingleOrDefault(r => r.Code == code)?.Say(language);
    }

    [Fact]
    public void Another_occupation_is_said_only_where_none_of_the_offers_is_near()
    {
        float[] Pair(string own, params string[] offered)
        {
            var pair = new float[Features.PairCount];
            var offer = SmallFair.Offer("x", "clinic", "employer", "vacancy", isco: offered);
            Features.OfPair(VisitorFacts.Of(new Needs { Language = "de", Occupation = new(own) }), SmallFair.Build([offer]), 0, Verdict.Yes, float.NaN, pair);
            return pair;
        }
        Assert.Equal((0f, 1f), (Pair("2611", "7112")[Features.IscoShared], Pair("2611", "7112")[Features.OtherOccupation]));
        Assert.Equal((.2f, 1f), (Pair("2611", "2652")[Features.IscoShared], Pair("2611", "2652")[Features.OtherOccupation]));
        Assert.Equal((.5f, 0f), (Pair("2221", "7112", "5321")[Features.IscoShared], Pair("2221", "7112", "5321")[Features.OtherOccupation]));
        Assert.Equal((.1f, 0f), (Pair("2221", "2")[Features.IscoShared], Pair("2221", "2")[Features.OtherOccupation]));
    }

    [Fact]
    public void Who_skips_everything_gets_a_place_to_start()
    {
        var top = Keys(new Needs { Language = "uk", Consents = ["matching"] }, 8);
        Assert.Equal("welcome-1", top[0]);
        Assert.Contains("mbe-1", top);
        Assert.Contains("b-5", top);    // Erstorientierungskurs
        Assert.Contains("cafe-1", top); // language café
    }

    [Fact]
    public void Who_cannot_read_yet_sees_the_course_that_teaches_it_before_others()
    {
        var keys = Keys(new Needs { Language = "ar", Goals = ["learn-german"], Script = "not-literate", CoursePaper = "duty", German = new("none") }, 99);
        Assert.Equal("b-1", keys[0]);
        Assert.True(Array.IndexOf(keys, "b-1") < Array.IndexOf(keys, "a-1"));
    }

    [Fact]
    public void A_named_topic_comes_first()
    {
        Assert.Equal("debt-1", Keys(new Needs { Language = "de", Topics = ["debt"] }, 1)[0]);
        Assert.Equal("housing-1", Keys(new Needs { Language = "ar", Topics = ["housing"] }, 1)[0]);
    }

    [Fact]
    public void Work_in_ones_occupation_comes_before_other_work()
    {
        var cook = new Needs { Language = "tr", Goals = ["work"], Occupation = new("5120", 6), German = new("A1"), WorkNote = "allowed" };
        Assert.Equal("kitchen-1", Keys(cook, 1)[0]);
    }

    [Fact]
    public void Offers_with_a_no_are_left_out_unless_asked_for_and_then_come_last()
    {
        var young = new Needs { Language = "ar", AgeBand = "18-26" };
        Assert.DoesNotContain(Ranked(young), m => m.Verdict == Verdict.No);
        var all = Ranker.Rank(VisitorFacts.Of(young), SmallFair.Catalogue, SmallFair.Today, includeNo: true).Items;
        Assert.Equal(SmallFair.Catalogue.Count, all.Count);
        Assert.Equal(("mbe-1", "jmd"), (Key(all[^1]), all[^1].Office));
    }

    [Fact]
    public void Two_goals_are_both_in_the_first_five() =>
        Gen.Select(Any.Needs, Gen.Int[0, 7], Gen.Int[0, 7]).Where((_, a, b) => a != b).Sample((needs, a, b) =>
        {
            var two = needs with { Goals = [Codes.Goals[a], Codes.Goals[b]] };
            var list = Ranked(two);
            return two.Goals.All(goal => list.Take(5).Any(m => Serves(m, goal)) || !list.Any(m => Serves(m, goal)));
        }, iter: 1000);

    [Fact]
    public void No_stand_has_more_than_two_of_the_first_ten() =>
        Any.Needs.Sample(needs => Ranked(needs).Take(10).CountBy(m => SmallFair.Catalogue.Exhibitor[m.Offer]).All(n => n.Value <= 2), iter: 500);

    [Fact]
    public void Every_offer_in_a_list_has_a_reason_for_and_what_is_not_a_yes_says_why() =>
        Any.Needs.Sample(needs => Ranked(needs).All(m =>
            m.Reasons.Any(r => r.Side == ReasonSide.For)
            && m.Reasons.Count(r => r.Side == ReasonSide.For) <= Why.MostFor && m.Reasons.Count(r => r.Side == ReasonSide.Against) <= Why.MostAgainst
            && (m.Verdict == Verdict.Yes || m.Reasons.Any(r => r.Side == ReasonSide.Against))), iter: 500);

    [Fact]
    public void Every_reason_that_is_given_is_on_the_list_of_codes_and_said_without_holes() =>
        Any.Needs.Sample(needs => Ranked(needs).SelectMany(m => m.Reasons).All(r =>
            (Why.Codes.Contains(r.Code) || r.Source is not null) && ReasonTexts.Languages.All(l => !ReasonTexts.Say(r.Code, r.Args, l).Contains('{'))), iter: 100);

    [Fact]
    public void A_list_is_whole_without_doubles_and_the_same_whenever_it_is_asked_for_and_however_the_catalogue_came() =>
        Gen.Select(Any.Needs, Gen.Int[0, 999]).Sample((needs, seed) =>
        {
            var first = Ranked(needs).Select(m => (m.Offer, m.Score)).ToList();
            var again = Ranker.Rank(VisitorFacts.Of(needs), SmallFair.Shuffled(seed), SmallFair.Today).Items.Select(m => (m.Offer, m.Score));
            return first.SequenceEqual(again) && first.Distinct().Count() == first.Count;
        }, iter: 300);

    [Fact]
    public void The_parts_of_a_score_add_up_to_it()
    {
        var visitor = VisitorFacts.Of(SmallFair.Nurse);
        var pair = new float[Features.PairCount];
        for (var i = 0; i < SmallFair.Catalogue.Count; i++)
        {
            Features.OfPair(visitor, SmallFair.Catalogue, i, Verdict.Yes, float.NaN, pair);
            Assert.Equal(Baseline.Score(pair), Baseline.Explain(pair).Sum(p => p.Part), 5);
        }
    }

    [Fact]
    public void Free_times_that_suit_lift_a_stand()
    {
        var needs = SmallFair.Nurse with { Goals = ["leisure"] };
        var time = new float[SmallFair.Catalogue.Exhibitors.Length];
        Assert.True(SmallFair.Catalogue.TryExhibitor(SmallFair.AllOffers.Single(o => o.Key == "families-1").ExhibitorId, out var stand));
        time[stand] = 1;
        var with = Ranker.Rank(VisitorFacts.Of(needs), SmallFair.Catalogue, SmallFair.Today, time: time).Items.Single(m => Key(m) == "families-1");
        Assert.True(with.Score > Ranked(needs).Single(m => Key(m) == "families-1").Score);
        Assert.Contains(with.Reasons, r => r.Code == "for.time");
    }

    [Fact]
    public void Three_hundred_offers_are_ranked_at_once()
    {
        var offers = Enumerable.Range(0, 300).Select(i => SmallFair.AllOffers[i % SmallFair.AllOffers.Count] with { Id = Guid.NewGuid(), Key = $"{i:D4}" });
        var catalogue = SmallFair.Build(offers);
        var visitor = VisitorFacts.Of(SmallFair.Nurse);
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 200; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Ranker.Rank(visitor, catalogue, SmallFair.Today);
            if (Stopwatch.GetElapsedTime(start) is var took && took < fastest) fastest = took;
        }
        Assert.True(fastest < TimeSpan.FromMilliseconds(5), $"{fastest.TotalMilliseconds} ms"); // about 0.7 ms; generous for a busy machine
    }

    private static IReadOnlyList<RankedOffer> Ranked(Needs needs) => Ranker.Rank(VisitorFacts.Of(needs), SmallFair.Catalogue, SmallFair.Today).Items;

    private static string[] Keys(Needs needs, int most) => [.. Ranked(needs).Take(most).Select(Key)];

    private static string Key(RankedOffer match) => SmallFair.Catalogue.Offers[match.Offer].Key;

    private static bool Serves(RankedOffer match, string goal) => (SmallFair.Catalogue.Wishes[match.Offer] & Vocabulary.Wish(goal)) != 0;
}
