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

    private const string Many = """
        exit
        .globl f
        .type f,@function
        f: r1 = table ll
        call away
        exit
        .Lend: .size f, .Lend-f
        .data
        .long 7
        .type table,@object
        .size table, 16
        table: .quad f
        .long away, 5
        .weak w
        w: .byte 1
        .comm shared,8,16
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
    public void The_header_says_where_the_sections_are()
    {
        var file = ElfWriter.Write(Assembling.Object(Text));
        var elf = new Table(file);

        // No address to start at, no program headers, no flags.
        file.AsSpan(0x18, 16).ToArray().ShouldAllBe(value => value == 0);
        file.AsSpan(0x30, 4).ToArray().ShouldAllBe(value => value == 0);
        file.AsSpan(0x36, 4).ToArray().ShouldAllBe(value => value == 0);
        (elf.At(0x34, 2), elf.At(0x3a, 2), elf.At(0x3c, 2), elf.At(0x3e, 2)).ShouldBe((64UL, 64UL, 8UL, 7UL));
        (elf.At(0x28, 8) % 8).ShouldBe(0UL);
        (elf.At(0x28, 8) + (8 * 64)).ShouldBe((ulong)file.Length);
        elf.Header(0).ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Sections_lie_one_after_another_at_multiples_of_their_alignment()
    {
        const string Aligned = ".data\n.byte 1\n.section a,\"aw\"\n.p2align 12\n.byte 2\n.section b,\"aw\"\n.quad away\n"
            + ".section c,\"aw\"\n.p2align 1\n.byte 3";
        var built = Assembling.Object(Aligned);
        var elf = new Table(ElfWriter.Write(built));

        elf.Names.ShouldBe(["", ".text", ".data", "a", "b", "c", ".relb", ".symtab", ".strtab"]);
        var end = 64UL;
        for (var i = 1; i <= 8; i++)
        {
            var (alignment, offset) = (elf.Field(i, 0x30, 8), elf.Field(i, 0x18, 8));
            // No more bytes between two sections than the alignment asks for.
            offset.ShouldBe((end + alignment - 1) / alignment * alignment);
            end = offset + elf.Field(i, 0x20, 8);
        }

        elf.At(0x28, 8).ShouldBe((end + 7) / 8 * 8);
        Enumerable.Range(1, 8).Select(i => elf.Field(i, 0x30, 8)).ShouldBe([8UL, 1, 4096, 1, 2, 8, 8, 1]);
        for (var i = 0; i < built.Sections.Count; i++) elf.Bytes(i + 1).ShouldBe([.. built.Sections[i].Bytes]);
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 64)]
    [InlineData(64, 64)]
    [InlineData(4096, 4096)]
    [InlineData(1UL << 40, 4096)]
    [InlineData(1UL << 63, 4096)]
    public void A_file_is_not_padded_beyond_a_page(ulong alignment, ulong offset)
    {
        var elf = new Table(ElfWriter.Write(new([new("x", SectionType.Bits, SectionFlags.Allocate, alignment, 1, [5], [])], [])));

        (elf.Field(1, 0x18, 8), elf.Field(1, 0x30, 8)).ShouldBe((offset, alignment));
    }

    [Fact]
    public void Symbols_are_told_by_name_kind_and_place()
    {
        var elf = new Table(ElfWriter.Write(Assembling.Object(Many)));

        elf.Symbols(5).ShouldBe(
        [
            ("", 0, 0, 0, 0, 0),
            ("", 3, 0, 1, 0, 0),
            ("", 3, 0, 2, 0, 0),
            ("table", 1, 0, 2, 4, 16),
            ("f", 0x12, 0, 1, 8, 32),
            ("w", 0x20, 0, 2, 20, 0),
            ("shared", 0x11, 0, 0xfff2, 16, 8),
            ("away", 0x10, 0, 0, 0, 0),
        ]);
        // The first that others see comes after the null symbol, two sections and table.
        elf.Field(5, 0x2c, 4).ShouldBe(4UL);
        elf.Field(5, 0x28, 4).ShouldBe(6UL);
    }

    [Fact]
    public void Relocations_are_told_by_place_symbol_and_type()
    {
        var elf = new Table(ElfWriter.Write(Assembling.Object(Many)));

        elf.Names.ShouldBe(["", ".text", ".data", ".rel.text", ".rel.data", ".symtab", ".strtab"]);
        elf.Relocations(3).ShouldBe([(8UL, 3UL, 1UL), (24UL, 7UL, 10UL)]);
        elf.Relocations(4).ShouldBe([(4UL, 4UL, 2UL), (12UL, 7UL, 3UL)]);
        Enumerable.Range(3, 2)
            .Select(i => (
                elf.Field(i, 4, 4),
                elf.Field(i, 8, 8),
                elf.Field(i, 0x20, 8),
                elf.Field(i, 0x28, 4),
                elf.Field(i, 0x2c, 4),
                elf.Field(i, 0x30, 8)))
            .ShouldBe([(9UL, 0UL, 32UL, 5UL, 1UL, 8UL), (9UL, 0UL, 32UL, 5UL, 2UL, 8UL)]);
    }

    [Fact]
    public void A_file_without_anything_has_its_tables()
    {
        var elf = new Table(ElfWriter.Write(new([], [])));

        elf.Names.ShouldBe(["", ".symtab", ".strtab"]);
        elf.Symbols(1).ShouldBe([("", 0, 0, 0, 0, 0)]);
        elf.Bytes(2).ShouldBe("\0.symtab\0.strtab\0"u8.ToArray());
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void LLVM_reads_it()
    {
        if (External.Find("llvm-readelf-14", "llvm-readelf") is not { } tool) return;
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, ElfWriter.Write(Assembling.Object(Text)));
            var lines = External.Run(tool, "-s", "-r", path).Output.Split('\n').Select(
                line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToList();

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

        public ulong Field(int section, int offset, int width) => At(Start(section) + offset, width);

        public byte[] Header(int section) => file[Start(section)..(Start(section) + 64)];

        public byte[] Bytes(int section) =>
            file.AsSpan((int)Field(section, 0x18, 8), (int)Field(section, 0x20, 8)).ToArray();

        /// <summary>The name, info, other, section, value and size of each symbol in a section.</summary>
        public IEnumerable<(string Name, int Info, int Other, int Section, int Value, int Size)> Symbols(int section) =>
            from at in Entries(section, 24)
            select (
                Name((int)At(at, 4)), (int)file[at + 4], (int)file[at + 5], (int)At(at + 6, 2), (int)At(at + 8, 8), (int)At(at + 16, 8));

        /// <summary>The offset, symbol and type of each relocation in a section.</summary>
        public IEnumerable<(ulong Offset, ulong Symbol, ulong Type)> Relocations(int section) =>
            from at in Entries(section, 16) select (At(at, 8), At(at + 12, 4), At(at + 8, 4));

        public ulong At(int offset, int width)
        {
            var value = 0UL;
            for (var i = width - 1; i >= 0; i--) value = (value << 8) | file[offset + i];
            return value;
        }

        private IEnumerable<int> Entries(int section, int size)
        {
            Field(section, 0x38, 8).ShouldBe((ulong)size);
            var (start, length) = ((int)Field(section, 0x18, 8), (int)Field(section, 0x20, 8));
            for (var at = start; at < start + length; at += size) yield return at;
        }

        private int Start(int section) => (int)At(0x28, 8) + (section * 64);

        private string Name(int offset)
        {
            var start = (int)Field((int)At(0x3e, 2), 0x18, 8) + offset;
            return System.Text.Encoding.UTF8.GetString(file.AsSpan(start, file.AsSpan(start).IndexOf((byte)0)));
        }
    }
}
