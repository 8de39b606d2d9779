using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Host;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Compact;

/// <summary>What steps an instruction becomes, over any domain of words: on numbers to run it, on terms to prove it.</summary>
/// <remarks>What a profile decides is decided here: no step reads a profile.</remarks>
internal static class Decoding
{
    /// <summary>The step that does what the instruction does.</summary>
    /// <param name="form">The encoding.</param>
    /// <param name="code">Its code.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="platform">What wide and packet loads of platforms mean.</param>
    public static Step<TWord> StepOf<TWord, TBit>(Form form, Code code, FieldWords<TWord> fields, Platform<TWord> platform)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => new(
            code,
            Place<TWord, TBit>(fields.Destination),
            form.Operation is PacketLoad.Absolute
                ? TWord.Constant(MachineState.ZeroRegister * 8, Width.Bits8)
                : Place<TWord, TBit>(fields.Source),
            form.Displacement.IsEmpty ? fields.Offset.SignExtend(Width.Bits32) : fields[form.Displacement[0]].SignExtend(Width.Bits32),
            form.Operation switch
            {
                WideLoad load => load.Value<TWord, TBit>(fields.Immediate, fields.NextImmediate, platform),
                PacketLoad => platform.PacketStart + fields.Immediate.SignExtend(Width.Bits64),
                AluOperation.Move when form.Width.Bits is 32 => fields.Immediate.ZeroExtend(Width.Bits64),
                _ => fields.Immediate.SignExtend(Width.Bits64),
            });

    /// <summary>The guards that stand before it in a profile, in order.</summary>
    /// <param name="form">The encoding.</param>
    /// <param name="step">Its step.</param>
    /// <param name="profile">The profile.</param>
    public static Sequence<GuardStep<TWord, TBit>> GuardsOf<TWord, TBit>(Form form, in Step<TWord> step, Profile profile)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => form.Operation switch
        {
            AluOperation.Divide or AluOperation.Modulo => OfZero<TWord, TBit>(form, step, profile),
            AluOperation.DivideSigned or AluOperation.ModuloSigned =>
                [.. OfZero<TWord, TBit>(form, step, profile), .. OfOverflow<TWord, TBit>(form, step, profile)],
            AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned => OfShift<TWord, TBit>(form, step, profile),
            MemoryOperation.Load or MemoryOperation.LoadSigned => OfAlignment<TWord, TBit>(form, step.Source, Wide<TWord, TBit>(step), Grants.Read, profile),
            MemoryOperation => OfAlignment<TWord, TBit>(form, step.Destination, Wide<TWord, TBit>(step), Grants.Write, profile),
            AtomicOperation => OfAlignment<TWord, TBit>(form, step.Destination, Wide<TWord, TBit>(step), Grants.ReadWrite, profile),
            PacketLoad => OfAlignment<TWord, TBit>(form, step.Source, step.Immediate, Grants.Read, profile),
            _ => [],
        };

    private static TWord Place<TWord, TBit>(TWord register)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => register.ZeroExtend(Width.Bits8) * TWord.Constant(8, Width.Bits8);

    private static TWord Wide<TWord, TBit>(in Step<TWord> step)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => step.Offset.SignExtend(Width.Bits64);

    private static Sequence<GuardStep<TWord, TBit>> OfZero<TWord, TBit>(Form form, in Step<TWord> step, Profile profile)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => profile.ZeroDivisor switch
        {
            ZeroDivisor.Yields => [],
            ZeroDivisor.Traps when form.Operand is SourceOperand.Register =>
                [new(TBit.Of(true), step with { Code = form.Width.Bits is 64 ? Code.TrapOnZero64 : Code.TrapOnZero32 })],
            ZeroDivisor.Traps =>
                [new(TWord.Same(step.Immediate, TWord.Zero(Width.Bits64)), Always<TWord, TBit>(step, Stop.DivisionByZero))],
        };

    private static Sequence<GuardStep<TWord, TBit>> OfOverflow<TWord, TBit>(Form form, in Step<TWord> step, Profile profile)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => profile.SignedOverflow switch
        {
            SignedOverflow.Wraps => [],
            SignedOverflow.Traps when form.Operand is SourceOperand.Register =>
                [new(TBit.Of(true), step with { Code = form.Width.Bits is 64 ? Code.TrapOnOverflow64X : Code.TrapOnOverflow32X })],
            SignedOverflow.Traps =>
            [
                new(
                    TWord.Same(step.Immediate, TWord.Constant(ulong.MaxValue, Width.Bits64)),
                    step with { Code = form.Width.Bits is 64 ? Code.TrapOnOverflow64K : Code.TrapOnOverflow32K }),
            ],
        };

    private static Sequence<GuardStep<TWord, TBit>> OfShift<TWord, TBit>(Form form, in Step<TWord> step, Profile profile)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => profile.LargeShift switch
        {
            LargeShift.Masked => [],
            LargeShift.Traps when form.Operand is SourceOperand.Register =>
                [new(TBit.Of(true), step with { Code = form.Width.Bits is 64 ? Code.TrapOnLargeShift64 : Code.TrapOnLargeShift32 })],
            LargeShift.Traps =>
            [
                new(
                    !TWord.LessUnsigned(step.Immediate, TWord.Constant((ulong)form.Width.Bits, Width.Bits64)),
                    Always<TWord, TBit>(step, Stop.ShiftAmount)),
            ],
        };

    // The base register, the distance from it, and in the offset the size and the permission.
    private static Sequence<GuardStep<TWord, TBit>> OfAlignment<TWord, TBit>(
        Form form, TWord @base, TWord distance, ulong permission, Profile profile)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => profile.Alignment switch
        {
            Alignment.Any => [],
            Alignment.Natural when form.Width.Bits is 8 => [],
            Alignment.Natural =>
            [
                new(TBit.Of(true), new(
                    Code.TrapOnMisaligned,
                    TWord.Zero(Width.Bits8),
                    @base,
                    TWord.Constant((ulong)form.Width.Bytes + (256 * permission), Width.Bits32),
                    distance)),
            ],
        };

    private static Step<TWord> Always<TWord, TBit>(in Step<TWord> step, ulong stop)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => step with { Code = Code.TrapAlways, Immediate = TWord.Constant(stop, Width.Bits64) };
}
