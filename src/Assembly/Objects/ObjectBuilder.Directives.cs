using System.Buffers.Binary;
using System.Numerics;
using RbpfSpec.Assembly.Text;

namespace RbpfSpec.Assembly.Objects;

/// <content>What directives do: those that clang writes for the target bpf, and their usual other names.</content>
internal sealed partial class ObjectBuilder
{
    // What tells a debugger, a linker or a profiler something that does not change the program.
    private static readonly HashSet<string> Silent =
        [".file", ".loc", ".ident", ".addrsig", ".addrsig_sym", ".hidden", ".protected", ".internal", ".cg_profile", ".end"];

    private static readonly Dictionary<string, int> Integers = new()
    {
        [".byte"] = 1,
        [".short"] = 2,
        [".hword"] = 2,
        [".2byte"] = 2,
        [".long"] = 4,
        [".int"] = 4,
        [".4byte"] = 4,
        [".quad"] = 8,
        [".8byte"] = 8,
    };

    private readonly Stack<(SectionBuilder Current, SectionBuilder Previous)> pushed = [];

    private readonly Dictionary<(string Name, string Group), SectionBuilder> byName = [];
    private readonly HashSet<string> localised = [];
    private SectionBuilder current;
    private SectionBuilder previous;

    private void Direct(Statement.Directive directive, int line)
    {
        var name = directive.Name.Text;
        if (name != ".text") HasDirectives = true;
        if (Silent.Contains(name) || name.StartsWith(".cfi_", StringComparison.Ordinal)) return;
        if (Directive(name, new(directive, line)) is not { } problem) return;
        Wrong(AssemblyErrorKind.Syntax, line, problem.Column, problem.Found, problem.Expected);
    }

    private Misuse? Directive(string name, Arguments arguments) => name switch
    {
        ".text" => Go(sections[0]),
        ".data" => Go(SectionOf(".data", "", SectionType.Bits, SectionFlags.Allocate | SectionFlags.Write)),
        ".rodata" => Go(SectionOf(".rodata", "", SectionType.Bits, SectionFlags.Allocate)),
        ".bss" => Go(SectionOf(".bss", "", SectionType.Zeros, SectionFlags.Allocate | SectionFlags.Write)),
        ".section" => Section(arguments),
        ".pushsection" => Push(arguments),
        ".popsection" => Pop(arguments),
        ".previous" => Go(previous),
        ".globl" or ".global" => Bind(arguments, SymbolBinding.Global),
        ".weak" => Bind(arguments, SymbolBinding.Weak),
        ".local" => Bind(arguments, SymbolBinding.Local),
        ".type" => Type(arguments),
        ".size" => Size(arguments),
        ".comm" or ".lcomm" => Common(arguments, isLocal: name == ".lcomm"),
        ".set" or ".equ" or ".equiv" => Set(arguments),
        ".p2align" => Align(arguments, isPower: true),
        ".align" or ".balign" => Align(arguments, isPower: false),
        ".ascii" => Text(arguments, isEnded: false),
        ".asciz" or ".string" => Text(arguments, isEnded: true),
        ".zero" or ".skip" or ".space" => Fill(arguments),
        ".fill" => Repeat(arguments),
        ".uleb128" => Leb(arguments, isSigned: false),
        ".sleb128" => Leb(arguments, isSigned: true),
        _ when Integers.TryGetValue(name, out var width) => Integer(arguments, width),
        _ => new(
            arguments.Name.Column,
            Token.Quote(name),
            "a directive that clang writes, such as .text, .globl, .section, .p2align or .quad"),
    };

    private Misuse? Go(SectionBuilder section)
    {
        (previous, current) = (current, section);
        return null;
    }

    private SectionBuilder SectionOf(string name, string group, SectionType type, SectionFlags flags)
    {
        if (byName.TryGetValue((name, group), out var known)) return known;
        var section = new SectionBuilder(name, type, flags);
        byName.Add((name, group), section);
        sections.Add(section);
        return section;
    }

