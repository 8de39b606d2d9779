using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Certified;

/// <summary>A certificate, for a machine on the states of the semantics: confirmed for the memory of a state.</summary>
internal sealed class StateRuns
{
    private readonly ReadOnlyMemory<byte> certificate;
    private readonly CheckedProgram program;
    private readonly Profile profile;
    private readonly bool isRefused;
    private Sequence<Region<Word>>? known;
    private Sequence<Helper> declared;
    private CertifiedRuns? confirmed;
    private string? reason;

    /// <summary>A certificate.</summary>
    /// <param name="certificate">The file.</param>
    /// <param name="program">The program.</param>
    /// <param name="isCompiled">Whether the engine ever compiles.</param>
    public StateRuns(ReadOnlyMemory<byte> certificate, CheckedProgram program, bool isCompiled)
    {
        (this.certificate, this.program, profile) = (certificate.ToArray(), program, program.Rules.Profile);
        Problem = CertifiedRuns.ProblemOf(program, isCompiled);
        isRefused = Problem is not null;
    }

    /// <summary>Why the last run was not one that the certificate is about; null if it was, or there was none.</summary>
    public string? Problem { get; private set; }

    /// <summary>The facts of a run from a state on; null if it is none that the certificate is about.</summary>
    public RunFacts? FactsFor(State<Word> state)
    {
        if (isRefused) return null;
        if (!IsStart(state, out var length))
        {
            Problem = "the run does not begin where runs of the program begin";
            return null;
        }

        Sequence<Region<Word>> regions = [.. state.Memory.Regions.Skip(length > 0 ? 2 : 1)];
        var helpers = state.Host.Helpers.Map(static helper => helper.Declaration);
        if (known is not { } before || helpers != declared || !AreSame(before, regions))
        {
            confirmed = CertifiedRuns.Confirm(certificate, program, regions, helpers, out reason);
            (known, declared) = (regions, helpers);
        }

        var facts = confirmed?.FactsFor(length);
        Problem = confirmed is null ? reason : facts is null ? confirmed.LackFor(length) : null;
        return facts;
    }

    // As the semantics begins runs, with the regions in the order in which it has them.
    private bool IsStart(State<Word> state, out ulong length)
    {
        length = 0;
        var regions = state.Memory.Regions;
        if (!state.Frames.IsEmpty || state.ProgramCounter.Value != (ulong)program.Entry || regions.IsEmpty) return false;
        if (!state.Host.BtfFunctions.IsEmpty) return false;
        if (!IsAt(regions[0], AddressSpace.Stack) || regions[0].Length.Value != (ulong)profile.FrameBytes) return false;
        if (!((ByteTree)regions[0].Bytes).Equals(ByteTree.Zero(profile.FrameBytes))) return false;
        if (state.Memory.Stack.Start.Value != AddressSpace.Stack) return false;
        if (state.Registers[1].Value != 0)
        {
            if (state.Registers[1].Value != AddressSpace.Context || regions.Count < 2 || !IsAt(regions[1], AddressSpace.Context))
                return false;
            length = regions[1].Length.Value;
            if (length == 0) return false;
        }

        var passed = profile.InitialRegisters switch
        {
            InitialRegisters.ContextAndLength => length,
            InitialRegisters.Context => 0UL,
        };
        for (var i = 0; i < Registers<Word>.Count; i++)
        {
            var expected = i switch
            {
                1 => state.Registers[1].Value,
                2 => passed,
                Register.Last => AddressSpace.Stack + (ulong)profile.FrameBytes,
                _ => 0UL,
            };
            if (state.Registers[i].Value != expected) return false;
        }

        return true;
    }

    private static bool IsAt(Region<Word> region, ulong address) =>
        region.Start.Value == address && region.Readable.Value && region.Writable.Value;

    private static bool AreSame(Sequence<Region<Word>> left, Sequence<Region<Word>> right)
    {
        if (left.IsSame(right)) return true;
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            var (one, other) = (left[i], right[i]);
            if (one.Start != other.Start || one.Length != other.Length) return false;
            if (one.Readable.Value != other.Readable.Value || one.Writable.Value != other.Writable.Value) return false;
            if (!one.Writable.Value && !one.Bytes.Equals(other.Bytes)) return false;
        }

        return true;
    }
}
