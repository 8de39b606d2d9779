using System.Globalization;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using Xunit.Abstractions;

namespace RbpfSpec.Reference.Tests;

/// <summary>
/// Programs that were run on the C machines, with what RFC 9669 says of each, computed apart from this project. They
/// are kept outside the repository; where they are not there, the test says so and passes.
/// </summary>
public sealed class MeasuredVectorTests(ITestOutputHelper output)
{
    private const string ColumnOfRfc = "rfc9669";

    private static readonly string Table = Path.Combine(Repository.Root, "..", "shared", "facts", "vectors.tsv");

    // "first byte 5"
    private static readonly Sequence<byte> Context = [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The answers of the profile to programs to which the RFC gives no result.</summary>
    private static readonly IReadOnlyDictionary<string, string> Rejections = new Dictionary<string, string>
    {
        ["neg 0x8f of 1"] = "opcode",
        ["neg32 0x8c of 1"] = "opcode",
        ["ja one past end"] = "jump/inside",
        ["jump into lddw slot 2"] = "jump/instruction",
        ["jump onto well-formed lddw slot 2"] = "jump/instruction",
        ["lddw junk regs in slot 2"] = "wide/src_reg",
        ["reached unknown opcode"] = "opcode",
        ["write r10"] = "frame-pointer",
        ["dst reg 11"] = "register/dst_reg",
        ["dst reg 15"] = "register/dst_reg",
        ["K-form src 15"] = "reserved/src_reg",
        ["exit with offset 100 last"] = "reserved/offset",
        ["exit with imm 1 last"] = "reserved/imm",
    };

    [Fact]
    public void Programs_do_what_the_RFC_says_of_them()
    {
        if (!File.Exists(Table))
        {
            output.WriteLine("The table of measured programs is not there: nothing to compare.");
            return;
        }

        var lines = File.ReadAllLines(Table);
        var column = Array.IndexOf(lines[0].Split('\t'), ColumnOfRfc);
        var rows = lines.Skip(1).Select(line => line.Split('\t')).ToList();

        foreach (var row in rows) Check(row[0], Program.Of(Convert.FromHexString(row[1])), row[column]);

        output.WriteLine($"{rows.Count} programs compared.");
        Rejections.Keys.ShouldBeSubsetOf(rows.Select(row => row[0]));
    }

    private static void Check(string name, Program program, string expected)
    {
        var problems = Preflight.Check(program, 0, Admission.Of(Profile.Rfc9669, []));
        if (Rejections.TryGetValue(name, out var check))
        {
            expected.ShouldNotStartWith("0x", Case.Sensitive, name);
            problems.Select(problem => problem.Check).ShouldContain(check, name);
            return;
        }

        problems.ShouldBeEmpty(name);
        var start = new Start(Profile.Rfc9669)
        {
            Context = Context,
            InstructionLimit = new Allowance<ulong>.Remaining(10_000),
        };

        var outcome = new ReferenceMachine(program, Profile.Rfc9669).Run(start.State());

        if (expected == "no termination")
        {
            outcome.ShouldBeOfType<Outcome<Word>.Trapped>(name).Trap.ShouldBe(Trap.InstructionBudget, name);
            return;
        }

        expected.ShouldStartWith("0x", Case.Sensitive, name);
        outcome.ShouldBeOfType<Outcome<Word>.Exited>(name).Result.Value.ShouldBe(
            ulong.Parse(expected.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture), name);
    }
}
