using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Matchmaking.K8s.Tests;

/// <summary>docker-compose.yml, as far as the tests ask it.</summary>
internal sealed class Compose
{
    public Dictionary<string, Service> Services { get; set; } = [];

    public static Compose Load()
    {
        var text = Repository.Read("docker-compose.yml");
        // A key that is there twice is an error; a key that overrides a merged one ("<<") is not, so this looks before merging.
        new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize<object>(text);
        // Merged and spelt out without types first: an alias may lead to a part that the types below leave out.
        var merged = new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(new StringReader(text))));
        return new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
            .Deserialize<Compose>(new SerializerBuilder().DisableAliases().WithQuotingNecessaryStrings().Build().Serialize(merged));
    }

    internal sealed class Service
    {
        public string? Image { get; set; }
        public Build? Build { get; set; }
        public Dictionary<string, string> Environment { get; set; } = [];
        public List<string> Ports { get; set; } = [];
        public List<string> Networks { get; set; } = [];
        public List<string> CapDrop { get; set; } = [];
        public List<string> SecurityOpt { get; set; } = [];
        public List<string> Tmpfs { get; set; } = [];
        public bool ReadOnly { get; set; }
        public string? Restart { get; set; }
        public object? Healthcheck { get; set; }
        public Dictionary<string, Dictionary<string, string>> DependsOn { get; set; } = [];
    }

    internal sealed class Build
    {
        public string? Dockerfile { get; set; }
        public Dictionary<string, string> Args { get; set; } = [];
    }
}
