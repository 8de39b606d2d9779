using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Conformance.Generation;

/// <summary>
/// A program about one instruction: registers are set, the instruction is executed, and all registers, with the memory
/// around what it may have written, are folded into r0.
/// </summary>
/// <remarks>No address reaches r0, so that the result is the same wherever a machine has its stack and context.</remarks>
internal sealed record UnitProgram
{
    private const int Registers = Register.Last;

    /// <summary>The instructions under test, most often one.</summary>
    public required Sequence<Instruction> Tested { get; init; }

    /// <summary>The values of r0 to r9; those that are not named hold numbers of their own.</summary>
    public required IReadOnlyDictionary<int, Held> Values { get; init; }

    /// <summary>The context.</summary>
    public Sequence<byte> Memory { get; init; } = [];

    /// <summary>The rest of what the harness provides.</summary>
    public Setting Setting { get; init; } = Setting.Plain;

    /// <summary>Instructions before the registers are set; they find the context's address in <see cref="Spare"/>.</summary>
    public Sequence<Instruction> Before { get; init; } = [];

    /// <summary>
    /// The registers that hold an address afterwards, with what it is relative to; null for those that <see cref="Values"/>
    /// says.
    /// </summary>
    public IReadOnlyDictionary<int, Held>? ValuesAfter { get; init; }

    /// <summary>The bytes of the context that are folded in, too, a multiple of 8 from the start.</summary>
    public int Probed { get; init; }

    /// <summary>The bytes at the number that a register holds, or at r10, that are folded in, too, each a multiple of 8.</summary>
    public Sequence<(int Register, int From, int Count)> ProbedAt { get; init; } = [];

    /// <summary>The register at whose number a word is loaded again and folded in, and what loads it; null for none.</summary>
    public (int Register, Form Load)? Reloaded { get; init; }

    /// <summary>The registers that a short program shows; those that the last instruction under test writes if nothing is said.</summary>
    public Sequence<int>? Shown { get; init; }

    /// <summary>The register that keeps the context's address, where there is a context: not one under test.</summary>
    public int Spare { get; init; } = 9;

    /// <summary>The number that a register holds where nothing else is said: no two alike, none zero.</summary>
    public static ulong Own(int register) => 0x101UL * (ulong)(register + 1);

    /// <summary>The program; null if the support has no instruction for a number.</summary>
    public Candidate? With(SupportCode support, params ReadOnlySpan<Class> classes)
    {
        if (support.IsShort) return Short(support, classes);
        List<Instruction> program = [];
        var keepsContext = !Memory.IsEmpty;
        if (keepsContext) program.Add(support.Alu("mov", Spare, new Register(1)));
        program.AddRange(Before);
        for (var register = 0; register < Registers; register++)
        {
            if (keepsContext && register == Spare) continue;
            switch (At(register))
            {
                case Held.Number(var value):
                    if (support.Number(register, value) is not { } set) return null;
                    program.Add(set);
                    break;
                case Held.Context(var distance):
                    program.Add(support.Alu("mov", register, new Register((byte)Spare)));
                    if (distance != 0) program.Add(support.Alu("add", register, (int)distance));
                    break;
                case Held.Stack(var distance):
                    program.Add(support.Alu("mov", register, Register.FramePointer));
                    if (distance != 0) program.Add(support.Alu("add", register, (int)distance));
                    break;
                case Held.LowerStack(var isSigned):
                    program.AddRange(support.LowerHalf(register, Register.FramePointer, isSigned));
                    break;
            }
        }

        program.AddRange(Tested);
        program.AddRange(Folded(support, keepsContext));
        program.Add(SupportCode.Exit);
        return new(program.ToSequence(), Memory, Setting, Sequence.Of(classes));
    }

    // Only the registers that matter are set, and only those that are written are shown.
    private Candidate? Short(SupportCode support, ReadOnlySpan<Class> classes)
    {
        var (spare, instruction) = (SpareOfShort, Tested[^1]);
        var shown = Shown ?? instruction.Form.Writes switch
        {
            WrittenRegister.Destination => [instruction.Destination.Number],
            WrittenRegister.Source => [instruction.Source.Number],
            WrittenRegister.R0 => [0],
            WrittenRegister.None => [],
        };
        var needsSpare = !Memory.IsEmpty && (Probed > 0 || shown.Any(register => After(register) is Held.Context));
        List<Instruction> program = [];
        if (needsSpare) program.Add(support.Alu("mov", spare, new Register(1)));
        program.AddRange(Before);
        foreach (
            var (register, held) in Values
                .OrderBy(each =>
                    each.Value is Held.Number ? 2
                    : each.Key == 1 ? 1
                    : 0)
                .ThenBy(each => each.Key))
        {
            var (origin, distance) = held switch
            {
                Held.Context(var from) => (1, from),
                Held.Stack(var from) => (Register.Last, from),
                Held.Number or Held.LowerStack => (0, 0L),
            };
            if (held is Held.LowerStack(var isSigned))
            {
                program.AddRange(support.LowerHalf(register, Register.FramePointer, isSigned));
            }
            else if (held is Held.Number(var value))
            {
                if (support.Number(register, value) is not { } set) return null;
                program.Add(set);
            }
            else
            {
                if (register != origin) program.Add(support.Alu("mov", register, new Register((byte)origin)));
                if (distance != 0) program.Add(support.Alu("add", register, (int)distance));
            }
        }

        program.AddRange(Tested);
        program.AddRange(Told(support, shown, spare));
        program.Add(SupportCode.Exit);
        return new(program.ToSequence(), Memory, Setting, Sequence.Of(classes));
    }

