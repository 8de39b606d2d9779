using RbpfSpec.Conformance;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Rules;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Lookup;

/// <summary>Prints an entry of the specification for a terminal.</summary>
/// <param name="book">The specification.</param>
/// <param name="profile">The profile whose rules are shown.</param>
/// <param name="report">Where it goes.</param>
public sealed class Explanation(Book book, Profile profile, ITextReport report)
{
    private const int ManyVectors = 12;

    private const int ManyHits = 10;

    /// <summary>Prints it.</summary>
    /// <exception cref="ArgumentException">The subject is nothing.</exception>
    public bool Print(Topic subject) => subject switch
    {
        Topic.Encodings(var forms, var slot) => Encodings(forms, slot),
        Topic.OfTrap(var trap) => OfTrap(trap),
        Topic.OfDeviation(var point) => OfDeviation(point),
        Topic.OfHostDeviation(var deviation) => OfHostDeviation(deviation),
        Topic.OfDeviations => OfDeviations(),
        Topic.OfRequirement(var requirement) => OfRequirement(requirement),
        Topic.OfFamily(var family) => OfFamily(family),
        Topic.OfSection(var chapter, var heading) => OfSection(chapter, heading),
        Topic.OfHelpers(var helpers, var requirements) => OfHelpers(helpers, requirements),
        Topic.Outside(var instructions) => Outside(instructions),
        Topic.Words(var hits, var notes) => Words(hits, notes),
        Topic.Nothing(var problem) => throw new ArgumentException(problem, nameof(subject)),
    };

    private bool Encodings(Sequence<Form> subject, Sequence<string> slot)
    {
        foreach (var line in slot) report.Line(line);
        if (!slot.IsEmpty) report.Line("");
        foreach (var operation in subject.Select(form => form.Operation).Distinct())
        {
            var forms = subject.Where(form => form.Operation == operation).ToList();
            report.Heading($"{operation.Mnemonic}: {operation.Summary}");
            report.Line($"source      {operation.Source}");
            report.Line($"page        spec/{InstructionFamily.Of(operation).Path}");
            report.Table(
                ["rule", "opcode", .. FieldText.All.Select(field => field.Name()), "group"],
                forms.Select(form => (string[])[
                    form.Id, $"0x{form.Opcode:x2}", .. FieldText.All.Select(field => FieldText.Of(form, field)), form.Group.Name()]));
            foreach (var form in forms)
            {
                report.Line("");
                report.Heading($"{form.Id} under {profile.Name}");
                foreach (var line in RuleText.Of(form, profile)) report.Line($"  {line}");
            }

            report.Line("");
            Facts(operation, forms);
            foreach (var form in forms) Evidence(form);
            report.Line("");
        }

        return true;
    }

    private void Facts(Operation operation, List<Form> forms)
    {
        var rules = forms.SelectMany(form => RuleText.Of(form, profile)).ToList();
        foreach (var trap in operation.Traps.Select(TrapTable.Of))
        {
            var codes = trap.Codes.IsEmpty ? "" : $" ({string.Join(", ", trap.Codes)})";
            var never = rules.Any(line => line.StartsWith($"trap {trap.Trap} ", StringComparison.Ordinal)) ? ""
                : $" Never under {profile.Name}.";
            report.Line($"trap        {trap.Trap}: {trap.Summary}{never}{codes}");
        }

        foreach (var point in DecisionPoint.All.Where(point => point.Concerns(operation)))
            report.Line($"{point.Deviation.Number}        {point.Name}: {point.Setting(profile)}. {point.Deviation.Reason}");
    }

    // Vectors are those of the normative profile.
    private void Evidence(Form form)
    {
        var vectors = OperationSection.VectorsOf(form, book.Vectors).ToList();
        var claims = OperationSection.ClaimsOf(form, book.Claims).ToList();
        if (vectors.Count + claims.Count == 0) return;
        report.Line("");
        report.Heading($"{form.Id}: {Counted.Of(vectors.Count, "vector")}, {Counted.Of(claims.Count, "claim")}");
        if (profile == Profile.Rbpf)
        {
            foreach (var example in vectors.OrderByDescending(vector => vector.Purpose.Split(", and ").Length)
                .SelectMany(vector => WorkedExample.Of(vector, form, profile)).Take(2))
            {
                report.Line($"  example   {example.Text}");
                report.Line($"    before  {Joined(example.Before)}");
                report.Line($"    after   {Joined(example.After)}   ({example.Vector.Name})");
            }
        }

        VectorLines(vectors);
        foreach (var claim in claims) report.Line($"  claim     {claim}");
    }

