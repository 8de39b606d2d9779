namespace RbpfSpec.Arm.Machine;

/// <summary>Why an instruction does not complete.</summary>
public enum Fault
{
    /// <summary>A double or multiple access at an address that is no multiple of four.</summary>
    Unaligned,

    /// <summary>An access that the memory does not grant.</summary>
    Access,

    /// <summary>A branch to an address whose lowest bit says that no Thumb code is there (INVSTATE).</summary>
    InvalidState,

    /// <summary>
    /// An instruction where the architecture leaves open what it does, as a branch in the middle of an IT block, or a program
    /// counter loaded from an address that is no multiple of four.
    /// </summary>
    Unpredictable,

    /// <summary>BKPT.</summary>
    Breakpoint,

    /// <summary>SVC.</summary>
    SupervisorCall,

    /// <summary>UDF, the instruction that is undefined for good.</summary>
    Undefined,
}
