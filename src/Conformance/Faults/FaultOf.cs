using RbpfSpec.Conformance.Faults.Plain;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Conformance.Faults;

/// <summary>Makes the faults of one rule: their names, and the instructions that they concern.</summary>
/// <param name="form">The rule's encoding.</param>
internal sealed class FaultOf(Form form)
{
    /// <summary>The bits to which machines are found to cut fields.</summary>
    public static int[] Cuts => [8, 9, 12, 15, 16, 31];

    /// <summary>The encoding.</summary>
    public Form Form => form;

    /// <summary>The bits of the operation.</summary>
    public int Bits => form.Width.Bits;

    /// <summary>The operation, bits 4 to 7 of the opcode.</summary>
    public int Code => form.Opcode >> 4;

    /// <summary>Whether the second operand is a register.</summary>
    public bool IsX => form.Operand is SourceOperand.Register;

    /// <summary>Whether the second operand is an immediate.</summary>
    public bool IsK => form.Operand is SourceOperand.Immediate;

    /// <summary>A fault of the rule.</summary>
    public Fault New(string @class, string what) => new(@class, $"{form.Id}: {what}") { Rule = form.Id, On = Matching(form) };

    /// <summary>The same fault where a condition on the instruction holds, too.</summary>
    public Fault New(string @class, string what, Func<Fields, bool> where)
    {
        var matches = Matching(form);
        return New(@class, what) with { On = slot => matches(slot) && where(slot) };
    }

    /// <summary>Whether a slot is of an encoding.</summary>
    public static Func<Fields, bool> Matching(Form form)
    {
        var opcode = form.Opcode;
        var (destination, source, offset, immediate) = (
            Selected(form, Field.Destination),
            Selected(form, Field.Source),
            Selected(form, Field.Offset),
            Selected(form, Field.Immediate));
        return slot => slot.Opcode == opcode
            && (destination is null || slot.Destination == destination)
            && (source is null || slot.Source == source)
            && (offset is null || (ushort)slot.Offset == offset)
            && (immediate is null || (uint)slot.Immediate == immediate);
    }

    /// <summary>The registers that an instruction overwrites though it should not, each a fault.</summary>
    public IEnumerable<Fault> Clobbers(string @class, string when, Func<PlainMachine, ulong[], bool> happens) =>
        from register in Enumerable.Range(0, 10)
        select New(@class, $"{when} overwrites r{register}") with
        {
            After = (machine, before) =>
            {
                if (happens(machine, before) && machine.R[register] == before[register]) machine.R[register] ^= 0x5ead_0000_0000_beefUL;
            },
        };

    private static ulong? Selected(Form form, Field field) => form.Layout[field] is FieldUse.Selects use ? use.Value : null;
}
