using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Eligibility;

internal sealed record PackFile(string Name, string Json);

/// <summary>
/// Reads one pack. Everything is refused that is not understood; all problems of a file are told at once, each with its repair.
/// The format is described in Packs/README.md.
/// </summary>
internal sealed class RulePackReader
{
    private static readonly string[] PackKeys =
        ["id", "version", "owner", "title", "validFrom", "validTo", "reviewBy", "appliesTo", "rules"];
    private static readonly string[] ScopeKeys = ["kinds", "types", "exceptTypes", "anyTrait"];
    private static readonly string[] RuleKeys = ["id", "kinds", "types", "when", "verdict", "office", "source", "text", "texts", "with"];

    /// <summary>Characters of any text: what people read stands in a list on a phone.</summary>
    public const int LongestText = 300;

    /// <summary>Characters of an id or version: they stand in addresses, and in a column of the database.</summary>
    public const int LongestId = 60;
    private static readonly string[] Withs = ["entry", "exit", "german"];
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly string _file;
    private readonly List<PackProblem> _problems;
    private string? _rule;

    private RulePackReader(string file, List<PackProblem> problems) => (_file, _problems) = (file, problems);

    public static RulePack? Read(PackFile file, List<PackProblem> problems)
    {
        var before = problems.Count;
        var reader = new RulePackReader(file.Name, problems);
        RulePack? pack = null;
        try
        {
            using var json = JsonDocument.Parse(file.Json, Lenient);
            if (json.RootElement.ValueKind != JsonValueKind.Object) reader.Refuse("no-object");
            else if (Twice(json.RootElement) is { } key) reader.Refuse("twice", key);
            else pack = reader.Pack(JsonObject.Create(json.RootElement)!);
        }
        catch (JsonException x)
        {
            reader.Refuse("no-json", (x.LineNumber ?? 0) + 1);
        }
        catch (InvalidOperationException) // "\ud800" alone: JSON, but no text
        {
            reader.Refuse("half-character");
        }

        if (problems.Count > before || pack is null) return null;
        PackProof.Check(pack, problems);
        return problems.Count > before ? null : pack;
    }

    private RulePack Pack(JsonObject o)
    {
        OnlyKeys(o, PackKeys);
        var id = Id(o, "id");
        var from = Day(o, "validFrom", required: true) ?? default;
        var to = Day(o, "validTo", required: false);
        if (to is { } last && last < from) Refuse("ends-before", last, from);
        var scope = o["appliesTo"] is JsonObject s ? ReadScope(s) : null;
        if (scope is null) Refuse("no-scope");

        var rules = new List<Rule>();
        foreach (var node in o["rules"] as JsonArray ?? [])
        {
            if (node is not JsonObject r) { Refuse("rule-no-object"); continue; }
            _rule = r["id"] is JsonValue v && v.TryGetValue<string>(out var name) ? name : $"number {rules.Count + 1}";
            var rule = ReadRule(r);
            if (rules.Exists(x => x.Id == rule.Id)) Refuse("rule-twice");
            rules.Add(rule);
            _rule = null;
        }
        if (rules.Count == 0) Refuse("no-rules");
        return new RulePack(id, Id(o, "version"), Text(o, "owner"), Text(o, "title"), from, to, Day(o, "reviewBy", required: false),
            scope ?? new Scope(0, 0, 0), rules, _file);
    }

    private Scope ReadScope(JsonObject o)
    {
        OnlyKeys(o, ScopeKeys);
        var types = o.ContainsKey("types") ? Types(o, "types") : UInt128.MaxValue;
        var kinds = o.ContainsKey("kinds") ? Mask(o, "kinds", Vocabulary.Kinds, "kind") : Scope.AllKinds;
        return new Scope(kinds, types & ~Types(o, "exceptTypes"), (uint)Mask(o, "anyTrait", Vocabulary.Traits, "trait"));
    }

