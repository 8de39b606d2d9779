using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Objects;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Memory;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>A helper by contract, as <c>device/rbpf.h</c> asks of one and as the procedure call standard of ARM has it.</summary>
/// <remarks>
/// It is called with the machine, its arguments in the machine's registers, and a stack that is a multiple of 8. It keeps R4 to R11
/// and SP, and of the machine changes r0 alone; or nothing, and yields <c>RBPF_MEMORY_ACCESS</c>. Bytes that the program is
/// granted it may write.
/// </remarks>
/// <param name="Build">The build that calls it.</param>
/// <param name="Refused">Whether an argument is refused: what the rule says.</param>
internal sealed record HelperContract(DeviceBuild Build, Term Refused)
{
    /// <summary>The bits of its address but the lowest, which says that Thumb code is there.</summary>
    public static readonly Term Place = Make.Variable("helper.call", 31);

    /// <summary>Its result, 64 bits.</summary>
    public static readonly TermWord Result = TermWord.Variable("helper.result", Width.Bits64);

    private static readonly Term AnyRegister = Make.Variable("any register", 4);

    /// <summary>Its address as it stands in the table.</summary>
    public static Term Pointer { get; } = Make.Concatenate(Place, Make.Constant(1, 1));

    /// <summary>Reads code that calls it, or none.</summary>
    public static ThumbReader Reader(ThumbCode code, IReadOnlySet<uint> stops, HelperContract? helper)
    {
        Dictionary<Term, Func<ArmState<TermWord>, Contract>> functions = new(ReferenceEqualityComparer.Instance);
        if (helper is not null) functions[Pointer & Make.Constant(0xffff_fffe, 32)] = helper.Called;
        return new(code, stops, new Dictionary<uint, Func<ArmState<TermWord>, Contract>>(), DeviceBuild.Aligned) { Functions = functions };
    }

    /// <summary>The contract.</summary>
    private Contract Called(ArmState<TermWord> state)
    {
        var machine = (MachineObject)((ObjectMemory)state.Memory)[DeviceBuild.Machine];
        var stack = state.Registers[ArmState<TermWord>.StackPointer].Term;
        var isAligned = Make.Truth(Build.StackAtHead % 8 == 0) & stack.EqualTo(DeviceBuild.Stack + (ulong)(uint)Build.StackAtHead);
        return new(
            TermTruths.Of(isAligned & state.Registers[0].Term.EqualTo(DeviceBuild.Machine)
                & machine.Registers.Agrees(DeviceRegisters.Any, AnyRegister)),
            [(Truth<TermWord>.Of(true), After(state))]);
    }

    private ArmState<TermWord> After(ArmState<TermWord> state)
    {
        if (Build.IsFast) state = MemoryStep.Forgotten(state);
        var memory = (ObjectMemory)state.Memory;
        var machine = (MachineObject)memory[DeviceBuild.Machine];
        var after = Scratch.Aggregate(
            state with { Flags = DeviceBuild.AnyFlags },
            (left, number) => left.With(number, TermWord.Variable($"helper.r{number}", Width.Bits32)));
        var r0 = TermWord.Choose(TermTruths.Of(Refused), machine.Registers[0], Result);
        machine = machine with { Registers = (DeviceRegisters)machine.Registers.With(0, r0) };
        return (after with { Memory = memory.With(DeviceBuild.Machine, machine) })
            .With(0, TermWord.Choose(TermTruths.Of(Refused), Yielded(MachineFields.NumberOf(Trap.MemoryAccess)), Yielded(0)));

        static TermWord Yielded(uint number) => TermWord.Constant(number, Width.Bits32);
    }

    /// <summary>The call on numbers.</summary>
    /// <param name="values">The model.</param>
    public HelperCalled On(Assignment values)
    {
        var isRefused = values.Evaluate(Refused) == UInt128.One;
        var flags = DeviceBuild.AnyFlags;
        return new(
            (uint)values.Evaluate(DeviceBuild.Machine),
            isRefused ? null : (ulong)values.Evaluate(Result.Term),
            [
                (0, isRefused ? MachineFields.NumberOf(Trap.MemoryAccess) : 0),
                .. Scratch.Select(number => (number, (uint)values.Evaluate(Make.Variable($"helper.r{number}", 32)))),
            ],
            new(Flag(flags.Negative), Flag(flags.Zero), Flag(flags.Carry), Flag(flags.Overflow)));

        Truth<Word> Flag(Truth<TermWord> flag) => Truth<Word>.Of(values.Evaluate(flag.Term) == UInt128.One);
    }

    // R1 to R3 and R12, which a function need not keep.
    private static Sequence<int> Scratch => [1, 2, 3, 12];
}
