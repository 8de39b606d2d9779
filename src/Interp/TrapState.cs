using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Interp;

/// <summary>The state of the semantics at the trap of a <see cref="Vm"/>, as far as a report asks for it.</summary>
/// <remarks>Regions have their ranges and permissions, but no bytes: those are the caller's again once the run is over.</remarks>
internal static class TrapState
{
    /// <summary>The state.</summary>
    /// <param name="core">The memory that the run has left.</param>
    /// <param name="slot">The slot of the instruction that trapped.</param>
    /// <param name="mapped">The names of the mapped regions, in order.</param>
    /// <param name="helpers">The helpers called by static id.</param>
    /// <param name="btfFunctions">The functions called by BTF id.</param>
    /// <param name="platform">The platform.</param>
    public static unsafe State<Word> Of(
        Core core, int slot, List<string> mapped, VmHelper[] helpers, VmHelper[] btfFunctions, Platform<Word> platform)
    {
        var machine = core.State;
        var registers = new Word[RunState.RegisterCount];
        for (var i = 0; i < registers.Length; i++) registers[i] = Word.Of(machine->Registers[i]);
        var (depth, count) = ((int)machine->Depth, (int)machine->RegionCount);

        // The stack first, then the context if there is one, what is mapped, and the frames of local calls.
        List<string> names = ["stack", .. count - depth > mapped.Count + 1 ? (string[])["context"] : [], .. mapped];
        var regions = new Region<Word>[count];
        for (var i = 0; i < count; i++)
            regions[i] = RegionOf(machine->Regions[i], i < names.Count ? names[i] : "stack frame");
        return new(
            ConcreteRegisters.Of(registers),
            Word.Of((ulong)slot),
            new RegionMemory<Word>(
                Sequence.Of<Region<Word>>(regions), new(Word.Of(machine->StackStart), Word.Of(core.FrameBytes), ByteTree.Zero(0))),
            Sequence.Generate(depth, _ => new Frame<Word>(Word.Of(0), [])),
            new(new Allowance<Word>.Remaining(Word.Of(machine->Branches)), new Allowance<Word>.Remaining(Word.Of(machine->Instructions))),
            HostState<Word>.Bare with { Helpers = Declared(helpers), BtfFunctions = Declared(btfFunctions), Platform = platform });
    }

    private static Region<Word> RegionOf(MappedRegion region, string name) => new(
        name,
        Word.Of(region.Start),
        Word.Of(region.Length),
        Truth<Word>.Of((region.Permission & Grants.Read) != 0),
        Truth<Word>.Of((region.Permission & Grants.Write) != 0),
        ByteTree.Zero(0));

    // Reports read declarations; nothing is called.
    private static Sequence<HelperFunction<Word>> Declared(VmHelper[] helpers) =>
        [.. helpers.Select(helper => new HelperFunction<Word>(helper.Declaration, call => new(Word.Of(0), call.State, [])))];
}
