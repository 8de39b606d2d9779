using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly;

/// <summary>What a line that is written in some way stands for.</summary>
internal abstract record Meaning
{
    private Meaning()
    {
    }

    /// <summary>An instruction.</summary>
    internal sealed record Encodes(Form Form) : Meaning;

    /// <summary>A slot given as a number, whether it is an instruction or not.</summary>
    internal sealed record IsSlot : Meaning;

    /// <summary>An instruction of other machines.</summary>
    internal sealed record Unsupported(string Found, string Expected) : Meaning;
}

/// <summary>A way to write a line, and what it then stands for.</summary>
internal sealed record Production(Pattern Pattern, Meaning Meaning);

/// <summary>Every way to write a line of a syntax, derived from the encodings.</summary>
internal sealed class Grammar
{
    private static readonly Meaning CallByRegister = new Meaning.Unsupported(
        "a call through a register (callx, opcode 0x8d), which is outside RFC 9669",
        "the number of a helper, or 'local' with a label or a distance");

    /// <summary>How a slot that is no instruction is written, in both syntaxes.</summary>
    /// <remarks>Static members initialise in the order of the text, and those below need this one.</remarks>
    public static Pattern SlotPattern { get; } =
        Pattern.Of($".slot {new Part.WideNumber(Notation.Hexadecimal, HasHighHalf: true)}");

    private static readonly Dictionary<Form, Sequence<Pattern>> ConformanceForms =
        OperationTable.Forms.ToDictionary(form => form, ConformancePatterns.Of);

    private static readonly Dictionary<Form, Sequence<Pattern>> LlvmForms =
        OperationTable.Forms.ToDictionary(form => form, LlvmPatterns.Of);

    private static readonly Grammar Conformance = new(Productions(Syntax.Conformance));
    private static readonly Grammar Llvm = new(Productions(Syntax.Llvm));
    private static readonly Grammar Either =
        new(Productions(Syntax.Conformance).Concat(Productions(Syntax.Llvm)));

    private readonly ILookup<string, Production> byFirstToken;

    private Grammar(IEnumerable<Production> productions) =>
        byFirstToken = productions.ToLookup(production => production.Pattern.FirstToken);

    /// <summary>The grammar of a syntax; without one, that of lines in either.</summary>
    public static Grammar Of(Syntax? syntax) => syntax switch
    {
        Syntax.Conformance => Conformance,
        Syntax.Llvm => Llvm,
        null => Either,
    };

    /// <summary>The ways to write an encoding: first the one that is printed, then others that are read.</summary>
    public static Sequence<Pattern> Patterns(Form form, Syntax syntax) => Forms(syntax)[form];

    /// <summary>The productions that a line with this first token may be of.</summary>
    public IEnumerable<Production> StartingWith(string firstToken) =>
        byFirstToken[firstToken].Concat(byFirstToken[""]);

    private static IEnumerable<Production> Productions(Syntax syntax) =>
    [
        .. from form in OperationTable.Forms
           from pattern in Patterns(form, syntax)
           select new Production(pattern, new Meaning.Encodes(form)),
        new(SlotPattern, new Meaning.IsSlot()),
        .. from pattern in CallsByRegister(syntax) select new Production(pattern, CallByRegister),
    ];

    private static Dictionary<Form, Sequence<Pattern>> Forms(Syntax syntax) => syntax switch
    {
        Syntax.Conformance => ConformanceForms,
        Syntax.Llvm => LlvmForms,
    };

    private static Sequence<Pattern> CallsByRegister(Syntax syntax)
    {
        var callee = new Part.Name(Field.Destination, syntax is Syntax.Conformance ? "%r" : "r");
        return [Pattern.Of($"call {callee}"), Pattern.Of($"callx {callee}")];
    }
}
