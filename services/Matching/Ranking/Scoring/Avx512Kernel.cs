using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// One block as four registers of 16 offers. Leaf 0 is the highest bit, so the exit leaf is the count of leading zeros, and a tree's 32 leaves
/// are two registers in which one instruction looks up 16 of them.
/// </summary>
internal static class Avx512Kernel
{
    private const int Width = 16;

    public static void Sum(
        ReadOnlySpan<LiveTree> trees, ReadOnlySpan<Node> nodes, ReadOnlySpan<uint> masks, ReadOnlySpan<float> pairs, ReadOnlySpan<int> leaves,
        Span<int> sums)
    {
        ref var mask = ref MemoryMarshal.GetReference(masks);
        ref var pair = ref MemoryMarshal.GetReference(pairs);
        ref var leaf = ref MemoryMarshal.GetReference(leaves);
        ref var node = ref MemoryMarshal.GetReference(nodes);
        Vector512<int> s0 = default, s1 = default, s2 = default, s3 = default;
        var n = 0;
        foreach (ref readonly var tree in trees)
        {
            ref var m = ref Unsafe.Add(ref mask, tree.Masks);
            var reach = Vector512.Create(tree.Reach);
            var m0 = Vector512.LoadUnsafe(ref m) & reach;
            var m1 = Vector512.LoadUnsafe(ref m, Width) & reach;
            var m2 = Vector512.LoadUnsafe(ref m, 2 * Width) & reach;
            var m3 = Vector512.LoadUnsafe(ref m, 3 * Width) & reach;
            for (; n < tree.Middle; n++)
            {
                ref var at = ref Unsafe.Add(ref node, n);
                ref var x = ref Unsafe.Add(ref pair, at.At);
                var (threshold, keep) = (Vector512.Create(at.Threshold), Vector512.Create(at.IfRight));
                m0 = Clear(m0, keep, Avx512F.CompareNotLessThanOrEqual(Vector512.LoadUnsafe(ref x), threshold));
                m1 = Clear(m1, keep, Avx512F.CompareNotLessThanOrEqual(Vector512.LoadUnsafe(ref x, Width), threshold));
                m2 = Clear(m2, keep, Avx512F.CompareNotLessThanOrEqual(Vector512.LoadUnsafe(ref x, 2 * Width), threshold));
                m3 = Clear(m3, keep, Avx512F.CompareNotLessThanOrEqual(Vector512.LoadUnsafe(ref x, 3 * Width), threshold));
            }
            for (; n < tree.End; n++)
            {
                ref var at = ref Unsafe.Add(ref node, n);
                ref var x = ref Unsafe.Add(ref pair, at.At);
                var (threshold, keep) = (Vector512.Create(at.Threshold), Vector512.Create(at.IfRight));
                m0 = Clear(m0, keep, Avx512F.CompareGreaterThan(Vector512.LoadUnsafe(ref x), threshold));
                m1 = Clear(m1, keep, Avx512F.CompareGreaterThan(Vector512.LoadUnsafe(ref x, Width), threshold));
                m2 = Clear(m2, keep, Avx512F.CompareGreaterThan(Vector512.LoadUnsafe(ref x, 2 * Width), threshold));
                m3 = Clear(m3, keep, Avx512F.CompareGreaterThan(Vector512.LoadUnsafe(ref x, 3 * Width), threshold));
            }
            ref var table = ref Unsafe.Add(ref leaf, tree.Leaves);
            var (low, high) = (Vector512.LoadUnsafe(ref table), Vector512.LoadUnsafe(ref table, Width));
            s0 += Avx512F.PermuteVar16x32x2(low, Avx512CD.LeadingZeroCount(m0).AsInt32(), high);
            s1 += Avx512F.PermuteVar16x32x2(low, Avx512CD.LeadingZeroCount(m1).AsInt32(), high);
            s2 += Avx512F.PermuteVar16x32x2(low, Avx512CD.LeadingZeroCount(m2).AsInt32(), high);
            s3 += Avx512F.PermuteVar16x32x2(low, Avx512CD.LeadingZeroCount(m3).AsInt32(), high);
        }
        ref var sum = ref MemoryMarshal.GetReference(sums);
        s0.StoreUnsafe(ref sum);
        s1.StoreUnsafe(ref sum, Width);
        s2.StoreUnsafe(ref sum, 2 * Width);
        s3.StoreUnsafe(ref sum, 3 * Width);
    }

    /// <summary>Keeps only some leaves where the value is greater: one masked AND.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Clear(Vector512<uint> open, Vector512<uint> keep, Vector512<float> greater) =>
        Vector512.ConditionalSelect(greater.AsUInt32(), open & keep, open);
}