    private Misuse? Section(Arguments arguments)
    {
        if (arguments.Count == 0 || arguments.Joined(0) is not { Length: > 0 } name) return arguments.Wrong(0, "the name of a section");
        var flags = arguments.Count > 1 ? arguments.Quoted(1) : null;
        if (arguments.Count > 1 && flags is null) return arguments.Wrong(1, "flags in quotes, such as \"aw\"");
        var type = arguments.Count > 2 ? arguments.Joined(2).TrimStart('@', '%') : "";
        var isZeros = type == "nobits" || (type == "" && (name is ".bss" || name.StartsWith(".bss.", StringComparison.Ordinal)));
        // A section of a group is one of its own, even if others have its name: the group's name is the next to last.
        var group = flags?.Contains('G', StringComparison.Ordinal) is true
            && arguments.Count > 3 ? arguments.Joined(arguments.Count - 2) : "";
        return Go(SectionOf(
            name,
            group,
            isZeros ? SectionType.Zeros : SectionType.Bits,
            flags is null ? UsualFlags(name) : Flags(flags)));
    }

    private static SectionFlags Flags(string letters) =>
        (letters.Contains('a', StringComparison.Ordinal) ? SectionFlags.Allocate : SectionFlags.None)
        | (letters.Contains('w', StringComparison.Ordinal) ? SectionFlags.Write : SectionFlags.None)
        | (letters.Contains('x', StringComparison.Ordinal) ? SectionFlags.Execute : SectionFlags.None);

    // What a name alone says, as LLVM reads it.
    private static SectionFlags UsualFlags(string name) => name.Split('.') switch
    {
        ["", "text" or "init" or "fini", ..] => SectionFlags.Allocate | SectionFlags.Execute,
        ["", "data" or "data1" or "bss", ..] => SectionFlags.Allocate | SectionFlags.Write,
        ["", "rodata" or "rodata1", ..] => SectionFlags.Allocate,
        _ => SectionFlags.None,
    };

    private Misuse? Push(Arguments arguments)
    {
        pushed.Push((current, previous));
        return Section(arguments);
    }

    private Misuse? Pop(Arguments arguments)
    {
        if (!pushed.TryPop(out var before)) return new(arguments.Name.Column, "'.popsection'", "'.pushsection' before it");
        (current, previous) = before;
        return null;
    }