    private void VectorLines(List<Vector> vectors)
    {
        foreach (var vector in vectors.Take(ManyVectors))
        {
            report.Line($"  vector    {vector.Name}: {OperationSection.Sentence(vector)} {VectorRunner.Describe(vector.Expectation)}");
        }

        if (vectors.Count > ManyVectors) report.Line($"  vector    … and {vectors.Count - ManyVectors} more");
    }

    private bool OfTrap(TrapDescription trap)
    {
        report.Heading($"trap {trap.Trap}: {trap.Summary}");
        if (!trap.Codes.IsEmpty) report.Line($"codes       {string.Join(", ", trap.Codes)}");
        var rules = OperationTable.Forms
            .Select(form => (Form: form,
                Line: RuleText.Of(form, profile).FirstOrDefault(line => line.StartsWith($"trap {trap.Trap} ", StringComparison.Ordinal))))
            .Where(pair => pair.Line is not null)
            .ToList();
        if (rules.Count == 0) report.Line($"rules       none under {profile.Name}");
        else report.Table(["rule", "guard"], rules.Select(pair => (string[])[pair.Form.Id, pair.Line!]));
        foreach (var point in DecisionPoint.All.Where(
            point => point.Setting(Profile.Rbpf).Contains($"{trap.Trap}", StringComparison.Ordinal)))
        {
            report.Line($"{point.Deviation.Number}        {point.Name}: {point.Setting(profile)}. {point.Deviation.Reason}");
        }

        if (book.Requirements.FirstOrDefault(requirement => requirement.Id == $"trap/{trap.Trap}") is not { } requirement) return true;
        report.Line("");
        return OfRequirement(requirement);
    }

    private bool OfDeviation(DecisionPoint point)
    {
        var (number, kind, source, reason) = point.Deviation;
        report.Heading($"{number}, {point.Name}: {point.Question}");
        report.Line($"page        spec/{DeviationPage.Path}#{OperationSection.Anchor(number)}");
        report.Line($"{(kind is DeviationKind.Departs ? "departs" : "settles")}     {point.Clause}");
        foreach (var one in Profile.All) report.Line($"{one.Name,-11} {point.Setting(one)}");
        report.Line($"from        {source}");
        report.Line($"why         {reason}");
        var operations = OperationTable.All.Where(point.Concerns).Select(operation => operation.Mnemonic).Distinct().ToList();
        if (operations.Count > 0) report.Line($"concerns    {string.Join(", ", operations)}");
        return true;
    }

    private bool OfHostDeviation(HostDeviation deviation)
    {
        report.Heading($"{deviation.Number}, {deviation.Name}");
        report.Line($"page        spec/{DeviationPage.Path}#{OperationSection.Anchor(deviation.Number)}");
        report.Line($"published   {deviation.Published} ({deviation.Source})");
        report.Line($"here        {deviation.Here}");
        report.Line($"why         {deviation.Reason}");
        return true;
    }

    private bool OfDeviations()
    {
        report.Heading($"Deviations (spec/{DeviationPage.Path})");
        report.Table(
            ["explain", "point", profile.Name],
            DecisionPoint.All.Select(point => (string[])[point.Deviation.Number, point.Name, point.Setting(profile)])
                .Concat(HostDeviation.All.Select(deviation => (string[])[deviation.Number, deviation.Name, deviation.Here])));
        return true;
    }

    private bool OfRequirement(Requirement requirement)
    {
        var page = book.Chapters.First(chapter => chapter.Requirements.Contains(requirement)).Page;
        report.Heading($"{requirement.Id} (spec/{page.Path})");
        report.Line(PlainText.Of(requirement.Text));
        report.Line("");
        var vectors = book.VectorsOf(requirement).ToList();
        foreach (var test in requirement.Tests) report.Line($"test: {test}");
        if (requirement.Vectors.IsEmpty) return true;
        var count = vectors.Count + book.PackingVectorsOf(requirement).Count() + Book.HostVectorsOf(requirement).Count();
        report.Line($"{Counted.Of(count, "vector")}: {string.Join("; ", requirement.Vectors)}");
        VectorLines(vectors);
        foreach (var vector in book.PackingVectorsOf(requirement)) report.Line($"  {vector.Name}: {vector.Because}: {vector.Expected}");
        foreach (var vector in Book.HostVectorsOf(requirement)) report.Line($"  {vector.Name}: {vector.Because}");
        if (!requirement.Claims.IsEmpty)
        {
            report.Line($"{Counted.Of(book.ClaimsOf(requirement).Count(), "claim")}: {string.Join("; ", requirement.Claims)}");
        }

        return true;
    }

