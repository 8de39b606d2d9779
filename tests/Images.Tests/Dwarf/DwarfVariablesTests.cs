using RbpfSpec.Images.Variables;

namespace RbpfSpec.Images.Tests.Dwarf;

/// <summary>Variables of C, read from objects of clang, whole and damaged.</summary>
public class DwarfVariablesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void Variables_of_what_is_linked_are_told_with_their_types_and_no_others(int version)
    {
        var (_, read) = Read(version);

        var names = read.All.Select(variable => variable.Name).ToList();
        names.ShouldBeSubsetOf(["request", "table", "matrix", "total", "i", "number", "doubled", "out", "n"]);
        foreach (var name in (string[])["request", "table", "total", "out", "n"]) names.ShouldContain(name);
        read.TypeAt(read.All.First(variable => variable.Name == "table").Type).ShouldBe(
            new SourceType.Array(read.Types.ToList().FindIndex(type => type is SourceType.Number { Name: "int" }), 6));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_bit_field_begins_at_its_bit_in_either_version(int version)
    {
        var (_, read) = Read(version);
        var request = read.Types.OfType<SourceType.Structure>().Single(type => type.Name == "struct request");

        request.Members.Single(member => member.Name == "low").ShouldSatisfyAllConditions(
            low => low.Offset.ShouldBe(24), low => low.Bits.ShouldBe(new BitField(0, 3)));
        request.Members.Single(member => member.Name == "high").ShouldSatisfyAllConditions(
            high => high.Offset.ShouldBe(24), high => high.Bits.ShouldBe(new BitField(3, 5)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_variable_is_where_the_compiler_says_and_of_other_slots_nowhere(int version)
    {
        var (image, read) = Read(version);
        var fill = image.Functions.Single(function => function.Name == "fill").Slot;
        var count = read.All.Single(variable => variable.Name == "n");

        // Only until the parameter's register is used for something else.
        count.Scope.ShouldBe([new SlotRange(fill, fill + 14)]);
        count.Locations.Select(location => location.Range).ShouldBe([new SlotRange(fill, fill + 1)]);
        LocationExpression.Evaluate(count.Locations[0], new(register => (ulong)register, (_, _) => null))
            .ShouldBeOfType<VariablePlace.Value>().Bytes[0].ShouldBe((byte)2);
    }

    // clang counts from the lowest byte of the stack that a function uses.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_place_on_the_stack_counts_from_what_the_function_uses_of_it(int version)
    {
        var (_, read) = Read(version);

        LocationExpression.Evaluate(
                read.All.Single(variable => variable.Name == "table").Locations[0],
                new(register => register == 10 ? 1000UL : null, (_, _) => null))
            .ShouldBe(new VariablePlace.Memory(1000 - 24));
    }

    // Whatever is damaged, there are variables, or one line that says why there are none.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Damaged_information_is_told_in_one_line_or_does_no_harm(int version)
    {
        var (image, _) = Read(version);
        var whole = File.ReadAllBytes(FileOf(version));
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var refused = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(64, bytes.Length)] = (byte)random.Next(256);

            var read = VariablesFile.Read(bytes, image, out var note);

            if (note is not null) refused++;
            (note is null || (read == ProgramVariables.None && !note.Contains('\n'))).ShouldBeTrue($"seed {seed}, round {round}");
            foreach (var location in read.All.SelectMany(variable => (IEnumerable<VariableLocation>)variable.Locations))
            {
                (location.Range.First >= 0 && location.Range.First < location.Range.End && location.Range.End <= image.Program.Count / 8)
                    .ShouldBeTrue($"seed {seed}, round {round}");
                LocationExpression.Evaluate(location, new(register => (ulong)register, (_, _) => 0));
            }

            for (var type = 0; type < read.Types.Count; type++) read.TypeAt(type);
        }

        refused.ShouldBeGreaterThan(0, $"seed {seed}");
    }

    private static string FileOf(int version) => Path.Combine(Repository.Root, $"tests/Images.Tests/Variables/variables{version}.o");

    private static (Image Image, ProgramVariables Variables) Read(int version)
    {
        var bytes = File.ReadAllBytes(FileOf(version));
        var image = ImageFile.Read(bytes, new() { Section = "prog" }).ShouldBeOfType<ImageResult.Loaded>().Image;
        var read = VariablesFile.Read(bytes, image, out var note);
        note.ShouldBeNull();
        return (image, read);
    }
}
