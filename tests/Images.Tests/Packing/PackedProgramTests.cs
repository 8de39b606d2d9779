using RbpfSpec.Images.Packing;
using Xunit.Abstractions;

namespace RbpfSpec.Images.Tests.Packing;

public sealed class PackedProgramTests(ITestOutputHelper output) : IDisposable
{
    private const int Cases = 400;
    private const int MostHeader = 14;
    private const int Room = 1 << 16;

    private static readonly HeatshrinkWindow[] Windows = [HeatshrinkWindow.Small, HeatshrinkWindow.Large];

    private readonly string folder = Directory.CreateTempSubdirectory("rbpf-packing-").FullName;

    private static IReadOnlyList<PackingVector> PackedVectors { get; } = [.. PackingVector.All.Where(vector => vector.Window is null)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_packed_is_what_is_unpacked() =>
        Law.Holds(14, Cases, Draw, drawn =>
        {
            var (program, window) = drawn;
            PackedProgram.Unpack(program.Pack(window)).ShouldBe(new PackingResult.Loaded(program));
        });

    [Fact]
    public void A_packed_program_is_never_longer_than_a_stored_one() =>
        Law.Holds(15, Cases, Draw, drawn =>
            drawn.Program.Pack(drawn.Window).Length.ShouldBeLessThanOrEqualTo(drawn.Program.Content.Count + MostHeader));

    [Fact]
    public void Noise_is_stored()
    {
        var noise = new byte[512];
        new Random(1).NextBytes(noise);

        var packed = new PackedProgram(Sequence.Of<byte>(noise)).Pack(HeatshrinkWindow.Small);

        PackedProgram.Describe(packed).ShouldBe("stored");
        packed.Length.ShouldBe(512 + 7);
    }

    [Fact]
    public void Every_file_is_a_program_within_its_length_or_a_problem_of_one_line() =>
        Law.Holds(16, 4 * Cases, dice => dice.AlmostPacked(), file =>
        {
            switch (PackedProgram.Unpack(file))
            {
                case PackingResult.Loaded(var program):
                    PackedHeader.TryRead(file, out var header, out _, out _).ShouldBeTrue();
                    program.Content.Count.ShouldBe(header!.Length);
                    break;
                case PackingResult.Malformed(var problem):
                    problem.ShouldStartWith("packed program");
                    problem.ShouldNotContain("\n");
                    break;
            }
        });

    [Theory]
    [InlineData("7242504b", "packed program: the file ends after 4 bytes; flags are expected next")]
    [InlineData("72425046", "packed program, byte 0: a packed program starts with the bytes 72 42 50 4b (rBPK)")]
    [InlineData("7242504b20", "packed program, byte 4: flags 0x20; flags above 0x1f are not known")]
    [InlineData("7242504b02", "packed program, byte 4: flags 0x02; the window of 8,4 (0x02) is expected with LZSS (0x01) only")]
    [InlineData("7242504b08", "packed program, byte 4: flags 0x08; parts (0x08) are expected with field packing (0x04) only")]
    [InlineData("7242504b00", "packed program, length: the file ends in it")]
    [InlineData("7242504b008180800800", "packed program, length: a number is 16777217; at most 16777216 is expected")]
    [InlineData("7242504b00808080808000", "packed program, length: a number does not end within 5 bytes")]
    [InlineData("7242504b101802", "packed program, byte 7: the stream ends after 0 of 24 bytes")]
    [InlineData("7242504b101803", "packed program, slot to start at: a number is 3; at most 2 is expected")]
    [InlineData("7242504b0c1011", "packed program, start of the slots: a number is 17; at most 16 is expected")]
    [InlineData("7242504b0c100102", "packed program, number of slots: a number is 2; at most 1 is expected")]
    [InlineData("7242504b0002010203", "packed program, byte 8: 1 bytes follow the end of the stream; none are expected")]
    [InlineData("7242504b0410b700ffffffff10", "packed program, byte 13: slot 0: a number is 4563402751; at most 4294967295 is expected")]
    [InlineData("7242504b01018081", "packed program, byte 8: the bits behind the last token are not zero")]
    [InlineData("7242504b010101c0", "packed program, byte 8: the last match says 6 bytes more than the 1 of the header")]
    public void A_problem_says_where_and_what_would_be_right(string file, string problem) =>
        PackedProgram.Unpack(Convert.FromHexString(file)).ShouldBe(new PackingResult.Malformed(problem));

    [Fact]
    public void What_a_packed_program_cannot_say_is_refused_at_once()
    {
        Should.Throw<ArgumentException>(() => new PackedProgram(new byte[16].ToSequence()).Pack(new(11, 4))).Message
            .ShouldContain("not 11,4");
        Should.Throw<InvalidOperationException>(() => new PackedProgram(new byte[16].ToSequence(), 2).Pack(HeatshrinkWindow.Small)).Message
            .ShouldBe("the program starts at slot 2; the content has 2");
        var longest = new PackedProgram(new byte[ImageFile.MaximumSize + 1].ToSequence());
        Should.Throw<InvalidOperationException>(() => longest.Pack(HeatshrinkWindow.Small)).Message
            .ShouldBe("the content has 16777217 bytes; at most 16777216 are supported");
    }

    public static TheoryData<string> Vectors => [.. PackingVector.All.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_vector_of_the_specification_is_unpacked_or_refused(string name)
    {
        var vector = PackingVector.All.Single(one => one.Name == name);

        if (vector.Window is { } window)
            Heatshrink.Decode(vector.File, window).ShouldBe(vector.Content);
        else if (vector.Content is { } content)
            PackedProgram.Unpack(vector.File).ShouldBe(new PackingResult.Loaded(new(Sequence.Of<byte>(content), vector.Entry)));
        else
            PackedProgram.Unpack(vector.File).ShouldBeOfType<PackingResult.Malformed>();
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_reader_for_devices_of_less_than_a_hundred_lines_reads_the_same()
    {
        var source = File.ReadAllText(Path.Combine(CPrograms.Sources, "unpack.c"));
        source.Split('\n').Length.ShouldBeLessThan(100);
        source.ShouldNotContain("alloc(");
        var program = CPrograms.Reader(folder, source);
        List<byte[]> files = [.. PackedVectors.Select(vector => vector.File), .. Programs.All.Select(program => program.Packed)];
        Law.Holds(17, Cases, Draw, drawn => files.Add(drawn.Program.Pack(drawn.Window)));
        Law.Holds(18, 4 * Cases, dice => dice.AlmostPacked(), files.Add);

        var results = CPrograms.Unpack(program, files.Select(file => (file, Room)));

        for (var index = 0; index < files.Count; index++)
        {
            var ours = PackedProgram.Unpack(files[index]) is PackingResult.Loaded(var loaded) ? loaded : null;
            var theirs = results[index] is var (content, entry) ? new PackedProgram(Sequence.Of<byte>(content), entry) : null;
            theirs.ShouldBe(ours, Convert.ToHexStringLower(files[index]));
        }
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void A_reader_for_devices_refuses_what_it_has_no_room_for()
    {
        var program = CPrograms.Reader(folder, File.ReadAllText(Path.Combine(CPrograms.Sources, "unpack.c")));
        byte[] content = [.. Enumerable.Repeat((byte)0xb7, 1000)];
        var packed = new PackedProgram(Sequence.Of<byte>(content)).Pack(HeatshrinkWindow.Small);

        var results = CPrograms.Unpack(program, [(packed, 1000), (packed, 999), (packed, 0)]);

        results[0]!.Value.Content.ShouldBe(content);
        results.Skip(1).ShouldBe([null, null]);
    }

    // What breaks a requirement, a vector of it shows: mistakes that a reader could make, and whose vectors find them.
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "packing/magic", "in[3] != 'K'", "0" },
        { "packing/flags", "flags > 0x1f || ", "" },
        { "packing/flags", "(flags & (CODED | LARGE)) == LARGE || ", "" },
        { "packing/flags", " || (flags & (FIELDS | PARTS)) == PARTS", "" },
        { "packing/number", "shift < 35", "shift < 42" },
        { "packing/number", "shift < 35", "shift < 28" },
        { "packing/number", "sum <= most", "sum <= most || most > 0" },
        { "packing/number", "(uint64_t)(byte & 0x7f) << shift", "(uint64_t)(byte & 0x7f) << (7 - shift % 14)" },
        { "packing/length", "if (value < 0) return -1;", "if (value < 0) break;" },
        { "packing/entry", "length / 8 - 1, entry", "length / 8, entry" },
        { "packing/entry", "length < 8 ? 0 :", "" },
        { "packing/parts", "(length - start) / 8, &slots", "length / 8, &slots" },
        { "packing/parts", "at == start &&", "" },
        { "packing/rest", "slots = length / 8;", "slots = (length + 7) / 8;" },
        { "packing/end", "s.copying != 0 || ", "" },
        { "packing/end", "s.bits - s.bit >= 8", "0" },
        { "packing/end", "if (take(&s, 1) != 0) return -1;", "take(&s, 1);" },
        { "packing/tokens", "(unsigned)back + 1", "(unsigned)back" },
        { "packing/tokens", "(unsigned)more + 1", "(unsigned)more + 2" },
        { "packing/tokens", "flags & LARGE ? 8 : 7", "7" },
        { "packing/tokens", "flags & LARGE ? 4 : 3", "3" },
        { "packing/tokens", "& 255] = (uint8_t)value", "& 255] = (uint8_t)(literal ? value : 0)" },
        {
            "packing/zeros", "if (s->window == 0) return take(s, 8);",
            "if (s->window == 0) return s->past[s->head++ & 255] = (uint8_t)take(s, 8);"
        },
        { "packing/fields", "case 0x00: case 0x06: return IMMEDIATE;", "case 0x06: return IMMEDIATE;" },
        { "packing/fields", "case 0x95: return 0;", "" },
        { "packing/fields", "opcode >= 0xc0 ? ALL : REGISTERS | OFFSET", "REGISTERS | OFFSET" },
        { "packing/fields", "case 0x85: case 0xdc:", "case 0x85:" },
        { "packing/whole", "if (opcode == WHOLE) opcode = next(s);", "" },
        { "packing/whole", "opcode == WHOLE ? ALL : fields(opcode)", "fields(opcode)" },
        { "packing/signed", "offset >> 1 ^ (0 - (offset & 1))", "offset >> 1" },
        { "packing/signed", "immediate >> 1 ^ (0 - (immediate & 1))", "immediate >> 1" },
        { "packing/signed", "out[3] = (uint8_t)(offset >> 8)", "out[3] = 0" },
    };

    [Theory]
    [Trait("Needs", "compiler")]
    [MemberData(nameof(Mistakes))]
    public void A_vector_of_the_requirement_finds_a_readers_mistake(string rule, string right, string wrong)
    {
        var source = File.ReadAllText(Path.Combine(CPrograms.Sources, "unpack.c"));
        source.Split(right).Length.ShouldBe(2, "a mistake is made in one place");
        var vectors = PackingVector.All.Where(vector => vector.Rule == rule).ToList();

        Show(source.Replace(right, wrong, StringComparison.Ordinal), vectors).ShouldBeTrue();
    }

    [Fact]
    [Trait("Needs", "compiler")]
    public void The_vectors_find_no_mistake_where_there_is_none() =>
        Show(File.ReadAllText(Path.Combine(CPrograms.Sources, "unpack.c")), PackedVectors).ShouldBeFalse();

    [Fact]
    public void Most_programs_of_clang_lose_three_fifths()
    {
        var savings = Programs.All.Where(program => program.Length >= 200)
            .Select(program => (program.Name, program.Length, Packed: program.Packed.Length))
            .Select(one => (one.Name, one.Length, one.Packed, Saved: 100.0 * (one.Length - one.Packed) / one.Length))
            .ToList();
        foreach (var (name, length, packed, saved) in savings) output.WriteLine($"{name,-48} {length,5} {packed,5} {saved,5:0.0} %");
        var ordered = savings.Select(one => one.Saved).Order().ToList();
        var median = (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
        output.WriteLine(
            $"{savings.Count} programs of 200 bytes and more, {ordered.Count(saved => saved >= 60)} save 60 %; "
            + $"median {median:0.0} %, least {ordered[0]:0.0} %");

        savings.Count.ShouldBeGreaterThanOrEqualTo(18);
        (ordered.Count(saved => saved >= 60) / (double)ordered.Count).ShouldBe(1.0);
        Math.Floor(median).ShouldBe(65);
    }

    private static (PackedProgram Program, HeatshrinkWindow Window) Draw(Dice dice)
    {
        var content = dice.Any();
        var entry = dice.OnceIn(2) ? 0 : dice.Between(0, Math.Max(0, (content.Length / 8) - 1));
        return (new(Sequence.Of<byte>(content), entry), dice.Pick<HeatshrinkWindow>(Windows));
    }

    // Whether vectors show that a reader is wrong: it does something else than they expect, or is stopped.
    private bool Show(string source, IReadOnlyList<PackingVector> vectors)
    {
        var program = CPrograms.Reader(folder, source);
        return CPrograms.TryUnpack(program, vectors.Select(vector => (vector.File, 4096))) is not { } results
            || vectors.Zip(results).Any(pair => !IsExpected(pair.First, pair.Second));
    }

    private static bool IsExpected(PackingVector vector, (byte[] Content, int Entry)? result) => result is var (content, entry)
        ? vector.Content is { } expected && content.SequenceEqual(expected) && entry == vector.Entry
        : vector.Content is null;
}