    private Misuse? Bind(Arguments arguments, SymbolBinding binding)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments.Symbol(i) is not { } name) return arguments.Wrong(i, "the name of a symbol");
            Symbols[name].Binding = binding;
            if (binding is SymbolBinding.Local) localised.Add(name);
        }

        return arguments.Count == 0 ? arguments.Wrong(0, "the name of a symbol") : null;
    }

    private Misuse? Type(Arguments arguments)
    {
        if (arguments.Symbol(0) is not { } name) return arguments.Wrong(0, "the name of a symbol");
        SymbolType? type = arguments.Count < 2 ? null : arguments.Joined(1).TrimStart('@', '%', '#').ToLowerInvariant() switch
        {
            "function" or "stt_func" => SymbolType.Function,
            "object" or "stt_object" => SymbolType.Object,
            "notype" or "stt_notype" => SymbolType.None,
            _ => null,
        };
        if (type is null) return arguments.Wrong(1, "@function or @object");
        Symbols[name].Type = type.Value;
        return null;
    }

    private Misuse? Size(Arguments arguments)
    {
        if (arguments.Symbol(0) is not { } name) return arguments.Wrong(0, "the name of a symbol");
        if (arguments.Sum(1, Symbols.Constants) is not { } sum) return arguments.Wrong(1, "a size, such as .Lend-f");
        var meant = Meant(sum);
        fixups.Add(() =>
        {
            if (Value(meant) is { } size && size >= 0 && size < long.MaxValue) Symbols[name].Size = (ulong)size;
            else errors.Add(arguments.Wrong(1, "a size, such as .Lend-f").At(arguments.Line));
        });
        return null;
    }

    private Misuse? Common(Arguments arguments, bool isLocal)
    {
        if (arguments.Symbol(0) is not { } name) return arguments.Wrong(0, "the name of a symbol");
        if (Number(arguments, 1, MaximumSize) is not { } size) return arguments.Wrong(1, $"a number of bytes up to {MaximumSize}");
        ulong? alignment = arguments.Count < 3 ? 1 : Number(arguments, 2, 4096);
        if (alignment is null or 0 || !BitOperations.IsPow2(alignment.Value))
            return arguments.Wrong(2, "an alignment: a power of two up to 4096");
        var symbol = Symbols[name];
        if (symbol.Section is not null || symbol.CommonAlignment is not null) return arguments.Wrong(0, "a new symbol");
        (symbol.Size, symbol.Type) = (size, SymbolType.Object);
        if (!isLocal && symbol.Binding is not SymbolBinding.Local)
        {
            symbol.CommonAlignment = alignment;
            return null;
        }

        // clang writes .local before .comm; any other common symbol is one that all objects see.
        if (!isLocal && !localised.Contains(name))
        {
            (symbol.CommonAlignment, symbol.Binding) = (alignment, SymbolBinding.Global);
            return null;
        }

        var zeros = SectionOf(".bss", "", SectionType.Zeros, SectionFlags.Allocate | SectionFlags.Write);
        zeros.Alignment = Math.Max(zeros.Alignment, alignment.Value);
        zeros.Add(new byte[Padding(zeros.Size, alignment.Value)], arguments.Line);
        (symbol.Section, symbol.Offset) = (zeros, zeros.Size);
        return Grow(zeros, size, 0, arguments);
    }

    private Misuse? Set(Arguments arguments)
    {
        if (arguments.Symbol(0) is not { } name) return arguments.Wrong(0, "the name of a symbol");
        if (arguments.Sum(1, Symbols.Constants) is not { } sum)
            return arguments.Wrong(1, "a number, or a label that a line before defines");
        if (Value(sum) is { } number)
        {
            Symbols.Constants[name] = number;
            return null;
        }

        if (sum is not { Plus: { } label, Minus: null }
            || Symbols.Find(Symbols.Meant(label)) is not { Section: { } section, Offset: var offset, Type: var type, Size: var size })
        {
            return arguments.Wrong(1, "a number, or a label that a line before defines");
        }

        var place = offset + sum.Number;
        if (place < 0 || place > MaximumSize)
            return arguments.Wrong(1, $"a place up to {MaximumSize} bytes after the start of {section.Name}");
        var symbol = Symbols[name];
        (symbol.Section, symbol.Offset, symbol.Size) = (section, (ulong)place, size);
        if (symbol.Type is SymbolType.None) symbol.Type = type;
        return null;
    }

    private static ulong Padding(ulong size, ulong alignment) => (alignment - (size % alignment)) % alignment;

    // A number of at most some bits, of expressions of numbers and of labels that are defined by now.
    private ulong? Number(Arguments arguments, int index, ulong most) =>
        arguments.Sum(index, Symbols.Constants) is { } sum
        && Value(sum) is { } number
        && number >= 0
        && number <= most
            ? (ulong)number
            : null;

    // The number that an expression comes to, where its labels lie in one section and are defined.
    private BigInteger? Value(Sum sum) => sum switch
    {
        { IsNumber: true } => sum.Number,
        { Plus: { } plus, Minus: { } minus }
            when Symbols.Find(Symbols.Meant(plus)) is { Section: { } section } left
            && Symbols.Find(Symbols.Meant(minus)) is { } right
            && right.Section == section => sum.Number + left.Offset - right.Offset,
        _ => null,
    };

    private static byte[] Little(BigInteger number, int width)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(number & ulong.MaxValue));
        return bytes[..width];
    }
}
