using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Images.Tests.Rbf;

namespace RbpfSpec.Images.Tests;

public class ImageFileTests
{
    private const int RunsPerFile = 3000;

    public static TheoryData<string> Files =>
        ["linking", "small.rbf", "text", .. Repository.Examples];

    [Fact]
    public void A_file_is_recognised_by_its_contents()
    {
        ImageFile.Recognise(Repository.Linking()).ShouldBe(ImageFormat.Elf);
        ImageFile.Recognise(RbfObject.Small().ToBytes()).ShouldBe(ImageFormat.Rbf);
        ImageFile.Recognise([0x46, 0x50, 0x42, 0x72]).ShouldBe(ImageFormat.Rbf);
        ImageFile.Recognise("95 00 00 00 00 00 00 00\n"u8).ShouldBe(ImageFormat.Hex);
        ImageFile.Recognise([0x95, 0, 0, 0, 0, 0, 0, 0]).ShouldBe(ImageFormat.Raw);
        ImageFile.Recognise([]).ShouldBe(ImageFormat.Raw);
    }

    [Fact]
    public void Raw_bytes_are_the_program()
    {
        byte[] bytes = [0xb7, 0, 0, 0, 1, 0, 0, 0, 0x95, 0, 0];

        Reading.Image(bytes).ShouldBe(new Image { Format = ImageFormat.Raw, Program = Sequence.Of<byte>(bytes) });
    }

    [Fact]
    public void The_form_can_be_asked_for()
    {
        Reading.Image("9500"u8, new() { Format = ImageFormat.Raw }).Program.Count.ShouldBe(4);
        Reading.Image(Repository.Linking(), new() { Format = ImageFormat.Raw }).Program.Count.ShouldBe(2488);
        Reading.Problem("9500"u8, new() { Format = ImageFormat.Elf }).ShouldStartWith("ELF header, byte 0: ");
        Reading.Problem("9500"u8, new() { Format = ImageFormat.Rbf }).ShouldStartWith("RBF header, byte 0: ");
    }

    [Theory]
    [InlineData("9500", ".text", null, "hexadecimal text has no section '.text'")]
    [InlineData("9500", null, "main", "hexadecimal text has no function 'main'")]
    [InlineData("\0", null, "main", "a file of raw program bytes has no function 'main'")]
    public void Names_are_not_looked_for_where_there_are_none(
        string text, string? section, string? function, string problem) =>
        Reading.Problem(Encoding.ASCII.GetBytes(text), new() { Section = section, Function = function })
            .ShouldBe(problem + ": it names nothing; an ELF object does");

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Files))]
    public void Every_damaged_file_is_an_image_or_a_problem(string name)
    {
        var original = Original(name);

        // The seed is fixed, so a failure is met again; the damaged file is printed with it.
        Prop.ForAll(Damaged(original).ToArbitrary(), bytes => IsSound(ImageFile.Read(bytes, new())))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(RunsPerFile).WithReplay(20250101, 1));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_cut_file_is_an_image_or_a_problem(string name)
    {
        var original = Original(name);

        for (var length = 0; length < original.Length; length++)
        {
            foreach (var format in Enum.GetValues<ImageFormat>())
            {
                var result = ImageFile.Read(original.AsSpan(0, length), new() { Format = format });
                IsSound(result).ShouldBeTrue($"{format} of {length} bytes");
            }
        }
    }

    private static byte[] Original(string name) => name switch
    {
        "linking" => Repository.Linking(),
        "small.rbf" => RbfObject.Small().ToBytes(),
        "text" => "b7 00 00 00 2a 00 00 00 # comment\n0x9500000000000000\n"u8.ToArray(),
        _ => Repository.Example(name),
    };

    // A few places overwritten by numbers that offsets and lengths go wrong at, and perhaps the end cut off.
    private static Gen<byte[]> Damaged(byte[] original)
    {
        var numbers = Gen.OneOf(
            Gen.Elements<ulong>(0, 1, 2, 7, 8, 15, 16, 0xff, 0xffff, 0xff00, 0xfff1, 0xfff2, 1UL << 31, uint.MaxValue),
            Gen.Elements<ulong>(1UL << 32, 1UL << 63, ulong.MaxValue, ulong.MaxValue - 7, (ulong)original.Length),
            Gen.Choose(0, int.MaxValue).Select(static number => (ulong)number * 0x1_0001_0001));
        var damage =
            from place in Gen.Choose(0, original.Length - 1)
            from size in Gen.Elements(1, 2, 4, 8)
            from number in numbers
            select (place, size, number);
        return
            from damages in damage.ListOf()
            from cut in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, original.Length)))
            select Apply(original, damages.Take(6), cut);
    }

    private static byte[] Apply(byte[] original, IEnumerable<(int Place, int Size, ulong Number)> damages, int cut)
    {
        byte[] bytes = [.. original];
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        foreach (var damage in damages)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number, damage.Number);
            var size = Math.Min(damage.Size, bytes.Length - damage.Place);
            number[..size].CopyTo(bytes.AsSpan(damage.Place));
        }

        return bytes[..^cut];
    }

    private static bool IsSound(ImageResult result) => result is ImageResult.Malformed(var problem)
        ? problem.Length > 0 && !problem.Any(char.IsControl)
        : result is ImageResult.Loaded(var image) && IsSound(image);

    private static bool IsSound(Image image)
    {
        var slots = image.Program.Count / 8;
        var apart = image.Regions.Zip(image.Regions.Skip(1), static (lower, upper) =>
            lower.Address + (ulong)lower.Bytes.Count + 4096 <= upper.Address);
        return (image.Entry is 0 || (image.Entry > 0 && image.Entry < slots))
            && apart.All(static isApart => isApart)
            && image.Regions.All(static region => !region.Bytes.IsEmpty
                && region.Address % 16 is 0
                && region.Address < ulong.MaxValue - (ulong)region.Bytes.Count + 1)
            && image.Functions.All(function =>
                function.Slot >= 0 && function.Slots >= 0 && function.Slot + function.Slots <= slots)
            && image.Labels.All(label => label.Slot >= 0 && label.Slot <= slots);
    }
}
