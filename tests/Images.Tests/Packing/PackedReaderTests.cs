using RbpfSpec.Images.Packing;
using RbpfSpec.Images.Tests.Rbf;

namespace RbpfSpec.Images.Tests.Packing;

public class PackedReaderTests
{
    private static readonly byte[] Seven = [0xb7, 0, 0, 0, 7, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0];

    public static TheoryData<string> Names => [.. Programs.All.Select(program => program.Name)];

    [Fact]
    public void A_packed_program_is_the_image_of_what_was_packed()
    {
        var image = Reading.Image(new PackedProgram(Sequence.Of<byte>(Seven), 1).Pack(HeatshrinkWindow.Small));

        image.ShouldBe(new Image { Format = ImageFormat.Packed, Program = Sequence.Of<byte>(Seven), Entry = 1 });
    }

    [Fact]
    public void A_packed_container_is_the_image_of_the_container()
    {
        var container = RbfObject.Small().ToBytes();
        var packed = new PackedProgram(Sequence.Of<byte>(container)).Pack(HeatshrinkWindow.Large);

        Reading.Image(packed).ShouldBe(Reading.Image(container) with { Format = ImageFormat.Packed });
        Reading.Image(packed, new() { Function = "end" }).Entry.ShouldBe(6);
    }

    [Fact]
    public void Hexadecimal_text_of_a_packed_program_is_one()
    {
        var packed = new PackedProgram(Sequence.Of<byte>(Seven)).Pack(HeatshrinkWindow.Small);

        Reading.Image(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(packed))).Program.ShouldBe(Sequence.Of<byte>(Seven));
    }

    [Fact]
    public void An_entry_behind_the_text_is_a_problem() =>
        Reading.Problem(new PackedProgram(Sequence.Of<byte>(RbfObject.Small().ToBytes()), 7).Pack(HeatshrinkWindow.Small))
            .ShouldBe("packed program: it starts at slot 7; its text has 7");

    [Fact]
    public void An_object_tells_itself_where_it_starts() =>
        Reading.Problem(new PackedProgram(Sequence.Of<byte>(Repository.Example("increment")), 1).Pack(HeatshrinkWindow.Small))
            .ShouldBe("packed program: it starts at slot 1; an object is expected to tell itself where it starts");

    [Fact]
    public void What_is_packed_twice_is_a_program_that_no_machine_accepts() =>
        Reading.Image(Pack(Pack(Seven)))
            .Program[0].ShouldBe((byte)'r');

    // Where the data lie may differ, and what is between two of them; the instructions do not but for addresses.
    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_of_clang_stays_the_same_program(string name)
    {
        var program = Programs.All.Single(one => one.Name == name);

        var image = Reading.Image(program.Packed);

        image.Entry.ShouldBe(program.Image.Entry);
        image.Program.Count.ShouldBe(program.Image.Program.Count);
        for (var slot = 0; slot < image.Program.Count / 8; slot++)
        {
            var (before, after) = (Slot(program.Image, slot), Slot(image, slot));
            if (before.SequenceEqual(after)) continue;
            before[0].ShouldBe((byte)0x18, $"slot {slot}");
            var (there, here) = (Pointed(program.Image, before), Pointed(image, after));
            here.Length.ShouldBeGreaterThanOrEqualTo(there.Length);
            here[..there.Length].ShouldBe(there, $"slot {slot}");
        }
    }

    private static byte[] Pack(byte[] content) => new PackedProgram(Sequence.Of<byte>(content)).Pack(HeatshrinkWindow.Small);

    private static byte[] Slot(Image image, int slot) => image.Program.AsSpan().Slice(8 * slot, 8).ToArray();

    // What lies in memory from the address in a slot on, to the end of its region.
    private static byte[] Pointed(Image image, byte[] slot)
    {
        var address = BitConverter.ToUInt32(slot, 4);
        var region = image.Regions.Single(one => address >= one.Address && address - one.Address <= (ulong)one.Bytes.Count);
        return region.Bytes.AsSpan()[(int)(address - region.Address)..].ToArray();
    }
}
