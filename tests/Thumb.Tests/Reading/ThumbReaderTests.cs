using System.Collections.Immutable;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Thumb.Tests.Reading;

public sealed class ThumbReaderTests
{
    private const uint Start = 0x1000;

    private static readonly Term Stack = Make.Variable("sp", 32);
    private static readonly Term Word = Make.Variable("word", 32);

    [Fact]
    public void A_branch_that_is_not_known_has_two_ways()
    {
        var paths = Read(
            new Instruction.CompareBranch(IsNonZero: false, Register: 0, Distance: 0),
            new Instruction.BranchExchange(IsLinked: false, Target: 14),
            new Instruction.BranchExchange(IsLinked: false, Target: 1));

        paths.Count.ShouldBe(2);
        paths.Select(path => path.End.ShouldBeOfType<ThumbEnd.Left>().Target.ToString()).ShouldBe(
            ["(bvand (concat r1 (_ bv1 1)) #xfffffffe)", "(bvand (concat r14 (_ bv1 1)) #xfffffffe)"], ignoreOrder: true);
        Make.All(paths[0].Condition).ShouldBe(!Make.All(paths[1].Condition));
    }

    [Fact]
    public void Where_the_reader_stops_a_way_ends()
    {
        var code = CodeOf(new Instruction.Branch(Condition.Always, -4));
        var path = ReaderOf(code, Start).Read(State(code), Start).ShouldHaveSingleItem();

        path.End.ShouldBe(new ThumbEnd.Reached(Start));
        path.Condition.ShouldBeEmpty();
    }

    [Fact]
    public void What_the_decoder_refuses_is_stuck()
    {
        var code = new ThumbCode(Start, [0xff, 0xff, 0xff, 0xff], ImmutableDictionary<string, ThumbSymbol>.Empty);

        ReaderOf(code).Read(State(code), Start).ShouldHaveSingleItem().End.ShouldBeOfType<ThumbEnd.Stuck>();
    }

    [Fact]
    public void A_word_that_is_pushed_is_on_the_stack()
    {
        var push = new Instruction.TransferMultiple(IsLoad: false, Base: 13, Registers: 1, IsBefore: true, IsWrittenBack: true);
        var path = Read(push, new Instruction.BranchExchange(IsLinked: false, Target: 14)).ShouldHaveSingleItem();

        path.End.ShouldBeOfType<ThumbEnd.Left>();
        ((WordCells)((ObjectMemory)path.State.Memory)[Stack])[-4].ShouldBe(Word);
        path.State.Registers[13].Term.ShouldBe(Stack - 4UL);
    }

    [Fact]
    public void A_push_below_the_stack_is_stuck()
    {
        var push = new Instruction.TransferMultiple(IsLoad: false, Base: 13, Registers: 0x7, IsBefore: true, IsWrittenBack: true);

        Read(push).ShouldHaveSingleItem().End.ShouldBeOfType<ThumbEnd.Stuck>().Reason.ShouldBe("fault: Access");
    }

    [Fact]
    public void A_function_at_an_address_that_is_no_number_is_called_by_contract()
    {
        var code = CodeOf(new Instruction.BranchExchange(IsLinked: true, Target: 1));
        var state = State(code);
        var seven = TermWord.Constant(7, Width.Bits32);
        ThumbReader reader = new(
            code, new HashSet<uint> { Start + 2 }, new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(), new HashSet<Term> { Stack })
        {
            Functions = new Dictionary<Term, Func<ArmState<TermWord>, Contract>>
            {
                [state.Registers[1].Term & Make.Constant(0xffff_fffe, 32)] =
                    called => new(Truth<TermWord>.Of(true), [(Truth<TermWord>.Of(true), called.With(0, seven))]),
            },
        };

        var path = reader.Read(state, Start).ShouldHaveSingleItem();
        path.End.ShouldBe(new ThumbEnd.Reached(Start + 2));
        path.State.Registers[0].ShouldBe(seven);
    }

    private static Sequence<ThumbPath> Read(params Instruction[] instructions)
    {
        var code = CodeOf(instructions);
        return ReaderOf(code).Read(State(code), Start);
    }

    private static ThumbReader ReaderOf(ThumbCode code, params uint[] stops) => new(
        code, stops.ToHashSet(), new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(), new HashSet<Term> { Stack });

    private static ThumbCode CodeOf(params Instruction[] instructions) => new(
        Start,
        [.. instructions.SelectMany(one => Encoder.Encode(one)).SelectMany(half => (byte[])[(byte)half, (byte)(half >> 8)])],
        ImmutableDictionary<string, ThumbSymbol>.Empty);

    // A stack of two words.
    private static ArmState<TermWord> State(ThumbCode code) => new(
        Sequence.Generate(15, number => new TermWord(number switch
        {
            0 => Word,
            1 => Make.Concatenate(Make.Variable("r1", 31), Make.Constant(1, 1)),
            13 => Stack,
            14 => Make.Concatenate(Make.Variable("r14", 31), Make.Constant(1, 1)),
            _ => Make.Variable($"r{number}", 32),
        })),
        new(Flag("n"), Flag("z"), Flag("c"), Flag("v")),
        new ObjectMemory(code, ImmutableDictionary.Create<Term, IMemoryObject>(ReferenceEqualityComparer.Instance))
            .With(Stack, new WordCells(ImmutableDictionary<int, Term>.Empty, -8, 0)));

    private static Truth<TermWord> Flag(string name) => TermTruths.Of(Make.Variable(name, Sort.Truth));
}
