using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Interp.Predecoded;

/// <summary>Decodes an instruction into steps, over any domain of words: on numbers to run it, on terms to prove it.</summary>
/// <remarks>What a profile decides is decided here: no step reads a profile.</remarks>
internal static class Decoding
{
    /// <summary>The step that does what the instruction does.</summary>
    /// <param name="form">The encoding.</param>
    /// <param name="code">Its code.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="platform">What wide and packet loads of platforms mean.</param>
    public static Step<T> StepOf<T>(Form form, Code code, FieldWords<T> fields, Platform<T> platform)
        where T : IWord<T> => new(
            code,
            Place<T>(fields.Destination),
            form.Operation is PacketLoad.Absolute
                ? T.Constant(RunState.ZeroRegister * 8, Width.Bits8)
                : Place<T>(fields.Source),
            form.Displacement.IsEmpty ? fields.Offset.SignExtend(Width.Bits32) : fields[form.Displacement[0]].SignExtend(Width.Bits32),
            form.Operation switch
            {
                WideLoad load => load.Value<T>(fields.Immediate, fields.NextImmediate, platform),
                PacketLoad => platform.PacketStart + fields.Immediate.SignExtend(Width.Bits64),
                AluOperation.Move when form.Width.Bits is 32 => fields.Immediate.ZeroExtend(Width.Bits64),
                _ => fields.Immediate.SignExtend(Width.Bits64),
            });

    /// <summary>The guards that stand before it in a profile, in order.</summary>
    /// <param name="form">The encoding.</param>
    /// <param name="step">Its step.</param>
    /// <param name="profile">The profile.</param>
    public static Sequence<GuardStep<T>> GuardsOf<T>(Form form, in Step<T> step, Profile profile)
        where T : IWord<T> => form.Operation switch
        {
            AluOperation.Division.Divide or AluOperation.Division.Modulo => OfZero<T>(form, step, profile),
            AluOperation.Division.DivideSigned or AluOperation.Division.ModuloSigned =>
                [.. OfZero<T>(form, step, profile), .. OfOverflow<T>(form, step, profile)],
            AluOperation.ShiftLeft or AluOperation.ShiftRight or AluOperation.ShiftRightSigned => OfShift<T>(form, step, profile),
            MemoryOperation { Kind: Access.Read } => OfAlignment<T>(form, step.Source, Wide<T>(step), Grants.Read, profile),
            MemoryOperation => OfAlignment<T>(form, step.Destination, Wide<T>(step), Grants.Write, profile),
            AtomicOperation => OfAlignment<T>(form, step.Destination, Wide<T>(step), Grants.ReadWrite, profile),
            PacketLoad => OfAlignment<T>(form, step.Source, step.Immediate, Grants.Read, profile),
            _ => [],
        };

    private static T Place<T>(T register)
        where T : IWord<T> => register.ZeroExtend(Width.Bits8) * T.Constant(8, Width.Bits8);

    private static T Wide<T>(in Step<T> step)
        where T : IWord<T> => step.Offset.SignExtend(Width.Bits64);

    private static Sequence<GuardStep<T>> OfZero<T>(Form form, in Step<T> step, Profile profile)
        where T : IWord<T> => profile.ZeroDivisor switch
        {
            ZeroDivisor.Yields => [],
            ZeroDivisor.Traps when form.Operand is SourceOperand.Register =>
                [new(Truth<T>.Of(true), step with { Code = form.Width.Bits is 64 ? Code.TrapOnZero64 : Code.TrapOnZero32 })],
            ZeroDivisor.Traps =>
                [new(T.Same(step.Immediate, T.Zero(Width.Bits64)), Always<T>(step, Stop.DivisionByZero))],
        };

    private static Sequence<GuardStep<T>> OfOverflow<T>(Form form, in Step<T> step, Profile profile)
        where T : IWord<T> => profile.SignedOverflow switch
        {
            SignedOverflow.Wraps => [],
            SignedOverflow.Traps when form.Operand is SourceOperand.Register =>
                [new(Truth<T>.Of(true), step with { Code = form.Width.Bits is 64 ? Code.TrapOnOverflow64X : Code.TrapOnOverflow32X })],
            SignedOverflow.Traps =>
            [
                new(
                    T.Same(step.Immediate, T.Constant(ulong.MaxValue, Width.Bits64)),
                    step with { Code = form.Width.Bits is 64 ? Code.TrapOnOverflow64K : Code.TrapOnOverflow32K }),
            ],
        };

    private static Sequence<GuardStep<T>> OfShift<T>(Form form, in Step<T> step, Profile profile)
        where T : IWord<T> => profile.LargeShift switch
        {
            LargeShift.Masked => [],
            LargeShift.Traps when form.Operand is SourceOperand.Register =>
                [new(Truth<T>.Of(true), step with { Code = form.Width.Bits is 64 ? Code.TrapOnLargeShift64 : Code.TrapOnLargeShift32 })],
            LargeShift.Traps =>
            [
                new(
                    !T.LessUnsigned(step.Immediate, T.Constant((ulong)form.Width.Bits, Width.Bits64)),
                    Always<T>(step, Stop.ShiftAmount)),
            ],
        };

    // The base register, the distance from it, and in the offset the size and the permission.
    private static Sequence<GuardStep<T>> OfAlignment<T>(
        Form form, T @base, T distance, ulong permission, Profile profile)
        where T : IWord<T> => profile.Alignment switch
        {
            Alignment.Any => [],
            Alignment.Natural when form.Width.Bits is 8 => [],
            Alignment.Natural =>
            [
                new(Truth<T>.Of(true), new(
                    Code.TrapOnMisaligned,
                    T.Zero(Width.Bits8),
                    @base,
                    T.Constant((ulong)form.Width.Bytes + (256 * permission), Width.Bits32),
                    distance)),
            ],
        };

    private static Step<T> Always<T>(in Step<T> step, ulong stop)
        where T : IWord<T> => step with { Code = Code.TrapAlways, Immediate = T.Constant(stop, Width.Bits64) };
}
