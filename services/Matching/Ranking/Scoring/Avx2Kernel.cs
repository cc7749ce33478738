using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// One block as twice four registers of 8 offers. There is no count of zeros for registers: the lowest bit alone, converted to a float, has the
/// leaf's number as its exponent (plus <see cref="Bias"/>, which the table is turned by). The table is four registers, chosen by two blends.
/// </summary>
internal static class Avx2Kernel
{
    /// <summary>Of a float's exponent. Bit 31 converts to -2^31, the same exponent with a sign above it, which no step looks at.</summary>
    public const int Bias = 127;

    private const int Width = 8, Mantissa = 23;

    public static void Sum(
        ReadOnlySpan<LiveTree> trees, ReadOnlySpan<Node> nodes, ReadOnlySpan<uint> masks, ReadOnlySpan<float> pairs, ReadOnlySpan<int> leaves,
        Span<int> sums)
    {
        for (var from = 0; from < OfferMasks.Lanes; from += 4 * Width) Sum32(trees, nodes, masks, pairs, leaves, sums, from);
    }

    private static void Sum32(
        ReadOnlySpan<LiveTree> trees, ReadOnlySpan<Node> nodes, ReadOnlySpan<uint> masks, ReadOnlySpan<float> pairs, ReadOnlySpan<int> leaves,
        Span<int> sums, int from)
    {
        ref var mask = ref Unsafe.Add(ref MemoryMarshal.GetReference(masks), from);
        ref var pair = ref Unsafe.Add(ref MemoryMarshal.GetReference(pairs), from);
        ref var leaf = ref MemoryMarshal.GetReference(leaves);
        ref var node = ref MemoryMarshal.GetReference(nodes);
        Vector256<int> s0 = default, s1 = default, s2 = default, s3 = default;
        var n = 0;
        foreach (ref readonly var tree in trees)
        {
            ref var m = ref Unsafe.Add(ref mask, tree.Masks);
            var reach = Vector256.Create(tree.Reach);
            var m0 = Vector256.LoadUnsafe(ref m) & reach;
            var m1 = Vector256.LoadUnsafe(ref m, Width) & reach;
            var m2 = Vector256.LoadUnsafe(ref m, 2 * Width) & reach;
            var m3 = Vector256.LoadUnsafe(ref m, 3 * Width) & reach;
            for (; n < tree.Middle; n++)
            {
                ref var at = ref Unsafe.Add(ref node, n);
                ref var x = ref Unsafe.Add(ref pair, at.At);
                var (threshold, keep) = (Vector256.Create(at.Threshold), Vector256.Create(at.IfRight));
                m0 &= keep | Avx.CompareLessThanOrEqual(Vector256.LoadUnsafe(ref x), threshold).AsUInt32();
                m1 &= keep | Avx.CompareLessThanOrEqual(Vector256.LoadUnsafe(ref x, Width), threshold).AsUInt32();
                m2 &= keep | Avx.CompareLessThanOrEqual(Vector256.LoadUnsafe(ref x, 2 * Width), threshold).AsUInt32();
                m3 &= keep | Avx.CompareLessThanOrEqual(Vector256.LoadUnsafe(ref x, 3 * Width), threshold).AsUInt32();
            }
            for (; n < tree.End; n++)
            {
                ref var at = ref Unsafe.Add(ref node, n);
                ref var x = ref Unsafe.Add(ref pair, at.At);
                var (threshold, keep) = (Vector256.Create(at.Threshold), Vector256.Create(at.IfRight));
                m0 &= keep | Avx.CompareNotGreaterThan(Vector256.LoadUnsafe(ref x), threshold).AsUInt32();
                m1 &= keep | Avx.CompareNotGreaterThan(Vector256.LoadUnsafe(ref x, Width), threshold).AsUInt32();
                m2 &= keep | Avx.CompareNotGreaterThan(Vector256.LoadUnsafe(ref x, 2 * Width), threshold).AsUInt32();
                m3 &= keep | Avx.CompareNotGreaterThan(Vector256.LoadUnsafe(ref x, 3 * Width), threshold).AsUInt32();
            }
            ref var table = ref Unsafe.Add(ref leaf, tree.Leaves);
            s0 += Exit(ref table, m0);
            s1 += Exit(ref table, m1);
            s2 += Exit(ref table, m2);
            s3 += Exit(ref table, m3);
        }
        ref var sum = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), from);
        s0.StoreUnsafe(ref sum);
        s1.StoreUnsafe(ref sum, Width);
        s2.StoreUnsafe(ref sum, 2 * Width);
        s3.StoreUnsafe(ref sum, 3 * Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Exit(ref int table, Vector256<uint> open)
    {
        var lowest = open & (Vector256<uint>.Zero - open);
        var number = Vector256.ShiftRightLogical(Avx.ConvertToVector256Single(lowest.AsInt32()).AsInt32(), Mantissa);
        var (bit3, bit4) = (Vector256.ShiftLeft(number, 28).AsSingle(), Vector256.ShiftLeft(number, 27).AsSingle());
        var a = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref table), number).AsSingle();
        var b = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref table, Width), number).AsSingle();
        var c = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref table, 2 * Width), number).AsSingle();
        var d = Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref table, 3 * Width), number).AsSingle();
        return Avx.BlendVariable(Avx.BlendVariable(a, b, bit3), Avx.BlendVariable(c, d, bit3), bit4).AsInt32();
    }
}
