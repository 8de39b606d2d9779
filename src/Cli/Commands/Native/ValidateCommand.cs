using System.CommandLine;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Cli.Commands.Native;

/// <summary><c>rbpf validate</c>: whether native code does what a program does.</summary>
public static class ValidateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new NativeInput();
        var code = new Argument<string>("native") { Description = "The native code, as 'rbpf compile' writes it." };
        var certificate = new Argument<string>("certificate") { Description = "Its certificate." };
        var command = new ExampleCommand(
            "validate",
            "Proves that native code does what a program does, from its bytes and a certificate, neither of which is trusted. "
            + "Exit code: 0 proved; 1 rejected, refused or refuted; 2 a file cannot be read, or is none of these; 3 undecided.",
            "printf 'mov %%r0, 7\\nexit\\n' > seven.s && ./rbpf compile seven.s -o seven.native --certificate seven.json "
            + "&& ./rbpf validate seven.s seven.native seven.json");
        input.AddProgram(command);
        command.Arguments.Add(code);
        command.Arguments.Add(certificate);
        input.AddTo(command);
        command.SetAction(parsed =>
        {
            if (input.Load(parsed) is not { } program) return CommandLine.Fails;
            var (codeName, certificateName) = (parsed.GetRequiredValue(code), parsed.GetRequiredValue(certificate));
            if (NativeProgram.Read(Files.Read(codeName, FileKind.Program), out var problem) is not { } native)
                throw new UsageException($"{codeName} holds no native code: {problem}");
            if (CertificateText.Read(Files.Read(certificateName), out problem) is not { } proof)
                throw new UsageException($"{certificateName} is no certificate: {problem}");
            return VerdictReport.Of(program, native, proof, input.Validate(parsed, program, native, proof)).Print();
        });
        return command;
    }
}
