using System.Collections.Immutable;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Arm.Text;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Thumb.Tests.Reading;

public class ThumbPathTests
{
    private const uint Start = 0x8000;
    private const int Seed = 2026;
    private const int Words = 32;
    private const uint WindowStart = 0x20000000;
    private const uint StackEnd = 0x20001000;

    private static readonly Term Window = Make.Variable("window", 32);
    private static readonly Term Stack = Make.Variable("stack", 32);

    [Fact]
    [Trait("Needs", "time")]
    public void On_values_the_ways_through_random_code_end_as_the_concrete_machine_does()
    {
        for (var round = 0; round < 100; round++)
        {
            var random = new Random(Seed + round);
            var bytes = new RandomCode(random).Draw(8);
            ThumbCode code = new(Start, [.. bytes], ImmutableDictionary<string, ThumbSymbol>.Empty);
            var end = Start + (uint)bytes.Length;
            ThumbReader reader = new(
                code, new HashSet<uint> { end }, ImmutableDictionary<uint, Func<ArmState<TermWord>, Contract>>.Empty,
                new HashSet<Term> { Window, Stack });
            var state = Symbolic(code);
            var paths = reader.Read(state, Start);
            for (var attempt = 0; attempt < 10; attempt++)
                Compare(paths, state, bytes, end, Values(random), $"seed {Seed + round}: {Text(bytes)}");
        }
    }

    [Fact]
    public void A_function_is_taken_for_what_its_contract_says()
    {
        // bl 0x8008; b . (a stop); nop; then the function.
        var code = Code(0xf000, 0xf802, 0xe7fe, 0xbf00, 0xbf00);
        var small = Make.Variable("r1", 32).Below(10);
        Contract Called(ArmState<TermWord> state) => new(
            TermTruths.Of(small),
            [
                (TermTruths.Of(Make.Variable("r2", 32).EqualTo(0)), state.With(0, TermWord.Constant(1, Width.Bits32))),
                (TermTruths.Of(Make.True), state.With(0, TermWord.Constant(2, Width.Bits32))),
            ]);
        ThumbReader reader = new(
            code, new HashSet<uint> { 0x8004 },
            new Dictionary<uint, Func<ArmState<TermWord>, Contract>> { [0x8008] = Called }, new HashSet<Term>());
        var paths = reader.Read(Symbolic(code), Start);
        paths.Select(path => path.End).ShouldBe(
        [
            new ThumbEnd.Stuck(0x8008, "a function is called with what it is not made for"),
            new ThumbEnd.Reached(0x8004),
            new ThumbEnd.Reached(0x8004),
        ]);
        paths[0].Condition.ShouldBe([!small]);
        paths.Skip(1).Select(path => path.State.Registers[0]).ShouldBe(
            [TermWord.Constant(1, Width.Bits32), TermWord.Constant(2, Width.Bits32)]);
        reader.Read(Symbolic(code), Start, small).Count.ShouldBe(2);
    }

    [Fact]
    public void Where_nothing_is_said_of_what_code_does_a_way_is_stuck()
    {
        // An undefined halfword; a branch to itself; a load at an address that is no object's.
        End(Code(0xb600)).ShouldBeOfType<ThumbEnd.Stuck>().Reason.ShouldContain("no instruction");
        End(Code(0xe7fe)).ShouldBeOfType<ThumbEnd.Stuck>().Reason.ShouldContain("on and on");
        End(Code(0x6808)).ShouldBeOfType<ThumbEnd.Stuck>().Reason.ShouldBe("fault: Access");
        End(Code(0xbf00)).ShouldBeOfType<ThumbEnd.Stuck>().Reason.ShouldContain("no code is there");
        End(Code(0x4708), (1, Make.Concatenate(Make.Variable("caller", 31), Make.Constant(1, 1)))).ShouldBeOfType<ThumbEnd.Left>();
    }

    private static ThumbEnd End(ThumbCode code, params (int Register, Term Value)[] registers)
    {
        ThumbReader reader = new(
            code, new HashSet<uint>(), ImmutableDictionary<uint, Func<ArmState<TermWord>, Contract>>.Empty, new HashSet<Term>());
        var state = registers.Aggregate(Symbolic(code), (state, pair) => state.With(pair.Register, new TermWord(pair.Value)));
        return reader.Read(state, Start).ShouldHaveSingleItem().End;
    }

    private static ThumbCode Code(params ushort[] halfwords) => new(
        Start, [.. halfwords.SelectMany(BitConverter.GetBytes)], ImmutableDictionary<string, ThumbSymbol>.Empty);

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

