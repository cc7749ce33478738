using System.Runtime.Intrinsics.X86;

namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>Which instructions score. All of them add the same whole numbers, so their scores are the same to the last bit.</summary>
internal enum ScorerPath
{
    /// <summary>Runs everywhere.</summary>
    Portable,

    /// <summary>8 offers at a time; x86 since about 2013.</summary>
    Avx2,

    /// <summary>16 offers at a time; needs leading zero counts (AVX-512 F, CD), servers since about 2017.</summary>
    Avx512,
}

internal static class ScorerPaths
{
    public static readonly ScorerPath Best = IsSupported(ScorerPath.Avx512) ? ScorerPath.Avx512
        : IsSupported(ScorerPath.Avx2) ? ScorerPath.Avx2
        : ScorerPath.Portable;

    public static bool IsSupported(ScorerPath path) => path switch
    {
        ScorerPath.Avx512 => Avx512F.IsSupported && Avx512CD.IsSupported && Avx2.IsSupported,
        ScorerPath.Avx2 => Avx2.IsSupported,
        _ => true,
    };

    /// <summary>The bit of a leaf. The exit leaf is the leftmost that is left over, and each path finds one end of a word faster.</summary>
    public static uint Bit(this ScorerPath path, int leaf) => path == ScorerPath.Avx512 ? 0x8000_0000u >> leaf : 1u << leaf;

    /// <summary>Where a leaf stands in its tree's table of 32, that is: what the path computes from the lowest or highest bit.</summary>
    public static int Slot(this ScorerPath path, int leaf) => path == ScorerPath.Avx2 ? leaf + Avx2Kernel.Bias & 31 : leaf;
}
