using RbpfSpec.Conformance.Faults.Families;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Conformance.Generation.Checks;

/// <summary>Programs that the preflight rejects, each for one reason, and for each check one that it accepts.</summary>
internal static class PreflightCases
{
    private static readonly Slot Exit = Encoder.Encode(SupportCode.Exit)[0];

    private static Slot Nothing => Slot.Of(0xb7, 0, 0, 0, 0);

    /// <summary>The vectors, those of one check together; what a check rejects comes first.</summary>
    public static IEnumerable<Vector> Vectors(Profile profile)
    {
        var machine = new VectorMachine(profile);
        HashSet<string> accepted = new(StringComparer.Ordinal);
        var all = Reserved().Concat(Registers()).Concat(Opcodes(profile)).Concat(Wide()).Concat(Flow()).Concat(Whole()).ToList();
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        foreach (var (what, slots, setting) in all)
        {
            Sequence<byte> code = [.. new Program(slots).ToBytes()];
            var problems = machine.Problems(code, setting);

            // One reason each: a program with several shows less, and one that this profile accepts shows nothing here.
            // A call that the profile does not have names no function, either: those two are one.
            if (problems.Count != 1 && !IsCallOfNothing(problems)) continue;
            var rule = $"preflight/{problems[0].Check}";
            numbers[rule] = numbers.GetValueOrDefault(rule) + 1;
            yield return new($"{rule}/{numbers[rule]:000}", new VectorProgram.Code(code), [], new Expectation.Refuses())
            {
                Rule = rule,
                Purpose = $"{rule} rejects {what}.",
                Groups = GroupsOf(slots),
                Setting = setting,
            };
        }

        foreach (var (what, code) in PreflightValues.Lengths())
        {
            numbers["preflight/length"]++;
            yield return new(
                $"preflight/length/{numbers["preflight/length"]:000}",
                new VectorProgram.Code(code),
                [],
                new Expectation.Refuses())
            {
                Rule = "preflight/length",
                Purpose = $"preflight/length rejects {what}.",
                Groups = [Semantics.Clauses.ConformanceGroup.Base32],
            };
        }

        foreach (var (check, what, slots, setting) in Accepted().Concat(PreflightValues.Accepted()))
        {
            Sequence<byte> code = [.. new Program(slots).ToBytes()];
            if (machine.Run(code, [], setting) is not { Before: { } before, After: { } after } answered) continue;
            var place = $"preflight/{check}/accepted";
            for (var again = 2; !accepted.Add(place); again++) place = $"preflight/{check}/accepted-{again}";
            yield return new(place, new VectorProgram.Code(code), [], Chooser.Expected(answered.Answer))
            {
                Rule = $"preflight/{check}",
                Purpose = $"preflight/{check} accepts {what}.",
                Groups = GroupsOf(slots),
                Setting = setting,
                Before = Snapshot.Of(before),
                After = Snapshot.Of(after),
            };
        }
    }

    private static Sequence<Semantics.Clauses.ConformanceGroup> GroupsOf(Sequence<Slot> slots)
    {
        var program = new Program(slots);
        return Chooser.GroupsOf(Enumerable.Range(0, slots.Count)
            .Select(index => Preflight.Decode(program, index)).OfType<Decoded.Valid>().Select(valid => valid.Instruction));
    }

    private static IEnumerable<(string What, Sequence<Slot> Slots, Setting Setting)> Reserved() =>
        from form in OperationTable.Forms
        from field in Decoder.InSlot
        where form.Layout[field] is FieldUse.Reserved
        let slots = Plain(form)
        from value in PreflightValues.OfReserved(form, field)
        select (
            $"{form.Id} with {field.Name()} 0x{value:x}",
            Program([Holding(slots[0], field, value), .. slots.AsSpan()[1..]], form),
            SettingOf(form));

    private static IEnumerable<(string What, Sequence<Slot> Slots, Setting Setting)> Registers()
    {
        foreach (var (form, place) in OperationTable.Forms.Select((form, place) => (form, place)))
        {
            foreach (var field in (Sequence<Field>)[Field.Destination, Field.Source])
            {
                if (form.Layout[field] is not FieldUse.NamesRegister) continue;
                var none = (byte)(11 + ((place + (field is Field.Source ? 2 : 0)) % 5));
                var slots = Plain(form);
                if (form.Layout.IsWide || form.Operation is MemoryOperation.StoreImmediate)
                {
                    for (var value = (byte)11; value < 16; value++)
                    {
                        if (value != none)
                        {
                            yield return (
                                $"{form.Id} with {field.Name()} {value}",
                                Skipped([Naming(slots[0], field, value), .. slots.AsSpan()[1..]]),
                                SettingOf(form));
                        }
                    }
                }

                yield return (
                    $"{form.Id} with {field.Name()} {none}",
                    Skipped([Naming(slots[0], field, none), .. slots.AsSpan()[1..]]),
                    SettingOf(form));
            }

            if (form.Writes is WrittenRegister.Destination or WrittenRegister.Source)
            {
                var field = form.Writes is WrittenRegister.Source ? Field.Source : Field.Destination;
                var slots = Plain(form);
                yield return (
                    $"{form.Id} that writes r10",
                    Program([Naming(slots[0], field, Register.Last), .. slots.AsSpan()[1..]], form),
                    SettingOf(form));
            }
        }
    }

