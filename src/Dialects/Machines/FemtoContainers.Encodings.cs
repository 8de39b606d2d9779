using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Dialects.Machines;

/// <summary>A part of an image that a program has an address of.</summary>
public enum ImageSection
{
    /// <summary>Bytes that the program may write.</summary>
    Data,

    /// <summary>Bytes that the program may only read.</summary>
    ReadOnlyData,
}

public static partial class FemtoContainers
{
    /// <summary>Femto-Containers' own wide instructions: an address in a section of the image.</summary>
    /// <remarks>Where the sections are is the platform's business: its variables 0 and 1 are their first bytes.</remarks>
    /// <param name="Section">The section.</param>
    public sealed record SectionLoad(ImageSection Section) : Operation(
        Section switch
        {
            ImageSection.Data => "lddwd",
            ImageSection.ReadOnlyData => "lddwr",
        },
        "Loads the address at a distance, both immediates, from the first byte of a section.",
        Interpreter,
        [])
    {
        public override Sequence<Form> Forms =>
        [
            new()
            {
                Id = $"imm/{Mnemonic}",
                Mnemonic = Mnemonic,
                Operation = this,
                Opcode = Section switch
                {
                    ImageSection.Data => 0xb8,
                    ImageSection.ReadOnlyData => 0xd8,
                },
                Layout = Layout.Empty with
                {
                    Destination = Layout.Register,
                    Immediate = Layout.Value,
                    IsWide = true,
                    NextImmediate = Layout.Value,
                },
                Group = ConformanceGroup.Base64,
                Width = Width.Bits64,
                Writes = WrittenRegister.Destination,
            },
        ];

        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var fields = execution.Fields;
            var number = T.Constant((ulong)Section, Width.Bits64);
            return Effect<T>.Of(execution.Write(
                fields.Destination,
                execution.State.Host.Platform.VariableAddress(number)
                + fields.Immediate.SignExtend(Width.Bits64)
                + DialectWords.HighHalf<T>(fields.NextImmediate)));
        }
    }
}
