using System.Text.RegularExpressions;

namespace Matchmaking.Notification.Templates;

/// <param name="Line">From 1; the subject is the first.</param>
/// <param name="Code">Its words are the resource "field.{code}".</param>
internal sealed record TemplateFault(int Line, string Code, params IReadOnlyList<object> Arguments);

/// <summary>
/// What an organiser's text may say, before any of it is run: names that the notice has, conditions, and loops over its own lists. Nothing that reads
/// files, calls, assigns or repeats itself, so that a text ends, and ends soon. Then it is said with samples, and what it says is looked at.
/// </summary>
internal static partial class TemplateCheck
{
    public const int Longest = 4000;
    private const int MostTags = 100, Deepest = 5, MostFaults = 20;
    private static readonly string[] Tags = ["if", "elsif", "else", "endif", "for", "endfor"];
    private static readonly string[] Operators = ["==", "!=", "<", ">", "<=", ">=", "contains"];

    /// <summary>A subject is seen over a shoulder: no topic, no organisation, no place.</summary>
    private static readonly string[] OfSubject = ["code", "day", "from", "to", "expires", "side", "count"];

    /// <summary>What is not said of a confidential meeting is not asked either: a text could say it in other words.</summary>
    private static readonly string[] Telling = ["title", "exhibitor", "place", "stand", "table", "join"];

