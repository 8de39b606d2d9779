using System.Text.RegularExpressions;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Reference.Tests;

/// <summary>
/// The hand-written SMT-LIB transcriptions define what is proved about each encoding, once, and nothing else.
/// </summary>
/// <remarks>Only names and form are looked at here; what the definitions say is for a solver to compare.</remarks>
public sealed partial class SmtReferenceTests
{
    private const RegexOptions Options =
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    /// <summary>Encodings whose effect is the host's or the call stack's, so that there is no value to define.</summary>
    private static readonly string[] WithoutDefinition = ["jmp/exit", "jmp/call-helper", "jmp/call-btf"];

    private static readonly string[] Commands = ["(define-fun ", "(declare-fun "];

    private static readonly (string Kind, Trap Trap)[] Kinds =
    [
        ("zero-divisor", Trap.DivisionByZero),
        ("large-shift", Trap.ShiftAmount),
        ("signed-overflow", Trap.SignedOverflow),
    ];

    private static readonly string Rfc = Text("rfc9669.smt2");

    private static readonly string Traps = Text("rbpf-traps.smt2");

    [Fact]
    public void Every_encoding_has_its_definitions() =>
        OperationTable.Forms.SelectMany(Expected).Except(Names(Rfc)).ShouldBeEmpty();

    // A name with a slash belongs to an encoding; the others are building blocks, and the platform's functions.
    [Fact]
    public void Nothing_is_defined_for_an_unknown_encoding() =>
        Names(Rfc).Where(name => name.Contains('/')).Except(OperationTable.Forms.SelectMany(Expected)).ShouldBeEmpty();

    [Fact]
    public void Every_trap_of_arithmetic_is_defined_for_the_encodings_that_have_it() =>
        Names(Traps).Where(name => name.Contains('/')).ShouldBe(
            from kind in Kinds
            from form in OperationTable.Forms
            where form.Operation.Traps.Contains(kind.Trap)
            select $"trap:{kind.Kind}:{form.Id}",
            ignoreOrder: true);

    [Theory]
    [InlineData("access:within")]
    [InlineData("access:granted")]
    [InlineData("budget:branch-trap")]
    [InlineData("budget:branches-after")]
    [InlineData("alignment:trap")]
    public void The_decisions_of_the_machine_are_defined(string name) => Names(Traps).ShouldContain(name);

    [Theory]
    [InlineData("rfc:opcode")]
    [InlineData("rfc:dst_reg")]
    [InlineData("rfc:src_reg")]
    [InlineData("rfc:offset")]
    [InlineData("rfc:imm")]
    [InlineData("rfc:address")]
    public void The_fields_of_a_slot_and_the_address_are_defined(string name) => Names(Rfc).ShouldContain(name);

    [Fact]
    public void No_name_is_defined_twice() => Names(Rfc).Concat(Names(Traps)).ShouldBeUnique();

    [Fact]
    public void The_files_consist_of_definitions_with_balanced_parentheses()
    {
        foreach (var text in new[] { Rfc, Traps })
        {
            var commands = TopLevel(text);
            commands.Where(command => !Commands.Any(command.StartsWith)).ShouldBeEmpty();
            commands.Count.ShouldBe(Names(text).Count);
        }
    }

    [Fact]
    public void Every_definition_stands_under_a_comment() =>
        new[] { Rfc, Traps }
            .SelectMany(text => text.Split("\n\n"))
            .Where(paragraph => paragraph.Contains("(define-fun ") || paragraph.Contains("(declare-fun "))
            .Where(paragraph => !paragraph.StartsWith("; ", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void Unbalanced_parentheses_are_noticed()
    {
        Should.Throw<FormatException>(() => TopLevel("(define-fun |a| () Bool true"));
        Should.Throw<FormatException>(() => TopLevel("(define-fun |a| () Bool true))"));
        TopLevel("; a comment (\n(define-fun |a| () Bool true)\n(check-sat)")
            .ShouldBe(["(define-fun |a| () Bool true)", "(check-sat)"]);
    }

    private static string[] Expected(Form form) => form.Id.Split('/')[0] switch
    {
        _ when WithoutDefinition.Contains(form.Id) => [],
        "jmp" when form.Id == "jmp/call-local" => [$"rfc:{form.Id}:next"],
        "jmp" => [$"rfc:{form.Id}:taken", $"rfc:{form.Id}:next"],
        "atomic" when form.Writes == WrittenRegister.None => [$"rfc:{form.Id}:memory"],
        "atomic" => [$"rfc:{form.Id}:memory", $"rfc:{form.Id}:fetched"],
        _ => [$"rfc:{form.Id}"],
    };

    private static string Text(string file) =>
        File.ReadAllText(Path.Combine(Repository.Root, "spec/reference", file)).ReplaceLineEndings("\n");

    private static List<string> Names(string text) =>
        [.. Definition.Matches(text).Select(match => match.Groups["name"].Value)];

    /// <summary>The commands of a script, without what stands between them.</summary>
    private static List<string> TopLevel(string text)
    {
        var code = Comment.Replace(text, "");
        var commands = new List<string>();
        var depth = 0;
        var start = 0;

        for (var at = 0; at < code.Length; at++)
        {
            if (code[at] == '(' && depth++ == 0) start = at;
            if (code[at] != ')') continue;
            if (--depth < 0) throw new FormatException($"Closed but never opened, after {commands.LastOrDefault()}");
            if (depth == 0) commands.Add(code[start..(at + 1)]);
        }

        return depth == 0 ? commands : throw new FormatException($"Never closed: {code[start..]}");
    }

    [GeneratedRegex(@"^\((define|declare)-fun \|(?<name>[^|]+)\| ", Options)]
    private static partial Regex Definition { get; }

    [GeneratedRegex(";.*$", Options)]
    private static partial Regex Comment { get; }
}