    private static ArmState<TermWord> Symbolic(ThumbCode code)
    {
        var registers = Sequence.Generate(15, number => TermWord.Variable($"r{number}", Width.Bits32))
            .With(6, new TermWord(Window + 32))
            .With(7, new TermWord(Window + 64))
            .With(13, new TermWord(Stack - 64));
        var objects = ImmutableDictionary.Create<Term, IMemoryObject>(ReferenceEqualityComparer.Instance)
            .Add(Window, new WordCells(Cells("w", 0), 0, 4 * Words))
            .Add(Stack, new WordCells(Cells("s", -4 * Words), -4 * Words, 0));
        return new(registers, new(Flag("n"), Flag("z"), Flag("c"), Flag("v")), new ObjectMemory(code, objects));
    }

    private static ImmutableDictionary<int, Term> Cells(string prefix, int first) => Enumerable.Range(0, Words)
        .ToImmutableDictionary(index => first + (4 * index), index => Make.Variable($"{prefix}{index}", 32));

    private static Truth<TermWord> Flag(string name) => TermTruths.Of(Make.Variable(name, Sort.Truth));

    private static Assignment Values(Random random)
    {
        Dictionary<string, ulong> known = new() { ["window"] = WindowStart, ["stack"] = StackEnd };
        var names = Enumerable.Range(0, 15).Select(number => $"r{number}")
            .Concat(Enumerable.Range(0, Words).SelectMany(index => (string[])[$"w{index}", $"s{index}"]));
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

    private static void Compare(
        Sequence<ThumbPath> paths, ArmState<TermWord> begin, byte[] bytes, uint end, Assignment values, string where)
    {
        var state = Concrete(begin, values);
        state = state with { Memory = new MappedMemory(((MappedMemory)state.Memory).Blocks.Add(new(Start, ByteTree.Of(bytes), false))) };
        var (address, fault) = (Start, (Fault?)null);
        while (address != end && fault is null)
        {
            switch (ArmMachine.Step(state, address))
            {
                case ArmOutcome.Next next:
                    (state, address) = (next.State, next.Address);
                    break;
                case ArmOutcome.Faulted faulted:
                    fault = faulted.Fault;
                    break;
                default:
                    Assert.Fail(where);
                    break;
            }
        }

        // The conditions of no two ways hold together, and one always does.
        var path = paths.Where(path => path.Condition.TrueForAll(term => values.Evaluate(term) == UInt128.One))
            .ToList().ShouldHaveSingleItem(where);
        path.End.ShouldBe(fault is null ? new ThumbEnd.Reached(end) : new ThumbEnd.Stuck(address, $"fault: {fault}"), where);
        var found = Concrete(path.State, values);
        found.Registers.ShouldBe(state.Registers, where);
        found.Flags.ShouldBe(state.Flags, where);
        found.It.ShouldBe(state.It, where);
        for (var i = 0; i < 2; i++)
        {
            ((MappedMemory)found.Memory).Blocks[i].Bytes.ToArray()
                .ShouldBe(((MappedMemory)state.Memory).Blocks[i].Bytes.ToArray(), where);
        }
    }

    private static ArmState<Word> Concrete(ArmState<TermWord> state, Assignment values)
    {
        var memory = (ObjectMemory)state.Memory;
        return new(
            state.Registers.Map(word => Word.Wrap((ulong)values.Evaluate(word.Term), Width.Bits32)),
            new(Concrete(state.Flags.Negative, values), Concrete(state.Flags.Zero, values),
                Concrete(state.Flags.Carry, values), Concrete(state.Flags.Overflow, values)),
            new MappedMemory(
            [
                Block((WordCells)memory[Window], WindowStart, 0, values),
                Block((WordCells)memory[Stack], StackEnd - (4 * Words), -4 * Words, values),
            ]),
            state.It);
    }

    private static Truth<Word> Concrete(Truth<TermWord> truth, Assignment values) =>
        Truth<Word>.Of(values.Evaluate(truth.Term) == UInt128.One);

    private static MemoryBlock Block(WordCells cells, uint start, int first, Assignment values)
    {
        var bytes = new byte[4 * Words];
        for (var i = 0; i < Words; i++) BitConverter.TryWriteBytes(bytes.AsSpan(4 * i), (uint)values.Evaluate(cells[first + (4 * i)]));
        return new(start, ByteTree.Of(bytes), true);
    }
}