    private Rule ReadRule(JsonObject o)
    {
        OnlyKeys(o, RuleKeys);
        var when = When(o["when"]);
        var parts = new List<Condition>();
        if (o.ContainsKey("kinds")) parts.Add(new OfferKindIn(Mask(o, "kinds", Vocabulary.Kinds, "kind")));
        if (o.ContainsKey("types")) parts.Add(new OfferTypeIn(Types(o, "types")));
        if (parts.Count > 0) when = new All([.. parts, when]);

        var verdict = (Verdict)Math.Max(0, OneOf(Text(o, "verdict"), Verdicts.Codes, "verdict"));
        var office = o.ContainsKey("office") ? Text(o, "office") : null;
        if (office is not null) OneOf(office, Offices.Codes, "office");
        else if (verdict is Verdict.Ask or Verdict.No) Refuse("no-office", verdict.Code());

        if (verdict == Verdict.No && Mentions.Of(when).Ignorance) Refuse("no-of-ignorance");

        string[] with = [.. Strings(o, "with")];
        foreach (var w in with) OneOf(w, Withs, "parameter");
        var id = Id(o, "id");
        var words = o.ContainsKey("texts") ? Words(o) : null;
        var text = words is null ? Text(o, "text") : $"rule.own.{id}";
        if (words is null && text.Length > 0 && !ReasonTexts.Has(text)) Refuse("no-text", text);
        var said = words?.Values ?? ReasonTexts.Languages.Select(language => ReasonTexts.Raw(text, ReasonTexts.Culture(language)) ?? "");
        if (said.SelectMany(ReasonTexts.Holes).Except(with).FirstOrDefault() is { } hole) Refuse("hole", hole, string.Join(", ", Withs));
        return new Rule(id, when, verdict, office, Text(o, "source"), text, with, words);
    }

    private Dictionary<string, string> Words(JsonObject o)
    {
        var words = new Dictionary<string, string>();
        if (o.ContainsKey("text")) Refuse("text-and-texts");
        if (o["texts"] is not JsonObject texts || !texts.ContainsKey("de"))
        {
            Refuse("no-german");
            return words;
        }
        foreach (var (language, _) in texts)
        {
            OneOf(language, ReasonTexts.Languages, "language");
            words[language] = Text(texts, language);
        }
        return words;
    }

    private Condition When(JsonNode? node)
    {
        if (node is not JsonObject o) return Refused("no-condition");
        if (o.ContainsKey("always"))
            return Keys(o, "always") && !Flag(o, "always") ? Refused("never-true") : new Always();
        if (o.ContainsKey("all")) return Keys(o, "all") ? new All(Parts(o["all"])) : new Always();
        if (o.ContainsKey("any")) return Keys(o, "any") ? new Any(Parts(o["any"])) : new Always();
        if (o.ContainsKey("not")) return Keys(o, "not") ? new Not(When(o["not"])) : new Always();
        if (o.ContainsKey("field")) return Field(o);
        if (o.ContainsKey("offer")) return Offer(o);
        return Refused("condition-begin", Shown(o));
    }

    private Condition[] Parts(JsonNode? node)
    {
        if (node is JsonArray { Count: > 0 } list) return [.. list.Select(When)];
        Refuse("no-parts");
        return [];
    }

    private Condition Field(JsonObject o)
    {
        var name = Text(o, "field");
        if (!VisitorFields.TryParse(name, out var field))
            return Refused("unknown-field", name, string.Join(", ", VisitorFields.Names));
        if (Operator(o, field.IsLevel() ? ["is", "in", "known", "atLeast", "below"] : ["is", "in", "known"]) is not { } op) return new Always();
        if (op == "known") return new FieldKnown(field, Flag(o, op));
        if (op is "is" or "in") return new FieldIn(field, Values(o, op, field.Values(), "value"));
        var bar = Text(o, op);
        var of = bar switch { "offer.entry" => LevelOf.Entry, "offer.exit" => LevelOf.Exit, _ => LevelOf.Fixed };
        return new FieldLevel(field, op == "atLeast", of, of == LevelOf.Fixed ? OneOf(bar, Vocabulary.Levels, "level") : 0);
    }

    private Condition Offer(JsonObject o)
    {
        var name = Text(o, "offer");
        if (OneOf(name, ["entry", "exit", "trait", "kind", "type"], "column") < 0) return new Always();
        if (Operator(o, name is "entry" or "exit" ? ["is", "in", "known", "atLeast", "below"] : ["is", "in"]) is not { } op) return new Always();
        switch (name)
        {
            case "kind": return new OfferKindIn(Values(o, op, Vocabulary.Kinds, "kind"));
            case "type": return new OfferTypeIn(Types(o, op));
            case "trait":
                var traits = Values(o, op, Vocabulary.Traits, "trait");
                return new Any([.. Enumerable.Range(0, Vocabulary.Traits.Count).Where(i => (traits >> i & 1) != 0).Select(i => new OfferTrait(1u << i))]);
        }

        var of = name == "entry" ? LevelOf.Entry : LevelOf.Exit;
        if (op == "known") return new OfferLevelIn(of, Flag(o, op) ? 127 : 128);
        if (op is "is" or "in") return new OfferLevelIn(of, Values(o, op, Vocabulary.Levels, "level"));
        var level = Math.Max(0, OneOf(Text(o, op), Vocabulary.Levels, "level"));
        return new OfferLevelIn(of, op == "atLeast" ? 127 & -1 << level : (1 << level) - 1);
    }

