using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// An array that begins at a cache line and stays there: a load of 64 bytes that straddles two lines costs twice. For long-lived data, since
/// the heap of pinned objects is never compacted.
/// </summary>
internal sealed class AlignedArray<T> where T : unmanaged
{
    private const int Line = 64;
    private readonly T[] _array;
    private readonly int _start, _length;

    public AlignedArray(int length)
    {
        _length = length;
        _array = GC.AllocateArray<T>(length + Line / Unsafe.SizeOf<T>(), pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) & (Line - 1));
        _start = past == 0 ? 0 : (Line - past) / Unsafe.SizeOf<T>();
    }

    public Span<T> Span => _array.AsSpan(_start, _length);
}
