using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;

namespace RbpfSpec.Semantics.Tests.Reports;

public sealed class AccessReportTests
{
    private static readonly Form[] Accessing = [
        .. OperationTable.Forms.Where(form => form.Operation is MemoryOperation or AtomicOperation or PacketLoad)];

    [Fact]
    public void An_access_is_granted_iff_the_report_on_it_misses_nothing() => ForAll((instruction, state, report) =>
    {
        var outcome = Samples.Step(instruction, state with { ProgramCounter = Word.Of(0) }, Lenient);

        var isGranted = report.Nearest is { Below: 0, Past: 0 } region && Permits(region.Permission, report.Kind);
        (outcome is not Outcome<Word>.Trapped { Trap: Trap.MemoryAccess }).ShouldBe(isGranted);
    });

    [Fact]
    public void Moved_by_the_distance_the_access_lies_in_the_region_and_moved_by_less_it_does_not() => ForAll((_, state, report) =>
    {
        if (report.Nearest is not { } nearest || report.Count > nearest.Length) return;
        var region = state.Memory.Regions.Single(candidate => candidate.Start.Value == nearest.Start && candidate.Length.Value > 0);
        var (address, count) = (Word.Of(report.Address), Word.Of(report.Count));

        (nearest.Below == 0 || nearest.Past == 0).ShouldBeTrue();
        region.Contains(address + Word.Of(nearest.Below) - Word.Of(nearest.Past), count).Value.ShouldBeTrue();
        if (nearest.Below > 0) region.Contains(address + Word.Of(nearest.Below - 1), count).Value.ShouldBeFalse();
        if (nearest.Past > 0) region.Contains(address - Word.Of(nearest.Past - 1), count).Value.ShouldBeFalse();
        if (Permits(nearest.Permission, report.Kind))
            state.Memory.Grants(address + Word.Of(nearest.Below) - Word.Of(nearest.Past), count, report.Kind).Value.ShouldBeTrue();
    });

    [Fact]
    public void No_region_is_nearer_to_the_first_byte() => ForAll((_, state, report) =>
    {
        foreach (var region in state.Memory.Regions)
        {
            if (region.Length.Value == 0) continue;
            GapTo(region.Start.Value, region.Length.Value, report.Address)
                .ShouldBeGreaterThanOrEqualTo(GapTo(report.Nearest!.Start, report.Nearest.Length, report.Address));
        }
    });

    [Fact]
    public void The_address_is_that_of_the_register_and_offset_told() => ForAll((instruction, state, report) =>
    {
        if (report.Origin is not AccessOrigin.InRegister(var register, var value, var offset)) return;

        value.ShouldBe(state.Registers[register.Number].Value);
        offset.ShouldBe(instruction.Offset);
        report.Address.ShouldBe(unchecked(value + (ulong)offset));
        report.Count.ShouldBe((ulong)instruction.Form.Width.Bytes);
    });

    [Theory]
    [InlineData(0x0fff_fe00UL, 1)]
    [InlineData(0x1000_0000UL, 0)]
    public void A_frame_is_told_by_the_number_of_its_call(ulong address, int frame)
    {
        var state = Samples.StateOf(Samples.Profiles[0]);
        state = state with { Memory = state.Memory.PushFrame(), Frames = [new(Word.Of(0), [])] };

        Report(address, 1, Access.Read, state).Nearest!.Frame.ShouldBe(frame);
        Report(AddressSpace.Context, 1, Access.Read, state).Nearest!.Frame.ShouldBeNull();
    }

    [Fact]
    public void An_access_into_a_second_region_names_both()
    {
        var state = Samples.StateOf(Samples.Profiles[0]);
        state = state with { Memory = state.Memory.PushFrame(), Frames = [new(Word.Of(0), [])] };

        var report = Report(0x0fff_fffc, 8, Access.Write, state);

        report.Nearest!.Frame.ShouldBe(1);
        report.Nearest.Past.ShouldBe(4UL);
        report.Next!.Frame.ShouldBe(0);
    }

    [Fact]
    public void Without_regions_there_is_no_nearest_one()
    {
        var state = Samples.StateOf(Samples.Profiles[0]);
        state = state with { Memory = state.Memory.WithRegions([]) };

        Report(0x1000_0000, 8, Access.Read, state).Nearest.ShouldBeNull();
    }

    [Fact]
    public void A_count_beyond_all_memory_is_measured_from_where_it_begins()
    {
        var report = Report(AddressSpace.Context + 2, ulong.MaxValue, Access.Read, Samples.StateOf(Samples.Profiles[0]));

        report.Nearest!.Name.ShouldBe("context");
        report.Nearest.Past.ShouldBe(ulong.MaxValue - 6);
    }

    private static Semantics.Profiles.Profile Lenient => Samples.Contrary with { Alignment = Semantics.Profiles.Alignment.Any };

    private static bool Permits(Permission permission, Access kind) => kind switch
    {
        Access.Read => permission.HasFlag(Permission.Read),
        Access.Write => permission.HasFlag(Permission.Write),
        Access.ReadWrite => permission is Permission.ReadWrite,
    };

    private static UInt128 GapTo(UInt128 start, UInt128 length, UInt128 address) =>
        address < start ? start - address : address < start + length ? 0 : address - (start + length) + 1;

    private static AccessReport Report(ulong address, ulong count, Access kind, State<Word> state) => AccessReport.Of(
        new(Word.Of(address), Word.Of(count), kind, Field.Source), new AccessOrigin.InRegister(new(1), address, 0), state,
        Program.Of([Samples.InstructionOf("jmp/exit")]), Samples.Profiles[0]);

    private static void ForAll(Action<Instruction, State<Word>, AccessReport> law) => Law.Holds(
        seed: 61,
        6_000,
        dice => (Instruction: dice.InstructionOf(dice.Pick(Accessing)), State: Unlimited(dice.StateOf(Lenient))),
        drawn =>
        {
            var (instruction, state) = drawn;
            var program = Program.Of([instruction]);
            var execution = new Execution<Word>(instruction.Form, instruction.Fields<Word>(), state, Lenient);
            law(instruction, state, AccessReports.Of(program, execution).ShouldNotBeNull());
        });

    private static State<Word> Unlimited(State<Word> state) =>
        state with { Budget = new(new Allowance<Word>.Unlimited(), new Allowance<Word>.Unlimited()) };
}
