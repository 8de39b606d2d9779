using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Tests;

/// <summary>Generators of instructions and programs, biased to the ends of ranges.</summary>
internal static class Sample
{
    // Fixed, so that a failure is the same on every machine; FsCheck prints it with the counterexample.
    private const ulong Seed = 9669;
    private const ulong Gamma = 1;

    private static readonly Gen<int> Numbers = Gen.OneOf(
        Gen.Elements(0, 1, -1, 5, short.MaxValue, short.MinValue, int.MaxValue, int.MinValue),
        ArbMap.Default.GeneratorFor<int>(),
        Gen.Choose(int.MinValue, int.MaxValue));

    /// <summary>How many cases are tried, and from where.</summary>
    public static Config Config(int cases) =>
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(Seed, Gamma);

    /// <summary>Instructions of an encoding, with any registers and numbers.</summary>
    public static Gen<Instruction> Instructions(Form form) =>
        from destination in Registers
        from source in Registers
        from offset in Numbers
        from immediate in Numbers
        from next in Numbers
        select Instruction.Of(form, destination, source, unchecked((short)offset), immediate, next);

    /// <summary>Programs of instructions with now and then a slot of any bits, or half a wide instruction.</summary>
    public static Gen<Program> Programs =>
        from pieces in Gen.OneOf(Valid, Valid, Valid, Damaged, Arbitrary).ListOf()
        select new Program([.. pieces.SelectMany(piece => piece)]);

    private static Gen<Register> Registers => Gen.Choose(0, Register.Last).Select(number => new Register((byte)number));

    private static Gen<Slot[]> Valid =>
        from form in Gen.Elements<Form>(OperationTable.Forms)
        from instruction in Instructions(form)
        select Encoder.Encode(instruction).ToArray();

    private static Gen<Slot[]> Damaged =>
        from slots in Valid
        from bit in Gen.Choose(0, 63)
        select new[] { new Slot(slots[0].Bits ^ (1UL << bit)) };

    private static Gen<Slot[]> Arbitrary =>
        from low in Numbers
        from high in Numbers
        select new[] { new Slot(((ulong)(uint)high << 32) | (uint)low) };
}
