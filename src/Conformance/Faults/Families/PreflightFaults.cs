using RbpfSpec.Conformance.Faults.Plain;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Faults.Families;

/// <summary>
/// Programs that machines let pass, or reject though they are right: each check at each encoding and field, and each value.
/// </summary>
internal static partial class PreflightFaults
{
    /// <summary>The faults.</summary>
    public static IEnumerable<Fault> All(Profile profile)
    {
        var forms = OperationTable.Forms.Where(form => profile.Has(form.Group) && profile.Grants(form.Needs)).ToList();
        return [.. forms.SelectMany(FieldChecks), .. forms.SelectMany(Flows), .. Classes, .. Values, .. Calls, .. Opcodes, .. Wholes];
    }

    // The checks of the fields of an encoding.
    private static IEnumerable<Fault> FieldChecks(Form form)
    {
        foreach (var field in Decoder.InSlot)
        {
            switch (form.Layout[field])
            {
                case FieldUse.Reserved:
                    yield return Accepting(form, $"reserved/{field.Name()}", $"{field.Name()} is not asked to be 0");
                    if (OfOthers(form, field) is { Count: > 0 } others)
                    {
                        yield return Accepting(
                            form,
                            $"reserved/{field.Name()}",
                            $"{field.Name()} may be what others of its class have there",
                            slot => others.Contains(Of(slot, field)) && Of(slot, field) != 1);
                    }

                    break;
                case FieldUse.NamesRegister:
                    yield return Accepting(form, $"register/{field.Name()}", $"{field.Name()} may name a register above 10");
                    break;
            }
        }

        if (form.Writes is WrittenRegister.Destination or WrittenRegister.Source)
            yield return Accepting(form, "frame-pointer", "r10 may be written");
    }

    private static IEnumerable<Fault> Flows(Form form)
    {
        if (!form.Displacement.IsEmpty)
        {
            yield return Accepting(form, "jump/inside", "it may lead outside the program");
            yield return Accepting(form, "jump/inside", "it may lead before the first slot", slot => JumpFaults.Displacement(slot) < 0);
            yield return Accepting(form, "jump/inside", "it may lead past the end", slot => JumpFaults.Displacement(slot) >= 0);
            yield return Placed(form, "jump/inside", "it may lead right past the end", (target, length) => target == length);
            yield return Placed(form, "jump/inside", "it may lead right before the first slot", (target, _) => target == -1);
            yield return Placed(form, "jump/inside", "it may lead farther past the end", (target, length) => target > length);
            yield return Placed(form, "jump/inside", "it may lead farther before the first slot", (target, _) => target < -1);
            yield return Accepting(form, "jump/instruction", "it may lead into a wide instruction");
            yield return Accepting(form, "jump/instruction", "it may lead back into a wide instruction", slot =>
                JumpFaults.Displacement(slot) < 0);
        }

        if (form.Operation is not (CallOperation.Exit or JumpOperation.Always)) yield return Accepting(form, "end", "it may end a program");
        if (form.Layout.IsWide)
        {
            foreach (var (check, what) in (IEnumerable<(string, string)>)
            [
                ("wide/whole", "its second slot may be missing"),
                ("wide/opcode", "the second slot's opcode is not looked at"),
                ("wide/dst_reg", "the second slot's dst_reg is not looked at"),
                ("wide/src_reg", "the second slot's src_reg is not looked at"),
                ("wide/offset", "the second slot's offset is not looked at"),
            ])
            {
                yield return Accepting(form, check, what);
            }
        }
    }

    /// <summary>An encoding, a register in a role, or a field at its edge is rejected.</summary>
    public static IEnumerable<Fault> Refused(Form form)
    {
        yield return Rejecting(form, "it is rejected", _ => true);
        foreach (var field in (Field[])[Field.Destination, Field.Source])
        {
            if (form.Layout[field] is not FieldUse.NamesRegister) continue;
            foreach (var register in (ulong[])[0, 9, 10])
            {
                if (register == 10
                    && ((field is Field.Destination && form.Writes is WrittenRegister.Destination)
                        || (field is Field.Source && form.Writes is WrittenRegister.Source)))
                {
                    continue;
                }

                yield return Rejecting(form, $"r{register} as {field.Name()} is rejected", slot => Of(slot, field) == register);
            }
        }

        if (form.Operand is SourceOperand.Immediate) yield return Rejecting(form, "a negative imm is rejected", slot => slot.Immediate < 0);
        if (form.Operation is MemoryOperation or AtomicOperation)
        {
            yield return Rejecting(form, "a negative offset is rejected", slot => slot.Offset < 0);
            yield return Rejecting(form, "a positive offset is rejected", slot => slot.Offset > 0);
            if (form.Width.Bits is not 8)
                yield return Rejecting(form, "an offset that is not aligned is rejected", slot => slot.Offset % (form.Width.Bits / 8) != 0);
        }
    }

