using System.Globalization;
using System.Text;
using RbpfSpec.Mutants;
using RbpfSpec.Rocq.Terms;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Rocq.Files;

/// <summary><c>Rules.v</c>: a definition for the rule of each encoding, and what each instruction pays.</summary>
internal static class RulesFile
{
    /// <summary>The text.</summary>
    /// <param name="profile">The machine variant.</param>
    /// <param name="planted">Mutants in the place of the rules of their encodings; none for the rules as they are.</param>
    public static string Of(Profile profile, Sequence<RuleMutant> planted)
    {
        var right = new RuleText(profile, Right);
        var text = new StringBuilder(Generated.Head(
            "The rules: what each encoding does to a state.", "Words Regions Profile State"));
        foreach (var form in OperationTable.Forms)
        {
            var mutant = planted.FirstOrDefault(mutant => mutant.Form.Equals(form));
            var writer = mutant is null ? right : new RuleText(profile, mutant.Execute);
            text.Append(writer.Of(form)).Append('\n');
        }

        text.Append("(** What [autounfold with rules] looks into. *)\n#[global] Hint Unfold\n  ");
        text.AppendJoin("\n  ", OperationTable.Forms.Select(form => $"rule_{RuleText.NameOf(form)}")).Append("\n  : rules.\n\n");
        var (cannotPay, left) = right.Payment();
        text.Append("(** Of a run whose instructions are counted: whether none is left to pay with, and what is left then. *)\n");
        text.Append(CultureInfo.InvariantCulture, $"Definition cannot_pay (remaining : Z) : bool := {RocqText.Of(cannotPay)}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Definition payment (remaining : Z) : Z := {RocqText.Of(left)}.\n");
        return text.ToString();
    }

    private static Semantics.Machine.Effect<RocqWord> Right(in Execution<RocqWord> execution) =>
        execution.Form.Operation.Execute(execution);
}
