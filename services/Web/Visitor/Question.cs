using Matchmaking.Contracts.Profile;
using Microsoft.Extensions.Primitives;

namespace Matchmaking.Web.Visitor;

/// <summary>The questions in their order; each has its page /ask/{n}. Which of them are asked depends on the answers before.</summary>
public sealed record Question(string Key, Func<Draft, bool> Asked)
{
    public static readonly IReadOnlyList<Question> All =
    [
        new("goals", _ => true),
        new("topics", d => d.Goals.Intersect(["advice", "offices", "family"]).Any()),
        new("languages", _ => true),
        new("german", _ => true),
        new("script", d => d.Speaking is "none" or "A1"),
        new("paper", _ => true),
        new("note", d => d.Goals.Intersect(["work", "training", "recognition"]).Any()),
        new("job", d => d.Goals.Count == 0 || d.Goals.Contains("unknown") || d.Goals.Intersect(["work", "training", "recognition"]).Any()),
        new("you", _ => true),
        new("times", _ => true),
    ];

    /// <summary>From 1.</summary>
    public int Number => All.IndexOf(this) + 1;

    public static Question? At(int number) => number >= 1 && number <= All.Count ? All[number - 1] : null;

    public Question? Next(Draft draft) => All.Skip(Number).FirstOrDefault(q => q.Asked(draft));

    public Question? Before(Draft draft) => All.Take(Number - 1).LastOrDefault(q => q.Asked(draft));

    public static IReadOnlyList<Question> Asks(Draft draft) => [.. All.Where(q => q.Asked(draft))];

    /// <summary>
    /// What the way is counted by. The question on reading counts whether or not it will be asked: so the number of all stands from the second page on, and
    /// whoever speaks more German passes over one instead of being told another number.
    /// </summary>
    public static IReadOnlyList<Question> Counted(Draft draft) => [.. All.Where(q => q.Key == "script" || q.Asked(draft))];

    /// <summary>Takes the answers of one page over; mistakes by field as keys of texts. Codes that we did not offer are left out.</summary>
    public (Draft Draft, IReadOnlyDictionary<string, string> Mistakes) Read(IFormCollection form, Draft draft)
    {
        var mistakes = new Dictionary<string, string>();
        draft = Key switch
        {
            "goals" => draft with { Goals = form["goals"].Contains("unknown") ? ["unknown"] : Many(form["goals"], Codes.Goals) },
            "topics" => draft with { Topics = form["topics"].Contains("unknown") ? ["unknown"] : Many(form["topics"], Codes.Topics) },
            "languages" => draft with { Languages = [.. Many(form["languages"], Codes.Languages).Take(10)] },
            "german" => draft.WithUnsure(Draft.Parts.Certificate, form["certificate"] == Codes.Unknown) with
            {
                Speaking = One(form["speaking"], [.. Codes.GermanLevels, Codes.Unknown]),
                Certificate = form["certificate"].ToString() switch { "yes" => true, "no" => false, _ => null },
            },
            "script" => draft with { Script = One(form["script"], Codes.Scripts) },
            "paper" => draft with { CoursePaper = One(form["paper"], Codes.CoursePapers) },
            "note" => draft with { WorkNote = One(form["note"], Codes.WorkNotes) },
            "job" => ReadJob(form, draft, mistakes),
            "you" => draft with { Age = One(form["age"], Codes.AgeBands), Time = One(form["time"], Codes.TimesInGermany) },
            "times" => draft.WithUnsure(Draft.Parts.Hours, IsUnsureOfHours(form, draft)) with
            {
                Hours = IsUnsureOfHours(form, draft) ? [] : [.. form["hours"].Select(h => int.TryParse(h, out var hour) ? hour : -1).Where(h => h is >= 0 and < 24).Distinct()],
                Childcare = form["childcare"] == "yes",
                Access = Many(form["access"], Codes.AccessNeeds),
                Interpreter = form["interpret"] == "yes" ? One(form["gender"], Codes.InterpreterGenders) ?? "any" : null,
            },
            _ => draft,
        };
        return (draft, mistakes);
    }

    /// <summary>Whoever did not know it before, and names an hour now, knows it: without a script "I don't know" stays ticked beside it.</summary>
    private static bool IsUnsureOfHours(IFormCollection form, Draft draft) =>
        form["hours"].Contains(Codes.Unknown) && (form["hours"].Count == 1 || !draft.IsUnsure(Draft.Parts.Hours));

    /// <summary>What is no answer leaves the one before as it is: neither the search nor the way back loses it.</summary>
    private static Draft ReadJob(IFormCollection form, Draft draft, Dictionary<string, string> mistakes)
    {
        var answer = JobAnswer.Of(form);
        if (answer.Mistake is { } mistake) mistakes["job"] = mistake;
        var isco = answer.Isco ?? (answer.Written.Length > 0 ? answer.Chosen ?? draft.Isco : null);
        var years = int.TryParse(form["years"], out var y) && y is >= 0 and <= 60 ? y : (int?)null;
        return draft with { Isco = isco, Years = years, Recognition = One(form["recognition"], Codes.RecognitionStages) };
    }

    private static string[] Many(StringValues given, IReadOnlyList<string> codes) => [.. codes.Where(c => given.Contains(c))];

    private static string? One(StringValues given, IReadOnlyList<string> codes) => codes.FirstOrDefault(c => given == c);
}

internal static class Lists
{
    public static int IndexOf<T>(this IReadOnlyList<T> list, T item) where T : class
    {
        for (var i = 0; i < list.Count; i++)
            if (ReferenceEquals(list[i], item)) return i;
        return -1;
    }
}
