using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Semantics.Tests.Validity;

public sealed class PreflightTests
{
    private const string Exit = " 9500000000000000";

    private static readonly Admission Rbpf = Admission.Of(Profile.Rbpf, [0x10]);

    /// <summary>For each check a program that is accepted, and one that differs in what the check is about alone.</summary>
    public static TheoryData<string, string, string, int> Pairs => new()
    {
        // mov r0, 0 | opcode 0x8d
        { "opcode", "b700000000000000" + Exit, "8d00000000000000" + Exit, 0 },

        // sdiv r0, 1 | offset 2
        { "encoding", "3700010001000000" + Exit, "3700020001000000" + Exit, 0 },
        { "reserved/dst_reg", "0500000000000000" + Exit, "0501000000000000" + Exit, 0 },
        { "reserved/src_reg", "b700000000000000" + Exit, "b710000000000000" + Exit, 0 },
        { "reserved/offset", "0700000001000000" + Exit, "0700010001000000" + Exit, 0 },
        { "reserved/imm", "b700000001000000 9500000000000000", "b700000001000000 9500000001000000", 1 },
        { "register/dst_reg", "b709000000000000" + Exit, "b70b000000000000" + Exit, 0 },
        { "register/src_reg", "bfa0000000000000" + Exit, "bfb0000000000000" + Exit, 0 },

        // lddw r0, with and without a second slot
        { "wide/whole", "9500000000000000 1800000000000000 0000000000000000" + Exit, "9500000000000000 1800000000000000", 1 },
        { "wide/opcode", "1800000001000000 0000000002000000" + Exit, "1800000001000000 b700000002000000" + Exit, 0 },
        { "wide/dst_reg", "1800000001000000 0000000002000000" + Exit, "1800000001000000 0001000002000000" + Exit, 0 },
        { "wide/src_reg", "1800000001000000 0000000002000000" + Exit, "1800000001000000 0010000002000000" + Exit, 0 },
        { "wide/offset", "1800000001000000 0000000002000000" + Exit, "1800000001000000 0000ff0002000000" + Exit, 0 },

        // ja +0 | ja -2, beyond the start; ja +1, beyond the end
        { "jump/inside", "0500000000000000" + Exit, "0500feff00000000" + Exit, 0 },
        { "jump/inside", "0500000000000000" + Exit, "0500010000000000" + Exit, 0 },
        { "jump/inside", "8510000000000000" + Exit, "85100000ffffff7f" + Exit, 0 },
        { "jump/inside", "0600000000000000" + Exit, "0600000000000080" + Exit, 0 },

        // ja +0 | ja +1 into the second slot of the lddw after it
        { "jump/instruction", "0500000000000000 1800000000000000 0000000000000000" + Exit, "0500010000000000 1800000000000000 "
            + "0000000000000000" + Exit, 0 },
        { "end", "b700000000000000 9500000000000000", "b700000000000000 b700000000000000", 1 },
        { "end", "b700000000000000 0500feff00000000", "b700000000000000 1500feff00000000", 1 },
        { "frame-pointer", "bfa9000000000000" + Exit, "bf9a000000000000" + Exit, 0 },

        // fetch_add of r9 | of r10
        { "frame-pointer", "db9af8ff01000000" + Exit, "dbaaf8ff01000000" + Exit, 0 },
        { "helper", "8500000010000000" + Exit, "8500000011000000" + Exit, 0 },
        { "platform", "8510000000000000" + Exit, "8520000000000000" + Exit, 0 },
        { "platform", "1800000001000000 0000000000000000" + Exit, "1830000001000000 0000000000000000" + Exit, 0 },
        { "group", "6100000000000000" + Exit, "2000000000000000" + Exit, 0 },
    };

