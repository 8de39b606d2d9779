using System.CommandLine;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.ProgramReports;
using RbpfSpec.Proofs.Compiled;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands.Native;

/// <summary><c>rbpf compile --target cil</c>: what the compiled engine runs, read again and proved.</summary>
public static class CilCompilation
{
    /// <summary>Compiles a program, proves it, and writes it if a file is named; what is not proved is not written.</summary>
    /// <param name="input">The program, and the solver.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">Where the assembly goes; null if nowhere.</param>
    public static int Run(NativeInput input, ParseResult parsed, string? output)
    {
        if (input.LoadAny(parsed) is not { } program) return CommandLine.Fails;
        var compiled = new CompiledValidation(program);
        var code = Of(program, input.With(parsed, compiled.Validate)).Print();
        if (code != CommandLine.Holds || output is null) return code;
        Files.Write([(output, compiled.Assembly.AsSpan().ToArray())]);
        Report.Line($"{compiled.Assembly.Count} bytes of assembly for {Counted.Of(program.Program.Length, "slot")}");
        return code;
    }

    /// <summary>Compiles a program with the facts of a certificate, and proves it with these as hypotheses.</summary>
    /// <param name="input">The program, and the solver.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="certificate">The file with the certificate.</param>
    public static int RunWith(NativeInput input, ParseResult parsed, string certificate)
    {
        var proof = Files.Read(certificate, FileKind.Text);
        if (input.LoadAny(parsed) is not { } program) return CommandLine.Fails;
        var cases = CompiledValidation.WithCertificate(program, proof, input.Granted(parsed), out var problem);
        if (problem is not null)
        {
            Report.Bad($"the certificate '{certificate}' is not used: {problem}");
            return CommandLine.Fails;
        }

        var code = CommandLine.Holds;
        foreach (var (contexts, compiled) in cases)
        {
            if (code == CommandLine.Holds) code = Of(program, input.With(parsed, compiled.Validate), $", with {contexts}").Print();
        }

        return code;
    }

    /// <summary>Tells a verdict.</summary>
    internal static ToldVerdict Of(CheckedProgram program, CompiledVerdict verdict, string contexts = "") => verdict switch
    {
        CompiledVerdict.Proved(var instructions, var obligations, var questions) => new(
            CommandLine.Holds,
            [$"proved: {Counted.Of(instructions, "instruction")}, {Counted.Of(obligations, "obligation")}, "
                + $"{questions} of them by the solver{contexts}"]),
        CompiledVerdict.Refuted(var slot, var what) => new(CommandLine.Fails, [$"refuted: {At(program, slot)}: {what}"]),
        CompiledVerdict.NotCompiled(var reason) => new(CommandLine.Fails, [$"not compiled: {reason}"]),
        CompiledVerdict.Undecided(var slot, var reason) => new(CommandLine.Undecided, [$"undecided: {At(program, slot)}: {reason}"]),
    };

    private static string At(CheckedProgram program, int? slot) => slot is not { } known
        ? "on the way in"
        : $"at slot {known}, {InstructionText.At(new ReferenceMachine(program), Word.Of((ulong)known))}";
}
