using System.Buffers.Binary;
using System.Text;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly.Tests;

/// <summary>An object as a disassembler sees it: code that nobody has linked, and the names in it.</summary>
/// <remarks>
/// For sound 64-bit little-endian files only. The reader of images links what it reads, so it cannot serve here.
/// </remarks>
internal sealed class UnlinkedCode(byte[] bytes)
{
    private const int SymbolTable = 2;
    private const ulong Executable = 4;
    private const int File = 4;
    private const int Section = 3;

    private readonly record struct Header(string Name, int Type, ulong Flags, int Start, int Size, int Link);

    /// <summary>The sections of code that are not empty, with the symbols in each.</summary>
    public IEnumerable<(string Name, Program Program, Sequence<Symbol> Symbols)> Code =>
        from index in Enumerable.Range(0, Count)
        let header = Read(index)
        where (header.Flags & Executable) != 0 && header.Size > 0
        select (header.Name, Program.Of(bytes.AsSpan(header.Start, header.Size)), Symbols(index).ToSequence());

    private int Count => Half(0x3c);

    private Header Read(int index)
    {
        var header = Nameless(index);
        return header with { Name = Text(Nameless(Half(0x3e)).Start + Word(At(index))) };
    }

    private Header Nameless(int index) => new(
        "",
        Word(At(index) + 4),
        Double(At(index) + 8),
        (int)Double(At(index) + 24),
        (int)Double(At(index) + 32),
        Word(At(index) + 40));

    private IEnumerable<Symbol> Symbols(int section)
    {
        foreach (var table in Enumerable.Range(0, Count).Select(Nameless).Where(header => header.Type == SymbolTable))
        {
            for (var at = table.Start; at < table.Start + table.Size; at += 24)
            {
                if (Half(at + 6) == section && (bytes[at + 4] & 0xf) is not (Section or File))
                    yield return new(Text(Nameless(table.Link).Start + Word(at)), (int)Double(at + 8) / Slot.Size);
            }
        }
    }

    private int At(int index) => (int)Double(0x28) + (index * Half(0x3a));

    private string Text(int at) => Encoding.UTF8.GetString(bytes.AsSpan(at, bytes.AsSpan(at).IndexOf((byte)0)));

    private int Half(int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private int Word(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private ulong Double(int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
}
