using RbpfSpec.Assembly.Objects;
using RbpfSpec.Assembly.Patterns;
using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly;

/// <summary>Programs and objects from assembly text.</summary>
/// <remarks>
/// A line holds labels (<c>name:</c>), then an instruction, a directive such as <c>.globl f</c>, or <c>.slot</c> with the
/// 64-bit little-endian number of any slot. <c>#</c> and <c>//</c> start comments, <c>/* */</c> enclose them; a semicolon
/// separates statements in LLVM's syntax and starts a comment in the others. As in bpf_conformance, the label <c>exit</c>
/// is the first EXIT instruction where the text defines no other.
/// </remarks>
public static class Assembler
{
    /// <summary>Reads a program in one of the two syntaxes that are printed; never throws because of the text.</summary>
    /// <param name="text">The lines, ended by line feeds.</param>
    /// <param name="syntax">The syntax; without one, each line may be in any dialect.</param>
    public static Assembled Parse(string text, Syntax? syntax = null) => Parse(text, syntax switch
    {
        Syntax.Conformance => Dialect.Conformance,
        Syntax.Llvm => Dialect.Llvm,
        null => Dialect.Auto,
    });

    /// <summary>Reads a program of instructions only; never throws because of the text.</summary>
    /// <param name="text">The lines, ended by line feeds.</param>
    /// <param name="dialect">How it is written.</param>
    public static Assembled Parse(string text, Dialect dialect) => Read(text, dialect).ToProgram();

    /// <summary>Reads a program with its data, and with what it leaves to others; never throws because of the text.</summary>
    /// <param name="text">The lines, ended by line feeds.</param>
    /// <param name="dialect">How it is written.</param>
    public static AssembledObject ParseObject(string text, Dialect dialect = Dialect.Auto) => Read(text, dialect).ToObject();

    private static ObjectBuilder Read(string text, Dialect dialect)
    {
        var known = dialect is Dialect.Auto && Pasted.Recognise(text.Split('\n')) is { } recognised ? recognised : dialect;
        if (known is Dialect.Objdump or Dialect.Verifier) return ReadPasted(text, known);
        var built = ReadLines(text, known);
        // Numbers are read otherwise by GNU as, so that what is its own in one line tells how to read the others.
        return known is Dialect.Auto && built.Dialects.Contains(Dialect.Gnu) && !built.Dialects.Contains(Dialect.Rbpf)
            && ReadLines(text, Dialect.Gnu) is { Errors: [] } gnu
            ? gnu
            : built;
    }

    private static ObjectBuilder ReadLines(string text, Dialect dialect)
    {
        var builder = new ObjectBuilder();
        var parser = new LineParser(Grammar.Of(dialect), builder.Symbols.Constants);
        var (lines, unended) = SourceText.Lines(text);
        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var line in parser.Parse(lines[i], i + 1)) builder.Add(line);
        }

        if (unended is var (number, column))
            builder.Add(new(number, [], new Statement.Wrong(AssemblyErrorKind.Syntax, column, "'/*'", "'*/' after it")));
        builder.Finish();
        return builder;
    }

    private static ObjectBuilder ReadPasted(string text, Dialect dialect)
    {
        var lines = text.Split('\n');
        var (statements, errors) = dialect is Dialect.Objdump ? Pasted.Listing(lines) : Pasted.Log(lines);
        var builder = new ObjectBuilder(dialect);
        var parser = new LineParser(Grammar.Of(dialect), builder.Symbols.Constants);
        foreach (var error in errors) builder.Report(error);
        foreach (var statement in statements)
        {
            var start = (int)builder.Sections[0].Size;
            var wrong = builder.Errors.Count;
            foreach (var line in parser.Parse(statement.Text, statement.Number)) builder.Add(line);
            var bytes = builder.Sections[0].Bytes.Skip(start).ToArray();
            if (builder.Errors.Count == wrong
                && Pasted.Compare(statement, start / Slot.Size, bytes) is { } contradiction)
            {
                builder.Report(contradiction);
                break;
            }
        }

        builder.Finish();
        return builder;
    }
}
