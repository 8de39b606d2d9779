using RbpfSpec.Arm.Encodings;
using RbpfSpec.Thumb.Code;

namespace RbpfSpec.Thumb.Tests.Code;

[Trait("Needs", "compiler")]
public sealed class ThumbElfTests : Scratch
{
    [Fact]
    public void A_linked_program_has_its_code_its_constants_and_its_functions()
    {
        var file = Link(
            "int three(void) { return 3; } const char text[] = \"abc\"; const char *where(void) { return text; }", "-Wl,--entry=three");
        var code = ThumbElf.Read(file);
        code.Start.ShouldBe(0x8000U);
        var three = code["three"];
        three.Length.ShouldBe(4U);
        code.At(three.Address).ShouldBeOfType<Decoded.Allowed>();
        code.Bytes.AsSpan().IndexOf("abc"u8).ShouldBeGreaterThan(0);
        Should.Throw<ArgumentException>(() => code["four"]);
        code.Flipped(three.Address, 0).Read(three.Address, 1).ShouldBe(code.Read(three.Address, 1) ^ 1);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        Should.Throw<FormatException>(() => ThumbElf.Read([1, 2, 3])).Message.ShouldContain("no little-endian ELF file");
        var file = Link("int three(void) { return 3; }", "-Wl,--entry=three");
        file[18] = 3;
        Should.Throw<FormatException>(() => ThumbElf.Read(file)).Message.ShouldContain("no linked program for ARM");
        var writing = Link("int counter = 3; int count(void) { return counter++; }", "-Wl,--entry=count");
        Should.Throw<FormatException>(() => ThumbElf.Read(writing)).Message.ShouldContain("data that is written");
    }

    private byte[] Link(string source, string entry)
    {
        CrossTools.Run(
            "gcc", "-mcpu=cortex-m4", "-mthumb", "-Os", "-ffreestanding", "-nostdlib", entry, "-Wl,-Ttext=0x8000", "-o", At("code.elf"),
            Write("code.c", source + "\n"));
        return File.ReadAllBytes(At("code.elf"));
    }
}
