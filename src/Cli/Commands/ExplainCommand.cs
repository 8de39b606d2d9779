using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf explain</c>: what the specification says, down to the last bit.</summary>
public static class ExplainCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var subject = new Argument<string[]>("subject")
        {
            Arity = ArgumentArity.OneOrMore,
            Description =
                "A mnemonic (div32), an opcode byte (0x3c), a slot in hexadecimal (3c10000000000000), a line of assembly ('r0 += r1'), "
                + "names of the kernel ('BPF_ALU64|BPF_ADD|BPF_K'), a rule id (alu/div32-x, memory/one-region), a trap (DivisionByZero), "
                + "a check (reserved/imm), a deviation (D-01), a helper (printf), or words in any order (what happens on overflow).",
        };
        var profile = new ProfileOption(Profile.Rbpf);
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "explain",
            "Looks something up in the specification: an instruction, a trap, a check, a deviation, a requirement, a helper, or words.",
            "./rbpf explain div32",
            "./rbpf explain 0xdb",
            "./rbpf explain 3c10000000000000",
            "./rbpf explain D-01",
            "./rbpf explain DivisionByZero",
            "./rbpf explain BPF_XCHG",
            "./rbpf explain 'what happens on overflow'")
        {
            subject, profile, json,
        };
        command.SetAction(parsed =>
        {
            var chapters = BookInput.ReadChapters();
            var found = Topic.Find(string.Join(' ', parsed.GetRequiredValue(subject)), chapters);
            if (found is Topic.Nothing(var problem)) throw new UsageException(problem);
            var variant = profile.Of(parsed);

            // Vectors and claims are many, and most answers have none. Of words, the first place is shown in full.
            var first = found is Topic.Words(var hits, _) ? Topic.Find(hits[0].Id, chapters) : found;
            var needsEvidence = first is Topic.OfRequirement or Topic.OfHelpers || found is Topic.Encodings or Topic.OfTrap;
            var book = needsEvidence ? BookInput.ReadWithEvidence() : chapters;
            if (parsed.GetValue(json))
            {
                Report.Line(JsonText.Object(writer => new ExplanationJson(book, variant).Write(writer, found), indented: true));
            }
            else
            {
                new Explanation(book, variant, Report.Terminal).Print(found);
            }

            return CommandLine.Holds;
        });
        return command;
    }
}