    public static IReadOnlyList<TemplateFault> Faults(string kind, string language, string text)
    {
        if (text.Length > Longest) return [new(1, "too-long", Longest)];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var faults = new List<TemplateFault>();
        if (lines[0].Trim().Length == 0) faults.Add(new(1, "template-subject"));
        if (lines.Length < 3 || lines[1].Trim().Length > 0) faults.Add(new(2, "template-gap"));
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))) faults.Add(new(1, "plain-text"));
        faults.AddRange(new Reading(TemplateSamples.Names(kind, language)).Read(string.Join('\n', lines)));
        if (faults.Count == 0) faults.AddRange(Said(kind, language, text, lines));
        return [.. faults.OrderBy(f => f.Line).Take(MostFaults)];
    }

    private static IEnumerable<TemplateFault> Said(string kind, string language, string text, string[] lines)
    {
        var template = MailTemplate.Parse(text);
        foreach (var sample in TemplateSamples.All(kind))
        {
            MailText said;
            try { said = MailTexts.Render(kind, language, sample.Side, sample.Facts, TemplateSamples.Link, sample.Lists, template); }
            catch (Exception e) when (e is not OutOfMemoryException) { return [new(1, "template-fails")]; }
            if (said.Subject.Length is 0 or > 200 || said.Subject.Contains('\n')) return [new(1, "template-subject")];
            if (!said.Text.Split('\n').Contains(TemplateSamples.Link)) return [new(lines.Length, "template-link")];
            if (said.Text.Length > MailTexts.LongestText) return [new(1, "template-too-much", MailTexts.LongestText)];
            if (sample.Facts.Meeting is { Confidential: true } && TemplateSamples.Telling.Any(word => said.Text.Contains(word, StringComparison.Ordinal)))
                return [new(Array.FindIndex(lines, l => Private().IsMatch(l)) + 1, "template-confidential")];
        }
        return [];
    }

    /// <summary>One pass over the text, with what is open.</summary>
    private sealed class Reading(TemplateNames names)
    {
        private readonly List<TemplateFault> _faults = [];
        private readonly Stack<(string Tag, int Line)> _open = new();
        private readonly HashSet<string> _loops = [];

        public IReadOnlyList<TemplateFault> Read(string text)
        {
            var tags = 0;
            foreach (Match token in Token().Matches(text))
            {
                var line = text.AsSpan(0, token.Index).Count('\n') + 1;
                if (!token.Groups["end"].Success)
                {
                    _faults.Add(new(line, "template-unclosed", token.Value[..2], token.Value[0] == '{' && token.Value[1] == '{' ? "}}" : "%}"));
                    break;
                }
                if (++tags > MostTags)
                {
                    _faults.Add(new(line, "template-too-many", MostTags));
                    break;
                }
                var inner = token.Groups["inner"].Value.Trim();
                if (token.Value.StartsWith("{{", StringComparison.Ordinal)) Output(inner, line);
                else Tag(inner, line);
            }
            foreach (var (tag, line) in _open) _faults.Add(new(line, "template-not-ended", tag, "end" + tag));
            return _faults;
        }

        private void Output(string inner, int line)
        {
            if (inner.Contains('|')) _faults.Add(new(line, "template-filter"));
            else if (Indexed().Match(inner) is { Success: true } one) Known(one.Groups[1].Value, line, names.Lists);
            else if (!Name().IsMatch(inner)) _faults.Add(new(line, "template-expression", inner));
            else if (line == 1 && !OfSubject.Contains(inner) && names.Words.Contains(inner)) _faults.Add(new(line, "template-subject-private", inner, string.Join(", ", OfSubject.Intersect(names.Words))));
            else if (!_loops.Contains(inner)) Known(inner, line, names.Words);
        }

        private void Tag(string inner, int line)
        {
            var words = inner.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var (tag, rest) = (words.Length > 0 ? words[0] : "", words.Length > 1 ? words[1] : "");
            if (!Tags.Contains(tag))
            {
                _faults.Add(new(line, "template-tag", tag, string.Join(", ", Tags)));
                return;
            }
            if (line == 1 && tag == "for") _faults.Add(new(line, "template-subject"));
            switch (tag)
            {
                case "if":
                    Condition(rest, line);
                    Open(tag, line);
                    break;
                case "elsif" or "else":
                    if (_open.Count == 0 || _open.Peek().Tag != "if") _faults.Add(new(line, "template-not-begun", tag, "if"));
                    if (tag == "elsif") Condition(rest, line);
                    break;
                case "for":
                    if (Loop().Match(rest) is { Success: true } loop)
                    {
                        if (names.Words.Contains(loop.Groups[1].Value)) _faults.Add(new(line, "template-loop-name", loop.Groups[1].Value));
                        Known(loop.Groups[2].Value, line, names.Lists);
                        _loops.Add(loop.Groups[1].Value);
                    }
                    else _faults.Add(new(line, "template-loop", string.Join(", ", names.Lists)));
                    if (_open.Any(o => o.Tag == "for")) _faults.Add(new(line, "template-loop-in-loop"));
                    Open(tag, line);
                    break;
                default: // endif, endfor
                    var begun = tag[3..];
                    if (_open.Count > 0 && _open.Peek().Tag == begun) _open.Pop();
                    else _faults.Add(new(line, "template-not-begun", tag, begun));
                    break;
            }
        }

        private void Open(string tag, int line)
        {
            _open.Push((tag, line));
            if (_open.Count == Deepest + 1) _faults.Add(new(line, "template-too-deep", Deepest));
        }

        private void Condition(string text, int line)
        {
            foreach (var part in AndOr().Split(text))
            {
                var terms = Term().Matches(part).Select(m => m.Value).ToArray();
                if (terms.Length is not (1 or 3) || string.Concat(terms) != part.Replace(" ", "", StringComparison.Ordinal) && string.Join(' ', terms) != part.Trim() || (terms.Length == 3 && !Operators.Contains(terms[1])))
                {
                    _faults.Add(new(line, "template-condition", text));
                    return;
                }
                if (terms is [var left, var comparison, var right] && (Telling.Contains(left) || Telling.Contains(right)) && !(comparison is "==" or "!=" && right is "\"\"" or "''"))
                    _faults.Add(new(line, "template-compare", Telling.Contains(left) ? left : right));
                foreach (var term in terms.Length == 1 ? terms : [terms[0], terms[2]])
                    if (Name().IsMatch(term) && term is not ("true" or "false")) Known(term, line, [.. names.Words, .. names.Lists, .. _loops]);
                    else if (Sized().Match(term) is { Success: true } sized) Known(sized.Groups[1].Value, line, names.Lists);
            }
        }

        private void Known(string name, int line, IReadOnlyCollection<string> possible)
        {
            if (possible.Contains(name)) return;
            if (possible.Count == 0) _faults.Add(new(line, "template-no-list"));
            else if (possible.MinBy(p => Distance(p, name)) is { } near && Distance(near, name) <= 2) _faults.Add(new(line, "template-name-near", name, near));
            else _faults.Add(new(line, "template-name", name, string.Join(", ", possible.Order(StringComparer.Ordinal))));
        }
    }

    /// <summary>Letters to change until one word is the other (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        if (b.Length > 40) return b.Length;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (before, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(left, row[j]) + 1, before + (a[i - 1] == b[j - 1] ? 0 : 1));
                (before, row[j]) = (row[j], left);
            }
        }
        return row[b.Length];
    }

    [GeneratedRegex(@"\{\{-?(?<inner>(?:(?!\}\}|\{\{|\{%)[\s\S])*?)-?(?<end>\}\})|\{%-?(?<inner>(?:(?!%\}|\{\{|\{%)[\s\S])*?)-?(?<end>%\})|\{\{|\{%")]
    private static partial Regex Token();

    [GeneratedRegex("^[a-z_][a-z_0-9]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^([a-z_][a-z_0-9]*)\[[0-9]\]$")]
    private static partial Regex Indexed();

    [GeneratedRegex(@"^([a-z_][a-z_0-9]*)\.size$")]
    private static partial Regex Sized();

    [GeneratedRegex("^([a-z_][a-z_0-9]*) +in +([a-z_][a-z_0-9]*)$")]
    private static partial Regex Loop();

    [GeneratedRegex(@"(?<=\s)(?:and|or)(?=\s)")]
    private static partial Regex AndOr();

    [GeneratedRegex("""[a-z_][a-z_0-9]*\.size|[a-z_][a-z_0-9]*|"[^"]*"|'[^']*'|[0-9]+|==|!=|<=|>=|<|>""")]
    private static partial Regex Term();

    [GeneratedRegex(@"\{\{-?\s*(?:title|exhibitor)\s*-?\}\}")]
    private static partial Regex Private();
}