    private static IEnumerable<(string What, Sequence<Slot> Slots, Setting Setting)> Opcodes(Profile profile)
    {
        for (var opcode = 0; opcode < 256; opcode++)
        {
            var forms = OperationTable.WithOpcode((byte)opcode);
            if (forms.IsEmpty)
            {
                yield return ($"opcode 0x{opcode:x2}", Skipped([Slot.Of((byte)opcode, 0, 0, 0, 0)]), Setting.Plain);
                foreach (var (form, slot) in Alike((byte)opcode))
                    yield return ($"opcode 0x{opcode:x2} with the fields of {form.Id}", Skipped([slot]), Setting.Plain);
            }
        }

        // One bit away, in its class or its operand, from an encoding that is told from others by its offset or its imm: those
        // say what it says.
        static IEnumerable<(Form Form, Slot Slot)> Alike(byte opcode) => Enumerable.Range(0, 4)
            .SelectMany(bit => OperationTable.WithOpcode((byte)(opcode ^ (1 << bit))))
            .Where(form => form.Layout[Field.Offset] is FieldUse.Selects(not 0) || form.Layout[Field.Immediate] is FieldUse.Selects(not 0))
            .Select(form => (form, Slot: Plain(form)[0]))
            .Select(each => (each.form, Slot.Of(opcode, each.Slot.Destination, each.Slot.Source, each.Slot.Offset, each.Slot.Immediate)))
            .DistinctBy(each => each.form.Opcode);

        foreach (var (opcode, field, value) in PreflightFaults.Invalid())
        {
            var form = OperationTable.WithOpcode(opcode)[0];
            yield return (
                $"opcode 0x{opcode:x2} with {field.Name()} 0x{value:x}",
                Program([Holding(Plain(form)[0], field, value), .. Plain(form).AsSpan()[1..]], form), SettingOf(form));
        }

        foreach (var source in PreflightFaults.NoCalls)
        {
            yield return (
                $"opcode 0x85 with src_reg 0x{source:x}, and an imm that leads to the next slot",
                [Nothing, Slot.Of(0x85, 0, source, 0, 0), Exit],
                Setting.Plain);
        }

        foreach (var form in OperationTable.Forms)
        {
            if (!profile.Has(form.Group) || !profile.Grants(form.Needs))
                yield return ($"{form.Id}, which the profile does not have", Program(Plain(form), form), SettingOf(form));
        }

        foreach (var id in (int[])[0x120, 0x10020, 0, -1, 6, 127, 0x21])
        {
            yield return (
                $"a call of the helper {id}, where 0x20 is granted",
                [Slot.Of(0x85, 0, 0, 0, id), Exit],
                new() { Helpers = [0x20] });
        }

        yield return ("a call of a helper that is not granted", [Slot.Of(0x85, 0, 0, 0, 0x7777), Exit], Setting.Plain);
        yield return (
            "a call of a helper that would end well, when another one is granted",
            [Slot.Of(0xb7, 0, 0, 0, 0), Slot.Of(0xb7, 1, 0, 0, 1), Slot.Of(0xb7, 2, 0, 0, 2), Slot.Of(0x85, 0, 0, 0, 0x10), Exit],
            new() { Helpers = [0x20] });
        yield return ("a call of a helper when another one is granted", [Slot.Of(0x85, 0, 0, 0, 0x02), Exit], new() { Helpers = [0x20] });
    }

    private static bool IsCallOfNothing(Sequence<Problem> problems) =>
        problems.Count == 2 && problems[0].Slot == problems[1].Slot && problems[0].Check == "platform" && problems[1].Check == "helper";

    private static IEnumerable<(string What, Sequence<Slot> Slots, Setting Setting)> Wide()
    {
        foreach (var form in OperationTable.Forms.Where(form => form.Layout.IsWide))
        {
            var slots = Plain(form);
            yield return ($"{form.Id} in the last slot", [Nothing, Exit, slots[0]], Setting.Plain);
            foreach (var (part, bits) in (IEnumerable<(string, ulong)>)
            [
                ("opcode 0x18", 0x18),
                ("dst_reg 1", 0x100),
                ("src_reg 1", 0x1000),
                ("offset 1", 0x10000),
                ("next_imm 1", 1UL << 32),
                .. PreflightValues.SecondSlots,
            ])
            {
                yield return ($"{form.Id} whose second slot has {part}", [slots[0], new(bits), Exit], Setting.Plain);
            }
        }
    }

