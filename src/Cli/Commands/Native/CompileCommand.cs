using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Reports;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Cli.Commands.Native;

/// <summary><c>rbpf compile</c>: a program to native code, validated.</summary>
public static class CompileCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new NativeInput();
        var target = new ChoiceOption<NativeTarget>(
            "--target",
            "What to translate to: thumbv7em, a Cortex-M4 or M7, which is taken otherwise; or cil, what the compiled engine runs.");
        var output = new TextOption("--output", "file", "Where the native code goes, or the assembly.", "-o");
        var certificate = new TextOption(
            "--certificate",
            "file",
            "Where the certificate of native code goes, which 'rbpf validate' reads; with --target cil, what 'rbpf analyze --certificate' "
            + "wrote of the program: proves the code that relies on it, if it is confirmed.");
        var validate = new SwitchOption("--validate", "With --target cil, proves it even if it is not to be written.");
        var command = new ExampleCommand(
            "compile",
            "Translates a program to native code, proves that it does the same, and writes it with a certificate; "
            + "what is not proved is not written. Exit code: 0 written; 1 rejected, or not proved; 2 no program; 3 undecided.",
            "printf 'mov %%r0, 7\\nexit\\n' > seven.s && "
            + "./rbpf compile seven.s --target thumbv7em -o seven.native --certificate seven.json",
            "./rbpf compile examples/fletcher32.o --target cil --validate");
        input.AddProgram(command);
        command.Options.Add(target);
        command.Options.Add(output);
        command.Options.Add(certificate);
        command.Options.Add(validate);
        input.AddTo(command);
        command.Validators.Add(result =>
        {
            if (target.IsWrongIn(result)) return;
            var isCil = result.GetValue(target) is NativeTarget.Cil;
            if (isCil && result.GetResult(certificate) is not null && (result.GetResult(output) is not null || !result.GetValue(validate)))
                result.AddError("--certificate is for proving with --target cil; expected --validate with it, and no --output");
            if (isCil && result.GetResult(output) is null && !result.GetValue(validate))
                result.AddError("--target cil needs --validate, --output, or both");
            if (isCil) return;
            if (result.GetValue(validate)) result.AddError("--validate is of --target cil; native code is always proved");
            foreach (var option in (Option[])[output, certificate])
            {
                if (result.GetResult(option) is null) result.AddError($"Option '{option.Name}' is required.");
            }
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(target) is NativeTarget.Cil)
            {
                return parsed.GetValue(certificate) is { } file
                    ? CilCompilation.RunWith(input, parsed, file)
                    : CilCompilation.Run(input, parsed, parsed.GetValue(output));
            }

            if (input.Load(parsed) is not { } program) return CommandLine.Fails;
            var (native, proof) = Translator.Translate(program);
            if (native.Code.Length > NativeProgram.MostBytes)
            {
                throw new UsageException(
                    $"{Escaped.Line(input.Name(parsed))}: its native code has {native.Code.Length} bytes; "
                    + $"expected at most {NativeProgram.MostBytes}, which entries can name");
            }

            var code = VerdictReport.Of(program, native, proof, input.Validate(parsed, program, native, proof)).Print();
            if (code != CommandLine.Holds) return code;
            Files.Write(
            [
                (parsed.GetValue(output)!, native.ToBytes()),
                (parsed.GetValue(certificate)!, CertificateText.Write(proof)),
            ]);
            var slots = program.Program.Length;
            Report.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{native.Code.Length} bytes of native code for {Counted.Of(slots, "slot")}, "
                + $"{(double)native.Code.Length / slots:0.0} each"));
            return CommandLine.Holds;
        });
        return command;
    }
}

/// <summary>The things that programs are translated to.</summary>
internal enum NativeTarget
{
    /// <summary>Native code for a Cortex-M4 or M7.</summary>
    Thumbv7em,

    /// <summary>The code that the compiled engine runs.</summary>
    Cil,
}
