using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Arm.Text;

namespace RbpfSpec.Arm.Tests.Instructions;

public class InstructionTests
{
    private static readonly ArmState<Word> Zero = new(
        Sequence.Generate(15, _ => Of(0)), new(No, No, No, No), new MappedMemory([new(0x1000, ByteTree.Zero(64), true)]));

    private static Truth<Word> No => Truth<Word>.Of(false);

    [Fact]
    public void The_page_names_every_instruction()
    {
        const int Seed = 1;
        var random = new Random(Seed);
        SortedSet<string> names = [];
        foreach (var row in EncodingTable.All)
        {
            for (var attempt = 0; attempt < 2_000; attempt++)
            {
                var bits = row.Pattern.Complete((uint)random.NextInt64(1L << 32));
                if (row.Read(row.Pattern.Read(bits)) is { } instruction && row.Unpredictable(instruction) is null)
                    names.Add(Name(instruction));
            }
        }

        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "arm.md"));
        var table = page[page.IndexOf("|---", StringComparison.Ordinal)..page.IndexOf("An encoding is", StringComparison.Ordinal)];
        table.Split('`').Where((_, index) => index % 2 == 1).Order(StringComparer.Ordinal).ShouldBe(names);
    }

    [Fact]
    public void A_branch_in_the_middle_of_an_IT_block_is_unpredictable()
    {
        var block = Zero with { It = new(0x04) };
        ArmMachine.Step(block, 0x100, new Instruction.Branch(Condition.Always, 0), 2)
            .ShouldBe(new ArmOutcome.Faulted(Fault.Unpredictable));
        ArmMachine.Step(block with { It = new(0x08) }, 0x100, new Instruction.Branch(Condition.Always, 0), 2)
            .ShouldBeOfType<ArmOutcome.Next>().Address.ShouldBe(0x102U);
        ArmMachine.Step(block with { It = new(0x18) }, 0x100, new Instruction.Branch(Condition.Always, 0), 2)
            .ShouldBeOfType<ArmOutcome.Next>().Address.ShouldBe(0x104U);
        ArmMachine.Step(block with { It = new(0x08) }, 0x100, new Instruction.IfThen(Condition.Equal, 8), 2)
            .ShouldBe(new ArmOutcome.Faulted(Fault.Unpredictable));
    }

    [Fact]
    public void A_store_whose_condition_fails_stores_nothing_and_does_not_fault()
    {
        var state = Zero.With(1, Of(0x1000)).With(0, Of(7)) with { It = new(0x08) };
        var stored = new Instruction.TransferImmediate(Transfer.StoreWord, 0, 1, 4);
        Next(state, stored).Memory.Read(Of(0x1004), Width.Bits32).ShouldBe(Of(0));
        Next(state, stored with { Base = 2 }).ShouldBe(state with { It = default });
        Next(state with { It = new(0x18) }, stored).Memory.Read(Of(0x1004), Width.Bits32).ShouldBe(Of(7));
        ArmMachine.Step(state with { It = new(0x18) }, 0x100, stored with { Base = 2 }, 2).ShouldBe(new ArmOutcome.Faulted(Fault.Access));
    }

    [Fact]
    public void Memory_that_is_not_granted_and_addresses_out_of_line_fault()
    {
        Instruction.TransferDouble pair = new(IsLoad: true, 2, 3, 1, 0);
        ArmMachine.Step(Zero.With(1, Of(0x1002)), 0x100, pair, 4).ShouldBe(new ArmOutcome.Faulted(Fault.Unaligned));
        ArmMachine.Step(Zero.With(1, Of(0x103c)), 0x100, pair, 4).ShouldBe(new ArmOutcome.Faulted(Fault.Access));
        ArmMachine.Step(Zero.With(1, Of(0x1038)), 0x100, pair, 4).ShouldBeOfType<ArmOutcome.Next>();
        ArmMachine.Step(Zero.With(1, Of(0x100)), 0x100, new Instruction.BranchExchange(false, 1), 2)
            .ShouldBe(new ArmOutcome.Faulted(Fault.InvalidState));
    }

    [Fact]
    public void The_stack_pointer_stays_a_multiple_of_four() =>
        Next(Zero.With(1, Of(0x1003)), new Instruction.DataRegister(DataOperation.Mov, FlagSetting.Kept, 13, Instruction.None, 1))
            .Registers[13].ShouldBe(Of(0x1000));

    private static ArmState<Word> Next(ArmState<Word> state, Instruction instruction) =>
        ArmMachine.Step(state, 0x100, instruction, 2).ShouldBeOfType<ArmOutcome.Next>().State;

    private static Word Of(uint value) => Word.Wrap(value, Width.Bits32);

    // Without the condition, the width, and that flags are set.
    private static string Name(Instruction instruction)
    {
        var sets = instruction is Instruction.DataImmediate { Flags: not FlagSetting.Kept }
            or Instruction.DataRegister { Flags: not FlagSetting.Kept } or Instruction.ShiftRegister { Flags: not FlagSetting.Kept }
            or Instruction.Multiply { Flags: not FlagSetting.Kept };
        var text = Disassembler.Text(instruction).Split('\t')[0].Split('.')[0];
        if (instruction is Instruction.Branch) return "b";
        return instruction is Instruction.IfThen ? "it" : sets && text.EndsWith('s') ? text[..^1] : text;
    }
}
