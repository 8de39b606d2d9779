using RbpfSpec.Assembly.Objects;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly.Tests;

/// <summary>Reads text and says which of the two results is expected.</summary>
internal static class Assembling
{
    public static Assembled.Success Success(string text, Syntax? syntax = null) =>
        Assembler.Parse(text, syntax) switch
        {
            Assembled.Success success => success,
            Assembled.Failure(var errors) => throw new ShouldAssertException($"{text}\n{string.Join('\n', errors)}"),
        };

    public static Program Program(string text, Dialect dialect) => Success(text, dialect).Program;

    public static Assembled.Success Success(string text, Dialect dialect) => Assembler.Parse(text, dialect) switch
    {
        Assembled.Success success => success,
        Assembled.Failure(var errors) => throw new ShouldAssertException($"{text}\n{string.Join('\n', errors)}"),
    };

    /// <summary>The bytes as hexadecimal digits, a slot a word.</summary>
    public static string Bytes(string text, Dialect dialect = Dialect.Auto) => string.Join(' ', Program(text, dialect).Slots);

    public static ObjectFile Object(string text, Dialect dialect = Dialect.Auto) => Assembler.ParseObject(text, dialect) switch
    {
        AssembledObject.Success success => success.Object,
        AssembledObject.Failure(var errors) => throw new ShouldAssertException($"{text}\n{string.Join('\n', errors)}"),
    };

    public static Sequence<AssemblyError> Errors(string text, Dialect dialect) =>
        Assembler.Parse(text, dialect).ShouldBeOfType<Assembled.Failure>(text).Errors;

    /// <summary>The errors of a text that may have data.</summary>
    public static Sequence<AssemblyError> ObjectErrors(string text, Dialect dialect = Dialect.Auto) =>
        Assembler.ParseObject(text, dialect).ShouldBeOfType<AssembledObject.Failure>(text).Errors;

    public static Program Program(string text, Syntax? syntax = null) => Success(text, syntax).Program;

    public static Sequence<AssemblyError> Errors(string text, Syntax? syntax = null) =>
        Assembler.Parse(text, syntax).ShouldBeOfType<Assembled.Failure>(text).Errors;
}
