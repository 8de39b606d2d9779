using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Arm.Text;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Paths;

namespace RbpfSpec.Thumb.Tests.Paths;

[Trait("Needs", "solver")]
[Trait("Needs", "time")]
public class ThumbExecutorTests
{
    private const uint Start = 0x8000;
    private const int Seed = 2026;
    private const int WindowWords = 32;
    private const int StackWords = 64;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void On_values_the_paths_of_random_code_end_as_the_concrete_machine_does(bool joins, bool splits)
    {
        using var solving = new Solving();
        for (var round = 0; round < 150; round++)
        {
            var random = new Random(Seed + round);
            var bytes = new RandomCode(random).Draw(8);
            ThumbCode code = new([new(Start, [.. bytes])]);
            var end = Start + (uint)bytes.Length;
            ThumbExecutor executor = new(code, solving.Decider()) { Cuts = [end], Joins = joins, SplitsConditions = splits };
            var paths = executor.Run(Start, Symbolic(), executor.Assume().ShouldNotBeNull());
            for (var attempt = 0; attempt < 10; attempt++) Compare(paths, bytes, end, Values(random), $"seed {Seed + round}: {Text(bytes)}");
        }
    }

    private static string Text(byte[] bytes)
    {
        List<string> lines = [];
        for (var at = 0; at < bytes.Length;)
        {
            var decoded = Decoder.Decode(bytes, at);
            lines.Add(decoded is Decoded.Allowed allowed ? Disassembler.Text(allowed.Instruction).Replace('\t', ' ') : "?");
            at += decoded.Length;
        }

        return string.Join("; ", lines);
    }

    private static ArmState<TermWord> Symbolic()
    {
        var window = MemoryObject.Place("window");
        var stack = MemoryObject.Place("stack");
        var registers = Sequence.Generate(15, number => TermWord.Variable($"r{number}", Width.Bits32))
            .With(6, new TermWord(window + 32))
            .With(7, new TermWord(window + 64))
            .With(13, new TermWord(stack + 128));
        return new(
            registers,
            new(Flag("n"), Flag("z"), Flag("c"), Flag("v")),
            new ThumbMemory(
            [
                new MemoryObject.Cells("window", window, WordCells.Variables(WindowWords, "window")),
                new MemoryObject.Cells("stack", stack, WordCells.Variables(StackWords, "stack")),
            ]));
    }

    private static Truth<TermWord> Flag(string name) => TermTruths.Of(Make.Variable(name, Sort.Truth));

    // One value for each name; places far apart.
    private static Assignment Values(Random random)
    {
        Dictionary<string, ulong> known = new() { ["window"] = 0x20000000 >> 2, ["stack"] = 0x20001000 >> 2 };
        var names = Enumerable.Range(0, 15).Select(number => $"r{number}")
            .Concat(Enumerable.Range(0, WindowWords).Select(index => $"window{4 * index}"))
            .Concat(Enumerable.Range(0, StackWords).Select(index => $"stack{4 * index}"));
        foreach (var name in names) known[name] = Value(random);
        foreach (var name in (string[])["n", "z", "c", "v"]) known[name] = (ulong)random.Next(2);
        return new(variable => known[variable.Name], (_, _) => 0, (_, _) => 0);
    }

    private static ulong Value(Random random) => random.Next(4) switch
    {
        0 => (ulong)random.Next(4),
        1 => uint.MaxValue - (ulong)random.Next(4),
        _ => (ulong)random.NextInt64(1L << 32),
    };

    private static void Compare(Sequence<ThumbPath> paths, byte[] bytes, uint end, Assignment values, string where)
    {
        var state = Concrete(Symbolic(), values);
        ArmOutcome last = new ArmOutcome.Next(state, Start);
        for (var steps = 0; last is ArmOutcome.Next next && next.Address != end && steps < 100; steps++)
        {
            state = next.State;
            last = ArmMachine.Step(Fetching(next.State, bytes), next.Address) is ArmOutcome.Next(var after, var address)
                ? new ArmOutcome.Next(Without(after), address)
                : ArmMachine.Step(Fetching(next.State, bytes), next.Address);
        }

        var path = paths.Where(path => path.Condition.Terms.TrueForAll(term => values.Evaluate(term) == UInt128.One))
            .ToList().ShouldHaveSingleItem(where);
        var expected = last is ArmOutcome.Next(var ended, _) ? ended : state;
        var found = Concrete(path.State, values);
        found.Registers.ShouldBe(expected.Registers, where);
        found.Flags.ShouldBe(expected.Flags, where);
        found.It.ShouldBe(expected.It, where);
        for (var i = 0; i < 2; i++)
        {
            ((MappedMemory)found.Memory).Blocks[i].Bytes.ToArray()
                .ShouldBe(((MappedMemory)expected.Memory).Blocks[i].Bytes.ToArray(), where);
        }

        switch (path.End)
        {
            case ThumbEnd.Reached(var address):
                last.ShouldBeOfType<ArmOutcome.Next>(where).Address.ShouldBe(address, where);
                break;
            case ThumbEnd.Faulted(var fault, _):
                last.ShouldBeOfType<ArmOutcome.Faulted>(where).Fault.ShouldBe(fault, where);
                break;
            default:
                Assert.Fail($"{path.End}, {where}");
                break;
        }
    }

    private static ArmState<Word> Fetching(ArmState<Word> state, byte[] bytes) => state with
    {
        Memory = new MappedMemory(((MappedMemory)state.Memory).Blocks.Add(new(Start, ByteTree.Of(bytes), false))),
    };

    private static ArmState<Word> Without(ArmState<Word> state) =>
        state with { Memory = new MappedMemory(((MappedMemory)state.Memory).Blocks.WithoutLast()) };

    private static ArmState<Word> Concrete(ArmState<TermWord> state, Assignment values)
    {
        var blocks = ((ThumbMemory)state.Memory).Objects.Map(part => Block((MemoryObject.Cells)part, values));
        return new(
            state.Registers.Map(word => Word.Wrap((ulong)values.Evaluate(word.Term), Width.Bits32)),
            new(Concrete(state.Flags.Negative, values), Concrete(state.Flags.Zero, values),
                Concrete(state.Flags.Carry, values), Concrete(state.Flags.Overflow, values)),
            new MappedMemory(blocks),
            state.It);
    }

    private static Truth<Word> Concrete(Truth<TermWord> truth, Assignment values) =>
        Truth<Word>.Of(values.Evaluate(truth.Term) == UInt128.One);

    private static MemoryBlock Block(MemoryObject.Cells cells, Assignment values)
    {
        var bytes = new byte[cells.Length];
        for (var i = 0; i < bytes.Length / 4; i++) BitConverter.TryWriteBytes(bytes.AsSpan(4 * i), (uint)values.Evaluate(cells.Words[i]));
        return new((uint)values.Evaluate(cells.Start), ByteTree.Of(bytes), true);
    }
}
