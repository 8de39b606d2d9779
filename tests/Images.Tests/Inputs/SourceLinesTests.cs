using System.Text;
using RbpfSpec.Images.Inputs;

namespace RbpfSpec.Images.Tests.Inputs;

public class SourceLinesTests
{
    [Fact]
    public void Each_slot_of_assembly_text_comes_from_its_line()
    {
        var image = Read("# a note\nlddw %r0, 3 ; wide\r\n\nf: add %r0, 1\nexit\n");

        Told(image).ShouldBe(["lddw %r0, 3 ; wide", "lddw %r0, 3 ; wide", "f: add %r0, 1", "exit"]);
        image.SourceAt(2)!.Place.ShouldBe("p.s:4");
    }

    [Fact]
    public void What_is_linked_of_several_sections_keeps_its_lines()
    {
        var image = Read(
            """
            .section prog,"ax",@progbits
            .globl entry
            .type entry,@function
            entry:
              r1 = 1
              call f
              exit
            .text
            .globl unreached
            .type unreached,@function
            unreached:
              r0 = 9
              exit
            .globl f
            .type f,@function
            f:
              r0 = r1
              exit
            """);

        Told(image).ShouldBe(["  r1 = 1", "  call f", "  exit", "  r0 = r1", "  exit"]);
        image.SourceAt(3)!.Line.ShouldBe(17);
    }

    [Fact]
    public void Text_without_the_name_of_a_file_has_no_lines() =>
        AssemblyFile.Read("mov %r0, 1\nexit\n", new()).ShouldBeOfType<AssemblyResult.Loaded>().Image.Lines.ShouldBeEmpty();

    private static Image Read(string text) =>
        ProgramFile.Read("folder/p.s", Encoding.UTF8.GetBytes(text), null, new()).ShouldBeOfType<ProgramReading.Loaded>().Image;

    private static string[] Told(Image image) =>
        [.. Enumerable.Range(0, image.Program.Count / 8).Select(slot => image.SourceAt((ulong)slot)!.Text)];
}