    private bool OfFamily(InstructionFamily family)
    {
        report.Heading($"{family.Title} (spec/{family.Path})");
        report.Line(PlainText.Of(family.Lead));
        report.Line("");
        report.Table(
            ["explain", "says"],
            OperationTable.All.Where(family.Has)
                .Select(operation => (string[])[OperationSection.Anchor(OperationSection.Title(operation)), operation.Summary]));
        return true;
    }

    private bool OfSection(Chapter chapter, Block.Heading heading)
    {
        report.Heading($"{heading.Title} (spec/{chapter.Page.Path})");
        List<string[]> requirements = [];
        foreach (var block in chapter.SectionOf(heading))
        {
            if (block is Block.Binding(_, var requirement))
            {
                requirements.Add([requirement.Id, Shortened(PlainText.Of(requirement.Text))]);
            }
            else if (block is Block.Explanation(_, var source))
            {
                report.Line(source.StartsWith('|') || source.StartsWith('-') ? source : PlainText.Of(source));
            }

            report.Line("");
        }

        // A chapter that says all it requires below further headings.
        if (requirements.Count == 0 && heading.Title == chapter.Page.Title)
            requirements.AddRange(chapter.Requirements.Select(one => (string[])[one.Id, Shortened(PlainText.Of(one.Text))]));
        if (requirements.Count > 0) report.Table(["explain", "says"], requirements);
        return true;
    }

    private bool OfHelpers(Sequence<Helper> helpers, Sequence<Requirement> requirements)
    {
        var title = helpers.Count == 1 ? $"helper 0x{helpers[0].Id:x}, {helpers[0].Name}" : "helper functions";
        report.Heading($"{title} (spec/{(helpers.Count == 1 ? HelperPage.AddressOf(helpers[0]) : HelperPage.Path)})");
        report.Table(["id", "name", "arguments", "what it does"], helpers.Select(helper => (string[])
            [$"0x{helper.Id:x2}", helper.Name, Joined(helper.Arguments.Select(Said)), helper.Summary]));
        foreach (var requirement in requirements)
        {
            report.Line("");
            if (helpers.Count == 1) OfRequirement(requirement);
            else report.Line($"{requirement.Id}: {PlainText.Of(requirement.Text)}");
        }

        return true;
    }

    private bool Outside(Sequence<OutsideRfc> instructions)
    {
        foreach (var instruction in instructions)
        {
            report.Heading(
                $"{instruction.Name}: {instruction.Description}; not part of RFC 9669 (spec/60-validity.md#instructions-outside-rfc-9669)");
            report.Line($"opcode      {string.Join(", ", instruction.Opcodes.Select(opcode => $"0x{opcode:x2}"))}"
                + (instruction.Offset is { } offset ? $", offset {offset}" : "")
                    + (instruction.Immediate is { } imm ? $", imm 0x{imm:x}" : ""));
            report.Line($"from        {instruction.Origin}");
            report.Line("here        a program that has it is rejected (preflight/opcode, preflight/encoding)");
            report.Line($"instead     {instruction.Instead}");
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
        ByteCount.Fixed(var bytes) => Counted.Of(bytes, "byte"),
        ByteCount.InArgument(var argument) => $"r{argument} bytes",
        ByteCount.RestOfRegion => "text",
    };

    private bool Words(Sequence<Hit> hits, Sequence<string> notes)
    {
        foreach (var note in notes) report.Line(note);
        if (!notes.IsEmpty) report.Line("");
        report.Table(
            ["explain", "says", "page"], hits.Take(ManyHits).Select(hit => (string[])[hit.Id, Shortened(hit.Line), $"spec/{hit.Page}"]));
        if (hits.Count > ManyHits) report.Line($"… and {hits.Count - ManyHits} more");

        // The first of them in full, unless it takes pages.
        var first = Topic.Find(hits[0].Id, book);
        if (first is Topic.Encodings or Topic.OfTrap) return true;
        report.Line("");
        return Print(first);
    }

    private static string Joined(IEnumerable<string> texts) => texts.ToList() is { Count: > 0 } all ? string.Join(", ", all) : "none";

    private static string Joined(Sequence<string> lines) => lines.IsEmpty ? "nothing" : string.Join(", ", lines);

    private static string Shortened(string text) => text.Length <= 100 ? text : $"{text[..99]}…";
}