    private IEnumerable<Instruction> Told(SupportCode support, Sequence<int> shown, int spare)
    {
        var isSet = shown.Contains(0) || Reloaded is not null;
        foreach (var register in shown.OrderBy(register => register))
        {
            switch (After(register))
            {
                case Held.Context:
                    yield return support.Alu("sub", register, new Register((byte)spare));
                    break;
                case Held.Stack:
                    yield return support.Alu("sub", register, Register.FramePointer);
                    break;
                case Held.LowerStack(var isSigned):
                    var other = register == 1 ? 2 : 1;
                    foreach (var instruction in support.LowerHalf(other, Register.FramePointer, isSigned)) yield return instruction;
                    yield return support.Alu("sub", register, new Register((byte)other));
                    break;
                case Held.Number:
                    break;
            }

            if (register == 0) continue;
            yield return isSet && Reloaded is null ? support.Fold(register, register) : support.Alu("mov", 0, new Register((byte)register));
            isSet = true;
        }

        foreach (var (register, from, count) in ProbedAt)
        {
            if (!isSet) yield return support.Alu("mov", 0, 0);
            isSet = true;
            foreach (var instruction in support.Probe(register, from, count, register == 1 ? 2 : 1)) yield return instruction;
        }

        if (Reloaded is var (@base, load))
        {
            var loaded = shown.IsEmpty ? 0 : @base == 1 ? 2 : 1;
            yield return Instruction.Of(load, new((byte)loaded), new((byte)@base));
            if (loaded != 0) yield return support.Fold(0, loaded);
            isSet = true;
        }

        if (Probed > 0 && !isSet) yield return support.Alu("mov", 0, 0);
        var scratch = spare == 1 ? 2 : 1;
        foreach (var instruction in support.Probe(spare, 0, Probed, scratch)) yield return instruction;
        if (!isSet && Probed == 0) yield return support.Alu("mov", 0, 7);
    }

    // A register that nothing else needs.
    private int SpareOfShort =>
        Enumerable
            .Range(0, Registers)
            .Last(register =>
                !Values.ContainsKey(register)
                && register != 1
                && Tested.All(instruction => instruction.Destination.Number != register && instruction.Source.Number != register));

    private IEnumerable<Instruction> Folded(SupportCode support, bool keepsContext)
    {
        foreach (var register in Enumerable.Range(0, Registers).Where(number => !keepsContext || number != Spare))
        {
            // r0 comes first, so that it is a number when the others are added to it.
            switch (After(register))
            {
                case Held.Context:
                    yield return support.Alu("sub", register, new Register((byte)Spare));
                    break;
                case Held.Stack:
                    yield return support.Alu("sub", register, Register.FramePointer);
                    break;
                case Held.LowerStack(var isSigned):
                    // What is folded in already is free.
                    foreach (var instruction in support.LowerHalf(register - 1, Register.FramePointer, isSigned)) yield return instruction;
                    yield return support.Alu("sub", register, new Register((byte)(register - 1)));
                    break;
                case Held.Number:
                    break;
            }

            if (register > 0) yield return support.Fold(register, register);
        }

        // First what is at numbers in registers, which the other probes overwrite.
        foreach (var (register, from, count) in ProbedAt)
        {
            foreach (var instruction in support.Probe(register, from, count, register == 1 ? 2 : 1)) yield return instruction;
        }

        if (Reloaded is var (@base, load))
        {
            var loaded = @base == 1 ? 2 : 1;
            yield return Instruction.Of(load, new((byte)loaded), new((byte)@base));
            yield return support.Fold(0, loaded);
        }

        var scratch = Spare == 1 ? 2 : 1;
        foreach (var instruction in support.Probe(Spare, 0, Probed, scratch)) yield return instruction;
    }

    private Held At(int register) => Values.TryGetValue(register, out var held) ? held : new Held.Number(Own(register));

    private Held After(int register) => ValuesAfter is not null && ValuesAfter.TryGetValue(register, out var held) ? held : At(register);
}
