using Matchmaking.Rig;

namespace Matchmaking.Conventions.Tests;

/// <summary>The rules hold in this working copy.</summary>
public sealed class RulesHoldTests
{
    [Fact]
    public void Contracts_reference_nothing() =>
        Assert.Empty(ProjectRules.ReferencesNothing(Projects.Contracts, Projects.Contracts.Module.AssemblyReferences.Select(a => a.Name)));

    [Fact]
    public void No_service_references_another() => Assert.Empty(Projects.Services.SelectMany(ProjectRules.KnowsNoOtherService));

    [Fact]
    public void Names_say_what_things_are() => Assert.Empty(ProjectRules.SaysWhatItIs(Projects.Files.Select(Path.GetFileNameWithoutExtension)!, Projects.Types));

    [Fact]
    public void Every_project_is_in_the_solution() =>
        Assert.Empty(ProjectRules.IsInSolution(File.ReadAllText(Path.Combine(Repository.Root, "Matchmaking.sln")), Projects.Files));

    [Fact]
    public void Consumer_names_are_unique_and_each_consumes_one_message() => Assert.Empty(MessageRules.ConsumerNamesAreUnique(Projects.Types));

    [Fact]
    public void Every_consumer_stands_behind_the_inbox() => Assert.Empty(MessageRules.ConsumersStandBehindTheInbox(Projects.Types));

    [Fact]
    public void Consumers_do_not_save() => Assert.Empty(MessageRules.ConsumersDoNotSave(Projects.Types));

    [Fact]
    public void Every_event_goes_through_the_outbox() => Assert.Empty(MessageRules.EventsGoThroughTheOutbox(Projects.Types));

    [Fact]
    public void Every_message_is_a_contract() => Assert.Empty(MessageRules.MessagesAreContracts(Projects.Types));

    [Fact]
    public void Every_event_is_announced_and_consumed()
    {
        string[] speakers = ["Matching", "Notification", "Profile"];
        Assert.SkipUnless(speakers.All(s => Projects.Services.Any(p => p.Name == s)), "a service is still missing, and with it one end of some events");
        Assert.Empty(MessageRules.EventsHaveBothEnds(Projects.Types));
    }
}