    // One value of a register field, or of one that is not used, in a class of opcodes.
    private static IEnumerable<Fault> Classes => [.. Registers, .. NotUsed];

    private static IEnumerable<Fault> NotUsed =>
        from @class in Enumerable.Range(0, 8)
        from place in Decoder.InSlot
        where
            OperationTable.Forms.Count(form => (int)form.Class == @class && form.Needs.IsEmpty && form.Layout[place] is FieldUse.Reserved)
                >= 6
            && @class != 0
        from value in Reserved(place)
        select new Fault("values", $"class {@class}: {place.Name()} 0x{value:x} is let pass where it is not used")
        {
            Accepts = (check, slot, _) => check == $"reserved/{place.Name()}" && slot.Class == @class && Of(slot, place) == value,
        };

    private static IEnumerable<Fault> Registers =>
        from @class in Enumerable.Range(0, 8)
        from place in (Field[])[Field.Destination, Field.Source]
        from value in (ulong[])[11, 12, 13, 14, 15]
        where (@class != 0 || place is Field.Destination) && (@class != 2 || place is Field.Destination)
        select new Fault("values", $"class {@class}: {place.Name()} {value} is let pass")
        {
            Accepts = (check, slot, _) => check == $"register/{place.Name()}" && slot.Class == @class && Of(slot, place) == value,
        };

    private static IEnumerable<Fault> Values =>
        from each in Invalid()
        select new Fault("values", $"opcode 0x{each.Opcode:x2}: {each.Field.Name()} 0x{each.Value:x} is let pass")
        {
            Accepts = (check, slot, _) =>
                check is "encoding" or "platform" && slot.Opcode == each.Opcode && Of(slot, each.Field) == each.Value,
        };

    // One that is no call is taken for a local one, where that would lead to an instruction.
    private static IEnumerable<Fault> Calls =>
        from source in NoCalls
        select new Fault("values", $"opcode 0x85: src_reg {source} is taken for that of a local call")
        {
            Accepts = (check, slot, input) =>
                check is "encoding" or "platform" or "helper"
                && slot.Opcode == 0x85
                && slot.Source == source
                && Array.IndexOf(input.Code, slot) + 1L + slot.Immediate is >= 0 and var target
                && target < input.Code.Length,
            Decode = (_, slot) => slot.Opcode == 0x85 && slot.Source == source ? slot with { Source = 1 } : slot,
        };

    private static IEnumerable<Fault> Opcodes =>
        from opcode in Enumerable.Range(0, 256)
        where OperationTable.WithOpcode((byte)opcode).IsEmpty
        select new Fault("values", $"opcode 0x{opcode:x2} is let pass")
        {
            Accepts = (check, slot, _) => check == "opcode" && slot.Opcode == opcode,
        };