    private static IEnumerable<(string What, Sequence<Slot> Slots, Setting Setting)> Flow()
    {
        foreach (var (form, place) in OperationTable.Forms.Select((form, place) => (form, place)))
        {
            if (!form.Displacement.IsEmpty)
            {
                // The instruction is at slot 2 of 4 or 6, and not reached.
                yield return ($"{form.Id} that leads one past the end", Skipped([Leading(form, 1)]), Setting.Plain);
                yield return ($"{form.Id} that leads before the first slot", Skipped([Leading(form, -4)]), Setting.Plain);
                yield return ($"{form.Id} that leads farther past the end", Skipped([Leading(form, 2 + (place * 100))]), Setting.Plain);
                yield return (
                    $"{form.Id} that leads farther before the first slot",
                    Skipped([Leading(form, -5 - (place * 100))]),
                    Setting.Plain);
                yield return (
                    $"{form.Id} that leads into a wide instruction",
                    Skipped([Leading(form, 1), Slot.Of(0x18, 0, 0, 0, 1), default]),
                    Setting.Plain);
                yield return (
                    $"{form.Id} that leads back into a wide instruction",
                    [Slot.Of(0x18, 0, 0, 0, 1), default, .. Skipped([Leading(form, -4)])],
                    Setting.Plain);
            }

            // What may end a program is EXIT or a jump.
            if (form.Operation is not (CallOperation.Exit or JumpOperation.Always))
            {
                yield return (
                    $"{form.Id} at the end",
                    [Nothing, Exit, .. form.Displacement.IsEmpty ? Plain(form) : [Leading(form, -2)]],
                    SettingOf(form));
            }
        }

        // Machines keep where instructions start as bits of bytes or words.
        foreach (var place in PreflightValues.SecondSlotPlaces)
        {
            yield return (
                $"jmp/jne64-k that leads into a wide instruction whose second slot is slot {place}",
                [
                    Slot.Of(0x55, 0, 0, (short)(place - 1), 0),
                    .. Enumerable.Repeat(Nothing, place - 2),
                    Slot.Of(0x18, 1, 0, 0, 1),
                    default, Exit,
                ],
                Setting.Plain);
        }

        foreach (var (distance, text) in (IEnumerable<(short, string)>)
            [(short.MaxValue, "as far forward as it can"), (short.MinValue, "as far backward as it can")])
        {
            yield return ($"jmp/ja that leads {text}", [Slot.Of(0x05, 0, 0, distance, 0), Exit], Setting.Plain);
        }

        foreach (var (distance, text) in (IEnumerable<(int, string)>)
            [(int.MaxValue, "as far forward as it can"), (int.MinValue, "as far backward as it can")])
        {
            yield return ($"jmp/ja32 that leads {text}", [Slot.Of(0x06, 0, 0, 0, distance), Exit], Setting.Plain);
            yield return ($"jmp/call-local that leads {text}", [Slot.Of(0x85, 0, 1, 0, distance), Exit], Setting.Plain);
        }
    }

    private static IEnumerable<(string What, Sequence<Slot> Slots, Setting Setting)> Whole() =>
    [
        ("a program without slots", [], Setting.Plain),
        ("an entry past the end", [Exit], new() { Entry = 1 }),
        ("an entry in the second slot of a wide instruction", [Slot.Of(0x18, 0, 0, 0, 1), default, Exit], new() { Entry = 1 }),
    ];

