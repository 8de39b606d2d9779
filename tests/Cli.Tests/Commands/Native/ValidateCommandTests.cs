namespace RbpfSpec.Cli.Tests.Commands.Native;

[Trait("Needs", "solver")]
public class ValidateCommandTests : Scratch
{
    [Fact]
    public void Native_code_of_another_program_is_refuted_with_the_place_and_values()
    {
        var sum = Write("sum.s", "add %r0, %r1\nexit\n");
        Rbpf.Run(["compile", sum, "-o", At("native"), "--certificate", At("certificate")]).Holds();

        var ending = Rbpf.Run(["validate", Write("difference.s", "sub %r0, %r1\nexit\n"), At("native"), At("certificate")]);

        ending.ExitCode.ShouldBe(1);
        ending.Output.ShouldStartWith("refuted: from slot 0, ");
        ending.Output.ShouldContain("A run from these values shows it");
        ending.Output.ShouldContain("\n  with r");
    }

    [Fact]
    public void What_is_no_native_code_or_no_certificate_is_told_in_a_line()
    {
        var program = Write("seven.s", "mov %r0, 7\nexit\n");
        Rbpf.Run(["compile", program, "-o", At("native"), "--certificate", At("certificate")]).Holds();

        var noCode = Rbpf.Run(["validate", program, program, At("certificate")]);
        noCode.ExitCode.ShouldBe(2);
        noCode.Error.ShouldBe($"rbpf: {program} holds no native code: it does not begin with rBT1\n");

        var noCertificate = Rbpf.Run(["validate", program, At("native"), program]);
        noCertificate.ExitCode.ShouldBe(2);
        noCertificate.Error.ShouldStartWith($"rbpf: {program} is no certificate: it is no JSON: ");
        noCertificate.Error.Count(letter => letter == '\n').ShouldBe(1);
    }
}
