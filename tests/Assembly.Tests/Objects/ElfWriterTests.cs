using RbpfSpec.Assembly.Objects;

namespace RbpfSpec.Assembly.Tests.Objects;

public class ElfWriterTests
{
    private const string Text = """
        .globl f
        .type f,@function
        f: r1 = table+8 ll
        call away
        exit
        .Lend: .size f, .Lend-f
        .section .rodata,"a",@progbits
        .p2align 4
        table: .quad f, 5
        .comm shared,8,8
        .bss
        .zero 24
        """;

    [Fact]
    public void A_file_is_what_the_ABI_says()
    {
        var file = ElfWriter.Write(Assembling.Object(Text));

        Convert.ToHexString(file.AsSpan(0, 0x18)).ShouldBe("7F454C460201010000000000000000000100F70001000000");
        var elf = new Table(file);
        elf.Names.ShouldBe(["", ".text", ".rodata", ".bss", ".rel.text", ".rel.rodata", ".symtab", ".strtab"]);
        elf.Field(1, 4, 4).ShouldBe(1UL);
        elf.Field(1, 8, 8).ShouldBe(6UL);
        elf.Field(1, 0x20, 8).ShouldBe(32UL);
        (elf.Field(2, 0x18, 8) % 16).ShouldBe(0UL);
        elf.Field(2, 0x30, 8).ShouldBe(16UL);
        (elf.Field(3, 4, 4), elf.Field(3, 0x20, 8)).ShouldBe((8UL, 24UL));
        (elf.Field(4, 4, 4), elf.Field(4, 0x28, 4), elf.Field(4, 0x2c, 4), elf.Field(4, 0x38, 8)).ShouldBe((9UL, 6UL, 1UL, 16UL));
        (elf.Field(5, 0x28, 4), elf.Field(5, 0x2c, 4)).ShouldBe((6UL, 2UL));
        // The null symbol, three sections and table are local.
        (elf.Field(6, 4, 4), elf.Field(6, 0x28, 4), elf.Field(6, 0x2c, 4), elf.Field(6, 0x38, 8)).ShouldBe((2UL, 7UL, 5UL, 24UL));
        elf.Field(7, 4, 4).ShouldBe(3UL);
    }

    [Fact]
    public void LLVM_reads_it()
    {
        if (Tool.Find("llvm-readelf-14", "llvm-readelf") is not { } tool) return;
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, ElfWriter.Write(Assembling.Object(Text)));
            var lines = tool.Run("-s", "-r", path).Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();

            lines.ShouldContain("0000000000000000 0000000400000001 R_BPF_64_64 0000000000000000 table");
            lines.ShouldContain("0000000000000010 000000070000000a R_BPF_64_32 0000000000000000 away");
            lines.ShouldContain("0000000000000000 0000000500000002 R_BPF_64_ABS64 0000000000000000 f");
            lines.ShouldContain("4: 0000000000000000 0 NOTYPE LOCAL DEFAULT 2 table");
            lines.ShouldContain("5: 0000000000000000 32 FUNC GLOBAL DEFAULT 1 f");
            lines.ShouldContain("7: 0000000000000000 0 NOTYPE GLOBAL DEFAULT UND away");
            lines.ShouldContain("6: 0000000000000008 8 OBJECT GLOBAL DEFAULT COM shared");
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The section headers of a file, by their offsets in the ABI.</summary>
    private sealed class Table(byte[] file)
    {
        public IEnumerable<string> Names => from index in Enumerable.Range(0, (int)At(0x3c, 2)) select Name((int)Field(index, 0, 4));

        public ulong Field(int section, int offset, int width) => At((int)At(0x28, 8) + (section * 64) + offset, width);

        private string Name(int offset)
        {
            var start = (int)Field((int)At(0x3e, 2), 0x18, 8) + offset;
            return System.Text.Encoding.UTF8.GetString(file.AsSpan(start, file.AsSpan(start).IndexOf((byte)0)));
        }

        private ulong At(int offset, int width)
        {
            var value = 0UL;
            for (var i = width - 1; i >= 0; i--) value = (value << 8) | file[offset + i];
            return value;
        }
    }
}
