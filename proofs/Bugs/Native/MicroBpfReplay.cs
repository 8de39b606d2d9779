using System.Buffers.Binary;
using System.Globalization;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Dialects.Native;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using Decoded = RbpfSpec.Arm.Encodings.Decoded;
using Decoder = RbpfSpec.Arm.Encodings.Decoder;
using Instruction = RbpfSpec.Semantics.Instructions.Instruction;

namespace RbpfSpec.Proofs.Bugs.Native;

/// <summary>Native code of µBPF on a Cortex-M with values, beside the rule.</summary>
internal static class MicroBpfReplay
{
    private const uint RegionAt = (uint)AddressSpace.Added;

    private static readonly Profile Profile = Profile.Rfc9669;

    /// <summary>Runs both, with as few bits set in the registers as show the difference.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="compiler">The compiler.</param>
    /// <param name="registers">The registers, r0 first.</param>
    /// <param name="region">The start of the region; it is moved, and a register that a load or store goes by moves with it.</param>
    public static Replay Of(Instruction instruction, MicroBpfCompiler compiler, Sequence<uint> registers, uint region)
    {
        if (instruction.Form.Class is InstructionClass.Ldx)
        {
            registers = registers.With(
                instruction.Source.Number, unchecked(registers[instruction.Source.Number] - region + RegionAt));
        }

        var happened = Native(instruction, compiler, registers);
        var right = Rule(instruction, registers);
        if (happened.Text == right.Text) return new Replay.NotShown($"both come to {right.Text}");
        for (var number = 0; number < registers.Count; number++)
        {
            for (var bit = 31; bit >= 0; bit--)
            {
                var fewer = registers.With(number, registers[number] & ~(1U << bit));
                if (Native(instruction, compiler, fewer) is var one && Rule(instruction, fewer) is var other
                    && one.Kind == happened.Kind && other.Kind == right.Kind && one.Text != other.Text)
                {
                    registers = fewer;
                }
            }
        }

        var program = new DialectDifference(
            Program.Of([instruction]), new(true, "", ""), new(true, "", ""));
        var before = Text(registers);
        return new Replay.Shown(
        [
            .. program.ProgramLines,
            $"µBPF: from {before}, its code comes to {Native(instruction, compiler, registers).Text}",
            $"Without the bug: {Rule(instruction, registers).Text}",
        ]);
    }

    private static (string Kind, string Text) Native(Instruction instruction, MicroBpfCompiler compiler, Sequence<uint> registers)
    {
        var halfwords = compiler.Translate(instruction);
        var bytes = new byte[2 * halfwords.Count];
        for (var i = 0; i < halfwords.Count; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), halfwords[i]);
        var (state, at) = (At(registers), 0);
        while (at < bytes.Length)
        {
            if (Decoder.Decode(bytes, at) is not Decoded.Allowed(var found, var length)) return ("refused", "no instruction");
            switch (ArmMachine.Step(state, MicroBpfReading.Start + (uint)at, found, length))
            {
                case ArmOutcome.Next next:
                    (state, at) = (next.State, (int)(next.Address - MicroBpfReading.Start));
                    break;
                case ArmOutcome.Faulted:
                    return ("reads", "an access that no region grants");
                case ArmOutcome.Refused refused:
                    return ("refused", refused.Reason);
            }
        }

        var offset = (uint)(at - bytes.Length);
        if (offset == MicroBpfReading.TrapAt) return ("traps", "a trap");
        return ("goes on", Text(
            offset == MicroBpfReading.TakenAt,
            instruction,
            Sequence.Generate(
                registers.Count, number => state.Registers[MicroBpfCompiler.RegisterOf(number)].Value)));
    }

    private static (string Kind, string Text) Rule(Instruction instruction, Sequence<uint> registers)
    {
        var before = StateOf(registers);
        var outcome = instruction.Form.Operation.Execute(
            new Execution<Word>(instruction.Form, instruction.Fields<Word>(), before, Profile)).From(before);
        return outcome is Outcome<Word>.Trapped { Trap: var trap }
            ? ("traps", $"trap {trap}")
            : ("goes on", Text(
                outcome.State.ProgramCounter.Value != (ulong)instruction.Form.Layout.Slots,
                instruction,
                Sequence.Generate(registers.Count, number => outcome.State.Registers[number].Value)));
    }

    private static string Text(bool isTaken, Instruction instruction, Sequence<ulong> registers) => instruction.Form.Displacement.IsEmpty
        ? Text(registers)
        : isTaken ? "a jump" : "no jump";

    private static string Text(Sequence<uint> registers) => Text(registers.Map(value => (ulong)value));

    // What is zero goes without saying.
    private static string Text(Sequence<ulong> registers)
    {
        var shown = registers.Select((value, number) => (value, number)).Where(one => one.value != 0)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"r{one.number} = 0x{one.value:x}")).ToList();
        return shown.Count == 0 ? "all registers 0" : string.Join(", ", shown);
    }

    private static State<Word> StateOf(Sequence<uint> registers)
    {
        var start = new Start(Profile)
        {
            Regions =
            [
                Region.Of(
                    "memory",
                    RegionAt,
                    [.. Enumerable.Range(1, MicroBpfCompiler.RegionBytes).Select(value => (byte)value)],
                    Permission.Read),
            ],
        }.State();
        var all = start.Registers;
        for (var number = 0; number < registers.Count; number++) all = all.With(number, Word.Of(registers[number]));
        return start with { Registers = all };
    }

    private static ArmState<Word> At(Sequence<uint> registers)
    {
        var all = Sequence.Generate(ArmState<Word>.ProgramCounter, register => Word.Wrap(
            register == MicroBpfCompiler.RegionStart ? RegionAt : 0, Width.Bits32));
        for (var number = 0; number < registers.Count; number++)
            all = all.With(MicroBpfCompiler.RegisterOf(number), Word.Wrap(registers[number], Width.Bits32));
        var no = Truth<Word>.Of(false);
        return new(all, new(no, no, no, no), new GuestMemory<Word>(StateOf(registers).Memory));
    }
}
