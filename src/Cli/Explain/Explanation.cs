using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification;
using RbpfSpec.Specification.Lookup;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Rules;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Cli.Explain;

/// <summary>Prints an entry of the specification for a terminal.</summary>
/// <param name="book">The specification.</param>
/// <param name="profile">The profile whose rules are shown.</param>
public sealed class Explanation(Book book, Profile profile)
{
    private const int ManyVectors = 12;

    private const int ManyHits = 10;

    /// <summary>Prints it.</summary>
    /// <exception cref="UsageException">The subject is nothing.</exception>
    public bool Print(Subject subject) => subject switch
    {
        Subject.Encodings(var forms, var slot) => Encodings(forms, slot),
        Subject.OfTrap(var trap) => OfTrap(trap),
        Subject.OfDeviation(var point) => OfDeviation(point),
        Subject.OfDeviations => OfDeviations(),
        Subject.OfRequirement(var requirement) => OfRequirement(requirement),
        Subject.OfFamily(var family) => OfFamily(family),
        Subject.OfSection(var chapter, var heading) => OfSection(chapter, heading),
        Subject.OfHelpers(var helpers, var requirements) => OfHelpers(helpers, requirements),
        Subject.Outside(var instructions) => Outside(instructions),
        Subject.Words(var hits, var notes) => Words(hits, notes),
        Subject.Nothing(var problem) => throw new UsageException(problem),
    };

    private bool Encodings(Sequence<Form> subject, Sequence<string> slot)
    {
        foreach (var line in slot) Report.Line(line);
        if (!slot.IsEmpty) Report.Line("");
        foreach (var operation in subject.Select(form => form.Operation).Distinct())
        {
            var forms = subject.Where(form => form.Operation == operation).ToList();
            Report.Heading($"{operation.Mnemonic}: {operation.Summary}");
            Report.Line($"source      {operation.Source}");
            Report.Line($"page        spec/{InstructionFamily.Of(operation).Path}");
            Report.Table(
                ["rule", "opcode", .. FieldText.All.Select(field => field.Name()), "group"],
                forms.Select(form => (string[])[form.Id, $"0x{form.Opcode:x2}", .. FieldText.All.Select(field => FieldText.Of(form, field)), form.Group.Name()]));
            foreach (var form in forms)
            {
                Report.Line("");
                Report.Heading($"{form.Id} under {profile.Name}");
                foreach (var line in RuleText.Of(form, profile)) Report.Line($"  {line}");
            }

            Report.Line("");
            Facts(operation, forms);
            foreach (var form in forms) Evidence(form);
            Report.Line("");
        }

        return true;
    }

    private void Facts(Operation operation, List<Form> forms)
    {
        var rules = forms.SelectMany(form => RuleText.Of(form, profile)).ToList();
        foreach (var trap in operation.Traps.Select(TrapTable.Of))
        {
            var codes = trap.Codes.IsEmpty ? "" : $" ({string.Join(", ", trap.Codes)})";
            var never = rules.Any(line => line.StartsWith($"trap {trap.Trap} ", StringComparison.Ordinal)) ? "" : $" Never under {profile.Name}.";
            Report.Line($"trap        {trap.Trap}: {trap.Summary}{never}{codes}");
        }

        foreach (var point in DecisionPoint.All.Where(point => point.Concerns(operation)))
            Report.Line($"{point.Deviation.Number}        {point.Name}: {point.Setting(profile)}. {point.Deviation.Reason}");
    }

    // Vectors are those of the normative profile.
    private void Evidence(Form form)
    {
        var vectors = OperationSection.VectorsOf(form, book.Vectors).ToList();
        var claims = OperationSection.ObligationsOf(form, book.Obligations).ToList();
        if (vectors.Count + claims.Count == 0) return;
        Report.Line("");
        Report.Heading($"{form.Id}: {vectors.Count} vectors, {claims.Count} claims");
        if (profile == Profile.Rbpf)
        {
            foreach (var example in vectors.OrderByDescending(vector => vector.Purpose.Split(", and ").Length).SelectMany(vector => WorkedExample.Of(vector, form, profile)).Take(2))
            {
                Report.Line($"  example   {example.Text}");
                Report.Line($"    before  {Joined(example.Before)}");
                Report.Line($"    after   {Joined(example.After)}   ({example.Vector.Name})");
            }
        }

        VectorLines(vectors);
        foreach (var claim in claims) Report.Line($"  claim     {claim}");
    }

