using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Validity;

/// <summary>A program that passed the preflight check, which is what a fast machine relies on.</summary>
/// <remarks>
/// These facts hold of it: every slot at which an instruction starts has an encoding of the
/// profile, and its register fields are 0 to 10; a wide instruction has its second slot; jumps and local calls lead to
/// slots at which instructions start; the entry is one, too; the last instruction is EXIT or an unconditional jump.
/// Which helpers may be called it asks again when they are called.
/// </remarks>
public sealed class CheckedProgram
{
    private CheckedProgram(Program program, int entry, Admission rules)
    {
        Program = program;
        Entry = entry;
        Rules = rules;
    }

    /// <summary>The program.</summary>
    public Program Program { get; }

    /// <summary>The slot to begin at.</summary>
    public int Entry { get; }

    /// <summary>The rules that it was checked against.</summary>
    public Admission Rules { get; }

    /// <summary>The content of each slot: where instructions start, the one that passed.</summary>
    internal Sequence<Decoded> Decoded
    {
        get
        {
            var starts = Preflight.Starts(Program);
            var rules = Admission.Of(Rules.Profile, []);
            return Sequence.Generate(Program.Length, index => starts[index]
                ? new Decoded.Valid(Decoder.InstructionAt(Program, index))
                : Preflight.Decode(Program, index, rules));
        }
    }

    /// <summary>The program if it passes the preflight check; else nothing, and the problems.</summary>
    /// <param name="bytes">The program, eight bytes a slot.</param>
    /// <param name="entry">The slot to begin at.</param>
    /// <param name="rules">What to check against.</param>
    /// <param name="problems">Its problems; empty if there is none.</param>
    /// <param name="most">How many problems are enough: after so many slots with a problem the rest is not looked at.</param>
    /// <exception cref="ArgumentException">The profile of the rules makes no sense, as <see cref="Profile.Problems"/> says.</exception>
    public static CheckedProgram? Check(
        ReadOnlySpan<byte> bytes, int entry, Admission rules, out Sequence<Problem> problems, int most = int.MaxValue)
    {
        Check(rules);
        problems = Preflight.Check(bytes, entry, rules, most);
        return problems.IsEmpty ? new(Program.Of(bytes), entry, rules) : null;
    }

    /// <summary>The program if it passes the preflight check; else nothing, and the problems.</summary>
    /// <param name="program">The program.</param>
    /// <param name="entry">The slot to begin at.</param>
    /// <param name="rules">What to check against.</param>
    /// <param name="problems">Every problem; empty if there is none.</param>
    /// <exception cref="ArgumentException">The profile of the rules makes no sense, as <see cref="Profile.Problems"/> says.</exception>
    public static CheckedProgram? Check(Program program, int entry, Admission rules, out Sequence<Problem> problems)
    {
        ArgumentNullException.ThrowIfNull(program);
        Check(rules);
        problems = Preflight.Check(program, entry, rules);
        return problems.IsEmpty ? new(program, entry, rules) : null;
    }

    private static void Check(Admission rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Profile is null) throw new ArgumentNullException(nameof(rules), "the rules have no profile");
        if (rules.Profile.Problems() is { IsEmpty: false } problems) throw new ArgumentException(problems[0], nameof(rules));
    }
}
