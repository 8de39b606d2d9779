using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Interp.Tests;

/// <summary>States that no run comes to, each told what is wrong with it.</summary>
public sealed class StateShapeTests
{
    private static readonly Profile Machine = Profile.Rbpf with { FrameBytes = 16, FrameLimit = 3 };

    [Fact]
    public void A_state_that_a_run_comes_to_is_one() =>
        Law.Holds(61, 300, dice => (Profile: dice.Pick(Samples.Profiles.AsSpan()), Seed: dice.Next()), drawn =>
            StateShape.Problem(new Dice(drawn.Seed).StateOf(drawn.Profile), drawn.Profile).ShouldBeNull());

    public static TheoryData<string> Wrong => [.. Wrongs().Select(wrong => wrong.Problem)];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_state_that_no_run_comes_to_is_refused_by_name(string problem)
    {
        var state = Wrongs().Single(wrong => wrong.Problem == problem).State;
        var program = Comparison.Check(Semantics.Encoding.Program.Of([Samples.InstructionOf("jmp/exit")]), Machine)!;

        StateShape.Problem(state, Machine).ShouldBe(problem);
        foreach (var engine in Comparison.Available)
        {
            var machine = new EngineMachine(program, engine);
            Should.Throw<InvalidOperationException>(() => machine.Run(state)).Message.ShouldBe(problem);
            Should.Throw<InvalidOperationException>(() => machine.Run(state, out _)).Message.ShouldBe(problem);
            machine.Run(Called(0)).ShouldBeOfType<Outcome<Word>.Exited>();
        }
    }

    // The frames of the two calls to come end at address 0.
    [Fact]
    public void Frames_may_reach_the_lowest_address()
    {
        var state = Called(0);
        var low = With(state, "stack", region => region with { Start = Word.Of(32) });

        StateShape.Problem(low with { Memory = low.Memory.WithStack(low.Memory.Stack with { Start = Word.Of(32) }) }, Machine)
            .ShouldBeNull();
    }

    [Fact]
    public void A_machine_without_local_calls_has_no_frames_to_come() =>
        StateShape.Problem(Called(0), Machine with { FrameLimit = 0 }).ShouldBeNull();

    [Fact]
    public void Of_several_things_wrong_memory_is_told_of_before_the_host()
    {
        var state = Called(0);
        var wrong = state.Host with { Helpers = [Helping()] };
        var stack = With(state, "stack", r => r with { Writable = Truth<Word>.Of(false) });
        var context = With(state, "context", r => r with { Start = Word.Of(AddressSpace.Stack - 24) });
        var both = With(stack, "context", r => r with { Start = Word.Of(AddressSpace.Stack - 24) });

        StateShape.Problem(stack with { Host = wrong }, Machine).ShouldStartWith("no region is the entry's stack frame");
        StateShape.Problem(context with { Host = wrong }, Machine).ShouldEndWith("is in the way of stack frames");
        StateShape.Problem(both, Machine).ShouldStartWith("no region is the entry's stack frame");
    }

