using System.Globalization;
using System.Text;
using RbpfSpec.Conformance;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Rules;

namespace RbpfSpec.Specification.Pages;

/// <summary>Everything about one operation as Markdown.</summary>
public static class OperationSection
{
    private const int MostVectors = 3;

    private static readonly Profile Normative = Profile.Rbpf;

    /// <summary>
    /// The heading, and with it the anchor: operations that share a mnemonic are told apart by what their encoding is called.
    /// </summary>
    public static string Title(Operation operation) => operation switch
    {
        WideLoad { Pseudo: not "" } wide => $"{wide.Mnemonic} {wide.Pseudo.Replace('_', '-')}",
        CallOperation { Callee: not "" } call => $"{call.Mnemonic} {call.Callee}",
        AtomicOperation atomic => $"atomic {atomic.Mnemonic}",
        _ => operation.Mnemonic,
    };

    /// <summary>The section: encodings, rules, traps, deviations, examples, some vectors, and the families of claims.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="vectors">The suite.</param>
    /// <param name="claims">The ids of all claims.</param>
    /// <param name="root">The way from the page to the folder <c>spec/</c>, such as <c>../</c>.</param>
    public static string Of(Operation operation, Sequence<Vector> vectors, Sequence<string> claims, string root)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');

        Line($"## {Title(operation)}");
        Line();
        Line($"{operation.Summary} Source: {operation.Source}.");
        Line();
        Line("### Encoding");
        Line();
        Fenced(Line, EncodingDiagram.Of(operation.Forms));
        Line("| rule | assembly | opcode | dst_reg | src_reg | offset | imm | next_imm | group |");
        Line("|---|---|---|---|---|---|---|---|---|");
        foreach (var form in operation.Forms)
        {
            Line($"| `{form.Id}` | `{form.Mnemonic}` | 0x{form.Opcode:x2} | "
                + $"{string.Join(" | ", FieldText.All.Select(field => FieldText.Of(form, field)))} | {form.Group.Name()} |");
        }

        Line();

        Line("### Rule");
        Line();
        Line($"As the profile `{Normative.Name}` has it, printed from the rule that runs and is proved.");
        Line();
        foreach (var form in operation.Forms)
        {
            Line($"`{form.Id}`");
            Line();
            Fenced(Line, RuleText.Of(form, Normative));
        }

        var traps = Traps(operation).ToList();
        if (traps.Count > 0)
        {
            Line("### Traps");
            Line();
            Line("| trap | when | codes of C machines |");
            Line("|---|---|---|");
            foreach (var (description, isRaised) in traps)
            {
                Line($"| [{description.Trap}]({root}50-traps.md#{Anchor($"trap/{description.Trap}")}) "
                    + $"| {description.Summary}{(isRaised ? "" : $" Never under `{Normative.Name}`.")} | "
                    + $"{string.Join(", ", description.Codes)} |");
            }

            Line();
        }

        var points = DecisionPoint.All.Where(point => point.Concerns(operation)).ToList();
        if (points.Count > 0)
        {
            Line("### Deviations");
            Line();
            foreach (var point in points)
            {
                var rfc = point.Deviation.Kind is DeviationKind.Departs ? $"RFC 9669 has: {point.Setting(Profile.Rfc9669)}. " : "";
                Line($"- [{point.Deviation.Number}]({root}81-deviations.md#{Anchor(point.Deviation.Number)}), {point.Name}: "
                    + $"{point.Setting(Normative)}. {rfc}{point.Deviation.Reason}");
            }

            Line();
        }

