namespace RbpfSpec.Specification.Rules;

/// <summary>Memory as readable text: an access is named by what it asks for, a write is a line of its own.</summary>
/// <param name="readAs">The name of what is read, which a line defines; empty if it is written out where it is used.</param>
internal sealed class FormulaMemory(string readAs) : IMemory<Formula>
{
    private readonly string readAs = readAs;

    /// <summary>The lines that say what is read under a name, and what is written, in this order.</summary>
    public Sequence<string> Lines => Definitions is [] ? Writes : [.. Definitions, .. Writes];

    public Formula FrameStart => Formula.Named("stack.start", Width.Bits64);

    // A read is part of a line, and no state comes of it: the definitions are all that is kept of one.
    private List<string> Definitions { get; init; } = [];

    private Sequence<string> Writes { get; init; }

    public Truth<Formula> Grants(Formula address, Formula count, Access access)
    {
        var (kind, bytes) = (KindOf(access), count.Text is "1" ? "byte" : "bytes");
        return Formula.NamedTruth($"one region grants {kind} of {count} {bytes} at {address}");
    }

    public Formula Read(Formula address, Width width)
    {
        var text = $"memory{width.Bits}[{address}]";
        if (readAs is "") return Formula.Named(text, width);
        if (Definitions is []) Definitions.Add($"{readAs} = {text}");
        return Formula.Named(readAs, width);
    }

    public IMemory<Formula> Write(Formula address, Formula value, Truth<Formula> when) =>
        With(Writes.Add($"memory{value.Width.Bits}[{address}] = {value}"));

    /// <summary>Not: the body of a function that is printed copies nothing.</summary>
    public IMemory<Formula> Copy(IMemory<Formula> target, Formula to, Formula from, ulong count, Truth<Formula> when) =>
        throw new InvalidOperationException("no text says that bytes are copied");

    public Formula RestOfRegion(Formula address) => Formula.Named($"rest_of_region({address})", Width.Bits64);

    /// <summary>The same: what a new frame is, the lines of the calls say.</summary>
    public IMemory<Formula> PushFrame() => this;

    /// <summary>The same: what is popped, the lines of the calls say.</summary>
    public IMemory<Formula> PopFrame() => this;

    private FormulaMemory With(Sequence<string> writes) => new(readAs) { Definitions = Definitions, Writes = writes };

    private static string KindOf(Access access) => access switch
    {
        Access.Read => "a read",
        Access.Write => "a write",
        Access.ReadWrite => "a read and a write",
    };
}
