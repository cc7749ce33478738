using System.Text.Json;
using CsCheck;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Tests;

/// <summary>What a Needs document may say.</summary>
public sealed class NeedsRulesTests
{
    private static readonly Needs Least = new() { Language = "uk", Consents = ["matching"] };

    /// <summary>Every field with a closed vocabulary: its path, its codes, and how it is set.</summary>
    private static readonly (string Field, IReadOnlyList<string> Codes, Func<Needs, string, Needs> Set)[] Fields =
    [
        ("consents", Codes.Consents, (n, c) => n with { Consents = ["matching", c] }),
        ("goals", Codes.Goals, (n, c) => n with { Goals = [c] }),
        ("topics", Codes.Topics, (n, c) => n with { Topics = [c] }),
        ("german.speaking", [.. Codes.GermanLevels, Codes.Unknown], (n, c) => n with { German = new German(Speaking: c) }),
        ("german.reading", [.. Codes.GermanLevels, Codes.Unknown], (n, c) => n with { German = new German(Reading: c) }),
        ("script", Codes.Scripts, (n, c) => n with { Script = c }),
        ("coursePaper", Codes.CoursePapers, (n, c) => n with { CoursePaper = c }),
        ("workNote", Codes.WorkNotes, (n, c) => n with { WorkNote = c }),
        ("recognition", Codes.RecognitionStages, (n, c) => n with { Recognition = c }),
        ("ageBand", Codes.AgeBands, (n, c) => n with { AgeBand = c }),
        ("timeInGermany", Codes.TimesInGermany, (n, c) => n with { TimeInGermany = c }),
        ("access", Codes.AccessNeeds, (n, c) => n with { Access = [c] }),
        ("interpreter.gender", Codes.InterpreterGenders, (n, c) => n with { Interpreter = new InterpreterWish(Gender: c) }),
        ("channel", Codes.Channels, (n, c) => n with { Channel = c }),
    ];

    private static readonly (string Field, Func<Needs, string, Needs> Set)[] LanguageFields =
    [
        ("language", (n, c) => n with { Language = c }),
        ("conversationLanguages", (n, c) => n with { ConversationLanguages = ["de", c] }),
        ("interpreter.language", (n, c) => n with { Interpreter = new InterpreterWish(c) }),
    ];

    [Fact]
    public void Every_code_of_every_list_is_accepted()
    {
        foreach (var (field, codes, set) in Fields)
            foreach (var code in codes) Assert.True(NeedsRules.Check(set(Least, code)) is [], $"{field} refuses {code}");
        foreach (var (field, set) in LanguageFields)
            foreach (var code in Codes.Languages) Assert.True(NeedsRules.Check(set(Least, code)) is [], $"{field} refuses {code}");
    }

    [Fact]
    public void An_unknown_code_is_named_by_its_field_with_the_value_and_the_possible_ones()
    {
        foreach (var (field, codes, set) in Fields)
        {
            var fault = Assert.Single(NeedsRules.Check(set(Least, "astrology")));
            Assert.Equal((field, "unknown-code"), (fault.Field, fault.Code));
            Assert.Equal(["astrology", string.Join(", ", codes)], fault.Arguments);
        }
        foreach (var (field, set) in LanguageFields)
            Assert.Equal((field, "language"), NeedsRules.Check(set(Least, "tlh-unknown")) is [{ } fault] ? (fault.Field, fault.Code) : default);
    }

