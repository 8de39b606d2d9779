using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly;

/// <summary>The labels of a text.</summary>
internal sealed class LabelTable
{
    // bpf_conformance lets jumps go to "exit" without a label of that name: to the first EXIT instruction.
    private const string Implied = "exit";

    private readonly Dictionary<string, int> slots = [];

    /// <summary>The labels of some lines; a line that is wrong counts as one slot.</summary>
    public LabelTable(Sequence<Line> lines)
    {
        var symbols = new List<Symbol>();
        var duplicates = new List<AssemblyError>();
        var slot = 0;
        int? exit = null;
        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var label in lines[i].Labels)
            {
                if (slots.TryAdd(label.Text, slot)) symbols.Add(new(label.Text, slot));
                else duplicates.Add(Duplicate(label, i + 1));
            }

            if (IsExit(lines[i].Statement)) exit ??= slot;
            slot += Length(lines[i].Statement);
        }

        if (exit is { } first) slots.TryAdd(Implied, first);
        Symbols = [.. symbols];
        Duplicates = [.. duplicates];
    }

    /// <summary>The labels that the text defines, in its order.</summary>
    public Sequence<Symbol> Symbols { get; }

    /// <summary>An error for every label that is defined again.</summary>
    public Sequence<AssemblyError> Duplicates { get; }

    /// <summary>The slot index of a label, if there is one.</summary>
    public int? Find(string name) => slots.TryGetValue(name, out var slot) ? slot : null;

    private static bool IsExit(Statement statement) =>
        statement is Statement.Parsed { Meaning: Meaning.Encodes { Form.Operation: CallOperation.Exit } };

    private static int Length(Statement statement) => statement switch
    {
        Statement.Empty => 0,
        Statement.Parsed parsed => Length(parsed.Meaning),
        Statement.Wrong => 1,
    };

    private static int Length(Meaning meaning) => meaning switch
    {
        Meaning.Encodes(var form) => form.Layout.Slots,
        Meaning.IsSlot => 1,
        Meaning.Unsupported => 1,
    };

    private static AssemblyError Duplicate(Token label, int line) =>
        new(AssemblyErrorKind.DuplicateLabel, line, label.Column, $"{label.Found} a second time", "a new label");
}
