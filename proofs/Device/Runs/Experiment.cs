using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Functions;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Code;
using RbpfSpec.Thumb.Reading;

namespace RbpfSpec.Proofs.Device.Runs;

/// <summary>A counterexample on numbers: a state from which a build's code and a mutant of it do not come to the same.</summary>
/// <param name="Code">The code of the build.</param>
/// <param name="Changed">The mutant.</param>
/// <param name="Begin">The state.</param>
/// <param name="Address">The address of the first instruction.</param>
/// <param name="Ends">Where a run ends: heads of loops, and where the function returns to.</param>
/// <param name="Expected">By the rules of ARM, the end of the code's run.</param>
/// <param name="Mutated">The end of the mutant's.</param>
/// <param name="IsKept">Whether a register means something at an end.</param>
internal sealed record Experiment(
    ThumbCode Code,
    ThumbCode Changed,
    ArmState<Word> Begin,
    uint Address,
    Sequence<uint> Ends,
    DeviceRun Expected,
    DeviceRun Mutated,
    Func<uint, int, bool> IsKept)
{
    /// <summary>The helper that is called; null if there is none.</summary>
    public HelperCalled? Helper { get; private init; }

    /// <summary>The bytes in memory before it, by their addresses; the code is not among them.</summary>
    public IReadOnlyDictionary<uint, byte> Bytes => ((FlatMemory)Begin.Memory).Bytes;

    /// <summary>An experiment of values; null if one of the runs faults, which a device does otherwise than the rules have it.</summary>
    /// <param name="code">The code.</param>
    /// <param name="changed">The mutant.</param>
    /// <param name="begin">The state, under the values.</param>
    /// <param name="address">The address of the first instruction.</param>
    /// <param name="stops">The heads of loops where it ends.</param>
    /// <param name="table">Words that lie where the table of regions does.</param>
    /// <param name="values">The values.</param>
    /// <param name="isKept">Whether a register means something at an end.</param>
    /// <param name="helper">The helper that may be called.</param>
    public static Experiment? Of(
        ThumbCode code,
        ThumbCode changed,
        ArmState<TermWord> begin,
        uint address,
        IReadOnlySet<uint> stops,
        IEnumerable<Term> table,
        Assignment values,
        Func<ThumbEnd, int, bool> isKept,
        HelperContract? helper = null)
    {
        var state = DeviceRun.Concrete(begin, code, table, values);
        var back = DeviceRun.Back(values);
        var called = helper?.On(values);
        var expected = DeviceRun.Of(state, code, address, stops, values, called);
        var mutated = DeviceRun.Of(
            state with { Memory = (FlatMemory)state.Memory with { Code = changed } }, changed, address, stops, values, called);
        if (expected.Stuck is not null || mutated.Stuck is not null) return null;
        return new(code, changed, state, address, [.. stops, back], expected, mutated, (end, register) => isKept(
            stops.Contains(end) ? new ThumbEnd.Reached(end) : new ThumbEnd.Left(DeviceBuild.Return), register))
        {
            Helper = called,
        };
    }
}
