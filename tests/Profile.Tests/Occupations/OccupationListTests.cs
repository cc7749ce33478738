using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile.Occupations;

namespace Matchmaking.Profile.Tests.Occupations;

/// <summary>The data file of occupations against the structure of ISCO-08 and against itself.</summary>
public sealed class OccupationListTests
{
    [Fact]
    public void The_structure_of_isco_has_10_major_43_sub_major_130_minor_and_436_unit_groups() =>
        Assert.Equal([10, 43, 130, 436], Enumerable.Range(1, 4).Select(digits => Isco08.Codes(digits).Count()));

    [Fact]
    public void Every_occupation_has_a_code_of_isco_of_its_own()
    {
        Assert.InRange(OccupationList.All.Count, 150, 300);
        Assert.DoesNotContain(OccupationList.All, o => o.Isco.Length < 3 || !Isco08.Has(o.Isco));
        Assert.DoesNotContain(OccupationList.All.GroupBy(o => o.Isco), same => same.Count() > 1);
        Assert.All(OccupationList.All, o => Assert.Same(o, OccupationList.Find(o.Isco)));
    }

    [Fact]
    public void At_least_35_sub_major_groups_are_there_and_the_armed_forces_are_not()
    {
        Assert.InRange(OccupationList.All.Select(o => o.Isco[..2]).Distinct().Count(), 35, 43);
        Assert.DoesNotContain(OccupationList.All, o => o.Isco[0] == '0');
    }

    [Fact]
    public void Every_occupation_has_a_name_in_every_launch_language_that_no_other_has()
    {
        Assert.Equal(["de", "en", "uk", "ar", "ru", "fa", "tr", "fr", "es", "vi", "pl", "ro", "ti", "kmr"], OccupationList.Languages);
        foreach (var language in OccupationList.Languages)
        {
            var names = OccupationList.All.Select(o => o.Names[language][0]).ToArray();
            Assert.DoesNotContain(names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase), same => same.Count() > 1);
        }
        var words = OccupationList.All.SelectMany(o => o.Names.SelectMany(n => n.Value.Select(word => (o.Isco, n.Key, Word: word)))).ToArray();
        Assert.DoesNotContain(words, w => w.Word.Length is < 2 or > 60 || w.Word.Trim() != w.Word || w.Word.Any(char.IsControl));
    }

    [Fact]
    public void Names_are_written_in_the_script_of_their_language()
    {
        foreach (var (o, language, word) in OccupationList.All.SelectMany(o => o.Names.SelectMany(n => n.Value.Select(word => (o, n.Key, word)))))
        {
            // CNC, IT, PR: abbreviations stand in Latin capitals in every script.
            var own = Regex.Replace(word, @"\b[A-Z]{2,}\b", "");
            var script = language switch { "uk" or "ru" => "IsCyrillic", "ar" or "fa" => "IsArabic", "ti" => "IsEthiopic", _ => "Latin" };
            // Vietnamese letters stand in a block of their own.
            var letters = script == "Latin" ? @"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]" : $@"\p{{{script}}}";
            Assert.True(own.Where(char.IsLetter).All(c => Regex.IsMatch(c.ToString(), letters)), $"{o.Isco} {language}: {word}");
            Assert.Contains(word, char.IsLetter);
        }
        // Letters that the neighbour's alphabet does not have.
        AssertNone("uk", "[ыэёъ]");
        AssertNone("ru", "[іїєґ]");
        AssertNone("fa", "[يكة]");
        AssertNone("ar", "[پچژگیک]");
        AssertNone("de", "[^A-Za-zÄÖÜäöüßé0-9 ,.()/&’'-]");

        static void AssertNone(string language, string letters) =>
            Assert.DoesNotContain(OccupationList.All.SelectMany(o => o.Names[language]), word => Regex.IsMatch(word, letters, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
    }

    [Fact]
    public void Names_of_all_languages_but_german_and_english_are_marked_as_drafts() =>
        Assert.Equal(OccupationList.Languages.Except(["de", "en"]), OccupationList.Drafts);

    [Fact]
    public void German_english_ukrainian_and_arabic_have_other_words_for_what_is_named_most() =>
        Assert.All(OccupationList.Common, o => Assert.All((string[])["de", "en", "uk", "ar"], language => Assert.True(o.Names[language].Count > 1, $"{o.Isco} {language}")));

    [Fact]
    public void Twelve_are_named_most_each_with_a_pictogram_and_a_place()
    {
        Assert.Equal(Enumerable.Range(1, 12), OccupationList.Common.Select(o => o.Common!.Value));
        Assert.All(OccupationList.Common, o => Assert.NotNull(o.Sign));
    }

    [Theory]
    [InlineData("uk", "uk"), InlineData("uk-UA", "uk"), InlineData("KMR", "kmr"), InlineData("prs", "fa"), InlineData("fa-AF", "fa")]
    [InlineData("so", "en"), InlineData("", "en"), InlineData(null, "en")]
    public void A_language_without_names_gets_english_ones(string? asked, string spoken)
    {
        Assert.Equal(spoken, OccupationList.Spoken(asked));
        Assert.All(OccupationList.All, o => Assert.Equal((o.Names[spoken][0], spoken), o.In(asked)));
    }

    [Fact]
    public void The_list_reads_the_same_under_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            Assert.Equal("vi", OccupationList.Spoken("VI"));
            Assert.Equal("8322", OccupationSearch.Find("TAXI", "de", 1).Single().Isco);
        }
        finally { CultureInfo.CurrentCulture = before; }
    }
}
