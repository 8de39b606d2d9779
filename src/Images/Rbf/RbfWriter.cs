using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Rbf;

/// <summary>Writes RBF containers, so that a program has its data with it wherever a device puts them.</summary>
/// <remarks>
/// An image has its addresses resolved, and does not tell which of its numbers are addresses. So it takes the same program
/// twice, at two addresses: what differs is one.
/// </remarks>
internal static class RbfWriter
{
    /// <summary>A container of a program and its data; it names no functions.</summary>
    /// <param name="image">The program.</param>
    /// <param name="moved">The same program with another base address.</param>
    /// <param name="file">The container.</param>
    /// <param name="problem">What a container cannot hold.</param>
    public static bool TryWrite(
        Image image, Image moved, [NotNullWhen(true)] out byte[]? file, [NotNullWhen(false)] out string? problem)
    {
        file = null;
        var (data, readOnlyData) = (new List<byte>(), new List<byte>());
        var places = new int[image.Regions.Count];
        for (var index = 0; index < places.Length; index++)
        {
            var region = image.Regions[index];
            if (region.Bytes != moved.Regions[index].Bytes)
            {
                problem = $"{region.Name} holds addresses, and a container cannot say where; only instructions may refer to data";
                return false;
            }

            var part = IsWritable(region) ? data : readOnlyData;
            places[index] = part.Count;
            part.AddRange(region.Bytes.AsSpan());
            part.AddRange(new byte[-part.Count & (ProgramSlots.Size - 1)]);
        }

        var text = image.Program.AsSpan().ToArray();
        if (!TryMakeRelative(text, image, moved, places, out problem)) return false;
        var header = new byte[RbfHeader.Size];
        RbfHeader.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x0c), (uint)data.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x10), (uint)readOnlyData.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x14), (uint)text.Length);
        file = [.. header, .. data, .. readOnlyData, .. text];
        return true;
    }

    private static bool TryMakeRelative(
        Span<byte> text, Image image, Image moved, int[] places, [NotNullWhen(false)] out string? problem)
    {
        for (var slot = 0; slot < text.Length / ProgramSlots.Size; slot++)
        {
            if (IsSame(text, moved, slot))
            {
                // The second slot of a wide instruction is looked at with the first.
                var isWide = ProgramSlots.Opcode(text, slot) is ProgramSlots.LoadDoubleWord && slot + 1 < text.Length / ProgramSlots.Size;
                if (isWide && IsSame(text, moved, slot + 1)) slot++;
                continue;
            }

            var address = ProgramSlots.Opcode(text, slot) is ProgramSlots.LoadDoubleWord ? Address(text, slot) : 0;
            var index = image.Regions.ToList().FindIndex(
                region => address >= region.Address && address - region.Address <= (ulong)region.Bytes.Count);
            if (index < 0 || Address(moved.Program.AsSpan(), slot) - moved.Regions[index].Address != address - image.Regions[index].Address)
            {
                problem = $"slot {slot} refers to data, but not by LDDW with an address in them or just behind them, "
                    + "which is all that a container has";
                return false;
            }

            text[slot * ProgramSlots.Size] =
                IsWritable(image.Regions[index]) ? RbfReader.LoadDataAddress : RbfReader.LoadReadOnlyDataAddress;
            ProgramSlots.PutAddress(text, slot, address - image.Regions[index].Address + (ulong)places[index]);
            slot++;
        }

        problem = null;
        return true;
    }

    private static bool IsSame(ReadOnlySpan<byte> text, Image moved, int slot) =>
        text.Slice(slot * ProgramSlots.Size, ProgramSlots.Size)
            .SequenceEqual(moved.Program.AsSpan().Slice(slot * ProgramSlots.Size, ProgramSlots.Size));

    private static ulong Address(ReadOnlySpan<byte> text, int slot) =>
        (uint)ProgramSlots.Immediate(text, slot) | ((ulong)(uint)ProgramSlots.Immediate(text, slot + 1) << 32);

    private static bool IsWritable(ImageRegion region) => region.Permission.HasFlag(Permission.Write);
}
