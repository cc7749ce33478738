using System.Text.Json;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;
using Matchmaking.Rig;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_comes_from_three_files_and_the_same_files_give_the_same_bytes()
    {
        Export(new InventedDay(8).Show(150));
        var (code, said, _) = Run("--visitors", File("v"), "--offers", File("o"), "--outcomes", File("x"), "--out", File("one"), "--seed", "3");
        Assert.Equal(0, code);
        Assert.Equal(0, Run("--visitors", File("v"), "--offers", File("o"), "--outcomes", File("x"), "--out", File("two"), "--seed", "3").Code);
        Assert.Equal(System.IO.File.ReadAllBytes(File("one")), System.IO.File.ReadAllBytes(File("two")));

        var (model, fault) = LearnedModel.Read(System.IO.File.ReadAllBytes(File("one")));
        Assert.Null(fault);
        Assert.Equal(150, model!.Facts.Lists);
        Assert.Equal(model.Version, JsonDocument.Parse(said).RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public void What_cannot_be_learned_from_is_said_and_nothing_is_written()
    {
        Export(new InventedDay(8).Show(20));
        var (code, _, complaint) = Run("--visitors", File("v"), "--offers", File("o"), "--outcomes", File("x"), "--out", File("model"));
        Assert.Equal(2, code);
        Assert.StartsWith("too-few-lists: 20 lists", complaint, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File("model")));
    }

    [Fact]
    public void A_missing_file_and_a_wrong_call_are_told_apart()
    {
        Assert.Equal((2, true), Run("--visitors", File("v"), "--offers", File("o"), "--outcomes", File("x"), "--out", File("m")) is var missing ? (missing.Code, missing.Complaint.Contains("no such file", StringComparison.Ordinal)) : default);
        Assert.Equal(64, Run("--visitors", "v").Code);
        Assert.Equal(64, Run("--visitors", "v", "--offers", "o", "--outcomes", "x", "--out", "m", "--seed", "-1").Code);
        Assert.Equal(64, Run("--seed").Code);
    }

    private string File(string name) => Path.Combine(_folder.Path, name);

    private void Export(IReadOnlyList<ShownCase> cases)
    {
        using StreamWriter visitors = new(File("v")), offers = new(File("o")), outcomes = new(File("x"));
        ExportCases.Write(cases, visitors, offers, outcomes);
    }

    private static (int Code, string Said, string Complaint) Run(params string[] args)
    {
        using StringWriter say = new(), complain = new();
        return (TrainCommand.Run(args, say, complain, CancellationToken.None), say.ToString(), complain.ToString());
    }
}
