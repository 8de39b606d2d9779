namespace RbpfSpec.Ranges.Words;

/// <summary>The start of some memory, to which an abstract word may be relative: an unknown address, the same in a whole run.</summary>
/// <remarks>Closed: every case is nested here and sealed.</remarks>
public abstract record MemoryBase
{
    private MemoryBase(int index, ulong extent) => (Index, Extent) = (index, extent);

    /// <summary>Which region, or which frame.</summary>
    public int Index { get; }

    /// <summary>The greatest offset, in bytes, for which it is known that no address from the start up to it wraps around 2^64.</summary>
    public ulong Extent { get; }

    /// <summary>The start of a region.</summary>
    public sealed record Region : MemoryBase
    {
        /// <summary>The region with an index.</summary>
        public Region(int index, ulong extent)
            : base(index, extent)
        {
        }

        /// <summary>As in <c>region 1</c>.</summary>
        public override string ToString() => $"region {Index}";
    }

    /// <summary>The start, the lowest address, of a stack frame; the entry's is 0, that of a call from it 1.</summary>
    public sealed record Frame : MemoryBase
    {
        /// <summary>The frame of a depth.</summary>
        public Frame(int index, ulong extent)
            : base(index, extent)
        {
        }

        /// <summary>As in <c>frame 0</c>.</summary>
        public override string ToString() => $"frame {Index}";
    }
}
