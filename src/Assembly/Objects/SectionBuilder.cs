namespace RbpfSpec.Assembly.Objects;

/// <summary>A section while its text is read.</summary>
/// <param name="name">The name.</param>
/// <param name="type">Whether the file holds its bytes.</param>
/// <param name="flags">What it is for.</param>
internal sealed class SectionBuilder(string name, SectionType type, SectionFlags flags)
{
    private readonly List<byte> bytes = [];
    private readonly List<int> lines = [];
    private ulong zeros;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether the file holds its bytes.</summary>
    public SectionType Type { get; } = type;

    /// <summary>The purpose of the section.</summary>
    public SectionFlags Flags { get; } = flags;

    /// <summary>Whether the program sees it; what is for tools only is gone past.</summary>
    public bool IsKept => Flags.HasFlag(SectionFlags.Allocate);

    /// <summary>Whether it holds instructions.</summary>
    public bool IsCode => Flags.HasFlag(SectionFlags.Execute);

    /// <summary>The multiple of bytes that its address must be.</summary>
    public ulong Alignment { get; set; } = 1;

    /// <summary>The number of bytes so far.</summary>
    public ulong Size => Type is SectionType.Zeros ? zeros : (ulong)bytes.Count;

    /// <summary>The bytes so far.</summary>
    public IReadOnlyList<byte> Bytes => bytes;

    /// <summary>The line that each slot comes from.</summary>
    public IReadOnlyList<int> Lines => lines;

    /// <summary>The offset of the first EXIT instruction.</summary>
    public ulong? FirstExit { get; private set; }

    /// <summary>The places that a linker must fill in.</summary>
    public List<(ulong Offset, RelocationType Type, string Symbol)> Relocations { get; } = [];

    /// <summary>Adds bytes that a line stands for.</summary>
    public void Add(ReadOnlySpan<byte> more, int line)
    {
        if (Type is SectionType.Zeros)
        {
            zeros += (ulong)more.Length;
            return;
        }

        bytes.AddRange(more);
        while (lines.Count * 8 < bytes.Count) lines.Add(line);
    }

    /// <summary>Notes that the next instruction is EXIT.</summary>
    public void NoteExit() => FirstExit ??= Size;

    /// <summary>Puts bytes in the place of others.</summary>
    public void Replace(ulong offset, ReadOnlySpan<byte> replacement)
    {
        for (var i = 0; i < replacement.Length; i++) bytes[(int)offset + i] = replacement[i];
    }
}
