using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Tests.Models;

public sealed class LearnedModelTests
{
    [Fact]
    public void A_model_reads_back_as_it_was_written() => Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 30]).Sample((seed, trees) =>
    {
        var model = AnyModel.Of("m-1", seed, trees);
        var (read, fault) = LearnedModel.Read(model.Write());
        Assert.Null(fault);
        Assert.Equal((model.Version, model.Score, model.Facts), (read!.Version, read.Score, read.Facts));
        Assert.Equal(Json(model.Report), Json(read.Report));
        Same(model.Usefulness, read.Usefulness);
        Same(model.Acceptance, read.Acceptance);
        Assert.Equal(model.Write(), read.Write());
    }, iter: 60);

    [Fact]
    public void Any_flipped_byte_is_refused()
    {
        var file = AnyModel.Of("m-1", trees: 3).Write();
        for (var at = 0; at < file.Length; at++)
        {
            var spoilt = (byte[])file.Clone();
            spoilt[at] ^= (byte)(1 << at % 8);
            var (model, fault) = LearnedModel.Read(spoilt);
            Assert.Null(model);
            Assert.Equal(at is 4 or 5 ? ModelFaults.Format : ModelFaults.Damaged, fault);
        }
        for (var length = 0; length < file.Length; length += 13) Assert.Equal(ModelFaults.Damaged, LearnedModel.Read(file[..length]).Fault);
    }

    [Fact]
    public void What_fits_the_sum_but_is_no_model_for_this_program_is_told_apart()
    {
        var file = AnyModel.Of("m-1", trees: 2).Write();
        Assert.Equal(ModelFaults.OtherFeatures, LearnedModel.Read(Resigned(file, Features.Fingerprint, "0123456789abcdef")).Fault);
        Assert.Equal(ModelFaults.Damaged, LearnedModel.Read(Resigned(file, "\"m-1\"", "\"M 1\"")).Fault);
        Assert.Equal(ModelFaults.Numbers, LearnedModel.Read(Resigned(file, "\"slope\":0.8", "\"slope\":-18")).Fault);

        // A tree whose only node is its own child, and a leaf that is no number.
        var model = AnyModel.Of("m-1", trees: 0);
        var forest = new Forest(Features.All.Count, 0, [new Tree([0], [.5f], [true], [~0], [~1], [1.5, 2.5])]);
        var one = (model with { Acceptance = forest }).Write();
        Assert.Null(LearnedModel.Read(one).Fault);
        var end = one.Length - 32;
        Assert.Equal(ModelFaults.Numbers, LearnedModel.Read(Signed(one, end - 8, BitConverter.GetBytes(double.NaN))).Fault);
        Assert.Equal(ModelFaults.Trees, LearnedModel.Read(Signed(one, end - 17, [0])).Fault); // right child: node 0
        Assert.Equal(ModelFaults.Damaged, LearnedModel.Read(Signed([.. one[..end], 0, .. one[end..]], 0, [])).Fault); // something after the end
    }

    [Fact]
    public void The_report_that_is_sent_out_says_all_that_the_training_said()
    {
        Assert.Equal(Json(AnyModel.Report), Json(JsonSerializer.Deserialize<Contracts.Matching.ModelReport>(Json(AnyModel.Report), JsonSerializerOptions.Web)!));
        Assert.Equal(Json(AnyModel.Facts), Json(JsonSerializer.Deserialize<Contracts.Matching.TrainingFacts>(Json(AnyModel.Facts), JsonSerializerOptions.Web)!));
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static void Same(Forest one, Forest other)
    {
        Assert.Equal((one.FeatureCount, one.Base, one.Trees.Count), (other.FeatureCount, other.Base, other.Trees.Count));
        foreach (var (a, b) in one.Trees.Zip(other.Trees))
        {
            Assert.Equal(a.Feature, b.Feature);
            Assert.Equal(a.Threshold, b.Threshold);
            Assert.Equal(a.MissingLeft, b.MissingLeft);
            Assert.Equal(a.Left, b.Left);
            Assert.Equal(a.Right, b.Right);
            Assert.Equal(a.Leaves, b.Leaves);
        }
    }

    internal static byte[] Resigned(byte[] file, string was, string now)
    {
        Assert.Equal(was.Length, now.Length);
        var at = file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(was));
        Assert.True(at > 0, was);
        return Signed(file, at, Encoding.UTF8.GetBytes(now));
    }

    internal static byte[] Signed(byte[] file, int at, byte[] with)
    {
        var changed = (byte[])file.Clone();
        with.CopyTo(changed, at);
        SHA256.HashData(changed.AsSpan(0, changed.Length - 32)).CopyTo(changed, changed.Length - 32);
        return changed;
    }
}