    private string? Operator(JsonObject o, string[] allowed)
    {
        var rest = o.Select(p => p.Key).Where(k => k is not ("field" or "offer")).ToArray();
        if (rest.Length == 1 && allowed.Contains(rest[0])) return rest[0];
        Refuse("condition", Shown(o), string.Join(", ", allowed));
        return null;
    }

    private int Values(JsonObject o, string key, IReadOnlyList<string> known, string what)
    {
        var mask = Mask(o, key, known, what);
        if (mask == 0) Refuse("names-none", key, string.Join(", ", known));
        return mask;
    }

    private int Mask(JsonObject o, string key, IReadOnlyList<string> known, string what) =>
        Strings(o, key).Aggregate(0, (mask, code) => OneOf(code, known, what) is >= 0 and var at ? mask | 1 << at : mask);

    private UInt128 Types(JsonObject o, string key) =>
        Strings(o, key).Aggregate(UInt128.Zero, (mask, code) => OneOf(code, Vocabulary.Types, "type") is >= 0 and var at ? mask | UInt128.One << at : mask);

    private IEnumerable<string> Strings(JsonObject o, string key) => o[key] switch
    {
        JsonArray list => list.Select(x => x is JsonValue v && v.TryGetValue<string>(out var s) ? s : x?.ToJsonString() ?? "null"),
        JsonValue v when v.TryGetValue<string>(out var s) => [s],
        _ => [],
    };

    private int OneOf(string code, IReadOnlyList<string> known, string what)
    {
        for (var at = 0; at < known.Count; at++)
            if (known[at] == code) return at;
        Refuse("unknown-" + what, code, string.Join(", ", known));
        return -1;
    }

    private string Text(JsonObject o, string key)
    {
        if (o[key] is not JsonValue v || !v.TryGetValue<string>(out var s) || s.Trim().Length == 0)
        {
            Refuse("missing", key);
            return "";
        }
        if (s.Length > LongestText) Refuse("too-long", key, s.Length, LongestText);
        return s;
    }

    private string Id(JsonObject o, string key)
    {
        var id = Text(o, key);
        if (id.Length > LongestId || id.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_'))) Refuse("id-form", key, LongestId);
        return id;
    }

    private bool Flag(JsonObject o, string key)
    {
        if (o[key] is JsonValue v && v.TryGetValue<bool>(out var flag)) return flag;
        Refuse("no-flag", key);
        return false;
    }

    private DateOnly? Day(JsonObject o, string key, bool required)
    {
        if (o[key] is null && !required) return null;
        if (o[key] is JsonValue v && v.TryGetValue<string>(out var s)
            && DateOnly.TryParseExact(s, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Refuse("no-date", key);
        return null;
    }

    private void OnlyKeys(JsonObject o, string[] known)
    {
        foreach (var (key, _) in o)
            if (!known.Contains(key)) Refuse("strange-key", key, string.Join(", ", known));
    }

    private bool Keys(JsonObject o, string only)
    {
        if (o.Count == 1) return true;
        Refuse("condition-alone", Shown(o), only);
        return false;
    }

    private Always Refused(string code, params IReadOnlyList<object> args)
    {
        Refuse(code, args);
        return new Always();
    }

    private void Refuse(string code, params IReadOnlyList<object> args) => _problems.Add(new PackProblem(_file, _rule, code, args));

    private static string Shown(JsonObject condition) => condition.ToJsonString() is { Length: > 120 } text ? text[..119] + "…" : condition.ToJsonString();

    /// <summary>The first property that stands twice in one object, at any depth.</summary>
    private static string? Twice(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array) return node.EnumerateArray().Select(Twice).FirstOrDefault(key => key is not null);
        if (node.ValueKind != JsonValueKind.Object) return null;
        var seen = new HashSet<string>();
        foreach (var property in node.EnumerateObject())
            if ((seen.Add(property.Name) ? Twice(property.Value) : property.Name) is { } key) return key;
        return null;
    }
}
