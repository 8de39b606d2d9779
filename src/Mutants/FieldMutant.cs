using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Mutants;

/// <summary>A field, or the encoding itself, is read wrong before the rule runs.</summary>
public abstract record FieldMutant : RuleMutant
{
    private FieldMutant(Form form, string name)
        : base(form) => Name = name;

    public sealed override string Name { get; }

    public sealed override Effect<T> Execute<T>(in Execution<T> execution)
    {
        var read = Read(execution);
        return read.Form.Operation.Execute(read);
    }

    /// <summary>The execution as it is read instead.</summary>
    protected abstract Execution<T> Read<T>(in Execution<T> execution)
        where T : IWord<T>;

    /// <summary>Every such mutant that makes sense of an encoding.</summary>
    public static IEnumerable<FieldMutant> Of(Form form)
    {
        var layout = form.Layout;
        var hasDestination = layout.Destination is FieldUse.NamesRegister;
        var hasSource = layout.Source is FieldUse.NamesRegister;
        if (hasDestination && hasSource)
        {
            yield return new Fields(form, "src_reg is read from dst_reg", Own with { Source = Field.Destination });
            yield return new Fields(form, "dst_reg is read from src_reg", Own with { Destination = Field.Source });
            yield return new Fields(
                form, "dst_reg and src_reg are swapped", Own with { Destination = Field.Source, Source = Field.Destination });
        }

        if (hasDestination) yield return new Neighbour(form, Field.Destination);
        if (hasSource) yield return new Neighbour(form, Field.Source);
        if (layout.Offset is FieldUse.HoldsValue)
            yield return new Fields(form, "the offset is read from imm", Own with { Offset = Field.Immediate });
        if (layout.Immediate is FieldUse.HoldsValue)
        {
            yield return new Fields(form, "imm is read from the offset", Own with { Immediate = Field.Offset });
            yield return new Narrow(form);
        }

        if (layout.NextImmediate is FieldUse.HoldsValue)
        {
            yield return new Halves(form, "next_imm is ignored", IsSwapped: false);
            yield return new Halves(form, "imm and next_imm are swapped", IsSwapped: true);
        }

        foreach (var width in OtherWidths(form))
            yield return new Encoding(form, $"the width is {width.Bits} bits", form with { Width = width });
        if (form.Operation is AluOperation or JumpOperation && form.Operand is not SourceOperand.None)
        {
            var other = form.Operand is SourceOperand.Register ? SourceOperand.Immediate : SourceOperand.Register;
            var name = other is SourceOperand.Register ? "source register" : "immediate";
            yield return new Encoding(form, $"the second operand is the {name}", form with { Operand = other });
        }

        foreach (var operation in Kin(form.Operation))
            yield return new Encoding(form, $"it is taken for {Name(operation)}", form with { Operation = operation });

        static string Name(Operation operation) => operation.GetType().Name is var type && operation is AluOperation.MoveSigned
            ? operation.Forms[0].Mnemonic
            : $"{operation.Mnemonic} ({type})";
    }

    private static IEnumerable<Width> OtherWidths(Form form) => form.Operation switch
    {
        // What a byte order or sign extension is of, an immediate or the operation says.
        AluOperation.MoveSigned => Both(form),
        AluOperation { } when form.Operand is SourceOperand.None && form.Layout.Immediate is FieldUse.Selects =>
            Sizes(form.Width, [Width.Bits16, Width.Bits32, Width.Bits64]),
        AluOperation or AtomicOperation => Both(form),
        JumpOperation when form.Operand is not SourceOperand.None => Both(form),
        MemoryOperation.LoadSigned => Sizes(form.Width, [Width.Bits8, Width.Bits16, Width.Bits32]),
        MemoryOperation => Sizes(form.Width, [Width.Bits8, Width.Bits16, Width.Bits32, Width.Bits64]),
        _ => [],
    };

    private static IEnumerable<Width> Both(Form form) => [form.Width.Bits is 64 ? Width.Bits32 : Width.Bits64];

    private static IEnumerable<Width> Sizes(Width own, IEnumerable<Width> sizes) => sizes.Where(size => size != own);

    // The other operations of the family: those that an opcode table can name in its place.
    private static IEnumerable<Operation> Kin(Operation operation) =>
        OperationTable.All.Where(other => other != operation && AreKin(operation, other));

    private static bool AreKin(Operation operation, Operation other) => (operation, other) switch
    {
        (AluOperation.Negate or AluOperation.ToLittleEndian or AluOperation.ToBigEndian or AluOperation.SwapBytes, AluOperation kin) =>
            kin is AluOperation.Negate or AluOperation.ToLittleEndian or AluOperation.ToBigEndian or AluOperation.SwapBytes,
        (AluOperation, AluOperation kin) => kin is not AluOperation.MoveSigned || operation is AluOperation.Move or AluOperation.MoveSigned,
        (JumpOperation.Always, _) => false,
        (JumpOperation, JumpOperation) => true,
        (AtomicOperation, AtomicOperation) => true,
        (MemoryOperation.Load, MemoryOperation.LoadSigned) or (MemoryOperation.LoadSigned, MemoryOperation.Load) => true,
        _ => false,
    };

    // Where each field is read from, as it should be.
    private static Sources Own { get; } = new(Field.Destination, Field.Source, Field.Offset, Field.Immediate);

    private sealed record Sources(Field Destination, Field Source, Field Offset, Field Immediate);

    private sealed record Fields(Form Form, string Reason, Sources From) : FieldMutant(Form, Reason)
    {
        protected override Execution<T> Read<T>(in Execution<T> execution)
        {
            var fields = execution.Fields;
            return execution with
            {
                Fields = fields with
                {
                    Destination = fields[From.Destination],
                    Source = fields[From.Source],
                    Offset = From.Offset is Field.Immediate ? fields.Immediate.Low(Width.Bits16) : fields.Offset,
                    Immediate = From.Immediate is Field.Offset ? fields.Offset.SignExtend(Width.Bits32) : fields.Immediate,
                },
            };
        }
    }

    private sealed record Neighbour(Form Form, Field Field) : FieldMutant(Form, $"{Field.Name()} is one off")
    {
        protected override Execution<T> Read<T>(in Execution<T> execution)
        {
            var one = T.Constant(1, Width.Bits4);
            var fields = execution.Fields;
            return execution with
            {
                Fields = Field is Field.Destination
                    ? fields with { Destination = fields.Destination ^ one }
                    : fields with { Source = fields.Source ^ one },
            };
        }
    }

    private sealed record Narrow(Form Form) : FieldMutant(Form, "only 16 bits of imm are read")
    {
        protected override Execution<T> Read<T>(in Execution<T> execution) => execution with
        {
            Fields = execution.Fields with { Immediate = execution.Fields.Immediate.Low(Width.Bits16).SignExtend(Width.Bits32) },
        };
    }

    private sealed record Halves(Form Form, string Reason, bool IsSwapped) : FieldMutant(Form, Reason)
    {
        protected override Execution<T> Read<T>(in Execution<T> execution)
        {
            var fields = execution.Fields;
            return execution with
            {
                Fields = IsSwapped
                    ? fields with { Immediate = fields.NextImmediate, NextImmediate = fields.Immediate }
                    : fields with { NextImmediate = T.Zero(Width.Bits32) },
            };
        }
    }

    private sealed record Encoding(Form Form, string Reason, Form Instead) : FieldMutant(Form, Reason)
    {
        protected override Execution<T> Read<T>(in Execution<T> execution) => execution with { Form = Instead };
    }
}
