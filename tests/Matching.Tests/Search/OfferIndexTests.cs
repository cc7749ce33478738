using Matchmaking.Contracts.Texts;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Search;

namespace Matchmaking.Matching.Tests.Search;

/// <summary>The small fair's titles are German or English and say nothing ("Angebot housing-1"): what is found is found by words for what it is.</summary>
public sealed class OfferIndexTests
{
    [Theory]
    [InlineData("ar", "سكن", "housing-1", "kitchen-1")]
    [InlineData("ar", "شقه", "housing-1", "kitchen-1")] // as a keyboard without ة writes it
    [InlineData("ar", "الديون", "debt-1", "housing-1")] // with the article
    [InlineData("ar", "دُيُون", "debt-1", "housing-1")] // with vowel marks
    [InlineData("ar", "ممرضة", "clinic-1", "kitchen-1")] // an occupation
    [InlineData("ar", "وظيفه", "kitchen-2", "debt-1")]
    [InlineData("ar", "روضة", "b-6", "b-2")]
    [InlineData("uk", "борги", "debt-1", "housing-1")]
    [InlineData("uk", "квартиру", "housing-1", "debt-1")] // another case of the noun
    [InlineData("uk", "шукаю роботу", "kitchen-1", "debt-1")]
    [InlineData("uk", "визнання диплому", "iq-1", "debt-1")]
    [InlineData("ti", "ስራሕ", "kitchen-1", "debt-1")]
    [InlineData("ti", "ዕዳ", "debt-1", "kitchen-1")]
    [InlineData("ti", "ገዛ", "housing-1", "kitchen-1")]
    [InlineData("ti", "ሥራሕ", "kitchen-1", "debt-1")] // the other series of letters
    [InlineData("tr", "borc", "debt-1", "housing-1")] // without the cedilla
    [InlineData("tr", "kiralık daire", "housing-1", "debt-1")]
    [InlineData("tr", "KREŞ", "b-6", "b-2")]
    [InlineData("fa", "مهد کودک", "b-6", "b-2")]
    [InlineData("vi", "nợ", "debt-1", "housing-1")] // a whole word of two letters
    [InlineData("vi", "vay nợ", "debt-1", "housing-1")]
    [InlineData("tr", "iş", "kitchen-1", "housing-1")]
    [InlineData("kmr", "deyn", "debt-1", "housing-1")]
    [InlineData("vi", "thuê nhà", "housing-1", "debt-1")]
    [InlineData("pl", "mieszkania", "housing-1", "debt-1")]
    [InlineData("de", "Schulden", "debt-1", "housing-1")]
    [InlineData("de", "Shculden", "debt-1", "housing-1")] // two letters swapped
    [InlineData("de", "Wohnungsamt", "housing-1", "debt-1")] // the stand
    [InlineData("de", "Kurse", "a-1", "kitchen-1")]
    [InlineData("de", "Ich suche eine Wohnung", "housing-1", "debt-1")]
    [InlineData("ar", "Schulden", "debt-1", "housing-1")] // German on a page in Arabic
    [InlineData("uk", "rent", "housing-1", "debt-1")]
    [InlineData("de", "سكن", "housing-1", "debt-1")] // Arabic on a page in German
    [InlineData("uk", "адвокат", "housing-1", "kitchen-1")]
    [InlineData("vi", "nợ", "debt-1", "cafe-1")] // is not "no cost"
    [InlineData("vi", "tôi bị nợ", "debt-1", "cafe-1")] // among words that nothing here is called by
    [InlineData("vi", "vay tiền", "debt-1", "a-1")] // money is not a language ("tiếng")
    [InlineData("vi", "nhà", "housing-1", "iq-1")] // a house is not "nhận", to receive
    [InlineData("vi", "thue nha", "housing-1", "debt-1")] // without any
    [InlineData("de", "Müttern", "b-6", "b-2")]
    [InlineData("de", "Wöhnungen", "housing-1", "debt-1")] // marks that nobody else writes
    public void German_offers_are_found_by_words_of_any_language_and_others_are_not(string language, string typed, string found, string other)
    {
        var keys = Find(typed, language);
        Assert.Contains(found, keys);
        Assert.DoesNotContain(other, keys);
    }

