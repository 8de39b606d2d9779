using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Dialects;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Proofs.Replays;

/// <summary>A program on a historic machine, checked and run from slot 0 without a context, beside its right outcome.</summary>
/// <param name="Program">The program.</param>
/// <param name="Historic">What the machine with the bug does.</param>
/// <param name="Normative">What the machine without it does.</param>
public sealed record DialectDifference(Program Program, Fate Historic, Fate Normative)
{
    /// <summary>The number of <see cref="Lines"/> after those of the program.</summary>
    public const int FateCount = 2;

    private const int Steps = 1000;

    /// <summary>Runs a program on a machine with some deviations, and on the one that lacks them.</summary>
    /// <param name="program">The program.</param>
    /// <param name="profile">What both do at the decision points.</param>
    /// <param name="deviations">The bug.</param>
    /// <param name="meant">What the other machine has, not for a bug; mostly nothing, so that it is the normative one.</param>
    public static DialectDifference Of(
        Program program, Profile profile, Sequence<DialectDeviation> deviations, Sequence<DialectDeviation> meant) => new(
            program,
            Run(new DialectMachine(program, profile, deviations)),
            meant.IsEmpty ? RunNormative(program, profile) : Run(new DialectMachine(program, profile, meant)));

    /// <summary>Whether the machines differ.</summary>
    public bool Differs => Historic != Normative;

    /// <summary>The program, one instruction a line: its bytes in hexadecimal, and assembly.</summary>
    public IEnumerable<string> ProgramLines
    {
        get
        {
            for (var index = 0; index < Program.Length;)
            {
                var instruction = Preflight.Decode(Program, index) is Decoded.Valid valid ? valid.Instruction : null;
                var slots = instruction?.Form.Layout.Slots ?? 1;
                var bytes = string.Join(' ', Enumerable.Range(index, slots).Select(slot => Program.Slots[slot]));
                yield return $"{bytes}  {(instruction is null ? "(no instruction)" : Disassembler.Print(instruction, Syntax.Conformance))}";
                index += slots;
            }
        }
    }

    /// <summary>All of it for people: the program's lines, and one line a machine.</summary>
    /// <param name="machine">The name of the historic machine.</param>
    public IEnumerable<string> Lines(string machine) =>
        [.. ProgramLines, $"{machine}: {Historic}", $"Without the bug: {Normative}"];

    private static Fate Run(DialectMachine machine)
    {
        var problems = machine.Check(0, Admission.Of(machine.Profile, []));
        return problems.IsEmpty ? Of(machine.Run(new Start(machine.Profile).State(), Steps)) : Rejected(problems);
    }

    private static Fate RunNormative(Program program, Profile profile)
    {
        var problems = Preflight.Check(program, 0, Admission.Of(profile, []));
        return problems.IsEmpty
            ? Of(new ReferenceMachine(program, profile).Trace(new Start(profile).State()).Take(Steps).Last())
            : Rejected(problems);
    }

    /// <summary>The fate of a program with problems.</summary>
    internal static Fate Rejected(Sequence<Problem> problems) =>
        new(false, "rejected", $" by {string.Join(", ", problems.Select(problem => problem.Check).Distinct())}");

    /// <summary>The fate of a program whose run ended.</summary>
    internal static Fate Of(DialectOutcome outcome) => outcome switch
    {
        DialectOutcome.Regular regular => Of(regular.Outcome),
        DialectOutcome.Escaped escape => new(
            true, "accesses what no region grants", $": {escape.Count.Value} bytes at {Hex(escape.Address)}"),
        DialectOutcome.LeftProgram left => new(true, "leaves the program", $": reads slot {left.Slot.Signed}"),
        DialectOutcome.IllegalRegister illegal => new(true, "touches a register that does not exist", $": {illegal.Register}"),
    };

    private static Fate Of(Outcome<Word> outcome) => outcome switch
    {
        Outcome<Word>.Next => new(true, "still runs", $" after {Steps} steps"),
        Outcome<Word>.Exited exited => new(true, "ends", $" with r0 = {Hex(exited.Result)}"),
        Outcome<Word>.Trapped trapped => new(true, $"stops by trap {trapped.Trap}", ""),
    };

    private static string Hex(Word word) => $"0x{word.Value.ToString("x", CultureInfo.InvariantCulture)}";
}

/// <summary>The fate of a program: whether it is accepted, and how it ends.</summary>
/// <param name="IsAccepted">Whether the preflight check lets it run.</param>
/// <param name="Kind">How the run ends, roughly, or that there is none.</param>
/// <param name="Detail">With which value, at which address, or by which checks.</param>
public sealed record Fate(bool IsAccepted, string Kind, string Detail)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => $"{(IsAccepted ? "accepted, " : "")}{Kind}{Detail}";
}
