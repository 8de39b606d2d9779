using System.Buffers.Binary;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Dialects.Native;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Bugs.Native;

/// <summary>The code that µBPF's compiler makes of one instruction as formulas, beside the rule.</summary>
/// <remarks>
/// A register of the processor holds the low half of one of the program; the high half is zero, and is to stay so. Of
/// memory there is one region.
/// </remarks>
internal static class MicroBpfReading
{
    /// <summary>The address of the first byte of code.</summary>
    public const uint Start = 0x0800_0000;

    /// <summary>How far behind the end of the code a taken jump goes on, in bytes.</summary>
    public const uint TakenAt = 4;

    /// <summary>How far behind the end of the code a trap goes on.</summary>
    public const uint TrapAt = 8;

    private static readonly Term Region = Make.Variable("region", 32);

    private static readonly Profile Profile = Profile.Rfc9669;

    /// <summary>That the code of an instruction does what the rule does.</summary>
    /// <param name="instruction">The instruction; if it jumps, over one slot.</param>
    /// <param name="compiler">The compiler.</param>
    public static Proposition About(Instruction instruction, MicroBpfCompiler compiler)
    {
        var code = compiler.Translate(instruction);
        var end = Start + (2 * (uint)code.Count);
        var before = Before();
        var effect = instruction.Form.Operation.Execute(
            new Execution<TermWord>(instruction.Form, instruction.Fields<TermWord>(), before, Profile));
        var traps = Make.Any(effect.Guards.Select(guard => guard.When.Term));
        var after = effect.Value.State;
        return new(
            [Region.Below((ulong)uint.MaxValue - MicroBpfCompiler.RegionBytes)],
            Make.All(Paths(code, end, before).Select(path => Make.All(path.Condition).Implies(IsRight(path)))),
            assignment => MicroBpfReplay.Of(
                instruction,
                compiler,
                Sequence.Generate(Registers<Word>.Count, number => (uint)assignment.Evaluate(Register(number))),
                (uint)assignment.Evaluate(Region)));

        Term IsRight(ThumbPath path) => path.End switch
        {
            ThumbEnd.Reached(var at) when at == end => !traps & IsAt(instruction.Form.Layout.Slots) & Agree(path.State),
            ThumbEnd.Reached(var at) when at == end + TakenAt =>
                !traps & IsAt(instruction.Form.Layout.Slots + instruction.Offset) & Agree(path.State),
            ThumbEnd.Reached => traps,
            ThumbEnd.Left or ThumbEnd.Stuck => Make.False,
        };

        Term IsAt(int slot) => after.ProgramCounter.Term.EqualTo((ulong)slot);

        Term Agree(ArmState<TermWord> state) => Make.All(Enumerable.Range(0, Registers<Word>.Count).Select(number =>
            state.Registers[MicroBpfCompiler.RegisterOf(number)].Term.ZeroExtended(64).EqualTo(after.Registers[number].Term)));
    }

    private static Term Register(int number) => Make.Variable($"r{number}", 32);

    private static Sequence<ThumbPath> Paths(Sequence<ushort> halfwords, uint end, State<TermWord> before)
    {
        var state = At(before);
        if (halfwords.IsEmpty) return [new([], state, new ThumbEnd.Reached(end))];
        var bytes = new byte[2 * halfwords.Count];
        for (var i = 0; i < halfwords.Count; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), halfwords[i]);
        var reader = new ThumbReader(
            new(Start, [.. bytes], new Dictionary<string, ThumbSymbol>()),
            new HashSet<uint> { end, end + TakenAt, end + TrapAt },
            new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(),
            new HashSet<Term>(ReferenceEqualityComparer.Instance));
        return reader.Read(state, Start);
    }

    private static State<TermWord> Before()
    {
        var arbitrary = SetupCatalogue.Arbitrary(Profile, 1);
        return arbitrary with
        {
            Registers = Registers<TermWord>.Of(
                [.. Enumerable.Range(0, Registers<Word>.Count).Select(number => new TermWord(Register(number).ZeroExtended(64)))]),
            ProgramCounter = TermWord.Constant(0, Width.Bits64),
            Memory = arbitrary.Memory.WithRegions(
            [
                arbitrary.Memory.Regions[0] with
                {
                    Start = new(Region.ZeroExtended(64)),
                    Length = TermWord.Constant(MicroBpfCompiler.RegionBytes, Width.Bits64),
                    Readable = Truth<TermWord>.Of(true),
                    Writable = Truth<TermWord>.Of(true),
                },
            ]),
        };
    }

    private static ArmState<TermWord> At(State<TermWord> before)
    {
        var registers = Sequence.Generate(ArmState<TermWord>.ProgramCounter, register => new TermWord(
            register == MicroBpfCompiler.RegionStart ? Region : Make.Variable($"host.r{register}", 32)));
        for (var number = 0; number < Registers<Word>.Count; number++)
            registers = registers.With(MicroBpfCompiler.RegisterOf(number), new(Register(number)));
        return new(registers, new(Flag("n"), Flag("z"), Flag("c"), Flag("v")), new GuestMemory<TermWord>(before.Memory));
    }

    private static Truth<TermWord> Flag(string name) => TermTruths.Of(Make.Variable($"flag.{name}", Sort.Truth));
}