        Examples(Line, operation, vectors);
        Holders(Line, operation, vectors, claims, root);
        return text.ToString();
    }

    /// <summary>The traps that an operation declares, and whether the normative profile raises them.</summary>
    public static IEnumerable<(TrapDescription Description, bool IsRaised)> Traps(Operation operation)
    {
        var raised = operation.Forms.SelectMany(form => RuleText.Of(form, Normative)).ToList();
        return operation.Traps.Select(TrapTable.Of)
            .Select(trap => (trap, raised.Any(line => line.StartsWith($"trap {trap.Trap} ", StringComparison.Ordinal))));
    }

    /// <summary>The vectors about an encoding.</summary>
    public static IEnumerable<Vector> VectorsOf(Form form, Sequence<Vector> vectors) => vectors.Where(vector => vector.Rule == form.Id);

    /// <summary>
    /// The claims about an encoding, those of all profiles and cases under one name: <c>rfc/alu/add64-x@rbpf, @rfc9669</c>.
    /// </summary>
    public static IEnumerable<string> ClaimsOf(Form form, Sequence<string> claims) =>
        from id in claims
        let at = id.IndexOf(form.Id, StringComparison.Ordinal)
        where at > 0 && id[at - 1] == '/' && (at + form.Id.Length == id.Length || id[at + form.Id.Length] is '@' or '[' or '/')
        group id[(at + form.Id.Length)..] by id[..(at + form.Id.Length)] into cases
        select string.Join(", ", cases.Select((rest, index) => index == 0 ? cases.Key + rest : rest));

    /// <summary>The anchor that GitHub gives a heading or that stands before a requirement.</summary>
    public static string Anchor(string title) => string.Concat(title.ToLower(CultureInfo.InvariantCulture)
        .Where(character => char.IsAsciiLetterOrDigit(character) || character is '-' or ' ' or '_')).Replace(' ', '-');

    private static void Examples(Action<string> line, Operation operation, Sequence<Vector> vectors)
    {
        // Of the values, those about which most is to be said; and one trap.
        var all =
            from form in operation.Forms.OrderByDescending(form => form.Width).ThenByDescending(form => form.Operand)
            from vector in VectorsOf(form, vectors)
            group (Form: form, Vector: vector) by vector.Expectation is Expectation.Traps into kind
            orderby kind.Key
            select kind.OrderByDescending(some => some.Vector.Purpose.Split(", and ").Length).Take(kind.Key ? 1 : 3);
        var examples = all.SelectMany(some => some).SelectMany(some => WorkedExample.Of(some.Vector, some.Form, Normative)).ToList();
        if (examples.Count == 0) return;
        line("### Worked examples");
        line("");
        line("| instruction | before | after | why |");
        line("|---|---|---|---|");
        foreach (var example in examples)
        {
            line($"| `{example.Text}`<br>`{example.Bytes}` | {Lines(example.Before)} | {Lines(example.After)} | "
                + $"{Sentence(example.Vector)} `{example.Vector.Name}` |");
        }

        line("");
    }

    // Some of what holds each encoding; all of it is on a page of its own, since it is long.
    private static void Holders(Action<string> line, Operation operation, Sequence<Vector> vectors, Sequence<string> claims, string root)
    {
        line("### Vectors and claims");
        line("");
        line($"The claims are proved, each with mutants that it refutes: `./rbpf prove --only '*/{operation.Forms[0].Id}*'`.");
        line("");
        foreach (var form in operation.Forms)
        {
            var own = VectorsOf(form, vectors).ToList();
            var about = ClaimsOf(form, claims).ToList();
            line($"`{form.Id}`: [{Counted.Of(own.Count, "vector")} and "
                + $"{Counted.Of(about.Count, "claim")}]({root}{HoldersPage.AddressOf(form)})");
            line("");
            if (own.Count == 0) line($"- {HoldersPage.NoVector}");
            foreach (var vector in Sample(own)) line(HoldersPage.Line(vector));
            line($"- claims: {string.Join(", ", about.Select(claim => $"`{claim.Split('/')[0]}`").Distinct())}");
            line("");
        }
    }

    // At most three, in the order of the suite, and of each kind of outcome one: most traps come after the values.
    private static IEnumerable<Vector> Sample(List<Vector> vectors)
    {
        var firsts = vectors.DistinctBy(vector => vector.Expectation.GetType()).Take(MostVectors).ToList();
        var chosen = firsts.Concat(vectors.Except(firsts).Take(MostVectors - firsts.Count)).ToHashSet();
        return vectors.Where(chosen.Contains);
    }

    /// <summary>Why a vector exists, without the rule that its name says already.</summary>
    public static string Sentence(Vector vector)
    {
        var rest = vector.Purpose.StartsWith(vector.Rule, StringComparison.Ordinal)
            ? vector.Purpose[vector.Rule.Length..].Trim()
            : vector.Purpose;
        return rest == "" ? vector.Purpose : char.ToUpperInvariant(rest[0]) + rest[1..];
    }

    private static string Lines(Sequence<string> lines) =>
        lines.IsEmpty ? "nothing" : string.Join("<br>", lines.Select(text => $"`{text}`"));

    private static void Fenced(Action<string> line, IEnumerable<string> lines)
    {
        line("```text");
        foreach (var each in lines) line(each);
        line("```");
        line("");
    }
}
