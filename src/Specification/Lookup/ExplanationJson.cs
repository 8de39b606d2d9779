using System.Text.Json;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Rules;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Lookup;

/// <summary>Prints an entry of the specification as JSON.</summary>
/// <param name="book">The specification.</param>
/// <param name="profile">The profile whose rules are shown.</param>
public sealed class ExplanationJson(Book book, Profile profile)
{
    /// <summary>Writes it into an object that was begun.</summary>
    /// <exception cref="ArgumentException">The subject is nothing.</exception>
    public void Write(Utf8JsonWriter writer, Topic subject)
    {
        writer.WriteString("profile", profile.Name);
        Action write = subject switch
        {
            Topic.Encodings(var forms, var slot) => () => Encodings(writer, forms, slot),
            Topic.OfTrap(var trap) => () =>
            {
                writer.WriteString("trap", trap.Trap.ToString());
                writer.WriteString("summary", trap.Summary);
                writer.WriteStrings("codes", trap.Codes);
                if (book.Requirements.FirstOrDefault(one => one.Id == $"trap/{trap.Trap}") is { } requirement)
                {
                    OfRequirement(writer, requirement);
                }
            }
            ,
            Topic.OfDeviation(var point) => () => OfDeviation(writer, point),
            Topic.OfHostDeviation(var deviation) => () => OfHostDeviation(writer, deviation),
            Topic.OfDeviations => () => writer.WriteStrings(
                "deviations",
                DecisionPoint.All.Select(point => point.Deviation.Number).Concat(HostDeviation.All.Select(deviation => deviation.Number))),
            Topic.OfRequirement(var requirement) => () => OfRequirement(writer, requirement),
            Topic.OfFamily(var family) =>
                () => Encodings(writer, OperationTable.All.Where(family.Has).SelectMany(operation => operation.Forms).ToSequence(), []),
            Topic.OfSection(var chapter, var heading) => () => OfSection(writer, chapter, heading),
            Topic.OfHelpers(var helpers, var requirements) => () => OfHelpers(writer, helpers, requirements),
            Topic.Outside(var instructions) => () => Outside(writer, instructions),
            Topic.Words(var hits, var notes) => () => Words(writer, hits, notes),
            Topic.Nothing(var problem) => throw new ArgumentException(problem, nameof(subject)),
        };
        write();
    }