    [Fact]
    public void Problems_are_counted_as_they_are_found_and_the_first_are_the_first()
    {
        const int seed = 20261128;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            // Opcodes and registers that mostly exist, and now and then half a slot.
            var bytes = new byte[(random.Next(0, 12) * 8) + (round % 10 == 0 ? 4 : 0)];
            random.NextBytes(bytes);
            for (var slot = 0; slot + 8 <= bytes.Length; slot += 8)
            {
                bytes[slot] = (byte)random.GetItems([0xb7, 0x18, 0x85, 0x05, 0x95, 0x7b, 0xff], 1)[0];
                bytes[slot + 1] &= 0x1b;
            }

            var entry = random.Next(-1, 5);
            var all = Preflight.Check(bytes, entry, Rbpf);

            Preflight.Count(bytes, entry, Rbpf).ShouldBe(all.Count, $"seed {seed}, round {round}");
            foreach (var most in (int[])[1, 3])
            {
                var first = Preflight.Check(bytes, entry, Rbpf, most);
                first.ShouldBe(all.Take(first.Count), $"seed {seed}, round {round}");
                first.Count.ShouldBeGreaterThanOrEqualTo(Math.Min(most, all.Count), $"seed {seed}, round {round}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_check_rejects_what_it_is_about_and_accepts_the_rest(
        string check, string accepted, string rejected, int slot)
    {
        var rules = Rbpf with { BtfFunctions = check == "helper" ? [] : [0] };

        var problems = Preflight.Check(Samples.ProgramOf(rejected), 0, rules);

        Preflight.Check(Samples.ProgramOf(accepted), 0, rules).ShouldBeEmpty();
        problems.Select(problem => (problem.Check, problem.Slot)).ShouldBe([(check, slot)]);
    }

    [Fact]
    public void Every_check_has_such_a_pair()
    {
        var checks = Preflight.Checks.Select(check => check.Id);

        // The one below needs a platform that grants the wide loads that leave next_imm unused.
        var paired = Pairs.Select(pair => (string)pair[0]).Append("wide/next_imm").Distinct(StringComparer.Ordinal);

        checks.ShouldBe(paired, ignoreOrder: true);
    }

    [Fact]
    public void The_second_immediate_of_a_wide_load_that_does_not_use_it_is_zero()
    {
        var rules = Admission.Of(Profile.Rbpf with { PlatformEncodings = [PlatformEncoding.Variables] }, []);

        var accepted = Preflight.Check(Samples.ProgramOf("1830000001000000 0000000000000000" + Exit), 0, rules);
        var rejected = Preflight.Check(Samples.ProgramOf("1830000001000000 0000000001000000" + Exit), 0, rules);

        accepted.ShouldBeEmpty();
        rejected.Select(problem => problem.Check).ShouldBe(["wide/next_imm"]);
    }

    [Fact]
    public void All_problems_are_reported_in_the_order_of_the_slots()
    {
        var bytes = Convert.FromHexString(
            "b7fb010001000000" + "ff00000000000000" + "0500640000000000" + "8500000099000000" + "bf0a000000000000");

        var problems = Preflight.Check(bytes, 7, Rbpf);

        problems.Select(problem => $"{problem.Slot} {problem.Check}").ShouldBe(
        [
            "0 entry", "0 reserved/src_reg", "0 reserved/offset", "0 register/dst_reg",
            "1 opcode", "2 jump/inside", "3 helper", "4 frame-pointer", "4 end",
        ]);
    }

    [Theory]
    [InlineData("", 0, "length")]
    [InlineData("95", 0, "length")]
    [InlineData("9500000000000000 95", 0, "length")]
    [InlineData("ff00000000000000 95", 7, "length")]
    [InlineData("9500000000000000", 1, "entry")]
    [InlineData("9500000000000000", -1, "entry")]
    [InlineData("9500000000000000", int.MaxValue, "entry")]
    [InlineData("1800000000000000 0000000000000000 9500000000000000", 1, "entry")]
    public void The_program_as_a_whole_has_length_and_entry(string hex, int entry, string check)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        var problems = Preflight.Check(bytes, entry, Rbpf);

        problems.ShouldNotBeEmpty();
        problems.ShouldAllBe(problem => problem.Check == check && problem.Slot == 0);
    }

    [Fact]
    public void A_later_instruction_may_be_the_entry() =>
        Preflight.Check(Samples.ProgramOf("1800000000000000 0000000000000000 9500000000000000"), 2, Rbpf).ShouldBeEmpty();

    [Fact]
    [Trait("Needs", "time")]
    public void It_never_throws()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 30, 3000, dice => (Bytes: dice.ProgramBytes(), Entry: dice.Between(-2, 12)), drawn =>
            {
                var problems = Preflight.Check(drawn.Bytes, drawn.Entry, Samples.RulesOf(profile));

                foreach (var problem in problems) problem.ToString().ShouldNotBeNullOrWhiteSpace();
                if (drawn.Bytes.Length % Slot.Size != 0) problems.ShouldContain(problem => problem.Check == "length");
            });
        }
    }

    [Fact]
    public void A_program_that_passes_meets_no_trap_that_it_excludes()
    {
        Sequence<Trap> excluded = [Trap.IllegalInstruction, Trap.ProgramCounterOutside, Trap.UnknownHelper];
        var passed = 0;

        Law.Holds(seed: 31, 6000, dice => (Program: dice.MildProgram(), Context: dice.Bytes(dice.Between(0, 30))), drawn =>
        {
            if (!Preflight.Check(drawn.Program, 0, Samples.RulesOf(Profile.Rbpf)).IsEmpty) return;
            passed++;
            var start = new Start(Profile.Rbpf)
            {
                Context = Sequence.Of<byte>(drawn.Context),
                Host = Samples.Host,
                InstructionLimit = new Allowance<ulong>.Remaining(300),
            };

            var outcome = new ReferenceMachine(drawn.Program, Profile.Rbpf).Run(start.State());

            if (outcome is Outcome<Word>.Trapped trapped) excluded.ShouldNotContain(trapped.Trap);
        });

        passed.ShouldBeGreaterThan(1500, "the property says something about programs that pass");
    }

    [Fact]
    public void Every_instruction_of_the_profile_alone_before_EXIT_passes() =>
        Law.Holds(seed: 32, 2000, dice => dice.AnyInstruction(), instruction =>
        {
            var form = instruction.Form;
            var isAdmitted = form.Needs.IsEmpty && Profile.Rbpf.Groups.Contains(form.Group);
            var writesFramePointer = (form.Writes, instruction.Destination.Number, instruction.Source.Number)
                is (WrittenRegister.Destination, Register.Last, _) or (WrittenRegister.Source, _, Register.Last);
            var program = Program.Of([instruction, Samples.InstructionOf("jmp/exit")]);

            var rejecting = Preflight.Check(program, 0, Samples.RulesOf(Profile.Rbpf))
                .Select(problem => problem.Check)
                .Where(check => check is not ("jump/inside" or "helper"));

            rejecting.Any().ShouldBe(!isAdmitted || writesFramePointer);
        });

    // RFC 9669 §5.4: opcode 0x18 is that of the wide instruction. The proofs assume these equations of the starts.
    [Fact]
    public void After_each_start_comes_the_next_behind_one_slot_or_behind_two() =>
        Law.Holds(seed: 33, 3000, dice => Program.Of(dice.ProgramBytes()), program =>
        {
            var starts = Preflight.Starts(program);

            starts.Count.ShouldBe(program.Length);
            if (program.Length > 0) starts[0].ShouldBeTrue();
            for (var index = 0; index < program.Length; index++)
            {
                if (!starts[index]) continue;
                var isWide = program.Slots[index].Opcode == 0x18;
                if (index + 1 < program.Length) starts[index + 1].ShouldBe(!isWide);
                if (isWide && index + 2 < program.Length) starts[index + 2].ShouldBeTrue();
            }
        });

    [Fact]
    public void Instructions_start_where_reading_from_slot_0_finds_them() =>
        Preflight.Starts(Samples.ProgramOf("9500000000000000 1800000000000000 1800000000000000 9500000000000000 18f0000000000000"))
            .ShouldBe([true, true, false, true, true]);
}
