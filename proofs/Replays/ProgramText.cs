using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Proofs.Replays;

/// <summary>Programs of counterexamples and witnesses, for people.</summary>
public static class ProgramText
{
    /// <summary>One line an instruction: slot index, bytes in hexadecimal, assembly; a slot that is no instruction says so.</summary>
    public static IEnumerable<string> Lines(Program program)
    {
        for (var index = 0; index < program.Length;)
        {
            var instruction = Preflight.Decode(program, index) is Decoded.Valid valid ? valid.Instruction : null;
            var slots = instruction?.Form.Layout.Slots ?? 1;
            var bytes = string.Join(' ', Enumerable.Range(index, slots).Select(slot => program.Slots[slot]));
            var text = instruction is null ? "no instruction" : Disassembler.Print(instruction, Syntax.Conformance);
            yield return string.Create(CultureInfo.InvariantCulture, $"  {index}: {bytes}  {text}");
            index += slots;
        }
    }

    /// <summary>The command that shows each step of a program.</summary>
    public static string Command(Program program, Semantics.Profiles.Profile profile) =>
        $"echo {string.Concat(program.Slots.Select(slot => slot.ToString()))} | ./rbpf trace - --profile {profile.Name}";

    /// <summary>The ids of some problems, each once.</summary>
    public static string Checks(IEnumerable<Semantics.Validity.Problem> problems) =>
        string.Join(", ", problems.Select(problem => problem.Check).Distinct(StringComparer.Ordinal));
}
