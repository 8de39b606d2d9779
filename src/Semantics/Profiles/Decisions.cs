namespace RbpfSpec.Semantics.Profiles;

/// <summary>The choice for division and modulo with a zero divisor.</summary>
public enum ZeroDivisor
{
    /// <summary>The quotient is zero, the remainder the dividend.</summary>
    Yields,

    /// <summary>Trap.</summary>
    Traps,
}

/// <summary>The choice for a shift by the width or more.</summary>
public enum LargeShift
{
    /// <summary>Only the low 5 or 6 bits of the amount count.</summary>
    Masked,

    /// <summary>Trap.</summary>
    Traps,
}

/// <summary>The choice for signed division and modulo of the least number by -1.</summary>
public enum SignedOverflow
{
    /// <summary>The quotient wraps around to the dividend; the remainder is zero.</summary>
    Wraps,

    /// <summary>Trap.</summary>
    Traps,
}

/// <summary>Which memory accesses are granted.</summary>
public enum MemoryRule
{
    /// <summary>Those that lie within one region that has the permission, without wrapping around; all others trap.</summary>
    WithinOneRegion,
}

/// <summary>Whether memory accesses must be aligned.</summary>
public enum Alignment
{
    /// <summary>Any address will do.</summary>
    Any,

    /// <summary>The address is a multiple of the size, or the access traps.</summary>
    Natural,
}

/// <summary>Whether a program may write r10.</summary>
public enum FramePointer
{
    /// <summary>A program with an instruction that writes r10 is rejected.</summary>
    ReadOnly,

    /// <summary>r10 is a register like others.</summary>
    Writable,
}

/// <summary>The choice for an instruction with a field that its encoding does not use and that is not zero.</summary>
public enum ReservedFields
{
    /// <summary>The program is rejected.</summary>
    MustBeZero,

    /// <summary>The field is ignored.</summary>
    Ignored,
}

/// <summary>Where a jump or local call may lead.</summary>
public enum JumpTarget
{
    /// <summary>To an instruction of the program, never to the second slot of a wide one; else the program is rejected.</summary>
    Instruction,
}

/// <summary>The choice of instructions that a program may end with.</summary>
public enum LastInstruction
{
    /// <summary>EXIT or an unconditional jump, so that execution cannot run off the end.</summary>
    ExitOrJump,

    /// <summary>EXIT.</summary>
    Exit,
}

/// <summary>Which helper functions a program may call.</summary>
public enum HelperAccess
{
    /// <summary>Those that the host declares.</summary>
    Declared,

    /// <summary>Those of the declared ones that are granted to this program.</summary>
    Granted,
}

/// <summary>The choice of the registers' values when a program starts.</summary>
public enum InitialRegisters
{
    /// <summary>r1 the address of the context, r2 its length, r10 the end of the stack, all others zero.</summary>
    ContextAndLength,

    /// <summary>r1 the address of the context, r10 the end of the stack, all others zero.</summary>
    Context,
}

/// <summary>Encodings whose meaning is the platform's: a program that uses one is rejected unless it is granted.</summary>
public enum PlatformEncoding
{
    /// <summary>Calls by BTF id.</summary>
    CallByBtfId,

    /// <summary>Wide loads of map addresses.</summary>
    Maps,

    /// <summary>Wide loads of the address of a platform variable.</summary>
    Variables,

    /// <summary>Wide loads of the address of an instruction.</summary>
    CodeAddresses,
}
