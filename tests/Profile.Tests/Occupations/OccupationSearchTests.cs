using Matchmaking.Contracts.Profile.Occupations;

namespace Matchmaking.Profile.Tests.Occupations;

public sealed class OccupationSearchTests
{
    [Fact]
    public void Every_name_finds_its_occupation_first_in_its_language_in_whichever_case_and_without_accents()
    {
        foreach (var (o, language) in OccupationList.All.SelectMany(o => OccupationList.Languages.Select(l => (o, l))))
        {
            var name = o.Names[language][0];
            Assert.Equal((language, name, o.Isco), (language, name, First(name, language)));
            Assert.Equal((language, name, o.Isco), (language, name, First(name.ToUpperInvariant(), language)));
            Assert.Equal((language, name, o.Isco), (language, name, First(Bare(name), language)));
        }
    }

    [Fact]
    public void Every_other_word_finds_its_occupation_among_the_first()
    {
        foreach (var (o, language, word) in OccupationList.All.SelectMany(o => o.Names.SelectMany(n => n.Value.Skip(1).Select(word => (o, n.Key, word)))))
            Assert.True(OccupationSearch.Find(word, language, 8).Contains(o), $"{o.Isco} {language} {word}");
    }

    [Theory]
    [InlineData("elektr", "de", "7411")] // the beginning
    [InlineData("altenpfleg", "de", "2221")]
    [InlineData("fliesen", "de", "7122")]
    [InlineData("fahrer lkw", "de", "8332")] // words in any order
    [InlineData("Koechin", "de", "5120")] // ae, oe, ue for the dots
    [InlineData("zahnarzt", "uk", "2261")] // German typed by somebody who reads Ukrainian
    [InlineData("лікар", "uk", "2211")]
    [InlineData("ликар", "de", "2211")] // і typed on a Russian keyboard
    [InlineData("актер", "ru", "2655")] // ё
    [InlineData("مهندس مدني", "ar", "2142")]
    [InlineData("كهربائى", "ar", "7411")] // ى for ي
    [InlineData("أستاذ", "ar", "2330")]
    [InlineData("استاذ", "ar", "2330")] // without hamza
    [InlineData("ممرضه", "ar", "2221")] // ه for ة
    [InlineData("طَبّاخ", "ar", "5120")] // with harakat
    [InlineData("برنامه نویس", "fa", "2512")] // a space for the joiner
    [InlineData("dieu duong", "vi", "2221")] // without tones
    [InlineData("SATICI", "tr", "5223")] // dotless i
    [InlineData("dis hekimi", "tr", "2261")]
    [InlineData("hemsire", "kmr", "2221")] // without circumflex and cedilla
    [InlineData("መምህር", "ti", "2330")]
    [InlineData("electrican", "en", "7411")] // one letter too few
    [InlineData("elektirker", "de", "7411")] // two swapped
    [InlineData("programierer", "de", null)] // two slips
    [InlineData("Krankenschwestre", "de", "2221")]
    [InlineData("зварювальнек", "uk", "7212")] // another letter
    [InlineData("Astronautin", "de", null)]
    [InlineData("", "de", null)]
    [InlineData(" !? ", "de", null)]
    public void It_is_found_as_people_type_it(string typed, string language, string? isco) => Assert.Equal(isco, First(typed, language));

    [Fact]
    public void Short_words_have_to_be_right()
    {
        Assert.Equal("5120", First("Koch", "de"));
        Assert.NotEqual("5120", First("Kich", "de"));
    }

    [Fact]
    public void Of_equals_the_one_in_the_askers_language_comes_first()
    {
        // Who teaches at a university in Turkish, and at a school in Romanian.
        Assert.Equal("2310", First("profesor", "tr"));
        Assert.Equal("2330", First("profesor", "ro"));
    }

    [Fact]
    public void Only_a_whole_word_without_doubt_is_meant()
    {
        Assert.Equal("2221", OccupationSearch.Meant("медсестра, медбрат")?.Isco);
        Assert.Equal("2221", OccupationSearch.Meant("krankenschwester")?.Isco);
        Assert.Null(OccupationSearch.Meant("kranken"));
        Assert.Null(OccupationSearch.Meant("Krankenschwestre"));
        Assert.Null(OccupationSearch.Meant(""));
    }

    [Fact]
    public void What_nobody_types_is_answered_all_the_same()
    {
        foreach (var odd in (string[])["\ud800", "\ufffe\uffff\ufdd0", new('a', 100_000), "😀 Koch", "\u200c\u200f", "'; --"])
            Assert.NotNull(OccupationSearch.Find(odd, "de", 5));
        Assert.Equal(3, OccupationSearch.Find("a", "de", 3).Count);
    }

    private static string? First(string typed, string language) => OccupationSearch.Find(typed, language, 1).SingleOrDefault()?.Isco;

    private static string Bare(string name) => string.Concat(name.Normalize(System.Text.NormalizationForm.FormD)
        .Where(c => char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark)).Normalize();
}