    private static IEnumerable<(string Check, string What, Sequence<Slot> Slots, Setting Setting)> Accepted() =>
        [
            ("length", "a program of one slot", [Exit], Setting.Plain),
            ("entry",
                "an entry at another slot than the first",
                [Slot.Of(0xb7, 0, 0, 0, 9), Slot.Of(0x07, 0, 0, 0, 7), Exit],
                new() { Entry = 1 }),
            ("opcode", "the highest opcode that is one", [Slot.Of(0xdf - 8, 0, 0, 0, 64), Exit], Setting.Plain),
            ("encoding",
                "each value that selects an encoding",
                [Slot.Of(0xbf, 0, 1, 8, 0), Slot.Of(0xbf, 0, 1, 16, 0), Slot.Of(0xbf, 0, 1, 32, 0), Slot.Of(0x37, 0, 0, 1, 3), Exit],
                Setting.Plain),
            ("reserved/dst_reg", "dst_reg 0 where it is not used", [Slot.Of(0x05, 0, 0, 0, 0), Exit], Setting.Plain),
            ("reserved/src_reg", "src_reg 0 where it is not used", [Slot.Of(0x07, 0, 0, 0, 5), Exit], Setting.Plain),
            ("reserved/offset", "offset 0 where it is not used", [Slot.Of(0x0f, 0, 2, 0, 0), Exit], Setting.Plain),
            ("reserved/imm", "imm 0 where it is not used", [Slot.Of(0x4f, 0, 2, 0, 0), Exit], Setting.Plain),
            ("register/dst_reg",
                "r9, the last register that may be written",
                [Slot.Of(0xb7, 9, 0, 0, 9), Slot.Of(0xbf, 0, 9, 0, 0), Exit],
                Setting.Plain),
            ("register/src_reg",
                "r10 as a source",
                [Slot.Of(0xbf, 1, 10, 0, 0), Slot.Of(0x1f, 1, 10, 0, 0), Slot.Of(0xbf, 0, 1, 0, 0), Exit],
                Setting.Plain),
            ("wide/whole", "a wide instruction before the last slot", [Slot.Of(0x18, 0, 0, 0, 1), default, Exit], Setting.Plain),
            ("wide/opcode",
                "a second slot of zeros but for its imm",
                [Slot.Of(0x18, 0, 0, 0, 1), Slot.Of(0, 0, 0, 0, -1), Exit],
                Setting.Plain),
            ("frame-pointer",
                "r10 as the base of a store, which does not write it",
                [Slot.Of(0x7a, 10, 0, -8, 5), Slot.Of(0x79, 0, 10, -8, 0), Exit],
                Setting.Plain),
            ("helper", "a call of a helper that is granted", [Slot.Of(0x85, 0, 0, 0, 0x20), Exit], new() { Helpers = [0x20] }),
            ("jump/inside",
                "jumps to the first slot and to the last",
                [Slot.Of(0x07, 0, 0, 0, 1), Slot.Of(0x15, 0, 0, -2, 1), Slot.Of(0x05, 0, 0, 0, 0), Exit],
                Setting.Plain),
            ("jump/instruction",
                "a jump to the first slot of a wide instruction",
                [Slot.Of(0x05, 0, 0, 0, 0), Slot.Of(0x18, 0, 0, 0, 9), default, Exit],
                Setting.Plain),
            ("end", "a jump at the end", [Slot.Of(0x05, 0, 0, 1, 0), Exit, Slot.Of(0x05, 0, 0, -2, 0)], Setting.Plain),
            ("group", "an encoding of the smallest group", [Slot.Of(0xb4, 0, 0, 0, -1), Exit], Setting.Plain),
            ("platform",
                "a wide load of a plain value",
                [Slot.Of(0x18, 3, 0, 0, 1), Slot.Of(0, 0, 0, 0, 2), Slot.Of(0xbf, 0, 3, 0, 0), Exit],
                Setting.Plain),
        ];

    // The slots of an encoding with every field as tame as can be: a machine that lets a program pass ends it well.
    private static Sequence<Slot> Plain(Form form) =>
        Encoder.Encode(
            form.Operation switch
            {
                MemoryOperation { Kind: Access.Read } => Instruction.Of(form, new(1), Register.FramePointer, -8),
                MemoryOperation or AtomicOperation => Instruction.Of(form, Register.FramePointer, new(2), -8),
                AluOperation.Division => Instruction.Of(
                    form, new(1), Register.FramePointer,
                    immediate: 3),
                _ => Instruction.Of(form, new(1), new(2), immediate: form.Operation is CallOperation.ByHelperId ? 0x20 : 0),
            });

    // What no run reaches, though a jump could lead there.
    private static Sequence<Slot> Skipped(Sequence<Slot> slots) => [Nothing, Slot.Of(0x15, 0, 0, (short)slots.Count, 0), .. slots, Exit];

    private static Sequence<Slot> Program(Sequence<Slot> slots, Form form) =>
        form.Operation is CallOperation.Exit ? slots : [.. slots, Exit];

    private static Setting SettingOf(Form form) => form.Operation is CallOperation.ByHelperId ? new() { Helpers = [0x20] } : Setting.Plain;

    private static Slot Leading(Form form, int distance) =>
        Encoder.Encode(Instruction.Of(form, new(1), new(2), (short)distance, distance))[0];

    private static Slot Naming(Slot slot, Field field, byte register) => Holding(slot, field, register);

    private static Slot Holding(Slot slot, Field field, ulong value) =>
        new((slot.Bits & ~(field.Width().Mask << Lowest(field))) | (value << Lowest(field)));

    private static int Lowest(Field field) => field switch
    {
        Field.Destination => 8,
        Field.Source => 12,
        Field.Offset => 16,
        Field.Immediate or Field.NextImmediate => 32,
    };
}
