using System.Globalization;
using System.Numerics;
using RbpfSpec.Assembly.Text;

namespace RbpfSpec.Assembly.Objects;

/// <summary>A symbol while the text is read.</summary>
/// <param name="name">The name.</param>
internal sealed class SymbolBuilder(string name)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The section that it lies in; null if it is not defined, or common.</summary>
    public SectionBuilder? Section { get; set; }

    /// <summary>The offset in its section, in bytes.</summary>
    public ulong Offset { get; set; }

    /// <summary>The number of bytes of what it names.</summary>
    public ulong Size { get; set; }

    /// <summary>The alignment of a common symbol; null if it is none.</summary>
    public ulong? CommonAlignment { get; set; }

    /// <summary>Who sees it.</summary>
    public SymbolBinding Binding { get; set; }

    /// <summary>The kind of thing that the symbol names.</summary>
    public SymbolType Type { get; set; }

    /// <summary>Whether the assembler alone needs it; it is in no object.</summary>
    public bool IsTemporary => Name.StartsWith(".L", StringComparison.Ordinal) || SymbolTable.IsNumeric(Name);
}

/// <summary>The symbols of a text.</summary>
internal sealed class SymbolTable
{
    // No name of a text holds it, so that numeric labels never meet others.
    private const char Separator = '\u0001';

    private readonly Dictionary<string, SymbolBuilder> symbols = [];
    private readonly List<SymbolBuilder> order = [];
    private readonly Dictionary<string, int> numeric = [];

    /// <summary>The symbols, in the order in which the text first has them.</summary>
    public IReadOnlyList<SymbolBuilder> InOrder => order;

    /// <summary>The numbers that symbols stand for.</summary>
    public Dictionary<string, BigInteger> Constants { get; } = [];

    /// <summary>Whether a name is that of a label that is a number.</summary>
    public static bool IsNumeric(string name) => name.Contains(Separator);

    /// <summary>The symbol of a name, which now exists.</summary>
    public SymbolBuilder this[string name]
    {
        get
        {
            if (symbols.TryGetValue(name, out var known)) return known;
            var symbol = new SymbolBuilder(name);
            symbols.Add(name, symbol);
            order.Add(symbol);
            return symbol;
        }
    }

    /// <summary>The symbol of a name, if there is one.</summary>
    public SymbolBuilder? Find(string name) => symbols.GetValueOrDefault(name);

    /// <summary>Defines a label; false if it is already defined.</summary>
    public bool TryDefine(string label, SectionBuilder section)
    {
        var isNumber = char.IsAsciiDigit(label[0]);
        if (isNumber) numeric[label] = numeric.GetValueOrDefault(label) + 1;
        var symbol = this[isNumber ? Numeric(label, numeric[label]) : label];
        if (symbol.Section is not null || symbol.CommonAlignment is not null || Constants.ContainsKey(label)) return false;
        symbol.Section = section;
        symbol.Offset = section.Size;
        return true;
    }

    /// <summary>The name of what a token refers to: of a numeric label, the last one before or the next one.</summary>
    public string Meant(Token token)
    {
        if (!Cursor.IsLocalLabel(token)) return token.Text;
        var label = token.Text[..^1];
        return Numeric(label, numeric.GetValueOrDefault(label) + (token.Text[^1] == 'f' ? 1 : 0));
    }

    private static string Numeric(string label, int count) =>
        label + Separator + count.ToString(CultureInfo.InvariantCulture);
}
