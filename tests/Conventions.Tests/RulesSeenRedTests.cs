using Mono.Cecil;

namespace Matchmaking.Conventions.Tests;

/// <summary>Each rule complains about what it is there for, and is silent about what is well.</summary>
public sealed class RulesSeenRedTests
{
    private static readonly TypeDefinition[] All = [.. ModuleDefinition.ReadModule(typeof(RulesSeenRedTests).Assembly.Location).GetTypes()];
    private static readonly TypeDefinition[] Bad = [.. All.Where(t => t.FullName.StartsWith("Matchmaking.Conventions.Tests.Bad.", StringComparison.Ordinal))];
    private static readonly TypeDefinition[] Good = [.. All.Where(t => t.FullName.StartsWith("Matchmaking.Conventions.Tests.Good.", StringComparison.Ordinal))];

    private static Project Of(string name, string items) => Project.Of($"services/{name}/{name}.csproj", $"<Project><ItemGroup>{items}</ItemGroup></Project>");

    [Theory]
    [InlineData("""<PackageReference Include="MassTransit" />""", "System.Runtime", "MassTransit")]
    [InlineData("""<ProjectReference Include="..\services\Profile\Profile.csproj" />""", "System.Runtime", "Profile")]
    [InlineData("", "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore")]
    public void Contracts_that_reference_something(string items, string assembly, string named) =>
        Assert.Contains(named, Assert.Single(ProjectRules.ReferencesNothing(Of("Contracts", items), [assembly])));

    [Theory]
    [InlineData("Matching", "../Profile/Profile.csproj")]
    [InlineData("Web", "..\\Matching\\Matching.csproj")]
    [InlineData("ServiceDefaults", "../../contracts/Contracts.csproj")]
    public void A_service_that_references_another(string name, string other) =>
        Assert.Single(ProjectRules.KnowsNoOtherService(Of(name, $"""<ProjectReference Include="{other}" />""")));

    [Theory]
    [InlineData("AllInOne", "../Profile/Profile.csproj")]
    [InlineData("Web", "../../contracts/Contracts.csproj")]
    [InlineData("Profile", "../ServiceDefaults/ServiceDefaults.csproj")]
    public void A_reference_that_may_be(string name, string other) =>
        Assert.Empty(ProjectRules.KnowsNoOtherService(Of(name, $"""<ProjectReference Include="{other}" />""")));

    [Fact]
    public void Names_that_say_nothing()
    {
        Assert.Contains("EverythingHelper", Assert.Single(ProjectRules.SaysWhatItIs(["Profile"], Bad)));
        Assert.Equal(2, ProjectRules.SaysWhatItIs(["Matchmaking.Common", "TestUtil", "Profile.Tests"], Good).Count());
    }

    [Fact]
    public void A_project_outside_the_solution() => Assert.Contains("B.csproj", Assert.Single(ProjectRules.IsInSolution("""= "A", "services\A\A.csproj", "{1}" """, ["services/A/A.csproj", "services/B/B.csproj"])));

    [Fact]
    public void Consumers_of_one_name_and_of_two_messages()
    {
        var complaints = MessageRules.ConsumerNamesAreUnique(Bad).ToArray();
        Assert.Contains(complaints, c => c.StartsWith("SaveTooEarlyConsumer is the name of", StringComparison.Ordinal));
        Assert.Contains(complaints, c => c.Contains("TakeEverythingConsumer consumes", StringComparison.Ordinal));
        Assert.Equal(2, complaints.Length);
    }

    [Fact]
    public void A_handler_past_the_inbox_and_consumers_where_nobody_finds_them()
    {
        Assert.Contains("AttachPastTheInbox", Assert.Single(MessageRules.ConsumersStandBehindTheInbox(Bad)));
        Assert.NotEmpty(MessageRules.ConsumersStandBehindTheInbox([.. Bad.Where(t => t.Name != "BadDb" && t.Name.EndsWith("Consumer", StringComparison.Ordinal))]));
    }

    [Fact]
    public void A_consumer_that_saves_in_its_async_body() => Assert.Contains("SaveTooEarlyConsumer", Assert.Single(MessageRules.ConsumersDoNotSave(Bad)));

    [Fact]
    public void Publishing_past_the_outbox_by_field_parameter_and_call()
    {
        var complaints = MessageRules.EventsGoThroughTheOutbox(Bad).ToArray();
        foreach (var how in (string[])["PublishPastTheOutbox holds IPublishEndpoint", "takes IPublishEndpoint", "PublishPastTheOutbox::RunAsync", "TakeEverythingConsumer::Consume"])
            Assert.Contains(complaints, c => c.Contains(how, StringComparison.Ordinal));
    }

    [Fact]
    public void Events_with_one_end()
    {
        var complaints = MessageRules.EventsHaveBothEnds(Bad).ToArray();
        Assert.Contains("Matchmaking.Contracts.Profile.SignInLinkRequested is announced, and nobody consumes it", complaints);
        Assert.Contains("Matchmaking.Contracts.Profile.VisitorErased is consumed, and nobody announces it", complaints);
    }

    [Fact]
    public void A_message_that_is_no_contract() => Assert.Contains("NoContract", Assert.Single(MessageRules.MessagesAreContracts(Bad)));

    [Fact]
    public void What_is_well_is_left_alone()
    {
        Assert.Empty(MessageRules.ConsumerNamesAreUnique(Good));
        Assert.Empty(MessageRules.ConsumersStandBehindTheInbox(Good));
        Assert.Empty(MessageRules.ConsumersDoNotSave(Good));
        Assert.Empty(MessageRules.EventsGoThroughTheOutbox(Good));
        Assert.Empty(MessageRules.EventsHaveBothEnds(Good));
        Assert.Empty(ProjectRules.SaysWhatItIs(["Profile"], Good));
    }
}
