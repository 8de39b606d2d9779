using RbpfSpec.Assembly.Patterns;
using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Objects;

/// <summary>Makes an object of lines: places what they say, then fills in what refers to labels.</summary>
internal sealed partial class ObjectBuilder
{
    /// <summary>The most bytes that a section of assembly text may have: 16 MiB.</summary>
    public const ulong MaximumSize = 1 << 24;

    private readonly List<AssemblyError> errors = [];
    private readonly List<AssemblyError> needs = [];
    private readonly List<SectionBuilder> sections = [];
    private readonly List<Action> fixups = [];
    private readonly HashSet<Dialect> dialects = [];
    private readonly Dialect? pasted;

    /// <summary>An object that holds an empty section of instructions.</summary>
    /// <param name="pasted">The listing or log that all lines are from, if they are.</param>
    public ObjectBuilder(Dialect? pasted = null)
    {
        this.pasted = pasted;
        current = SectionOf(".text", "", SectionType.Bits, SectionFlags.Allocate | SectionFlags.Execute);
        previous = current;
    }

    /// <summary>The symbols.</summary>
    public SymbolTable Symbols { get; } = new();

    /// <summary>The sections, in the order of the text.</summary>
    public IReadOnlyList<SectionBuilder> Sections => sections;

    /// <summary>The errors in the text.</summary>
    public IReadOnlyList<AssemblyError> Errors => errors;

    /// <summary>The dialects of the lines.</summary>
    public IReadOnlySet<Dialect> Dialects => dialects;

    /// <summary>Whether the text says more of itself than instructions and labels: sections, functions, symbols for others.</summary>
    public bool HasDirectives { get; private set; }

    /// <summary>Adds a line.</summary>
    public void Add(Line line)
    {
        foreach (var label in line.Labels)
        {
            if (!Symbols.TryDefine(label.Text, current))
                errors.Add(new(AssemblyErrorKind.DuplicateLabel, line.Number, label.Column, $"{label.Found} a second time", "a new label"));
        }

        switch (line.Statement)
        {
            case Statement.Empty:
                break;
            case Statement.Directive directive:
                Direct(directive, line.Number);
                break;
            case Statement.Wrong(var kind, var column, var found, var expected):
                Wrong(kind, line.Number, column, found, expected);
                break;
            case Statement.Parsed parsed:
                Add(parsed, line.Number);
                break;
        }
    }

    /// <summary>Adds an error.</summary>
    public void Report(AssemblyError error) => errors.Add(error);

    /// <summary>Fills in what refers to labels, once every line is added.</summary>
    public void Finish()
    {
        foreach (var fixup in fixups) fixup();
    }

    private void Add(Statement.Parsed parsed, int line)
    {
        dialects.Add(pasted ?? parsed.Production.Dialect);
        if (!current.IsKept || current.Type is SectionType.Zeros)
        {
            errors.Add(new(
                AssemblyErrorKind.Syntax,
                line,
                parsed.Start.Column,
                $"an instruction in {current.Name}",
                "instructions in a section that holds them, such as .text"));
            return;
        }

        switch (parsed.Production.Meaning)
        {
            case Meaning.Encodes(var form):
                if (form.Operation is CallOperation.Exit) current.NoteExit();
                var section = current;
                var offset = current.Size;
                current.Add(Bytes(form, parsed.Values), line);
                if (parsed.Target is not { } label) break;
                var meant = label with { Text = Symbols.Meant(label) };
                Refer(section, offset, form, parsed with { Target = meant }, label, line);
                break;
            case Meaning.IsSlot:
                current.Add(new Program([new(parsed.Values.Wide)]).ToBytes(), line);
                break;
            case Meaning.Unsupported(var found, var expected):
                Wrong(AssemblyErrorKind.UnsupportedInstruction, line, parsed.Start.Column, found, expected);
                break;
        }
    }

    private static byte[] Bytes(Form form, FieldValues values) =>
        new Program(Encoder.Encode(values.ToInstruction(form))).ToBytes();

    // A line that is wrong counts as one slot, so that distances over it are those that were meant.
    private void Wrong(AssemblyErrorKind kind, int line, int column, string found, string expected)
    {
        errors.Add(new(kind, line, column, found, expected));
        if (current.IsKept) current.Add(new byte[Slot.Size], line);
    }

