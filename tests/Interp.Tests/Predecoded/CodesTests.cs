using RbpfSpec.Interp.Execution;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Interp.Tests.Predecoded;

/// <summary>Every encoding has a code, and every code a handler.</summary>
public sealed class CodesTests
{
    [Fact]
    public void Every_encoding_has_a_code() =>
        OperationTable.Forms.Select(Codes.Of).ShouldAllBe(code => Enum.IsDefined(code));

    [Fact]
    public void Codes_that_encodings_share_are_those_of_moves_byte_order_and_always() =>
        OperationTable.Forms
            .GroupBy(Codes.Of)
            .Where(forms => forms.Count() > 1)
            .Select(forms => string.Join(' ', forms.Select(form => form.Id)))
            .ShouldBe(
            [
                "alu/mov32-k alu/mov64-k imm/lddw imm/lddw-map-by-fd imm/lddw-map-val-by-fd imm/lddw-var-addr "
                    + "imm/lddw-code-addr imm/lddw-map-by-idx imm/lddw-map-val-by-idx",
                "alu/be16 alu/bswap16",
                "alu/be32 alu/bswap32",
                "alu/be64 alu/bswap64",
                "jmp/ja jmp/ja32",
                "packet/ldabsb packet/ldindb",
                "packet/ldabsh packet/ldindh",
                "packet/ldabsw packet/ldindw",
            ]);

    [Fact]
    public unsafe void Every_code_has_a_handler_of_its_own_but_for_those_of_helpers()
    {
        var handlers = Enum.GetValues<Code>().ToDictionary(code => code, code => (nint)HandlerTable.Of(code));

        handlers.Values.ShouldAllBe(handler => handler != 0);
        handlers.Values.Distinct().Count().ShouldBe(handlers.Count - 1);
        handlers[Code.CallHelper].ShouldBe(handlers[Code.CallBtf]);
    }

    // By what the rules do: of the encodings that may write some draw is seen to write, of the others none.
    [Fact]
    public void What_may_write_is_what_rules_are_seen_to_write()
    {
        var profile = Samples.Contrary with { BranchLimit = new Allowance<ulong>.Remaining(100), LargeShift = LargeShift.Masked };
        foreach (var form in OperationTable.Forms)
        {
            var isSeen = false;
            for (ulong seed = 0; seed < 400 && !(isSeen && Codes.MayWrite(form)); seed++)
            {
                var dice = new Dice((seed * 1_000) + form.Opcode);
                var state = dice.StateOf(profile) with { ProgramCounter = Word.Of(0) };
                var stack = state.Memory.Stack.Start;
                var there = state.Memory.Read(stack + Word.Of(8), Width.Bits64);
                var expected = dice.OnceIn(2) ? there : there.Low(Width.Bits32).ZeroExtend(Width.Bits64);
                state = state with { Registers = state.Registers.With(9, stack).With(0, expected) };
                var drawn = dice.InstructionOf(form);
                var (destination, offset) = dice.OnceIn(2) ? (new(9), (short)8) : (drawn.Destination, drawn.Offset);
                var instruction = Instruction.Of(form, destination, drawn.Source, offset, drawn.Immediate, 0);
                if (form.Operation is CallOperation.Exit or CallOperation.Local) continue;
                if (new ReferenceMachine(Program.Of([instruction]), profile).Step(state) is Outcome<Word>.Next next)
                    isSeen |= !next.State.Memory.Regions.Equals(state.Memory.Regions);
            }

            isSeen.ShouldBe(Codes.MayWrite(form), form.Id);
        }
    }
}