    private static IEnumerable<Fault> Wholes
    {
        get
        {
            foreach (var rest in (int[])[1, 2, 3, 4, 5, 6, 7])
            {
                yield return new("preflight", $"{rest} bytes after the last slot are let pass")
                {
                    Accepts = (check, _, input) => check == "length" && input.Length % 8 == rest,
                };
            }

            yield return new("preflight", "a program without slots is let pass")
            {
                Accepts = (check, _, input) => check == "length" && input.Length == 0,
            };
            yield return new("preflight", "a part of a slot is let pass")
            {
                Accepts = (check, _, input) => check == "length" && input.Length is > 0 and < 8,
            };
            foreach (var opcode in (int[])[0x18, 0x95, 0xb7, 0x05, 0x85, 0x07, 0x01, 0xff])
            {
                yield return new("values", $"a second slot with the opcode 0x{opcode:x2} is let pass")
                {
                    Accepts = (check, slot, input) =>
                        check == "wide/opcode"
                        && Array.Exists(input.Code, each => each.Opcode == opcode)
                        && Second(input, slot).Opcode == opcode,
                };
            }

            foreach (var register in (int[])[1, 2, 4, 8, 15])
            {
                yield return new("values", $"a second slot with dst_reg {register} is let pass")
                {
                    Accepts = (check, slot, input) => check == "wide/dst_reg" && Second(input, slot).Destination == register,
                };
                yield return new("values", $"a second slot with src_reg {register} is let pass")
                {
                    Accepts = (check, slot, input) => check == "wide/src_reg" && Second(input, slot).Source == register,
                };
            }

            foreach (var offset in (ulong[])[1, 0x80, 0x100, 0x8000, 0xffff])
            {
                yield return new("values", $"a second slot with offset 0x{offset:x} is let pass")
                {
                    Accepts = (check, slot, input) => check == "wide/offset" && (ushort)Second(input, slot).Offset == offset,
                };
            }

            foreach (var size in (int[])[2, 8, 16, 32, 64])
            {
                for (var rest = 0; rest < size; rest += size == 8 ? 1 : size)
                {
                    var left = rest;
                    yield return new("preflight", $"a jump into a wide instruction is let pass where the slot modulo {size} is {left}")
                    {
                        Accepts = (check, slot, input) =>
                            check == "jump/instruction" && Target(input, slot) % size == left && Target(input, slot) > 1,
                    };
                }
            }

            foreach (var limit in (int[])[8, 16, 32, 64, 128, 256])
            {
                yield return new("preflight", $"a jump into a wide instruction is let pass from slot {limit} on")
                {
                    Accepts = (check, slot, input) => check == "jump/instruction" && Target(input, slot) >= limit,
                };
            }

            yield return new("preflight", "an entry past the end is let pass")
            {
                Accepts = (check, _, input) => check == "entry" && input.Setting.Entry >= input.Code.Length,
            };
            yield return new("preflight", "an entry in a wide instruction is let pass")
            {
                Accepts = (check, _, input) => check == "entry" && input.Setting.Entry < input.Code.Length,
            };
            yield return new("preflight", "EXIT in the middle is rejected")
            {
                Rejects = input => Right(input) && input.Code[..^1].Any(slot => slot.Opcode == 0x95),
            };
            yield return new("preflight", "a program whose last instruction is a jump is rejected")
            {
                Rejects = input => Right(input) && input.Code[^1].Opcode != 0x95,
            };
            yield return new("preflight", "a program that ends in JA is rejected")
            {
                Rejects = input => Right(input) && input.Code[^1].Opcode == 0x05,
            };
            yield return new("preflight", "a program that ends in JA32 is rejected")
            {
                Rejects = input => Right(input) && input.Code[^1].Opcode == 0x06,
            };
            yield return new("preflight", "code that is not reached is rejected")
            {
                Rejects = input => Right(input) && input.Code.Length == 3 && input.Code[1].Opcode == 0x95,
            };
            yield return new("preflight", "a register that was not written is rejected")
            {
                Rejects = input => Right(input) && input.Code.Length == 1,
            };
            yield return new("preflight", "two wide instructions in a row are rejected")
            {
                Rejects = input =>
                    Right(input)
                    && Enumerable
                        .Range(0, Math.Max(0, input.Code.Length - 2))
                        .Any(at => input.Code[at].IsWide && input.Code[at + 2].IsWide),
            };
            yield return new("preflight", "a wide instruction with 0x18 in its next_imm is rejected")
            {
                Rejects = input =>
                    Right(input)
                    && Enumerable
                        .Range(0, input.Code.Length - 1)
                        .Any(at => input.Code[at].IsWide && (byte)input.Code[at + 1].Immediate == 0x18),
            };
        }
    }

    private static long Target(PreparedVector input, Fields slot) => Array.IndexOf(input.Code, slot) + 1L + JumpFaults.Displacement(slot);

    private static bool Right(PreparedVector input) => input.Problems.Length == 0;

    private static Fields Second(PreparedVector input, Fields first)
    {
        var at = Array.IndexOf(input.Code, first);
        return at >= 0 && at + 1 < input.Code.Length ? input.Code[at + 1] : default;
    }

    private static Fault Accepting(Form form, string check, string what, Func<Fields, bool>? where = null)
    {
        var matches = FaultOf.Matching(form);
        return new("preflight", $"{form.Id}: {what}")
        {
            Accepts = (id, slot, _) => id == check && matches(slot) && (where is null || where(slot)),
        };
    }

    private static Fault Placed(Form form, string check, string what, Func<long, long, bool> where)
    {
        var matches = FaultOf.Matching(form);
        return new("preflight", $"{form.Id}: {what}")
        {
            Accepts = (id, slot, input) => id == check && matches(slot) && where(Target(input, slot), input.Code.Length),
        };
    }

    private static Fault Rejecting(Form form, string what, Func<Fields, bool> where)
    {
        var matches = FaultOf.Matching(form);
        return new("preflight", $"{form.Id}: {what}")
        {
            Rule = form.Id,
            Rejects = input => Right(input) && Array.Exists(input.Code, slot => matches(slot) && where(slot)),
        };
    }

    private static ulong Of(Fields slot, Field field) => field switch
    {
        Field.Destination => slot.Destination,
        Field.Source => slot.Source,
        Field.Offset => (ushort)slot.Offset,
        _ => (uint)slot.Immediate,
    };
}