    private static void VectorLines(List<Vector> vectors)
    {
        foreach (var vector in vectors.Take(ManyVectors)) Report.Line($"  vector    {vector.Name}: {OperationSection.Sentence(vector)} {VectorRunner.Describe(vector.Expectation)}");
        if (vectors.Count > ManyVectors) Report.Line($"  vector    … and {vectors.Count - ManyVectors} more");
    }

    private bool OfTrap(TrapDescription trap)
    {
        Report.Heading($"trap {trap.Trap}: {trap.Summary}");
        if (!trap.Codes.IsEmpty) Report.Line($"codes       {string.Join(", ", trap.Codes)}");
        var rules = OperationTable.Forms
            .Select(form => (Form: form, Line: RuleText.Of(form, profile).FirstOrDefault(line => line.StartsWith($"trap {trap.Trap} ", StringComparison.Ordinal))))
            .Where(pair => pair.Line is not null)
            .ToList();
        if (rules.Count == 0) Report.Line($"rules       none under {profile.Name}");
        else Report.Table(["rule", "guard"], rules.Select(pair => (string[])[pair.Form.Id, pair.Line!]));
        foreach (var point in DecisionPoint.All.Where(point => point.Setting(Profile.Rbpf).Contains($"{trap.Trap}", StringComparison.Ordinal)))
            Report.Line($"{point.Deviation.Number}        {point.Name}: {point.Setting(profile)}. {point.Deviation.Reason}");
        if (book.Requirements.FirstOrDefault(requirement => requirement.Id == $"trap/{trap.Trap}") is not { } requirement) return true;
        Report.Line("");
        return OfRequirement(requirement);
    }

    private static bool OfDeviation(DecisionPoint point)
    {
        var (number, kind, source, reason) = point.Deviation;
        Report.Heading($"{number}, {point.Name}: {point.Question}");
        Report.Line($"page        spec/{DeviationPage.Path}#{OperationSection.Anchor(number)}");
        Report.Line($"{(kind is DeviationKind.Departs ? "departs" : "settles")}     {point.Clause}");
        foreach (var one in Profile.All) Report.Line($"{one.Name,-11} {point.Setting(one)}");
        Report.Line($"from        {source}");
        Report.Line($"why         {reason}");
        var operations = OperationTable.All.Where(point.Concerns).Select(operation => operation.Mnemonic).Distinct().ToList();
        if (operations.Count > 0) Report.Line($"concerns    {string.Join(", ", operations)}");
        return true;
    }

    private bool OfDeviations()
    {
        Report.Heading($"Deviations (spec/{DeviationPage.Path})");
        Report.Table(
            ["explain", "point", profile.Name],
            DecisionPoint.All.Select(point => (string[])[point.Deviation.Number, point.Name, point.Setting(profile)]));
        return true;
    }

    private bool OfRequirement(Requirement requirement)
    {
        var page = book.Chapters.First(chapter => chapter.Requirements.Contains(requirement)).Page;
        Report.Heading($"{requirement.Id} (spec/{page.Path})");
        Report.Line(PlainText.Of(requirement.Text));
        Report.Line("");
        var vectors = book.VectorsOf(requirement).ToList();
        Report.Line($"{vectors.Count} {(vectors.Count == 1 ? "vector" : "vectors")}: {string.Join("; ", requirement.Vectors)}");
        VectorLines(vectors);
        if (!requirement.Obligations.IsEmpty) Report.Line($"{book.ObligationsOf(requirement).Count()} claims: {string.Join("; ", requirement.Obligations)}");
        return true;
    }