    private static IEnumerable<(string Problem, State<Word> State)> Wrongs()
    {
        var (none, two) = (Called(0), Called(2));
        yield return ("the state has no registers", none with { Registers = null! });
        yield return ("the state has no memory with a stack", none with { Memory = null! });
        yield return ("the state has no budget of branches and instructions", none with { Budget = none.Budget with { Branches = null! } });
        yield return ("the state has no host with a platform", none with { Host = none.Host with { Platform = null! } });
        yield return (
            "the state has no region in a place among its regions",
            none with { Memory = none.Memory.WithRegions(none.Memory.Regions.Add(null!)) });
        yield return ("the state has no frame in a place among its frames", two with { Frames = two.Frames.With(1, null!) });
        yield return (
            "a helper has no declaration or no body",
            none with { Host = none.Host with { BtfFunctions = [Helping() with { Body = null! }] } });
        yield return ("the program counter is not 64 bits wide", none with { ProgramCounter = Word.Wrap(0, Width.Bits32) });
        yield return (
            "the stack has frames of 17 bytes; those of the profile 'rbpf' have 16",
            none with { Memory = none.Memory.WithStack(none.Memory.Stack with { FrameBytes = Word.Of(17) }) });
        yield return ("3 local calls have not returned; the profile 'rbpf' lets 2 nest", Called(3));
        yield return (
            "the start or the length of region 'context' is not 64 bits wide",
            With(none, "context", r => r with { Start = Word.Wrap(9, Width.Bits32) }));
        yield return (
            "the bytes of region 'context' are no ByteTree",
            With(none, "context", r => r with { Bytes = new LentBytes(new(), new byte[8], 0, 8) }));
        yield return (
            "region 'context' has the length 1152921504606846976, but 8 bytes",
            With(none, "context", r => r with { Length = Word.Of(1UL << 60) }));
        yield return (
            "region 'stack' has the length 16, but 4096 bytes",
            With(none, "stack", r => r with { Bytes = ByteTree.Zero(4_096) }));
        yield return (
            "region 'stack frame' has the length 16, but 15 bytes",
            With(two, "stack frame", r => r with { Bytes = ByteTree.Zero(15) }));
        yield return (
            "region 'context' at 0xfffffffffffffff9 of 8 bytes wraps around the end of the address space",
            With(none, "context", r => r with { Start = Word.Of(ulong.MaxValue - 6) }));
        yield return (
            "region 'context' at 0xffffffc overlaps region 'stack' at 0x10000000",
            With(none, "context", r => r with { Start = Word.Of(AddressSpace.Stack - 4) }));
        yield return (
            "no region is the entry's stack frame: 16 bytes, readable and writable, at 0x10000000",
            With(none, "stack", r => r with { Writable = Truth<Word>.Of(false) }));
        yield return (
            "region 'stack frame' is not the stack frame of local call 1: 16 bytes, readable and writable, at 0xffffff0",
            two with
            {
                Memory = two.Memory.WithRegions(
                [.. two.Memory.Regions.AsSpan()[..2], two.Memory.Regions[3], two.Memory.Regions[2]])
            });
        yield return (
            "region 'stack frame' is not the stack frame of local call 2: 16 bytes, readable and writable, at 0xfffffe0",
            two with
            {
                Memory = two.Memory.WithRegions(
                two.Memory.Regions.With(3, two.Memory.Regions[3] with { Readable = Truth<Word>.Of(false) }))
            });
        yield return (
            "local call 2 keeps 4 registers; a call keeps r6 to r10",
            two with { Frames = [two.Frames[0], two.Frames[1] with { Saved = two.Frames[1].Saved.WithoutLast() }] });
        yield return (
            "region 'context' at 0xfffffe8 is in the way of stack frames",
            With(none, "context", r => r with { Start = Word.Of(AddressSpace.Stack - 24) }));
        yield return (
            "3 frames do not fit below 0x1f",
            With(none, "stack", r => r with { Start = Word.Of(31) }) is var low
                ? low with { Memory = low.Memory.WithStack(low.Memory.Stack with { Start = Word.Of(31) }) }
                : none);
        yield return (
            "argument 1 of the helper 'h' has its number of bytes in argument 6; there are 1 to 5",
            none with { Host = none.Host with { Helpers = [Helping()] } });
        yield return (
            "argument 1 of the helper 'b' has its number of bytes in argument 6; there are 1 to 5",
            none with { Host = none.Host with { BtfFunctions = [Helping("b")] } });
    }

    private static HelperFunction<Word> Helping(string name = "h") =>
        new(new(1, name, "", [new ArgumentKind.Readable(new ByteCount.InArgument(6))]), call => new(Word.Of(0), call.State, []));

    // A state within some local calls.
    private static State<Word> Called(int depth)
    {
        var state = new Start(Machine) { Context = [1, 2, 3, 4, 5, 6, 7, 8] }.State();
        for (var i = 0; i < depth; i++)
        {
            state = state with
            {
                Memory = state.Memory.PushFrame(),
                Frames = state.Frames.Add(new(Word.Of(0), Sequence.Generate(5, number => Word.Of((ulong)number)))),
            };
        }

        return state;
    }

    private static State<Word> With(State<Word> state, string name, Func<Region<Word>, Region<Word>> change) =>
        state with { Memory = state.Memory.WithRegions(state.Memory.Regions.Map(region => region.Name == name ? change(region) : region)) };
}