    [Theory]
    [InlineData("type.city-services", "de Führerschein", "en driving licence", "uk водійські права", "ar رخصة قيادة", "ru водительские права", "fa گواهینامه رانندگی", "tr ehliyet", "fr permis de conduire", "es permiso de conducir", "vi bằng lái xe", "pl prawo jazdy", "ro permis de conducere", "ti መዘወሪ ፍቓድ", "kmr destûra ajotinê")]
    [InlineData("type.residence-office", "de Einbürgerung", "de Staatsbürgerschaft", "en citizenship", "uk громадянство", "ar جنسية", "ar تجنيس", "ru гражданство", "fa تابعیت", "tr vatandaşlık", "fr nationalité", "es nacionalidad", "vi quốc tịch", "pl obywatelstwo", "ro cetățenie", "ti ዜግነት", "kmr welatîbûn")]
    [InlineData("type.residence", "de Anwalt", "de Rechtsberatung", "en lawyer", "uk адвокат", "ar محامي", "ru адвокат", "fa وکیل", "tr avukat", "fr avocat", "es abogado", "vi luật sư", "pl adwokat", "ro avocat", "ti ጠበቓ", "kmr parêzer")]
    public void Licences_citizenship_and_lawyers_have_words_in_each_language(string code, params string[] words)
    {
        Assert.Equal(OfferWords.Languages.Order(), words.Select(w => w.Split(' ')[0]).Distinct().Order());
        Assert.All(words, word =>
        {
            var (language, text) = (word.Split(' ')[0], word[(word.IndexOf(' ') + 1)..]);
            Assert.Contains(OfferWords.Of(code), l => l.Language == language && l.Text == Label.Of(language, text).Text);
        });
    }

    [Theory, InlineData("الديون", "ديون"), InlineData("والسكن", "سكن"), InlineData("للنساء", "نساء"), InlineData("الى", "الى"), InlineData("Alltag", "Alltag")]
    public void An_Arabic_word_is_compared_without_its_article(string word, string bare) => Assert.Equal(bare, Label.Bare(word));

    [Theory, InlineData(""), InlineData("   "), InlineData("…!"), InlineData("xyzzyq"), InlineData(null)]
    public void What_says_nothing_finds_nothing(string? typed) => Assert.Empty(Find(typed, "de"));

    [Fact]
    public void Of_two_words_both_have_to_fit()
    {
        Assert.Contains("cafe-1", Find("Abend Sprachcafé", "de"));
        Assert.DoesNotContain("club-1", Find("Abend Sprachcafé", "de"));
        Assert.Contains("club-1", Find("kostenlos Sport", "de"));
        Assert.DoesNotContain("cafe-2", Find("kostenlos Sport", "de"));
    }

    [Fact]
    public void A_long_text_is_cut_and_does_no_harm() => Assert.NotNull(Find(string.Concat(Enumerable.Repeat("Wohnung ሀ سكن ", 5000)), "de"));

    [Fact]
    public void Titles_are_found_in_whichever_language_they_are() => Assert.Equal(["debt-1"], Find("offer debt", "ar"));

    [Fact]
    public void The_words_are_there_in_every_language_of_visitors_and_are_about_what_there_is()
    {
        Assert.Equal(Words.Languages.Order(), OfferWords.Languages.Order());
        Assert.All(OfferWords.Codes, code =>
        {
            var (group, name) = (code.Split('.')[0], code.Split('.')[1]);
            Assert.True(group switch
            {
                "kind" => Vocabulary.Kinds.Contains(name),
                "type" => Vocabulary.Types.Contains(name),
                "trait" => Vocabulary.Traits.Contains(name),
                "topic" or "goal" => Vocabulary.Wishes.Contains(name),
                _ => false,
            }, code);
            Assert.All(OfferWords.Languages, l => Assert.True(OfferWords.Of(code).Any(w => w.Language == l && w.Text.Length > 0), $"{code} {l}"));
        });
        Assert.All(Vocabulary.Kinds, kind => Assert.NotEmpty(OfferWords.Of("kind." + kind)));
        // What a vacancy is, its kind says.
        Assert.All(Vocabulary.Types.Except(["other", "vacancy"]), type => Assert.NotEmpty(OfferWords.Of("type." + type)));
    }

    private static string[] Find(string? typed, string language) =>
        [.. OfferIndex.Of(SmallFair.Catalogue).Find(typed, language).Select(i => SmallFair.Catalogue.Offers[i].Key)];
}
