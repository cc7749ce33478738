using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Journeys;

// Each journey is written once, in an abstract class, and walked through both kinds of fair. Each kind is started once for all of them.

[CollectionDefinition(Name)]
public sealed class InOneProcess : ICollectionFixture<EmbeddedFair>, ICollectionFixture<Visits>
{
    public const string Name = "one process";
}

[CollectionDefinition(Name)]
public sealed class Deployed : ICollectionFixture<DeployedFair>, ICollectionFixture<Visits>
{
    public const string Name = "deployed";
}

[Collection(InOneProcess.Name)] public sealed class MainJobInOneProcess(EmbeddedFair fair) : MainJobTests(fair);
[Collection(Deployed.Name)] public sealed class MainJobDeployed(DeployedFair fair) : MainJobTests(fair);

[Collection(InOneProcess.Name)] public sealed class AnswersInOneProcess(EmbeddedFair fair) : AnswerTests(fair);
[Collection(Deployed.Name)] public sealed class AnswersDeployed(DeployedFair fair) : AnswerTests(fair);

[Collection(InOneProcess.Name)] public sealed class ListsInOneProcess(EmbeddedFair fair) : ListTests(fair);
[Collection(Deployed.Name)] public sealed class ListsDeployed(DeployedFair fair) : ListTests(fair);

[Collection(InOneProcess.Name)] public sealed class RefusalsInOneProcess(EmbeddedFair fair) : RefusalTests(fair);
[Collection(Deployed.Name)] public sealed class RefusalsDeployed(DeployedFair fair) : RefusalTests(fair);

[Collection(InOneProcess.Name)] public sealed class TracesInOneProcess(EmbeddedFair fair) : TraceTests(fair);
[Collection(Deployed.Name)] public sealed class TracesDeployed(DeployedFair fair) : TraceTests(fair);

[Collection(InOneProcess.Name)] public sealed class SecretsInOneProcess(EmbeddedFair fair) : SecretTests(fair);
[Collection(Deployed.Name)] public sealed class SecretsDeployed(DeployedFair fair) : SecretTests(fair);

[Collection(InOneProcess.Name)] public sealed class BrowsingInOneProcess(EmbeddedFair fair, Visits visits) : BrowsingTests(fair, visits);
[Collection(Deployed.Name)] public sealed class BrowsingDeployed(DeployedFair fair, Visits visits) : BrowsingTests(fair, visits);
