using RbpfSpec.Host;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Tests.Operations;

namespace RbpfSpec.Semantics.Tests.Instructions;

/// <summary>Laws of every encoding, in every profile, on random states.</summary>
public sealed class OperationTests
{
    // A copy of the least number of eight bytes: dividing it by -1 overflows.
    private const ulong Least64 = 0x8000_0000_0000_0000;

    public static TheoryData<string> FormIds => [.. OperationTable.Forms.Select(form => form.Id)];

    /// <summary>For every trap that an operation declares an instruction that raises it, with registers.</summary>
    public static TheoryData<string, Trap> DeclaredTraps
    {
        get
        {
            var data = new TheoryData<string, Trap>();
            foreach (var operation in OperationTable.All)
            {
                foreach (var trap in operation.Traps) data.Add(operation.Forms[^1].Id, trap);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FormIds))]
    public void A_step_does_what_a_second_transcription_of_the_RFC_does(string id)
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 1, 50, dice => Draw(dice, Generators.FormOf(id), profile), situation =>
            {
                var plain = new PlainMachine(situation.State, profile);

                var outcome = situation.Step();
                var trap = situation.StepOf(plain);

                plain.ShouldAgree(outcome, trap, situation.State);
            });
        }
    }

    // Of profiles that nobody has: a rule that reads another decision than its own shows where the two differ.
    [Theory]
    [MemberData(nameof(FormIds))]
    public void It_does_so_whatever_a_profile_decides(string id) =>
        Law.Holds(seed: 8, 100, dice => Draw(dice, Generators.FormOf(id), dice.AnyProfile()), situation =>
        {
            var plain = new PlainMachine(situation.State, situation.Profile);

            var outcome = situation.Step();
            var trap = situation.StepOf(plain);

            plain.ShouldAgree(outcome, trap, situation.State);
        });

    [Fact]
    public void The_rule_alone_does_it_at_any_program_counter()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 2, 3000, Far, situation =>
            {
                var plain = new PlainMachine(situation.State, profile);

                var outcome = situation.RuleAlone();
                var trap = situation.StepOf(plain);

                if (trap is not Trap.IllegalInstruction) plain.ShouldAgree(outcome, trap, situation.State);
            });

            Situation Far(Dice dice)
            {
                var near = Draw(dice, dice.AnyForm(), profile);
                var unlimited = near.State.Budget with { Instructions = new Allowance<Word>.Unlimited() };
                return near with
                {
                    State = near.State with { ProgramCounter = Word.Of(dice.Value()), Budget = unlimited },
                };
            }
        }
    }

    [Fact]
    public void A_step_writes_no_register_but_the_one_its_encoding_declares()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 3, 3000, dice => Draw(dice, dice.AnyForm(), profile), situation =>
            {
                var form = situation.Instruction.Form;
                if (form.Operation is CallOperation.Local or CallOperation.Exit) return;

                var (before, after) = (situation.State.Registers, situation.Step().State.Registers);

                int? written = form.Writes switch
                {
                    WrittenRegister.None => null,
                    WrittenRegister.Destination => situation.Instruction.Destination.Number,
                    WrittenRegister.Source => situation.Instruction.Source.Number,
                    WrittenRegister.R0 => 0,
                };
                for (var number = 0; number <= Register.Last; number++)
                {
                    if (number != written) after[number].ShouldBe(before[number], $"r{number}");
                }
            });
        }
    }

    [Fact]
    public void A_step_changes_no_byte_but_those_its_instruction_addresses()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 4, 3000, dice => Draw(dice, dice.AnyForm(), profile), situation =>
            {
                if (situation.Instruction.Form.Operation is CallOperation) return;

                var (before, after) = (situation.State.Memory, situation.Step().State.Memory);

                after.Stack.ShouldBe(before.Stack);
                after.Regions.Count.ShouldBe(before.Regions.Count);
                foreach (var (old, changed) in before.Regions.Zip(after.Regions))
                {
                    (changed with { Bytes = old.Bytes }).ShouldBe(old);
                    Changed(old, changed).ShouldBeSubsetOf(situation.Addressed());
                }
            });
        }
    }

    [Fact]
    public void A_step_that_goes_on_leaves_host_and_frames_to_calls_and_moves_on_unless_it_jumps()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 5, 3000, dice => Draw(dice, dice.AnyForm(), profile), situation =>
            {
                var form = situation.Instruction.Form;
                var before = situation.State;

                if (situation.Step() is not Outcome<Word>.Next { State: var after }) return;

                if (form.Operation is not (CallOperation.ByHelperId or CallOperation.ByBtfId)) after.Host.ShouldBe(before.Host);
                if (form.Operation is CallOperation.Local or CallOperation.Exit) return;
                after.Frames.ShouldBe(before.Frames);
                if (form.Operation is JumpOperation) return;
                after.ProgramCounter.Value.ShouldBe(before.ProgramCounter.Value + (ulong)form.Layout.Slots);
                after.Budget.Branches.ShouldBe(before.Budget.Branches);
            });
        }
    }

    [Fact]
    public void The_frame_pointer_is_changed_by_local_calls_and_returns_only_unless_the_profile_lets_it()
    {
        Law.Holds(seed: 6, 5000, dice => Draw(dice, dice.AnyForm(), Profile.Rbpf), situation =>
        {
            var after = situation.Step().State;

            if (situation.Instruction.Form.Operation is not (CallOperation.Local or CallOperation.Exit))
                after.Registers[Register.Last].ShouldBe(situation.State.Registers[Register.Last]);
        });
    }

    [Fact]
    public void A_rule_raises_no_trap_it_does_not_declare()
    {
        foreach (var profile in Samples.Profiles)
        {
            Law.Holds(seed: 7, 5000, dice => Draw(dice, dice.AnyForm(), profile), situation =>
            {
                if (situation.RuleAlone() is Outcome<Word>.Trapped trapped)
                    situation.Instruction.Form.Operation.Traps.ShouldContain(trapped.Trap);
            });
        }
    }

    [Theory]
    [MemberData(nameof(DeclaredTraps))]
    public void Every_trap_that_an_operation_declares_can_happen(string id, Trap trap)
    {
        var form = Generators.FormOf(id);
        var profile = trap is Trap.DivisionByZero ? Profile.Rbpf : Samples.Contrary;
        var local = Samples.StateOf(profile);
        var frame = new Frame<Word>(Word.Of(0), [Word.Of(6), Word.Of(7), Word.Of(8), Word.Of(9), Word.Of(10)]);
        var (immediate, state) = trap switch
        {
            Trap.DivisionByZero => (0, Samples.StateOf(profile, (1, 5UL), (2, 0UL))),
            Trap.SignedOverflow => (-1, Samples.StateOf(profile, (1, Least64), (2, ulong.MaxValue))),
            Trap.ShiftAmount => (64, Samples.StateOf(profile, (1, 1UL), (2, 64UL))),
            Trap.MemoryAccess => (form.Operation is CallOperation ? Samples.Exchange : -1, Samples.StateOf(profile, (1, 1UL), (2, 1UL))),
            Trap.MemoryAlignment when form.Operation is PacketLoad => (1, Samples.StateOf(profile, (2, 0UL))),
            Trap.MemoryAlignment => (0, Samples.StateOf(profile, (1, AddressSpace.Stack + 1), (2, AddressSpace.Stack + 1))),
            Trap.UnknownHelper => (12345, local),
            Trap.CallDepth => (0, local with { Frames = [frame, frame] }),
            Trap.BranchBudget => (-1, Samples.StateOf(profile, (1, Least64), (2, Least64)) with
            {
                Budget = new(new Allowance<Word>.Remaining(Word.Of(0)), new Allowance<Word>.Unlimited()),
            }),
            _ => throw new InvalidOperationException($"no rule declares {trap}"),
        };
        var instructions = form.Operation.Forms.SelectMany(candidate => new[]
        {
            Instruction.Of(candidate, new(1), new(2), immediate: immediate),
            Instruction.Of(candidate, new(1), new(3), immediate: 7),
        });

        var traps = instructions
            .Select(instruction => Samples.Step(instruction, state, profile))
            .OfType<Outcome<Word>.Trapped>()
            .Select(trapped => trapped.Trap);

        traps.ShouldContain(trap);
    }

    private static IEnumerable<ulong> Changed(Region<Word> old, Region<Word> changed)
    {
        if (old.Bytes.Equals(changed.Bytes)) return [];
        var (before, after) = (((ByteTree)old.Bytes).ToArray(), ((ByteTree)changed.Bytes).ToArray());
        return Enumerable.Range(0, before.Length)
            .Where(at => before[at] != after[at])
            .Select(at => old.Start.Value + (ulong)at);
    }

    private static Situation Draw(Dice dice, Form form, Profile profile)
    {
        var instruction = dice.InstructionOf(form);

        // The default helpers have tests of their own.
        return form.Id == "jmp/call-helper"
            && DefaultHost.Functions.Any(function => function.Declaration.Id == instruction.Immediate)
                ? Draw(dice, form, profile)
                : new(instruction, dice.StateOf(profile), profile);
    }

    private sealed record Situation(Instruction Instruction, State<Word> State, Profile Profile)
    {
        /// <summary>A step of a program in which EXIT stands before the instruction.</summary>
        public Outcome<Word> Step()
        {
            var before = Enumerable.Repeat(Samples.InstructionOf("jmp/exit"), (int)State.ProgramCounter.Value);
            return new ReferenceMachine(Program.Of([.. before, Instruction]), Profile).Step(State);
        }

        /// <summary>The first guard that holds, or the value, of the rule.</summary>
        public Outcome<Word> RuleAlone()
        {
            var result = Instruction.Form.Operation.Execute<Word>(
                new(Instruction.Form, Instruction.Fields<Word>(), State, Profile));
            foreach (var guard in result.Guards)
            {
                if (guard.When.Value) return new Outcome<Word>.Trapped(guard.Trap, State);
            }

            return result.Value;
        }

        public Trap? StepOf(PlainMachine plain)
        {
            var slots = Encoder.Encode(Instruction);
            return plain.Step(slots[0], slots.Count > 1 ? slots[1] : default);
        }

        /// <summary>The addresses of the bytes that a store or atomic operation may write.</summary>
        public IEnumerable<ulong> Addressed()
        {
            if (Instruction.Form.Class is not (InstructionClass.St or InstructionClass.Stx)) return [];
            var first = State.Registers[Instruction.Destination.Number].Value + (ulong)Instruction.Offset;
            return Enumerable.Range(0, Instruction.Form.Width.Bytes).Select(at => first + (ulong)at);
        }

        public override string ToString() => $"{Instruction}\nin {State}\nof {Profile}";
    }
}
