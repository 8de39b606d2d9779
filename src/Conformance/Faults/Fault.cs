using RbpfSpec.Conformance.Faults.Plain;

namespace RbpfSpec.Conformance.Faults;

/// <summary>The permission that an access needs.</summary>
internal enum AccessKind
{
    /// <summary>To read.</summary>
    Load,

    /// <summary>To write.</summary>
    Store,

    /// <summary>To do both.</summary>
    Atomic,
}

/// <summary>A fault of a machine: what it does otherwise than it should, at places where machines go wrong.</summary>
/// <remarks>
/// Each place is a function that takes what is right and returns what this machine does; null where it does what is right.
/// </remarks>
/// <param name="Class">The class of the catalogue.</param>
/// <param name="Name">What is wrong, unique in the catalogue.</param>
internal sealed record Fault(string Class, string Name)
{
    /// <summary>No fault: the machine as it should be.</summary>
    public static Fault None { get; } = new("", "none");

    /// <summary>The rule whose instructions it concerns; empty where it is no single rule's.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The instructions at which the places are asked; all if null.</summary>
    public Func<Fields, bool>? On { get; init; }

    /// <summary>Whether a rejection, for a check (its id) at an instruction, is not made.</summary>
    public Func<string, Fields, PreparedVector, bool>? Accepts { get; init; }

    /// <summary>Whether a program that is right is rejected.</summary>
    public Func<PreparedVector, bool>? Rejects { get; init; }

    /// <summary>Changes what a run begins with.</summary>
    public Action<PlainMachine>? Start { get; init; }

    /// <summary>The fields as they are read when the instruction is executed.</summary>
    public Func<PlainMachine, Fields, Fields>? Decode { get; init; }

    /// <summary>The first operand of arithmetic and jumps.</summary>
    public Func<PlainMachine, ulong, ulong>? Left { get; init; }

    /// <summary>The second operand of arithmetic and jumps, the value that is stored, the operand of an atomic operation.</summary>
    public Func<PlainMachine, ulong, ulong>? Right { get; init; }

    /// <summary>Whether the divisor is taken for zero, of what it is.</summary>
    public Func<PlainMachine, ulong, bool>? IsZero { get; init; }

    /// <summary>The result of arithmetic on both operands, before it is cut to the width; null for the right one.</summary>
    public Func<PlainMachine, ulong, ulong, ulong?>? Operate { get; init; }

    /// <summary>
    /// The value that is written to the destination, of both operands and the right result; that of a load, of its address,
    /// 0 and the result.
    /// </summary>
    public Func<PlainMachine, ulong, ulong, ulong, ulong>? Result { get; init; }

    /// <summary>Whether a jump is taken, of its operands and what is right.</summary>
    public Func<PlainMachine, ulong, ulong, bool, bool>? Taken { get; init; }

    /// <summary>The slot that a jump, a call or a return leads to.</summary>
    public Func<PlainMachine, long, long>? Target { get; init; }

    /// <summary>The branches that a jump, a call or a return costs.</summary>
    public Func<PlainMachine, bool, int, int>? Cost { get; init; }

    /// <summary>The instructions that an instruction costs.</summary>
    public Func<PlainMachine, int>? Pays { get; init; }

    /// <summary>The address of an access, of the base and the offset.</summary>
    public Func<PlainMachine, ulong, long, ulong>? Address { get; init; }

    /// <summary>Whether an access is granted, of address, bytes, kind and what is right.</summary>
    public Func<PlainMachine, ulong, ulong, AccessKind, bool, bool>? Grants { get; init; }

    /// <summary>How many bytes a load or a store takes.</summary>
    public Func<PlainMachine, int, int>? Size { get; init; }

    /// <summary>The value that an atomic operation leaves in memory, from what was there, operand, r0 and the right value.</summary>
    public Func<PlainMachine, ulong, ulong, ulong, ulong, ulong>? Stored { get; init; }

    /// <summary>The value that an atomic operation fetches, from what was there and what it stores.</summary>
    public Func<PlainMachine, ulong, ulong, ulong>? Fetched { get; init; }

    /// <summary>The register that an atomic operation fetches to; −1 for none.</summary>
    public Func<PlainMachine, int, int>? FetchedTo { get; init; }

    /// <summary>Changes what an instruction leaves; the registers before it are given.</summary>
    public Action<PlainMachine, ulong[]>? After { get; init; }

    /// <summary>Changes what a trap leaves behind.</summary>
    public Func<PlainMachine, Ending, Ending>? Trap { get; init; }

    /// <summary>Changes what a local call leaves.</summary>
    public Action<PlainMachine>? Enter { get; init; }

    /// <summary>Changes what a return leaves; the registers of the function are given.</summary>
    public Action<PlainMachine, ulong[]>? Leave { get; init; }

    /// <summary>The arguments r1 to r5 as a helper gets them.</summary>
    public Action<PlainMachine, ulong[]>? Arguments { get; init; }

    /// <summary>The result that a helper leaves in r0.</summary>
    public Func<PlainMachine, ulong, ulong>? Helped { get; init; }

    /// <summary>How deep frames may be, of what is right.</summary>
    public Func<int, int>? Depth { get; init; }

    /// <summary>Whether it may change how a program runs, rather than whether it is rejected.</summary>
    public bool IsOfRun => Accepts is null && Rejects is null;

    /// <summary>Whether it may show in a run that executes these instructions.</summary>
    /// <remarks>A program that is rejected does not run: there it matters only what else is let pass.</remarks>
    public bool Concerns(PreparedVector input) => input.Problems.Length > 0
        ? Accepts is not null
        : On is null || Accepts is not null || Rejects is not null || Array.Exists(input.Executed, On.Invoke);
}

/// <summary>How a run ends.</summary>
/// <param name="Answer">What it comes to; null where it comes to no end, or leaves the program or the machine.</param>
/// <param name="R0">The result.</param>
/// <param name="Trap">The trap's name.</param>
/// <param name="ProgramCounter">The slot of the trap.</param>
internal readonly record struct Ending(EndKind Answer, ulong R0, string Trap, long ProgramCounter)
{
    /// <summary>Rejected by the preflight.</summary>
    public static Ending Rejected => new(EndKind.Rejected, 0, "", 0);

    /// <summary>No end, or one that no machine should come to.</summary>
    public static Ending Lost => new(EndKind.Lost, 0, "", 0);
}

/// <summary>The kinds of an end.</summary>
internal enum EndKind
{
    /// <summary>By EXIT.</summary>
    Returned,

    /// <summary>By a trap.</summary>
    Trapped,

    /// <summary>Before it ran.</summary>
    Rejected,

    /// <summary>It crashed, or did not end.</summary>
    Lost,
}
