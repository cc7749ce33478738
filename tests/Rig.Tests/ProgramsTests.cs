namespace Matchmaking.Rig.Tests;

public sealed class ProgramsTests
{
    [Fact]
    public void A_missing_program_says_what_and_what_to_do()
    {
        var error = Assert.Throws<MissingProgramException>(() => Programs.Find("no-such-server", "/usr/lib/nowhere/no-such-server"));
        Assert.Equal(
            "no-such-server is missing (looked for /usr/lib/nowhere/no-such-server, the PATH). Run tests/run.sh, which installs it.",
            error.Message);
    }

    [Fact]
    public void Ports_are_never_given_twice()
    {
        var ports = Enumerable.Range(0, 200).Select(_ => FreePort.Next()).ToList();
        Assert.Equal(ports.Count, ports.Distinct().Count());
    }

    [Fact]
    public void A_server_of_somebody_else_is_not_killed()
    {
        var error = Assert.Throws<NotSupportedException>(() => External.Refuse(null, "MATCHMAKING_TEST_REDIS"));
        Assert.Contains("MATCHMAKING_TEST_REDIS", error.Message);
    }
}
