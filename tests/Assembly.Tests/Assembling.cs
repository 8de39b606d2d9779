using RbpfSpec.Semantics;
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

    public static Program Program(string text, Syntax? syntax = null) => Success(text, syntax).Program;

    public static Sequence<AssemblyError> Errors(string text, Syntax? syntax = null) =>
        Assembler.Parse(text, syntax).ShouldBeOfType<Assembled.Failure>(text).Errors;
}
