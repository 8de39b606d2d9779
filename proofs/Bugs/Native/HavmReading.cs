using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Dialects;
using RbpfSpec.Dialects.Machines;
using RbpfSpec.Dialects.Native;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Bugs.Native;

/// <summary>Blocks of HAVM as formulas: the words, decoded and read from the call to the return, beside the rules of the run.</summary>
internal static class HavmReading
{
    private const uint Start = 0x0800_0000;
    private const int ProgramCounter = 44;
    private const int StackBytes = 48;
    private const int StateBytes = 48;

    private static readonly Term StateAt = Make.Variable("havm.state", 32);
    private static readonly Term StackAt = Make.Variable("havm.stack", 32);
    private static readonly Term Counter = Make.Variable("havm.pc", 32);
    private static readonly Term CallerStack = Make.Concatenate(Make.Variable("caller.sp", 30), Make.Constant(0, 2));
    private static readonly Term Return = Make.Concatenate(Make.Variable("caller.lr", 31), Make.Constant(1, 1));

    private static readonly HashSet<Term> Aligned = new(ReferenceEqualityComparer.Instance) { StateAt, StackAt };

    /// <summary>A register of the program, 32 bits, before the run.</summary>
    public static Term Register(int number) => Make.Variable($"r{number}", 32);

    /// <summary>
    /// That the block of a run does what the rules of its instructions do, whatever the registers are: it faults nowhere,
    /// returns to its caller with SP and R4 to R11 as they were, and leaves in the state what the rules leave.
    /// </summary>
    /// <param name="words">The words of the block.</param>
    /// <param name="run">The run.</param>
    /// <param name="isModel">Whether it moves the program counter in the state, as the model's blocks do.</param>
    public static Term IsRight(Sequence<uint> words, Sequence<Slot> run, bool isModel)
    {
        var bytes = new byte[4 * words.Count];
        for (var i = 0; i < words.Count; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        var code = new ThumbCode(Start, [.. bytes], new Dictionary<string, ThumbSymbol>());
        var reader = new ThumbReader(
            code, new HashSet<uint>(), new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(), Aligned);
        var (registers, traps) = After(run);
        var counter = isModel ? Counter + (ulong)run.Count : Counter;
        return Make.All(reader.Read(Before(code), Start).Select(path =>
            Make.All(path.Condition).Implies(!traps & Agrees(path, registers, counter))));
    }

    /// <summary>A program that moves values into the registers that a run uses, runs it, and ends.</summary>
    public static Program ProgramOf(Sequence<Slot> run, Assignment assignment) => new(
    [
        .. from number in run.SelectMany(UsedBy).Distinct().Order()
           select Slot.Of(0xb4, number, 0, 0, (int)(uint)assignment.Evaluate(Register(number))),
        .. run,
        Slot.Of(0x95, 0, 0, 0, 0),
    ]);

    /// <summary>A block called on the registers of an assignment, beside the rules.</summary>
    public static Replay Replayed(Sequence<uint> words, Sequence<Slot> run, Assignment assignment)
    {
        Sequence<uint> before = Sequence.Generate(
            Registers<Word>.Count, number => (uint)assignment.Evaluate(Register(number)));
        var dialect = Havm.Dialect;
        var start = new Start(dialect.Profile).State();
        var registers = start.Registers;
        for (var number = 0; number < before.Count; number++) registers = registers.With(number, Word.Of(before[number]));
        var after = new DialectMachine(new(run), dialect).Run(start with { Registers = registers }, run.Count).State;
        var right = Text([.. Enumerable.Range(0, before.Count).Select(number => (uint)after.Registers[number].Value)]);
        var happened = HavmMachine.Call(words, 0, before) switch
        {
            HavmBlockOutcome.Returned(var found, _) => Text(found),
            HavmBlockOutcome.Lost(var reason) => reason,
        };
        Sequence<string> lines =
        [
            .. run.Select(slot => $"run: {slot}"), $"before: {Text(before)}", $"the block: {happened}", $"the rules: {right}",
        ];
        return happened == right ? new Replay.NotShown(string.Join("; ", lines)) : new Replay.Shown(lines);
    }

    private static string Text(Sequence<uint> registers) => string.Join(", ", registers.Select(
        (value, number) => string.Create(CultureInfo.InvariantCulture, $"r{number} = 0x{value:x}")));

    private static IEnumerable<byte> UsedBy(Slot slot) =>
        (slot.Opcode & 8) == 0 ? [slot.Destination] : [slot.Destination, slot.Source];

    private static Term Agrees(ThumbPath path, IRegisters<TermWord> rules, Term counter)
    {
        if (path.End is not ThumbEnd.Left(var target)) return Make.False;
        var (memory, registers) = ((ObjectMemory)path.State.Memory, path.State.Registers);
        var state = (WordCells)memory[StateAt];
        return target.EqualTo(Return & Make.Constant(0xffff_fffe, 32))
            & registers[ArmState<TermWord>.StackPointer].Term.EqualTo(CallerStack)
            & Make.All(Enumerable.Range(4, 8).Select(register => registers[register].Term.EqualTo(Caller(register))))
            & Make.All(Enumerable.Range(0, Registers<Word>.Count).Select(number =>
                state[4 * number].ZeroExtended(64).EqualTo(rules[number].Term)))
            & state[ProgramCounter].EqualTo(counter);
    }

    private static ArmState<TermWord> Before(ThumbCode code) => new(
        Sequence.Generate(ArmState<TermWord>.ProgramCounter, register => new TermWord(register switch
        {
            0 => Make.Constant(Start, 32),
            1 => StateAt,
            ArmState<TermWord>.StackPointer => StackAt,
            ArmState<TermWord>.Link => Return,
            _ => Caller(register),
        })),
        new(Flag("n"), Flag("z"), Flag("c"), Flag("v")),
        new ObjectMemory(code, ImmutableDictionary.Create<Term, IMemoryObject>(ReferenceEqualityComparer.Instance))
            .With(StateAt, new WordCells(
                Enumerable.Range(0, Registers<Word>.Count).ToImmutableDictionary(number => 4 * number, Register)
                    .Add(ProgramCounter, Counter),
                0,
                StateBytes))
            .With(StackAt, new WordCells(ImmutableDictionary<int, Term>.Empty.Add(0, CallerStack), 0, StackBytes)));

    private static Truth<TermWord> Flag(string name) => TermTruths.Of(Make.Variable($"flag.{name}", Sort.Truth));

    private static Term Caller(int register) => Make.Variable($"caller.r{register}", 32);

    // What the rules leave in the registers, and whether one of them traps.
    private static (IRegisters<TermWord> Registers, Term Traps) After(Sequence<Slot> run)
    {
        var profile = Havm.Dialect.Profile;
        var program = new Program(run);
        var state = SetupCatalogue.Arbitrary(profile, 0) with
        {
            Registers = Registers<TermWord>.Of(
                [.. Enumerable.Range(0, Registers<Word>.Count).Select(number => new TermWord(Register(number).ZeroExtended(64)))]),
        };
        var traps = Make.False;
        for (var index = 0; index < run.Count; index++)
        {
            if (Preflight.Decode(program, index) is not Decoded.Valid { Instruction: var instruction })
                throw new ArgumentException($"slot {index} of the run is no instruction", nameof(run));
            var effect = instruction.Form.Operation.Execute(
                new Execution<TermWord>(instruction.Form, instruction.Fields<TermWord>(), state, profile));
            foreach (var (when, _) in effect.Guards) traps |= when.Term;
            state = effect.Value.State;
        }

        return (state.Registers, traps);
    }
}
