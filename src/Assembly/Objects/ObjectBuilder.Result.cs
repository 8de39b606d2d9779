using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly.Objects;

/// <content>What the lines come to.</content>
internal sealed partial class ObjectBuilder
{
    /// <summary>The program, if it is one section of instructions and refers to nothing else; else why it is not.</summary>
    public Assembled ToProgram()
    {
        if (errors.Count + needs.Count > 0) return Failure(errors.Concat(needs));
        var kept = sections.Where(section => section.IsKept && section.Size > 0).ToList();
        if (kept.Count > 1)
        {
            return Failure([
                new(
                    AssemblyErrorKind.NeedsObject,
                    kept[1].Lines is [var line, ..] ? line : 1,
                    1,
                    $"a program of several sections ({string.Join(", ", kept.Select(section => section.Name))})",
                    AsObject),
            ]);
        }

        var text = kept is [var only] ? only : sections[0];
        return new Assembled.Success(
            Program.Of([.. text.Bytes]),
            [
                .. from symbol in Symbols.InOrder
                   where symbol.Section == text && !SymbolTable.IsNumeric(symbol.Name)
                   select new Symbol(symbol.Name, (int)(symbol.Offset / Slot.Size)),
            ],
            [.. text.Lines.Take(text.Bytes.Count / Slot.Size)])
        {
            Dialects = [.. dialects.Order()],
        };
    }

    /// <summary>The object.</summary>
    public AssembledObject ToObject()
    {
        if (errors.Count > 0) return new AssembledObject.Failure([.. Ordered(errors)]);
        var kept = sections.Where(section => section.IsKept).ToList();
        var named = Symbols.InOrder
            .Where(symbol => !symbol.IsTemporary && !Symbols.Constants.ContainsKey(symbol.Name))
            .Select(symbol => symbol.Section is null && symbol.Binding is SymbolBinding.Local ? Undefined(symbol) : symbol)
            .Where(symbol => symbol.Section is null || symbol.Section.IsKept)
            .ToList();
        var order = named.Where(symbol => symbol.Binding is SymbolBinding.Local)
            .Concat(named.Where(symbol => symbol.Binding is not SymbolBinding.Local))
            .ToList();
        var numbers = new Dictionary<string, int>();
        for (var i = 0; i < order.Count; i++) numbers.Add(order[i].Name, kept.Count + i);
        var indices = new Dictionary<SectionBuilder, int>();
        for (var i = 0; i < kept.Count; i++) indices.Add(kept[i], i);
        return new AssembledObject.Success(new(
            [.. kept.Select(section => Section(section, numbers, indices))],
            [
                .. kept.Select((_, index) => new ObjectSymbol("", index, 0, 0, SymbolBinding.Local, SymbolType.Section)),
                .. order.Select(symbol => new ObjectSymbol(
                    symbol.Name,
                    symbol.Section is { } section ? indices[section] : -1,
                    symbol.CommonAlignment ?? symbol.Offset,
                    symbol.Size,
                    symbol.Binding,
                    symbol.Type,
                    symbol.CommonAlignment is not null)),
            ]))
        {
            Dialects = [.. dialects.Order()],
            HasDirectives = HasDirectives,
            Lines = [.. kept.Select(static section => section.Lines.ToSequence())],
        };
    }

    private static Assembled.Failure Failure(IEnumerable<AssemblyError> all) => new([.. Ordered(all)]);

    private static IEnumerable<AssemblyError> Ordered(IEnumerable<AssemblyError> all) =>
        from error in all orderby error.Line, error.Column select error;

    // What is not defined here is somewhere else, where all see it.
    private static SymbolBuilder Undefined(SymbolBuilder symbol)
    {
        symbol.Binding = SymbolBinding.Global;
        return symbol;
    }

    private ObjectSection Section(
        SectionBuilder section, Dictionary<string, int> numbers, Dictionary<SectionBuilder, int> indices) => new(
        section.Name,
        section.Type,
        section.Flags,
        Math.Max(section.Alignment, section.IsCode ? (ulong)Slot.Size : 1),
        section.Size,
        [.. section.Bytes],
        [
            .. from relocation in section.Relocations
               orderby relocation.Offset
               select new ObjectRelocation(
                   relocation.Offset,
                   relocation.Type,
                   numbers.TryGetValue(relocation.Symbol, out var index) ? index : indices[Symbols[relocation.Symbol].Section!]),
        ]);
}