    // Notes a reference from an instruction to a label, which may be defined later.
    private void Refer(SectionBuilder section, ulong offset, Form form, Statement.Parsed parsed, Token shown, int line) => fixups.Add(() =>
    {
        var name = parsed.Target!.Value.Text;
        var isWide = form.Layout.IsWide;
        if (!isWide && Place(name, section) is { } place && place.Section == section)
        {
            Resolve(section, offset, form, parsed, shown, place.Offset, line);
            return;
        }

        var symbol = Symbols.Find(name);
        var isDefined = symbol?.Section is not null || symbol?.CommonAlignment is not null;
        if (!isWide && form.Operation is not CallOperation.Local)
        {
            errors.Add(isDefined
                ? new(
                    AssemblyErrorKind.UndefinedLabel,
                    line,
                    shown.Column,
                    $"{shown.Found}, which lies in another section",
                    "a label of the same section")
                : Undefined(shown, line, "a defined label"));
            return;
        }

        if (Unreferable(shown, name, line) is { } problem)
        {
            errors.Add(problem);
            return;
        }

        needs.Add(isDefined
            ? new(AssemblyErrorKind.NeedsObject, line, shown.Column, $"{shown.Found}, which lies in another section", AsObject)
            : Undefined(shown, line, isWide ? "a defined label" : Callees));
        var addend = isWide ? parsed.Addend : (parsed.Addend / Slot.Size) - 1;
        if (IsTemporary(symbol)) addend += isWide ? (long)symbol!.Offset : (long)symbol!.Offset / Slot.Size;
        section.Replace(offset, Bytes(form, parsed.Values with { Immediate = unchecked((int)addend) }));
        section.Relocations.Add((offset, isWide ? RelocationType.Load : RelocationType.Call, name));
        _ = Symbols[name];
    });

    private const string Callees =
        "the label of a function that a line defines ('call f', also written 'call local f'), a distance ('call local +3'), "
        + "or a helper by its number ('call 1')";

    private const string AsObject = "an object: 'rbpf asm --object' writes one, and 'rbpf run' reads the text itself";

    private static AssemblyError Undefined(Token shown, int line, string expected) =>
        new(AssemblyErrorKind.UndefinedLabel, line, shown.Column, $"{shown.Found}, which no line defines", expected);

    // Why no linker can fill in a symbol: it is a number, or in a section that the object leaves out.
    private AssemblyError? Unreferable(Token shown, string name, int line) =>
        Symbols.Constants.ContainsKey(name)
            ? new(
                AssemblyErrorKind.UndefinedLabel,
                line,
                shown.Column,
                $"{shown.Found}, which '.set' makes a number",
                "a label, or a number that a line before sets")
            : Symbols.Find(name) is { Section: { IsKept: false } section }
                ? new(
                    AssemblyErrorKind.UndefinedLabel,
                    line,
                    shown.Column,
                    $"{shown.Found}, which lies in {section.Name}",
                    "a label of a section that is there while the program runs")
                : null;

    private static bool IsTemporary(SymbolBuilder? symbol) => symbol is { IsTemporary: true, Section: not null };

    // bpf_conformance lets jumps go to "exit" without a label of that name: to the first EXIT instruction.
    private (SectionBuilder Section, ulong Offset)? Place(string name, SectionBuilder section) => Symbols.Find(name) switch
    {
        { Section: { } defined, Offset: var offset } => (defined, offset),
        _ when name == "exit" && section.FirstExit is { } exit => (section, exit),
        _ => null,
    };

    private void Resolve(
        SectionBuilder section, ulong offset, Form form, Statement.Parsed parsed, Token shown, ulong target, int line)
    {
        var bytes = (Int128)target + parsed.Addend - (Int128)offset - (form.Layout.Slots * Slot.Size);
        var field = form.Displacement[0];
        var farthest = (long)(field.Width().Mask / 2);
        var distance = bytes / Slot.Size;
        if (bytes % Slot.Size != 0)
        {
            errors.Add(new(
                AssemblyErrorKind.DistanceOutOfRange,
                line,
                shown.Column,
                $"{shown.Found} at a distance of {bytes} bytes",
                "a distance of whole slots of 8 bytes"));
        }
        else if (distance > farthest || distance < -farthest - 1)
        {
            errors.Add(new(
                AssemblyErrorKind.DistanceOutOfRange,
                line,
                shown.Column,
                $"{shown.Found} at a distance of {PartPrinter.Distance((long)distance)} slots",
                $"a distance from {-farthest - 1} to +{farthest}"));
        }
        else
        {
            section.Replace(offset, Bytes(form, parsed.Values.With(field, (int)distance)));
        }
    }
}
