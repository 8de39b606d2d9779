using RbpfSpec.Images.Rbf;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Images.Tests.Rbf;

public class RbfWriterTests
{
    private const ulong Moved = AddressSpace.Image + 0x0800_0000;

    [Fact]
    public void A_container_that_is_read_and_written_is_the_same_but_for_its_functions()
    {
        var container = (RbfObject.Small() with { Functions = [] }).ToBytes();

        Write(Reading.Image(container), Reading.Image(container, new() { BaseAddress = Moved })).File.ShouldBe(container);
    }

    [Fact]
    public void Regions_of_one_permission_lie_one_behind_the_other()
    {
        ImageRegion[] regions =
        [
            new("a", 0x1000, [1, 2, 3], Permission.Read), new("b", 0x2000, [4], Permission.ReadWrite),
            new("c", 0x3000, [5], Permission.Read),
        ];
        byte[] Text(uint at) => [0x18, 1, 0, 0, .. BitConverter.GetBytes(at), 0, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0];
        var (file, _) = Write(
            Image(Text(0x3000), regions),
            Image(Text(0x13000), [.. regions.Select(one => one with { Address = one.Address + 0x10000 })]));

        var read = Reading.Image(file);

        read.Regions.Select(region => (region.Name, Convert.ToHexStringLower(region.Bytes.AsSpan())))
            .ShouldBe([(".data", "0400000000000000"), (".rodata", "01020300000000000500000000000000")]);
        BitConverter.ToUInt32(read.Program.AsSpan()[4..]).ShouldBe((uint)read.Regions[1].Address + 8);
    }

    [Fact]
    public void Addresses_in_data_are_a_problem() =>
        Write(Reading.Image(Repository.Example("greeting")),
                Reading.Image(Repository.Example("greeting"), new() { BaseAddress = Moved })).Problem
            .ShouldBe(".data holds addresses, and a container cannot say where; only instructions may refer to data");

    [Theory]
    [InlineData(0xb7, 0x1000U, 0x2000U)]
    [InlineData(0x18, 0x1003U, 0x2003U)]
    [InlineData(0x18, 0x0fffU, 0x1fffU)]
    [InlineData(0x18, 0x1000U, 0x1001U)]
    public void A_reference_that_a_container_has_not_is_a_problem(byte opcode, uint address, uint moved)
    {
        byte[] Text(uint at) => [opcode, 1, 0, 0, .. BitConverter.GetBytes(at), 0, 0, 0, 0, 0, 0, 0, 0];

        Write(
                Image(Text(address), [new("a", 0x1000, [1, 2], Permission.Read)]),
                Image(Text(moved), [new("a", 0x2000, [1, 2], Permission.Read)])).Problem
            .ShouldBe("slot 0 refers to data, but not by LDDW with an address in them or just behind them, "
                + "which is all that a container has");
    }

    private static (byte[]? File, string? Problem) Write(Image image, Image moved) =>
        RbfWriter.TryWrite(image, moved, out var file, out var problem) ? (file, null) : (null, problem);

    private static Image Image(byte[] text, ImageRegion[] regions) =>
        new() { Format = ImageFormat.Elf, Program = Sequence.Of<byte>(text), Regions = [.. regions] };
}