    private void Encodings(Utf8JsonWriter writer, Sequence<Form> forms, Sequence<string> slot)
    {
        if (!slot.IsEmpty) writer.WriteString("instruction", slot[0]);
        writer.WriteStartArray("forms");
        foreach (var form in forms)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", form.Id);
            writer.WriteString("mnemonic", form.Mnemonic);
            writer.WriteString("summary", form.Operation.Summary);
            writer.WriteString("source", form.Operation.Source.ToString());
            writer.WriteString("page", $"spec/{InstructionFamily.Of(form.Operation).Path}");
            writer.WriteString("group", form.Group.Name());
            writer.WriteString("opcode", $"0x{form.Opcode:x2}");
            writer.WriteNumber("slots", form.Layout.Slots);
            writer.WriteStartObject("fields");
            foreach (var field in FieldText.All) writer.WriteString(field.Name(), FieldText.Of(form, field));
            writer.WriteEndObject();
            writer.WriteStrings("pseudocode", RuleText.Of(form, profile));
            writer.WriteStrings("traps", form.Operation.Traps.Select(trap => trap.ToString()));
            writer.WriteStrings(
                "deviations", DecisionPoint.All.Where(point => point.Concerns(form.Operation)).Select(point => point.Deviation.Number));
            writer.WriteStrings("vectors", OperationSection.VectorsOf(form, book.Vectors).Select(vector => vector.Name));
            writer.WriteStrings("obligations", OperationSection.ClaimsOf(form, book.Claims));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void OfDeviation(Utf8JsonWriter writer, DecisionPoint point)
    {
        writer.WriteString("deviation", point.Deviation.Number);
        writer.WriteString("point", point.Name);
        writer.WriteString("question", point.Question);
        writer.WriteString("kind", point.Deviation.Kind.ToString().ToLowerInvariant());
        writer.WriteString("clause", point.Clause.ToString());
        writer.WriteString("reason", point.Deviation.Reason);
        writer.WriteStartObject("settings");
        foreach (var one in Profile.All) writer.WriteString(one.Name, point.Setting(one));
        writer.WriteEndObject();
    }

    private static void OfHostDeviation(Utf8JsonWriter writer, HostDeviation deviation)
    {
        writer.WriteString("deviation", deviation.Number);
        writer.WriteString("point", deviation.Name);
        writer.WriteString("published", deviation.Published);
        writer.WriteString("here", deviation.Here);
        writer.WriteString("source", deviation.Source.ToString());
        writer.WriteString("reason", deviation.Reason);
    }

    private void OfRequirement(Utf8JsonWriter writer, Requirement requirement)
    {
        writer.WriteString("requirement", requirement.Id);
        writer.WriteString("page", $"spec/{book.Chapters.First(chapter => chapter.Requirements.Contains(requirement)).Page.Path}");
        writer.WriteString("text", requirement.Text.ReplaceLineEndings(" "));
        writer.WriteStrings("vectors", [
            .. book.VectorsOf(requirement).Select(vector => vector.Name),
            .. book.PackingVectorsOf(requirement).Select(vector => vector.Name),
            .. Book.HostVectorsOf(requirement).Select(vector => vector.Name),
        ]);
        writer.WriteStrings("obligations", book.ClaimsOf(requirement));
        if (!requirement.Tests.IsEmpty) writer.WriteStrings("tests", requirement.Tests);
    }

    private static void OfSection(Utf8JsonWriter writer, Chapter chapter, Block.Heading heading)
    {
        var blocks = chapter.SectionOf(heading).ToList();
        writer.WriteString("section", heading.Title);
        writer.WriteString("page", $"spec/{chapter.Page.Path}");
        writer.WriteString("text", PlainText.Of(string.Join(' ', blocks.OfType<Block.Explanation>().Select(block => block.Source))));
        writer.WriteStrings("requirements", blocks.OfType<Block.Binding>().Select(block => block.Requirement.Id));
    }

    private static void OfHelpers(Utf8JsonWriter writer, Sequence<Helper> helpers, Sequence<Requirement> requirements)
    {
        writer.WriteString("page", "spec/70-calls.md");
        writer.WriteStartArray("helpers");
        foreach (var helper in helpers)
        {
            writer.WriteStartObject();
            writer.WriteString("id", $"0x{helper.Id:x2}");
            writer.WriteString("name", helper.Name);
            writer.WriteString("summary", helper.Summary);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStrings("requirements", requirements.Select(requirement => requirement.Id));
    }

    private static void Outside(Utf8JsonWriter writer, Sequence<OutsideRfc> instructions)
    {
        writer.WriteString("page", "spec/60-validity.md");
        writer.WriteStartArray("outside");
        foreach (var instruction in instructions)
        {
            writer.WriteStartObject();
            writer.WriteString("name", instruction.Name);
            writer.WriteString("description", instruction.Description);
            writer.WriteString("from", instruction.Origin);
            writer.WriteStrings("opcodes", instruction.Opcodes.Select(opcode => $"0x{opcode:x2}"));
            writer.WriteString("instead", instruction.Instead);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Words(Utf8JsonWriter writer, Sequence<Hit> hits, Sequence<string> notes)
    {
        writer.WriteStrings("notes", notes);
        writer.WriteStartArray("hits");
        foreach (var hit in hits)
        {
            writer.WriteStartObject();
            writer.WriteString("explain", hit.Id);
            writer.WriteString("says", hit.Line);
            writer.WriteString("page", $"spec/{hit.Page}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
