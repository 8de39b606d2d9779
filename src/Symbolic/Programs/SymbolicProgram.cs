using RbpfSpec.Host;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Programs;

/// <summary>The input that a run of a program depends on.</summary>
/// <param name="Context">The bytes of the context.</param>
/// <param name="Milliseconds">The time that the helper now_ms says.</param>
public sealed record Input(Sequence<byte> Context, ulong Milliseconds);

/// <summary>A program that is asked about, on every context of a size and at every time.</summary>
/// <param name="Machine">The machine, loaded with the program.</param>
/// <param name="Start">What a run starts from; its context and time are left open.</param>
/// <param name="Size">The length of the context in bytes.</param>
public sealed record SymbolicProgram(ReferenceMachine Machine, Start Start, int Size)
{
    private const string Prefix = "context";

    private static readonly TermWord Now = TermWord.Variable("now", Width.Bits64);

    /// <summary>The state to begin in, its context and time unknown.</summary>
    public State<TermWord> Symbolic()
    {
        var concrete = (Start with { Context = Sequence.Generate(Size, _ => (byte)0) }).State();
        var state = Lift.State(concrete, SymbolicHelpers.Like(Start.Host.Helpers));
        return state with
        {
            Memory = state.Memory.WithRegions(state.Memory.Regions.Map(region => IsContext(region)
                ? region with { Bytes = CellBytes.Variables((ulong)Size, Prefix) }
                : region)),
            Host = state.Host.WithMilliseconds(Now),
        };
    }

    /// <summary>The input that an assignment stands for.</summary>
    public Input Read(Assignment assignment) => new(
        Sequence.Generate(Size, index => (byte)assignment.Variable(Byte(index))),
        assignment.Variable(Now.Term));

    /// <summary>The end of the concrete run on an input; nothing if it takes more steps than given.</summary>
    public Outcome<Word>? Run(Input input, int steps)
    {
        var (outcome, _) = Runs.Limited(Machine.Step, Begin(input), steps + 1L);
        return outcome is Outcome<Word>.Next ? null : outcome;
    }

    /// <summary>The state in which the concrete run on an input comes to a slot; nothing if it does not within the steps given.</summary>
    public Outcome<Word>? RunTo(int slot, Input input, int steps)
    {
        var state = Begin(input);
        for (var step = 0; step <= steps; step++)
        {
            if (state.ProgramCounter.Value == (ulong)slot) return new Outcome<Word>.Next(state);
            if (Machine.Step(state) is not Outcome<Word>.Next next) return null;
            state = next.State;
        }

        return null;
    }

    /// <summary>That the context is that of an input; without a context, that the time is.</summary>
    public Term Is(Input input) => Size == 0
        ? Now.Term.EqualTo(Make.Constant(input.Milliseconds, 64))
        : Make.All(Enumerable.Range(0, Size).Select(index => Byte(index).EqualTo(Make.Constant(input.Context[index], 8))));

    /// <summary>The variable that stands for a byte of the context, 8 bits.</summary>
    /// <param name="index">Its offset.</param>
    public static Term Byte(int index) => CellBytes.Variable(Prefix, (ulong)index);

    /// <summary>The bytes of the context in a symbolic state.</summary>
    public IEnumerable<Term> Context(State<TermWord> state)
    {
        foreach (var region in state.Memory.Regions)
        {
            if (!IsContext(region)) continue;
            for (var i = 0; i < Size; i++)
                yield return region.Bytes.Read(TermWord.Constant((ulong)i, Width.Bits64), Width.Bits8).Term;
        }
    }

    /// <summary>The bytes of the context in a concrete state.</summary>
    public Sequence<byte> Context(State<Word> state)
    {
        foreach (var region in state.Memory.Regions)
        {
            if (region.Start.Value == AddressSpace.Context && Size > 0)
                return Sequence.Generate(Size, index => (byte)region.Bytes.Read(Word.Of((ulong)index), Width.Bits8).Value);
        }

        return [];
    }

    private State<Word> Begin(Input input) => (Start with
    {
        Context = input.Context,
        Host = Start.Host.WithMilliseconds(Word.Of(input.Milliseconds)),
    }).State();

    private bool IsContext(Region<TermWord> region) =>
        Size > 0 && region.Start.IsKnown(out var start) && start == AddressSpace.Context;
}
