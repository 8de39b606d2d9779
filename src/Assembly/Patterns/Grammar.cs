using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>The meaning of a line that is written in some way.</summary>
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
/// <param name="Pattern">How it is written.</param>
/// <param name="Meaning">What it stands for.</param>
/// <param name="Dialect">Whose way this is.</param>
/// <param name="Style">How its numbers are read.</param>
/// <param name="IsAsked">Whether an error message may ask for it.</param>
internal sealed record Production(Pattern Pattern, Meaning Meaning, Dialect Dialect, NumberStyle Style, bool IsAsked);

/// <summary>Every way to write a line of a dialect, derived from the encodings.</summary>
internal sealed class Grammar
{
    private static readonly OutsideRfc CallX = OutsideRfc.Named("callx")!;

    /// <summary>How a slot that is no instruction is written, in every dialect.</summary>
    /// <remarks>Static members initialise in the order of the text, and those below need this one.</remarks>
    public static Pattern SlotPattern { get; } =
        Pattern.Of($".slot {new Part.WideNumber(Notation.Hexadecimal, HasHighHalf: true)}");

    private static readonly Dictionary<Form, Sequence<Pattern>> ConformanceForms =
        OperationTable.Forms.ToDictionary(form => form, ConformancePatterns.Of);

    private static readonly Dictionary<Form, Sequence<Pattern>> LlvmForms =
        OperationTable.Forms.ToDictionary(form => form, LlvmPatterns.Of);

    private static readonly Dictionary<Form, Sequence<Pattern>> RbpfForms =
        OperationTable.Forms.ToDictionary(form => form, RbpfPatterns.Of);

    private static readonly Grammar[] All = [.. Enum.GetValues<Dialect>().Select(dialect => new Grammar(dialect))];

    private readonly ILookup<string, Production> byFirstToken;

    private Grammar(Dialect dialect)
    {
        Dialect = dialect;
        byFirstToken = Productions(dialect).ToLookup(production => production.Pattern.FirstToken, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The dialect.</summary>
    public Dialect Dialect { get; }

    /// <summary>The grammar of a dialect.</summary>
    public static Grammar Of(Dialect dialect) => All[(int)dialect];

    /// <summary>The ways to write an encoding: first the one that is printed, then others that are read.</summary>
    public static Sequence<Pattern> Patterns(Form form, Syntax syntax) => syntax switch
    {
        Syntax.Conformance => ConformanceForms[form],
        Syntax.Llvm => LlvmForms[form],
    };

    /// <summary>How an encoding is written for readers of a dialect.</summary>
    public static Pattern Usual(Form form, Dialect dialect) => dialect switch
    {
        Dialect.Auto or Dialect.Conformance or Dialect.Gnu => ConformanceForms[form][0],
        Dialect.Llvm or Dialect.Objdump or Dialect.Verifier => LlvmForms[form][0],
        Dialect.Rbpf => RbpfForms[form][0],
    };

    /// <summary>The productions that a line with this first token may be of.</summary>
    public IEnumerable<Production> StartingWith(string firstToken) =>
        byFirstToken[firstToken].Concat(byFirstToken[""]);

    private static IEnumerable<Production> Productions(Dialect dialect) => dialect switch
    {
        // What is common to several counts as the first's; the names that each has of its own come after.
        Dialect.Auto =>
        [
            .. Own(Dialect.Conformance, NumberStyle.Decimal, isAsked: true)
                .Select(production => IsShared(production) ? production with { Style = NumberStyle.Alike } : production),
            .. from production in (IEnumerable<Production>)
               [
                   .. Own(Dialect.Llvm, NumberStyle.C, isAsked: true),
                   .. Own(Dialect.Gnu, NumberStyle.C, isAsked: false),
                   .. Own(Dialect.Conformance, NumberStyle.C, isAsked: false)
                       .Select(production => production with { Dialect = Dialect.Gnu }),
                   .. Own(Dialect.Rbpf, NumberStyle.Decimal, isAsked: false),
               ]
               where !IsShared(production)
               select production,
        ],
        Dialect.Gnu =>
        [
            .. from production in (IEnumerable<Production>)
               [
                   .. Own(Dialect.Gnu, NumberStyle.C, isAsked: true),
                   .. Own(Dialect.Conformance, NumberStyle.C, isAsked: true),
                   .. Own(Dialect.Llvm, NumberStyle.C, isAsked: true),
               ]
               select production with { Dialect = Dialect.Gnu },
        ],
        Dialect.Objdump =>
        [
            .. Own(Dialect.Llvm, NumberStyle.C, isAsked: true),
            .. Own(Dialect.Gnu, NumberStyle.C, isAsked: false),
            .. Own(Dialect.Conformance, NumberStyle.C, isAsked: false),
        ],
        Dialect.Verifier =>
        [
            .. Own(Dialect.Llvm, NumberStyle.C, isAsked: true),
            .. Own(Dialect.Verifier, NumberStyle.C, isAsked: true),
        ],
        Dialect.Conformance => Own(dialect, NumberStyle.Decimal, isAsked: true),
        Dialect.Llvm => Own(dialect, NumberStyle.C, isAsked: true),
        Dialect.Rbpf => Own(dialect, NumberStyle.Decimal, isAsked: true),
    };

    private static IEnumerable<Production> Own(Dialect dialect, NumberStyle style, bool isAsked) =>
    [
        .. from form in OperationTable.Forms
           from pattern in Own(dialect, form)
           select new Production(pattern, new Meaning.Encodes(form), dialect, style, isAsked),
        new(SlotPattern, new Meaning.IsSlot(), dialect, style, isAsked),
        .. from pattern in CallsByRegister(dialect)
           select new Production(pattern, Outside(CallX), dialect, style, IsAsked: false),
    ];

    /// <summary>The meaning of an instruction outside RFC 9669 in assembly text.</summary>
    public static Meaning.Unsupported Outside(OutsideRfc instruction) => new(instruction.ToString(), instruction.Instead);

    // Whether bpf_conformance and LLVM write it alike: calls by number, exit, and slots given as numbers.
    private static bool IsShared(Production production) => production.Meaning switch
    {
        Meaning.Encodes(var form) => ConformanceForms[form].Contains(production.Pattern) && LlvmForms[form].Contains(production.Pattern),
        Meaning.IsSlot => true,
        Meaning.Unsupported => false,
    };

    private static Sequence<Pattern> Own(Dialect dialect, Form form) => dialect switch
    {
        Dialect.Conformance => ConformanceForms[form],
        Dialect.Llvm or Dialect.Objdump => LlvmForms[form],
        Dialect.Rbpf => RbpfForms[form],
        Dialect.Gnu => GnuPatterns.Of(form),
        Dialect.Verifier => VerifierPatterns.Of(form),
        Dialect.Auto => [],
    };

    private static Sequence<Pattern> CallsByRegister(Dialect dialect)
    {
        var callee = new Part.Name(Field.Destination, dialect is Dialect.Conformance or Dialect.Gnu ? "%r" : "r");
        return [Pattern.Of($"call {callee}"), Pattern.Of($"callx {callee}")];
    }
}
