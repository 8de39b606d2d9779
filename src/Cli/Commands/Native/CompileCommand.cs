using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Cli.Commands.Native;

/// <summary><c>rbpf compile</c>: a program to native code, validated.</summary>
public static class CompileCommand
{
    private enum NativeTarget
    {
        Thumbv7em,
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new NativeInput();
        var target = new ChoiceOption<NativeTarget>(
            "--target", "The processor: thumbv7em, a Cortex-M4 or M7; it is the only one, and taken otherwise.");
        var output = new RequiredTextOption("--output", "file", "Where the native code goes.", "-o");
        var certificate = new RequiredTextOption("--certificate", "file", "Where the certificate goes, which 'rbpf validate' reads.");
        var command = new ExampleCommand(
            "compile",
            "Translates a program to native code, proves that it does the same, and writes it with a certificate; "
            + "what is not proved is not written. Exit code: 0 written; 1 rejected, or not proved; 2 no program; 3 undecided.",
            "printf 'mov %%r0, 7\\nexit\\n' > seven.s && "
            + "./rbpf compile seven.s --target thumbv7em -o seven.native --certificate seven.json");
        input.AddProgram(command);
        command.Options.Add(target);
        command.Options.Add(output);
        command.Options.Add(certificate);
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            if (input.Load(parsed) is not { } program) return CommandLine.Fails;
            var (native, proof) = Translator.Translate(program);
            if (native.Code.Length > NativeProgram.MostBytes)
            {
                throw new UsageException(
                    $"{input.Name(parsed)}: its native code has {native.Code.Length} bytes; "
                    + $"expected at most {NativeProgram.MostBytes}, which entries can name");
            }

            var code = VerdictReport.Print(program, native, proof, input.Validate(parsed, program, native, proof));
            if (code != CommandLine.Holds) return code;
            Files.Write(
            [
                (parsed.GetRequiredValue(output), native.ToBytes()),
                (parsed.GetRequiredValue(certificate), CertificateText.Write(proof)),
            ]);
            var slots = program.Program.Length;
            Report.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{native.Code.Length} bytes of native code for {slots} slots, {(double)native.Code.Length / slots:0.0} each"));
            return CommandLine.Holds;
        });
        return command;
    }
}