    [Fact]
    public void Any_needs_built_from_the_lists_pass_and_one_unknown_code_among_them_is_named()
    {
        var some = (IReadOnlyList<string> codes) => Gen.Int[0, codes.Count - 1].Select(i => codes[i]).Null();
        var many = (IReadOnlyList<string> codes) => Gen.Int[0, codes.Count - 1].Select(i => codes[i]).Array[0, 8].Select(a => (IReadOnlyList<string>)a.Distinct().ToArray()).Null();
        var first = Gen.Select(Gen.Int[0, Codes.Languages.Count - 1].Select(i => Codes.Languages[i]), many(Codes.Languages), many(Codes.Goals), many(Codes.Topics), some([.. Codes.GermanLevels, Codes.Unknown]),
            some([.. Codes.GermanLevels, Codes.Unknown]), some(Codes.Scripts), some(Codes.CoursePapers),
            (language, talks, goals, topics, speaking, reading, script, paper) => Least with
            {
                Language = language,
                ConversationLanguages = talks,
                Goals = goals,
                Topics = topics,
                German = new German(speaking, reading),
                Script = script,
                CoursePaper = paper,
            });
        var whole = Gen.Select(first, some(Codes.WorkNotes), some(Codes.RecognitionStages), some(Codes.AgeBands), some(Codes.TimesInGermany), many(Codes.AccessNeeds),
            some(Codes.InterpreterGenders), Gen.Select(Gen.Int[1, 9999], Gen.Int[0, NeedsRules.MaxYears], Gen.Int[1, 300], many(Codes.Consents)),
            (n, note, recognition, age, time, access, gender, rest) => n with
            {
                WorkNote = note,
                Recognition = recognition,
                AgeBand = age,
                TimeInGermany = time,
                Access = access,
                Interpreter = new InterpreterWish(n.Language, gender),
                Occupation = new Occupation($"{rest.Item1}", rest.Item2),
                Availability = [new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(rest.Item3))],
                Consents = [.. (rest.Item4 ?? []).Append("matching").Distinct()],
            });
        whole.Sample(needs => NeedsRules.Check(needs).Count == 0);
        Gen.Select(whole, Gen.Int[0, Fields.Length - 1].Select(i => Fields[i]), Gen.String[Gen.Char.AlphaNumeric, 1, 60]).Sample((needs, field, code) =>
            field.Codes.Contains(code) || NeedsRules.Check(field.Set(needs, code)) is [{ Code: "unknown-code" } fault] && fault.Field == field.Field);
    }

    public static TheoryData<string, string, Needs> Faulty => new()
    {
        { "language", "required", Least with { Language = null } },
        { "language", "language", Least with { Language = "de_DE" } },
        { "language", "language", Least with { Language = "unknown" } },
        { "language", "language", Least with { Language = "" } },
        { "consents", "unknown-code", Least with { Consents = ["matching", "unknown"] } },
        { "district", "plain-text", Least with { District = "Grünau\u0000" } },
        { "district", "plain-text", Least with { District = "Grünau\r\nBcc: x" } },
        { "district", "plain-text", Least with { District = "\u202eGrünau" } },
        { "consents", "required", Least with { Consents = null } },
        { "consents", "consent-needed", Least with { Consents = [] } },
        { "consents", "consent-needed", Least with { Consents = ["quality-review"] } },
        { "goals", "too-many", Least with { Goals = [.. Enumerable.Repeat("work", NeedsRules.MaxEntries + 1)] } },
        { "goals", "unknown-code", Least with { Goals = [null!] } },
        { "conversationLanguages", "too-many", Least with { ConversationLanguages = [.. Enumerable.Repeat("de", NeedsRules.MaxEntries + 1)] } },
        { "conversationLanguages", "language", Least with { ConversationLanguages = [null!] } },
        { "occupation.isco", "isco", Least with { Occupation = new("22214") } },
        { "occupation.isco", "isco", Least with { Occupation = new("") } },
        { "occupation.isco", "isco", Least with { Occupation = new("２２") } },
        { "occupation.years", "out-of-range", Least with { Occupation = new("22", -1) } },
        { "occupation.years", "out-of-range", Least with { Occupation = new("22", NeedsRules.MaxYears + 1) } },
        { "availability", "too-many", Least with { Availability = [.. Enumerable.Repeat(new TimeRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1)), NeedsRules.MaxEntries + 1)] } },
        { "availability[0]", "required", Least with { Availability = [null!] } },
        { "availability[1].to", "wrong-order", Least with { Availability = [new(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue), new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)] } },
        { "district", "too-long", Least with { District = new string('x', NeedsRules.MaxDistrict + 1) } },
        { "contact.email", "email", Least with { Contact = new("a@localhost") } },
        { "contact.email", "email", Least with { Contact = new("A <a@example.org>") } },
        { "contact.email", "email", Least with { Contact = new("a@example.org\r\nBcc: b@example.org") } },
        { "contact.email", "email", Least with { Contact = new(new string('a', 250) + "@example.org") } },
        { "contact.phone", "phone", Least with { Contact = new(Phone: "call me") } },
        { "contact.phone", "phone", Least with { Contact = new(Phone: "1234") } },
        { "contact.phone", "phone", Least with { Contact = new(Phone: new string('1', NeedsRules.MaxPhone + 1)) } },
    };

    [Theory, MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_named_by_field_and_kind(string field, string code, Needs needs)
    {
        foreach (var same in (Needs[])[needs, NeedsRules.Tidy(needs)])
        {
            var fault = Assert.Single(NeedsRules.Check(same));
            Assert.Equal((field, code), (fault.Field, fault.Code));
        }
    }

    [Fact]
    public void What_is_unknown_is_not_answered_and_of_a_language_tag_the_language_is_left()
    {
        foreach (var (field, codes, set) in Fields.Where(f => f.Field is not "consents"))
        {
            var tidy = NeedsRules.Tidy(set(Least, Codes.Unknown));
            Assert.True(NeedsRules.Check(tidy) is [], field);
            if (!codes.Contains(Codes.Unknown)) Assert.DoesNotContain("unknown", JsonSerializer.Serialize(tidy));
        }
        foreach (var (tag, language) in ((string, string)[])[("uk-UA", "uk"), ("DE", "de"), ("zh-Hant-TW", "zh"), ("sr-Latn", "sr"), ("fa-AF", "prs"), ("fa-IR", "fa"), ("kmr-TR", "kmr")])
            foreach (var (_, set) in LanguageFields)
            {
                var tidy = NeedsRules.Tidy(set(Least, tag));
                Assert.Equal(language, tidy.Interpreter?.Language ?? tidy.ConversationLanguages?[^1] ?? tidy.Language);
                Assert.Empty(NeedsRules.Check(tidy));
            }
    }

    [Fact]
    public void To_tidy_twice_is_to_tidy_once() => Gen.Select(Gen.String, Gen.String).Sample((a, b) =>
    {
        var needs = NeedsRules.Tidy(Least with { Language = a, ConversationLanguages = [a, b], Goals = [a, "unknown"], District = b, Interpreter = new(b, a) });
        return JsonSerializer.Serialize(needs) == JsonSerializer.Serialize(NeedsRules.Tidy(needs));
    });

    [Fact]
    public void At_the_limits_all_is_well() => Assert.Empty(NeedsRules.Check(Least with
    {
        Goals = [.. Enumerable.Repeat("work", NeedsRules.MaxEntries)],
        District = new string('x', NeedsRules.MaxDistrict),
        Occupation = new("2", NeedsRules.MaxYears),
        Contact = new("o'neill+fair@mail.example.org", "+49 (341) 12-34/5"),
    }));

    [Fact]
    public void What_was_sent_is_repeated_shortened() =>
        Assert.Equal(41, ((string)NeedsRules.Check(Least with { Script = new string('x', 5000) })[0].Arguments[0]).Length);

    [Fact]
    public void All_faults_are_named_at_once() =>
        Assert.Equal(["language", "consents", "goals", "district"], NeedsRules.Check(new Needs { Goals = ["x"], District = new string('x', 100) }).Select(f => f.Field));
}