    private static bool OfFamily(InstructionFamily family)
    {
        Report.Heading($"{family.Title} (spec/{family.Path})");
        Report.Line(PlainText.Of(family.Lead));
        Report.Line("");
        Report.Table(
            ["explain", "says"],
            OperationTable.All.Where(family.Has).Select(operation => (string[])[OperationSection.Anchor(OperationSection.Title(operation)), operation.Summary]));
        return true;
    }

    private static bool OfSection(Chapter chapter, Block.Heading heading)
    {
        Report.Heading($"{heading.Title} (spec/{chapter.Page.Path})");
        List<string[]> requirements = [];
        foreach (var block in chapter.SectionOf(heading))
        {
            if (block is Block.Binding(_, var requirement)) requirements.Add([requirement.Id, Shortened(PlainText.Of(requirement.Text))]);
            else if (block is Block.Explanation(_, var source)) Report.Line(source.StartsWith('|') || source.StartsWith('-') ? source : PlainText.Of(source));
            Report.Line("");
        }

        if (requirements.Count > 0) Report.Table(["explain", "says"], requirements);
        return true;
    }

    private bool OfHelpers(Sequence<Helper> helpers, Sequence<Requirement> requirements)
    {
        var title = helpers.Count == 1 ? $"helper 0x{helpers[0].Id:x}, {helpers[0].Name}" : "helper functions";
        Report.Heading($"{title} (spec/70-calls.md#the-helpers-that-vectors-use)");
        Report.Table(["id", "name", "arguments", "what it does"], helpers.Select(helper => (string[])
            [$"0x{helper.Id:x2}", helper.Name, Joined(helper.Arguments.Select(Said)), helper.Summary]));
        foreach (var requirement in requirements)
        {
            Report.Line("");
            if (helpers.Count == 1) OfRequirement(requirement);
            else Report.Line($"{requirement.Id}: {PlainText.Of(requirement.Text)}");
        }

        return true;
    }

    private static bool Outside(Sequence<OutsideRfc> instructions)
    {
        foreach (var instruction in instructions)
        {
            Report.Heading(
                $"{instruction.Name}: {instruction.Description}; not part of RFC 9669 (spec/60-validity.md#instructions-outside-rfc-9669)");
            Report.Line($"opcode      {string.Join(", ", instruction.Opcodes.Select(opcode => $"0x{opcode:x2}"))}"
                + (instruction.Offset is { } offset ? $", offset {offset}" : "") + (instruction.Immediate is { } imm ? $", imm 0x{imm:x}" : ""));
            Report.Line($"from        {instruction.Origin}");
            Report.Line("here        a program that has it is rejected (preflight/opcode, preflight/encoding)");
            Report.Line($"instead     {instruction.Instead}");
        }

        return true;
    }

    private static string Said(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Value => "number",
        ArgumentKind.Readable(var count) => $"address of {Said(count)} to read",
        ArgumentKind.Writable(var count) => $"address of {Said(count)} to write",
    };

    private static string Said(ByteCount count) => count switch
    {
        ByteCount.Fixed(var bytes) => $"{bytes} bytes",
        ByteCount.InArgument(var argument) => $"r{argument} bytes",
        ByteCount.RestOfRegion => "text",
    };

    private bool Words(Sequence<Hit> hits, Sequence<string> notes)
    {
        foreach (var note in notes) Report.Line(note);
        if (!notes.IsEmpty) Report.Line("");
        Report.Table(["explain", "says", "page"], hits.Take(ManyHits).Select(hit => (string[])[hit.Id, Shortened(hit.Line), $"spec/{hit.Page}"]));
        if (hits.Count > ManyHits) Report.Line($"… and {hits.Count - ManyHits} more");

        // The first of them in full, unless it takes pages.
        var first = Subject.Find(hits[0].Id, book);
        if (first is Subject.Encodings or Subject.OfTrap) return true;
        Report.Line("");
        return Print(first);
    }

    private static string Joined(IEnumerable<string> texts) => texts.ToList() is { Count: > 0 } all ? string.Join(", ", all) : "none";

    private static string Joined(Sequence<string> lines) => lines.IsEmpty ? "nothing" : string.Join(", ", lines);

    private static string Shortened(string text) => text.Length <= 100 ? text : $"{text[..99]}…";
}
