namespace RbpfSpec.Arm.Encodings.Tables;

/// <summary>Which registers an encoding must not name.</summary>
internal static class Registers
{
    /// <summary>The stack pointer.</summary>
    public const int Sp = 13;

    /// <summary>The program counter.</summary>
    public const int Pc = 15;

    /// <summary>That one of registers is SP or PC; null if none is.</summary>
    public static string? NoSpPc(params ReadOnlySpan<int> registers)
    {
        foreach (var register in registers)
        {
            if (register is Sp or Pc) return "SP or PC where it must not be";
        }

        return null;
    }

    /// <summary>A reason, if it is one.</summary>
    public static string? If(bool holds, string reason) => holds ? reason : null;
}
